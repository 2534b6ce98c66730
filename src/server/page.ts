import { breadcrumb } from '../core/book/breadcrumb';
import type { Page, RuleSource } from '../core/book/book';
import { pageBlocks } from '../core/book/page-blocks';
import { daysOverdue, nextReview } from '../core/book/review';
import { splitAddress } from '../core/search/book-sources';
import type { SearchKind } from '../core/search/search';
import type { OpenBook } from './bookshelf';
import type { ServerContext } from './context';
import { worstOf } from './diagnostics';
import { uriOf, type Product } from './products';
import { methods, type PageParams, type PageView, type RuleState } from './protocol';
import { templateText } from './template-page';
import { valuesOf } from './templates';
import { canonicalUri } from './uri';
import { inLanguage, say, type Language } from './words';

const shownRelated = 6;

/** Shows a page of the Book, or another thing of it in the same form. */
export function servePages(context: ServerContext): void {
  context.connection.onRequest(methods.page, async (params: PageParams): Promise<PageView | null> => {
    const product = await context.products.locateOrFirst(canonicalUri(params.uri));
    const shelved = (await context.shelf.find(params.book)) ?? product?.shelved ?? (await context.shelf.openAddress(context.products.settingsBook('')));
    const own = product?.shelved === shelved ? product : undefined;
    const page = shelved.page(params.path);
    if (page !== undefined) return pageView(page, params, shelved, own, context);
    return thingView(params, shelved, own, context);
  });
}

function blocksOf(text: string, path: string, params: PageParams, shelved: OpenBook): Pick<PageView, 'blocks' | 'matches'> {
  return pageBlocks(text, {
    book: shelved.book.id,
    path,
    siteRoot: shelved.book.siteRoot,
    hasPage: (other) => shelved.page(other) !== undefined,
    mark: params.query.trim() === '' ? undefined : shelved.searcher.marks(params.query),
  });
}

async function pageView(page: Page, params: PageParams, shelved: OpenBook, product: Product | undefined, context: ServerContext): Promise<PageView> {
  const cycle = shelved.book.review?.defaultCycle ?? '';
  const today = product?.project.today ?? new Date(context.platform.clock()).toISOString().slice(0, 10);
  const type = [...shelved.book.types.values()].find((one) => splitAddress(one.guide ?? '').path === page.path);
  const template = shelved.book.templates.find((one) => one.id === type?.template) ?? shelved.book.templates.find((one) => one.type !== undefined && one.type === type?.id);
  return {
    kind: 'page',
    book: shelved.book.id,
    path: page.path,
    title: page.title,
    breadcrumb: breadcrumb(shelved.book, page.path),
    language: shelved.book.language,
    owner: page.owner,
    reviewed: page.reviewed,
    nextReview: nextReview(page, cycle),
    staleDays: daysOverdue(page, cycle, today),
    ...blocksOf(page.text, page.path, params, shelved),
    rules: await ruleStates(shelved.book.rules.filter((rule) => splitAddress(rule.guide ?? '').path === page.path), shelved, product, context.language),
    template: template === undefined ? null : { id: template.id, title: inLanguage(template.title, context.language), kind: template.kind },
    related: relatedPages(page, shelved, cycle, today),
    markdown: page.text,
    link: `[${page.title}](kobo-book:/${shelved.book.id}/${page.path})`,
  };
}

/** Pages it links to, then pages that share most tags. */
function relatedPages(page: Page, shelved: OpenBook, cycle: string, today: string): PageView['related'] {
  const tags = new Set(page.tags);
  const shared = (other: Page): number => other.tags.filter((tag) => tags.has(tag)).length;
  return shelved.book.pages
    .filter((other) => other !== page && shared(other) > 0)
    .sort((a, b) => shared(b) - shared(a) || (a.path < b.path ? -1 : 1))
    .slice(0, shownRelated)
    .map((other) => ({
      title: other.title,
      place: { kind: 'page', book: shelved.book.id, path: other.path, anchor: '' },
      staleDays: daysOverdue(other, cycle, today),
    }));
}

