import type { DocumentType, RuleSource, SectionType } from '../core/book/book';
import { textsOf } from '../core/rules/compiler';
import type { Finding } from '../core/rules/finding';
import { isOfType } from '../core/rules/references';
import type { TypedDocument } from '../core/product/meaning';
import { inBackground } from './background';
import type { ServerContext } from './context';
import { versionOf } from './edits';
import { checkOne, severities, worstOf, type Checked } from './diagnostics';
import { uriOf, type Product } from './products';
import { methods, type ContextParams, type ContextView, type GuideLink, type Place, type RuleState } from './protocol';
import type { OpenBook } from './bookshelf';
import { canonicalUri, nameOf } from './uri';
import { inLanguage, say, type Language } from './words';

const shownFindings = 3;
const shownExamples = 3;

/** What the panel shows while nothing is searched for: guidance for the document, section and phase at hand. */
export function serveContext(context: ServerContext): void {
  context.connection.onRequest(methods.context, async ({ uri, position }: ContextParams): Promise<ContextView> => {
    const checked = uri === '' ? undefined : await checkOne(context, canonicalUri(uri));
    if (checked?.report.managed !== true || checked.report.typed.type === undefined) return withoutDocument(context, uri);
    const { product, report } = checked;
    const { typed } = report;
    const type = checked.report.typed.type;
    const offset = typed.document.lines.offsetAt(position);
    return {
      document: {
        uri,
        name: nameOf(canonicalUri(uri)),
        type: type.id,
        typeTitle: inLanguage(type.title, context.language),
        filled: report.progress.filled,
        total: report.progress.total,
        phaseTitle: phaseTitle(product, context.language),
      },
      section: sectionView(typed, type, offset, product.shelved),
      ...findingsView(checked, canonicalUri(uri)),
      rules: rulesHere(checked, context.language),
      missing: missingParts(typed, type, context.language).map((part) => ({ ...part, edit: part.edit === null ? null : { ...part.edit, uri, version: versionOf(context, uri, typed.document.text) } })),
      actions: [
        { label: say(context.language, 'nextBlank'), icon: 'arrow-right', command: 'kobo.nextBlank', argument: '' },
        { label: say(context.language, 'newDocument'), icon: 'new-file', command: 'kobo.new', argument: '' },
        { label: say(context.language, 'checkAll'), icon: 'run-all', command: 'kobo.checkAll', argument: '' },
      ],
      examples: await examples(context, product, type, canonicalUri(uri)),
      tryQueries: [],
      gate: null,
    };
  });
}

async function withoutDocument(context: ServerContext, uri: string): Promise<ContextView> {
  const product = await context.products.locateOrFirst(canonicalUri(uri));
  const shelved = product?.shelved ?? (await context.shelf.openAddress(context.products.settingsBook('')));
  const { phases, gates } = shelved.book.lifecycle;
  const phase = phases.find((one) => one.id === product?.koboFile?.settings.phase);
  const gate = gates.find((one) => one.id === phase?.gate);
  const guides = [...new Set([gate?.page, phase?.page])].flatMap((page) => guideTo(shelved, page));
  return {
    document: null, section: null, findings: [], findingCount: 0, rules: [], missing: [],
    actions: [
      { label: say(context.language, 'newDocument'), icon: 'new-file', command: 'kobo.new', argument: '' },
      ...(product?.koboFile === undefined ? [{ label: say(context.language, 'setUp'), icon: 'checklist', command: 'kobo.setup', argument: '' }] : []),
    ],
    examples: [],
    tryQueries: tryQueries(shelved, context.language),
    gate: gate === undefined ? null : { title: `${gate.id} ${inLanguage(gate.title, context.language)}`, guides },
  };
}

/** What the Book offers, else words of its glossary that lead to a page: things that can be asked here. */
function tryQueries({ book }: OpenBook, language: Language): readonly string[] {
  const { ja = [], en = [] } = book.sampleSearches ?? {};
  const offered = language === 'en' && en.length > 0 ? en : ja;
  return offered.length > 0 ? offered : book.terms.filter((term) => term.page !== undefined).slice(0, 3).map((term) => term.preferred);
}

function phaseTitle(product: Product, language: Language): string {
  const phase = product.shelved.book.lifecycle.phases.find((one) => one.id === product.koboFile?.settings.phase);
  return phase === undefined ? '' : inLanguage(phase.title, language);
}

/** The section at the caret with what belongs there, else the guide of the type. */
function sectionView(typed: TypedDocument, type: DocumentType, offset: number, shelved: OpenBook): ContextView['section'] {
  const at = typed.document.sections.findLast((section) => section.kind === 'heading' && section.span.start <= offset && offset <= section.span.end);
  const index = at === undefined ? -1 : typed.document.sections.indexOf(at);
  const known = [...typed.sections.values()].find((section) => section.indexes.includes(index));
  const guides = guideTo(shelved, type.guide).map((guide) => ({ ...guide, summary: known?.type.hint ?? guide.summary }));
  return guides.length === 0 ? null : { title: at?.title ?? type.title.text, guides };
}

