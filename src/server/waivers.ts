import type { WaiverUse } from '../core/product/project';
import { koboFileName } from '../core/product/kobo-file';
import { extendKoboWaiver, removeKoboWaiver } from '../core/product/kobo-waivers';
import { extendComment, removeComment } from '../core/product/waive';
import { addDays } from '../core/text/calendar';
import { LineIndex } from '../core/text/position';
import { readDocument } from '../core/document/read';
import type { ServerContext } from './context';
import { uriOf, type Product } from './products';
import { methods, type ChangeWaiverParams, type WaiverGroup, type WaiverRow, type WaiveResult } from './protocol';
import { canonicalUri } from './uri';
import { answerFault, fileEdit, textOfFile, titleOf } from './waive';
import { say } from './words';

/** A waiver that ends within this many days is about to. */
const soonDays = 14;
const groupOrder: readonly WaiverGroup[] = ['expired', 'soon', 'no_effect', 'unused', 'valid'];

/** The list of waivers, and the edits that extend or end one. */
export function serveWaivers(context: ServerContext): void {
  const { connection, products, language } = context;
  connection.onRequest(methods.waivers, async (): Promise<WaiverRow[]> => {
    const rows: WaiverRow[] = [];
    for (const product of await products.all()) {
      if (product.koboFile === undefined) continue;
      await product.load();
      const { waivers } = await product.project.reportAll({ breath: context.platform.breath });
      for (const use of waivers) {
        const row = await rowOf(context, product, use);
        if (row !== undefined) rows.push(row);
      }
    }
    return rows.sort((a, b) => groupOrder.indexOf(a.group) - groupOrder.indexOf(b.group) || compare(a.until, b.until));
  });

  connection.onRequest(methods.changeWaiver, async ({ uri, rule, position, until }: ChangeWaiverParams): Promise<WaiveResult> => {
    const refused = (sentence: string): WaiveResult => ({ edit: null, refused: sentence });
    const located = await products.locate(canonicalUri(uri));
    const text = located && (await textOfFile(context, located.product, located.path));
    if (located === undefined || text === undefined) return refused(say(language, 'waiverGone'));
    const fault = until === null ? undefined : answerFault({ until }, located.product.project.today, language);
    if (fault !== undefined) return refused(fault);
    const offset = new LineIndex(text).offsetAt(position);
    const edits = located.path === koboFileName ? changeKobo(text, offset, until) : changeComment(located.path, text, offset, rule, until);
    return edits === undefined ? refused(say(language, 'waiverGone')) : { edit: fileEdit(uri, text, edits), refused: '' };
  });
}

function changeKobo(text: string, offset: number, until: string | null) {
  return until === null ? removeKoboWaiver(text, offset) : extendKoboWaiver(text, offset, until);
}

function changeComment(path: string, text: string, offset: number, rule: string, until: string | null) {
  const document = readDocument(path, text);
  return until === null ? removeComment(document, offset, rule) : extendComment(document, offset, until);
}

async function rowOf(context: ServerContext, product: Product, use: WaiverUse): Promise<WaiverRow | undefined> {
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
    until: waiver.until,
    path: waiver.path,
    uri: uriOf(product, waiver.source),
    position: new LineIndex(text).positionAt(waiver.span.start),
  };
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
