import type { CancellationToken } from 'vscode-languageserver';
import type { Book, BookProblem } from '../core/book/book';
import { changesFindings, newFaults, withRulesInForce } from '../core/book/change';
import { countImpact, impactOf, type ImpactEntry } from '../core/product/impact';
import { readKoboFile } from '../core/product/kobo-file';
import { koboFileName } from '../core/product/product';
import type { Project } from '../core/product/project';
import { effectiveSettings } from '../core/product/settings';
import { compileRules } from '../core/rules/compile';
import { decodeText } from '../core/text/decode';
import { LineIndex } from '../core/text/position';
import { neverCancelled, type Cancellation } from '../core/workspace';
import type { OpenBook } from './bookshelf';
import { cancellationOf } from './cancellation';
import type { ServerContext } from './context';
import { uriOf, type Product } from './products';
import { methods, type ImpactChange, type ImpactChoices, type ImpactChoicesParams, type ImpactParams, type ImpactPart, type ImpactResult, type ImpactRow } from './protocol';
import { canonicalUri, decodePath } from './uri';
import { titleOf } from './waive';
import { inLanguage, say } from './words';

/** Rows beyond these are counted, not sent: nobody reads them, and an editor's tree would choke on them. */
const mostRows = 5000;
const sendEvery = 100;

/** What a change of rules, types, words or level would do, before it is saved. */
export function serveImpact(context: ServerContext): void {
  const { connection } = context;
  connection.onRequest(methods.impactChoices, async ({ uri }: ImpactChoicesParams): Promise<ImpactChoices> => {
    const file = await fileOf(context, canonicalUri(uri));
    if (file === undefined) return { changed: 'no', staged: [] };
    const changed = file.text !== file.saved ? 'unsaved' : file.text !== file.opened ? 'since_opened' : 'no';
    return { changed, staged: file.kind === 'book' ? stagedRules(context, file) : [] };
  });

  connection.onRequest(methods.impact, async ({ number, change }: ImpactParams, token: CancellationToken): Promise<ImpactResult> => {
    const plan = await planOf(context, change);
    if (typeof plan === 'string') return { refused: plan, products: 0, documents: 0, counts: countImpact([]), cancelled: false };
    return run(context, plan, number, cancellationOf(token));
  });
}

/** One product with its state before and after the change; read when it is its turn. */
interface Comparison {
  readonly product: Product;
  readonly states: () => { readonly before: Project; readonly after: Project };
}

async function run(context: ServerContext, plan: readonly Comparison[], number: number, cancellation: Cancellation): Promise<ImpactResult> {
  const { connection, platform } = context;
  const counts = { added: 0, removed: 0, changed: 0 };
  const total = plan.reduce((sum, { product }) => sum + product.project.wanted().length, 0);
  let rows: ImpactRow[] = [];
  let sent = 0;
  let lastSent = platform.now();
  let lastBreath = platform.now();
  let before = 0;
  let products = 0;
  const send = (done: number): void => {
    const part: ImpactPart = { number, done, total, rows: rows.slice(0, mostRows - sent), counts: { ...counts } };
    sent += part.rows.length;
    rows = [];
    lastSent = platform.now();
    void connection.sendNotification(methods.impactPart, part);
  };
  const isStopped = (): boolean => cancellation.isCancelled;
  for (const { product, states } of plan) {
    if (isStopped()) break;
    await product.load(cancellation);
    if (isStopped()) break;
    const { before: old, after } = states();
    const { documents } = await impactOf(old, after, {
      cancellation,
      breathe: async () => {
        if (platform.now() - lastBreath < 10) return;
        await platform.breath();
        lastBreath = platform.now();
      },
      progress: (done) => {
        // The first numbers at once, later ones now and then.
        if ((before + done > 1 || sent > 0) && platform.now() - lastSent < sendEvery) return;
        send(before + done);
      },
      onEntries: (entries) => {
        for (const entry of entries) {
          counts[entry.kind]++;
          rows.push(rowOf(context, product, after, entry));
        }
      },
    });
    before += documents;
    products++;
  }
  send(before);
  return { refused: '', products, documents: before, counts, cancelled: isStopped() };
}

function rowOf(context: ServerContext, product: Product, after: Project, { kind, finding, before }: ImpactEntry): ImpactRow {
  const rule = after.rule(finding.rule);
  return {
    kind, rule: finding.rule, severity: finding.severity, message: finding.message, path: finding.path,
    title: rule === undefined ? titleOf(product, finding.rule, context.language) : inLanguage(rule.title, context.language),
    before: kind === 'changed' && before !== undefined ? { severity: before.severity, message: before.message } : null,
    product: product.koboFile?.settings.name ?? '',
    uri: uriOf(product, finding.path),
    position: finding.range.start,
  };
}