function guideTo(shelved: OpenBook, guide: string | undefined): readonly GuideLink[] {
  if (guide === undefined) return [];
  const [path = '', anchor = ''] = guide.split('#');
  const page = shelved.page(path);
  if (page === undefined) return [];
  return [{ title: page.title, summary: page.summary, place: { kind: 'page', book: shelved.book.id, path, anchor } }];
}

function findingsView({ report }: Checked, uri: string): Pick<ContextView, 'findings' | 'findingCount'> {
  const open = report.findings.filter((finding) => finding.suppression === undefined);
  const worst = [...open].sort((a, b) => severities[a.severity] - severities[b.severity]);
  return { findings: worst.slice(0, shownFindings).map((finding) => findingView(finding, uri)), findingCount: open.length };
}

function findingView(finding: Finding, uri: string): ContextView['findings'][number] {
  const { line, character } = finding.range.start;
  return { message: finding.message, severity: severities[finding.severity], uri, line, character, fixable: finding.fixes.length > 0 };
}

/** Whether a rule names the type of a document or its class; what holds for all types says nothing about this one. */
function isMadeFor(rule: RuleSource, typed: TypedDocument): boolean {
  const types = textsOf(rule.definition.types).filter((name) => name !== 'all');
  return isOfType(typed, types) && !isOfType(typed, textsOf(rule.definition.except).filter((name) => name !== 'all'));
}

/** Rules that name the type, and others with findings here: findings first, then waived, then the rest in the order of the Book. */
function rulesHere({ product, report }: Checked, language: Language): readonly RuleState[] {
  const { project, shelved } = product;
  // A long list leaves findings out: their rules do not pass for all that.
  const found = new Set(report.uncapped.map((finding) => finding.rule));
  const isReadable = report.typed.document.problems.every((problem) => problem.kind === 'csv');
  const states = shelved.book.rules.flatMap((rule): RuleState[] => {
    if (project.isOff(rule.id) || (!found.has(rule.id) && !isMadeFor(rule, report.typed))) return [];
    const own = report.uncapped.filter((finding) => finding.rule === rule.id);
    const open = own.filter((finding) => finding.suppression === undefined);
    const waived = own.flatMap((finding) => (finding.suppression?.kind === 'waiver' ? [finding.suppression.until] : []));
    // Until the other documents are read, and of a document that cannot be read, silence says nothing.
    const silent = product.isLoaded && isReadable ? 'passes' : 'not_judged';
    return [{
      id: rule.id,
      title: inLanguage(rule.title, language),
      state: open.length > 0 ? 'findings' : waived.length > 0 ? 'waived' : silent,
      findings: open.length,
      severity: worstOf(open),
      until: waived.sort()[0] ?? '',
      place: { kind: 'page', book: shelved.book.id, path: `${rule.origin.path}#${rule.id}`, anchor: '' },
      first: null,
    }];
  });
  const order: readonly RuleState['state'][] = ['findings', 'waived'];
  const rank = (rule: RuleState): number => (order.includes(rule.state) ? order.indexOf(rule.state) : order.length);
  return states.sort((a, b) => rank(a) - rank(b));
}

/** Required sections that the document does not have, each with the edit that puts it in. */
function missingParts(typed: TypedDocument, type: DocumentType, language: Language): ContextView['missing'] {
  if (typed.document.format !== 'markdown') return [];
  return type.sections
    .filter((section) => section.required && !typed.sections.has(section.id))
    .map((section) => ({ label: say(language, 'missing', section.title), edit: sectionEdit(typed, section, type) }));
}

/** Puts a heading with its hint where the type has it: before the next section that is there, else at the end. */
function sectionEdit(typed: TypedDocument, section: SectionType, type: DocumentType): ContextView['missing'][number]['edit'] {
  const { document } = typed;
  const later = type.sections.slice(type.sections.indexOf(section) + 1).flatMap((other) => typed.sections.get(other.id)?.indexes ?? []);
  const next = document.sections[Math.min(...later)];
  const offset = next?.span.start ?? document.text.length;
  const position = document.lines.positionAt(offset);
  const hint = section.hint === '' ? '' : `<!-- ${section.hint.replaceAll('--', '‐‐')} -->\n\n`;
  const before = offset > 0 && !document.text.endsWith('\n', offset) ? '\n\n' : next === undefined ? '\n' : '';
  return { uri: '', version: null, edits: [{ range: { start: position, end: position }, newText: `${before}## ${section.title}\n\n${hint}` }] };
}

/** Documents of the same type in other products. */
async function examples(context: ServerContext, own: Product, type: DocumentType, uri: string): Promise<ContextView['examples']> {
  const found: { title: string; detail: string; place: Place }[] = [];
  for (const product of await context.products.all()) {
    if (product === own || product.koboFile === undefined) continue;
    if (!product.isLoaded) {
      // They come when their documents are read; nobody waits for that.
      inBackground(context.log, product.load().then(() => context.connection.sendNotification(methods.contextChanged)));
      continue;
    }
    for (const path of product.project.files) {
      const typed = product.project.typed(path);
      if (typed?.type?.id !== type.id || typed.guessed || found.length >= shownExamples || uriOf(product, path) === uri) continue;
      found.push({ title: typed.fields.get('title')?.value.text ?? path, detail: product.koboFile.settings.name, place: { kind: 'file', uri: uriOf(product, path), line: 0 } });
    }
  }
  return found;
}
