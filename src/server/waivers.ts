import type { WaiverUse } from '../core/product/report';
import { readKoboFile } from '../core/product/kobo-file';
import { koboFileName } from '../core/product/product';
import { readWaiverComments } from '../core/product/waiver-comments';
import { extendKoboWaiver, removeKoboWaiver } from '../core/product/kobo-waivers';
import { extendComment, removeComment } from '../core/product/waive';
import { addDays } from '../core/text/calendar';
import { LineIndex, type Span } from '../core/text/position';
import type { History, LineHistory } from '../core/workspace';
import { readDocument } from '../core/document/read';
import type { ServerContext } from './context';
import { eachProduct } from './each-product';
import { fileEdit } from './edits';
import { uriOf, type Product } from './products';
import { methods, type ChangeWaiverParams, type WaiverGroup, type WaiverRow, type WaiveResult } from './protocol';
import { canonicalUri } from './uri';
import { answerFault, textOfFile, titleOf } from './waive';
import { say } from './words';

/** A waiver that ends within this many days is about to. */
const soonDays = 14;
const groupOrder: readonly WaiverGroup[] = ['expired', 'soon', 'no_effect', 'unused', 'valid'];

/** The list of waivers, and the edits that extend or end one. */
export function serveWaivers(context: ServerContext): void {
  const { connection, products, language } = context;
  connection.onRequest(methods.waivers, async (): Promise<WaiverRow[]> => {
    const rows: WaiverRow[] = [];
    await eachProduct(context, await products.all(), () => false, async (product) => {
      await product.load();
      products.takeOpen(product);
      const { waivers } = await product.project.reportAll({ breath: context.platform.breath });
      const authors = new Authors(context.history(product.root));
      for (const use of waivers) {
        const row = await rowOf(context, product, use, authors);
        if (row !== undefined) rows.push(row);
      }
    });
    return rows.sort((a, b) => groupOrder.indexOf(a.group) - groupOrder.indexOf(b.group) || compare(a.until, b.until));
  });

  connection.onRequest(methods.changeWaiver, async ({ row, until }: ChangeWaiverParams): Promise<WaiveResult> => {
    const refused = (sentence: string): WaiveResult => ({ edit: null, refused: sentence });
    const { uri, rule } = row;
    const located = await products.locate(canonicalUri(uri));
    const text = located && (await textOfFile(context, located.product, located.path));
    if (located === undefined || text === undefined) return refused(say(language, 'waiverGone'));
    const fault = until === null ? undefined : answerFault({ until }, located.product.project.today, language);
    if (fault !== undefined) return refused(fault);
    const offset = offsetOf(row, located.path, text);
    if (offset === undefined) return refused(say(language, 'waiverGone'));
    const edits = located.path === koboFileName ? changeKobo(text, offset, until) : changeComment(located.path, text, offset, rule, until);
    return edits === undefined ? refused(say(language, 'waiverGone')) : { edit: fileEdit(context, uri, text, edits), refused: '' };
  });
}

/** Where a listed waiver is now; `undefined` where it has changed, or where it has moved and is not the only one that says the same. */
function offsetOf({ rule, path, reason, approvedBy, until, position }: ChangeWaiverParams['row'], source: string, text: string): number | undefined {
  const waivers = source === koboFileName ? readKoboFile(text).settings.waivers : readWaiverComments(readDocument(source, text));
  const same = waivers.filter((waiver) => waiver.rule === rule && waiver.path === path && waiver.reason === reason && waiver.approvedBy === approvedBy && waiver.until === until);
  const offset = new LineIndex(text).offsetAt(position);
  if (same.some(({ span }) => span.start === offset)) return offset;
  // One comment may name several rules, and stands for a waiver of each.
  const starts = new Set(same.map(({ span }) => span.start));
  return starts.size === 1 ? [...starts][0] : undefined;
}

function changeKobo(text: string, offset: number, until: string | null) {
  return until === null ? removeKoboWaiver(text, offset) : extendKoboWaiver(text, offset, until);
}

function changeComment(path: string, text: string, offset: number, rule: string, until: string | null) {
  const document = readDocument(path, text);
  return until === null ? removeComment(document, offset, rule) : extendComment(document, offset, until);
}

async function rowOf(context: ServerContext, product: Product, use: WaiverUse, authors: Authors): Promise<WaiverRow | undefined> {
  const { waiver } = use;
  const text = product.project.textOf(waiver.source) ?? (await textOfFile(context, product, waiver.source));
  if (text === undefined) return undefined;
  return {
    group: groupOf(use, product.project.today),
    product: product.koboFile?.settings.name ?? '',
    rule: waiver.rule,
    title: titleOf(product, waiver.rule, context.language),
    reason: waiver.reason,
    approvedBy: waiver.approvedBy,
    committed: await authors.of(waiver.source, text, waiver.span),
    until: waiver.until,
    path: waiver.path,
    uri: uriOf(product, waiver.source),
    position: new LineIndex(text).positionAt(waiver.span.start),
  };
}

/** Who committed the lines of waivers: said beside who is named as the approver, because a name is only text. */
class Authors {
  readonly #history: History | undefined;
  readonly #files = new Map<string, Promise<readonly LineHistory[] | undefined>>();

  constructor(history: History | undefined) {
    this.#history = history;
  }

  /** The newest commit of the lines; `null` where git does not know them as they are. */
  async of(path: string, text: string, { start, end }: Span): Promise<WaiverRow['committed']> {
    let file = this.#files.get(path);
    if (file === undefined) {
      file = this.#read(path);
      this.#files.set(path, file);
    }
    const known = await file;
    if (known === undefined) return null;
    const first = lineAt(text, start);
    const written = text.slice(text.lastIndexOf('\n', start - 1) + 1, end).split('\n');
    const lines = written.map((line, i) => ({ line, history: known[first + i] }));
    // A text that is not saved may have moved: then nobody can say who wrote what.
    if (lines.some(({ line, history }) => history === undefined || history.author === '' || !history.text.startsWith(line.trimEnd()))) return null;
    const newest = lines.flatMap(({ history }) => history ?? []).sort((a, b) => compare(b.day, a.day))[0];
    return newest === undefined ? null : { author: newest.author, day: newest.day };
  }

  async #read(path: string): Promise<readonly LineHistory[] | undefined> {
    return (await this.#history?.of(path))?.lines?.();
  }
}

function lineAt(text: string, offset: number): number {
  return new LineIndex(text).positionAt(offset).line;
}

function groupOf({ waiver, fault, used }: WaiverUse, today: string): WaiverGroup {
  if (fault === 'expired') return 'expired';
  if (fault !== undefined) return 'no_effect';
  if (!used) return 'unused';
  return waiver.until <= addDays(today, soonDays) ? 'soon' : 'valid';
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