/** What is to be compared, or a sentence that says why nothing can be. */
async function planOf(context: ServerContext, change: ImpactChange): Promise<readonly Comparison[] | string> {
  const { language } = context;
  const uri = canonicalUri(change.uri);
  if (change.kind === 'level') return levelPlan(context, uri, change.level);
  const file = await fileOf(context, uri);
  if (file === undefined) return say(language, 'impactNoPlace');
  if (file.kind === 'kobo') {
    if (change.kind === 'in_force') return say(language, 'impactNoPlace');
    const before = file.text === file.saved ? file.opened : file.saved;
    if (file.text === before) return say(language, 'impactSame');
    const fault = readKoboFile(file.text).problems.find((problem) => problem.severity === 'error');
    if (fault !== undefined) return broken(context, file.text, fault);
    return [{
      product: file.product,
      states: () => ({
        before: file.product.project.changed({ settings: readKoboFile(before).settings }),
        after: file.product.project.changed({ settings: readKoboFile(file.text).settings }),
      }),
    }];
  }
  const { open } = file;
  const products = (await context.products.all()).filter((product) => product.koboFile !== undefined && product.shelved.key === open.key);
  if (products.length === 0) return say(language, 'impactNoProduct');
  const books = await booksOf(context, file, change.kind);
  if (typeof books === 'string') return books;
  return products.map((product) => ({
    product,
    states: () => ({ before: books.before === open.book ? product.project : product.project.changed({ book: books.before }), after: product.project.changed({ book: books.after }) }),
  }));
}

async function booksOf(context: ServerContext, { open, path, text, saved, opened }: BookFile, kind: 'file' | 'in_force'): Promise<{ readonly before: Book; readonly after: Book } | string> {
  const after = text === saved ? open.book : await context.shelf.changed(open, [{ path, text }]);
  const { problems } = compileRules(after, effectiveSettings(after, undefined, '2000-01-01'));
  const fault = [...newFaults(open.book, after, [path]), ...problems.filter((one) => one.path === path && one.severity === 'error')][0];
  if (fault !== undefined) return broken(context, text, fault);
  if (kind === 'in_force') return { before: after, after: withRulesInForce(after, new Set(idsIn(after, path))) };
  if (text !== saved) return { before: open.book, after };
  if (text === opened) return say(context.language, 'impactSame');
  return { before: await context.shelf.changed(open, [{ path, text: opened }]), after };
}

function broken({ language }: ServerContext, text: string, { span, message }: BookProblem): string {
  return say(language, 'impactBroken', new LineIndex(text).positionAt(span.start).line + 1, inLanguage(message, language));
}

async function levelPlan(context: ServerContext, uri: string, level: string): Promise<readonly Comparison[] | string> {
  const located = await context.products.locate(uri);
  const settings = located?.product.koboFile?.settings;
  if (located === undefined || settings === undefined) return say(context.language, 'impactNoPlace');
  const { product } = located;
  if (!product.project.book.lifecycle.levels.some((one) => one.id === level)) return say(context.language, 'impactNoLevel', level);
  return [{ product, states: () => ({ before: product.project, after: product.project.changed({ settings: { ...settings, level } }) }) }];
}

interface Texts {
  /** In the editor; else on disk. */
  readonly text: string;
  readonly saved: string;
  readonly opened: string;
}
type BookFile = Texts & { readonly kind: 'book'; readonly open: OpenBook; readonly path: string };
type KoboYaml = Texts & { readonly kind: 'kobo'; readonly product: Product };

/** A file whose change can change findings; `undefined` for any other. */
async function fileOf(context: ServerContext, uri: string): Promise<BookFile | KoboYaml | undefined> {
  const located = await context.products.locate(uri);
  if (located?.path === koboFileName && located.product.koboFile !== undefined) {
    return { kind: 'kobo', product: located.product, ...(await textsOf(context, located.product.root, koboFileName, uri)) };
  }
  const open = await context.shelf.holding(uri);
  if (open === undefined) return undefined;
  const path = decodePath(uri.slice(open.key.length + 1));
  return changesFindings(path) ? { kind: 'book', open, path, ...(await textsOf(context, open.key, path, uri)) } : undefined;
}

async function textsOf(context: ServerContext, folder: string, path: string, uri: string): Promise<Texts> {
  const open = context.documents.get(uri);
  const [content] = await context.products.door(folder).read([path], neverCancelled);
  const saved = content?.ok === true ? decodeText(content.bytes).text : '';
  return { text: open?.text ?? saved, saved, opened: open?.opened ?? saved };
}

function idsIn(book: Book, path: string): readonly string[] {
  return [...book.rules, ...[...book.overlays.values()].flatMap((overlay) => overlay.addedRules)].filter(({ origin, stage }) =>
    origin.path === path && origin.layer === book.id && (stage.name === 'draft' || stage.name === 'pilot' || stage.name === 'announced')).map(({ id }) => id);
}

function stagedRules({ language }: ServerContext, { open, path }: BookFile): ImpactChoices['staged'] {
  const ids = new Set(idsIn(open.book, path));
  return open.book.rules.flatMap(({ id, title, stage: { name } }) =>
    ids.has(id) && name !== 'in_force' && name !== 'retired' ? [{ rule: id, title: inLanguage(title, language), stage: name }] : []);
}