/** State of rules in the product at hand, from what is known of its documents. */
async function ruleStates(rules: readonly RuleSource[], shelved: OpenBook, product: Product | undefined, language: Language): Promise<readonly RuleState[]> {
  const managed = product?.isLoaded === true && product.koboFile !== undefined ? product : undefined;
  const all = managed === undefined || rules.length === 0 ? undefined : await managed.project.reportAll();
  return rules.map((rule): RuleState => {
    const found = (all?.uncapped ?? []).filter((finding) => finding.rule === rule.id);
    const open = found.filter((finding) => finding.suppression === undefined);
    const waived = found.flatMap((finding) => (finding.suppression?.kind === 'waiver' ? [finding.suppression.until] : []));
    const first = open[0];
    const isOff = managed?.project.isOff(rule.id) === true;
    return {
      id: rule.id,
      title: inLanguage(rule.title, language),
      state: managed === undefined ? 'no_product' : isOff ? 'off' : open.length > 0 ? 'findings' : waived.length > 0 ? 'waived' : 'passes',
      findings: open.length,
      severity: worstOf(open),
      until: waived.sort()[0] ?? '',
      place: { kind: 'page', book: shelved.book.id, path: `${rule.origin.path}#${rule.id}`, anchor: '' },
      first:
        first === undefined || managed === undefined
          ? null
          : { uri: uriOf(managed, first.path), line: first.range.start.line, label: `${first.path}:${String(first.range.start.line + 1)}` },
    };
  });
}

/** A rule, term, template, kit or gate in the form of a page. */
async function thingView(params: PageParams, shelved: OpenBook, product: Product | undefined, context: ServerContext): Promise<PageView | null> {
  const { book } = shelved;
  const { path, anchor } = splitAddress(params.path);
  const { language } = context;
  const rule = book.rules.find((one) => one.id === anchor);
  const term = book.terms.find((one) => one.origin.path === path && one.preferred === anchor);
  const template = book.templates.find((one) => one.origin.path === params.path);
  const kit = book.kits.find((one) => one.origin.path === params.path);
  const gate = book.lifecycle.gates.find((one) => path === 'lifecycle.yaml' && one.id === anchor);
  const view = (kind: SearchKind, title: string, text: string, rules: readonly RuleState[], templateOf: PageView['template']): PageView => ({
    kind, book: book.id, path: params.path, title, breadcrumb: [kind === 'rule' ? say(language, 'rule', anchor) : kind === 'page' || kind === 'document' ? '' : say(language, kind)],
    language: book.language, owner: '', reviewed: '', nextReview: '', staleDays: 0,
    ...blocksOf(text, params.path, params, shelved),
    rules, template: templateOf, related: [], markdown: text, link: `[${title}](kobo-book:/${book.id}/${params.path})`,
  });
  if (rule !== undefined) return view('rule', inLanguage(rule.title, language), ruleText(rule, shelved, language), await ruleStates([rule], shelved, product, language), null);
  if (term !== undefined) return view('term', term.preferred, termText(term.meaning, [...term.english, ...term.aliases], term.page, shelved), [], null);
  if (template !== undefined) {
    return view('template', inLanguage(template.title, language), templateText(template, book, valuesOf(context, product), language), [], { id: template.id, title: inLanguage(template.title, language), kind: template.kind });
  }
  if (kit !== undefined) {
    const items = kit.items.map((item) => `- \`${item.path}\` ${item.note}（${item.owner}）`);
    return view('kit', inLanguage(kit.title, language), [kit.description, '', ...items].join('\n'), [], null);
  }
  if (gate !== undefined) {
    const documents = gate.documents.map((one) => `- ${book.types.get(one.type)?.title.text ?? one.type}`);
    const questions = gate.questions.map((question) => `- ${question}`);
    return view('gate', `${gate.id} ${inLanguage(gate.title, language)}`, [...questions, '', ...documents, '', guideLink(gate.page, shelved)].join('\n'), [], null);
  }
  return null;
}

function ruleText(rule: RuleSource, shelved: OpenBook, language: Language): string {
  const why = rule.why === undefined ? '' : `**${say(language, 'why')}** ${inLanguage(rule.why, language)}`;
  return [why, '', guideLink(rule.guide, shelved)].join('\n');
}

function termText(meaning: string, others: readonly string[], page: string | undefined, shelved: OpenBook): string {
  return [meaning, '', others.join(' / '), '', guideLink(page, shelved)].join('\n');
}

/** A link to a guide, from the top of the Book. */
function guideLink(guide: string | undefined, shelved: OpenBook): string {
  if (guide === undefined) return '';
  const { path, anchor } = splitAddress(guide);
  const title = shelved.page(path)?.title;
  return title === undefined ? '' : `→ [${title}${anchor === '' ? '' : ` › ${anchor}`}](<kobo-book:/${shelved.book.id}/${path}${anchor === '' ? '' : `#${anchor}`}>)`;
}
