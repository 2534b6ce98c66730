import type { Finding } from '../core/rules/finding';
import type { Position } from '../core/text/position';
import { addMonths } from '../core/text/calendar';
import { decodeText } from '../core/text/decode';
import { nextGateDay } from '../core/product/gate-day';
import { koboFileName } from '../core/product/product';
import { addKoboWaiver } from '../core/product/kobo-waivers';
import { lastDay, reasonFault, untilFault, waiveInDocument, waivesInKoboFile, waiveScopes } from '../core/product/waive';
import { neverCancelled } from '../core/workspace';
import type { ServerContext } from './context';
import { checkOne, type Checked } from './diagnostics';
import { fileEdit } from './edits';
import { uriOf, type Product } from './products';
import { methods, type CheckWaiverParams, type FindingPlace, type WaiveOptions, type WaiveParams, type WaiveResult, type WaiveScope } from './protocol';
import { canonicalUri, encodePart } from './uri';
import { inLanguage, say, type Language } from './words';

/** Waiving a finding: what can be chosen, whether an answer will do, and the edit that writes it. */
export function serveWaive(context: ServerContext): void {
  const { connection, language } = context;
  connection.onRequest(methods.waiveOptions, async (place: FindingPlace): Promise<WaiveOptions | null> => {
    const checked = await checkOne(context, canonicalUri(place.uri));
    const finding = checked && findingAt(checked, place);
    if (checked === undefined || finding === undefined) return null;
    const { project } = checked.product;
    const { today } = project;
    const gate = nextGateDay(project.book, checked.product.koboFile?.settings.phase, typedDocuments(checked.product), today);
    return {
      rule: finding.rule,
      written: lineOf(checked, finding),
      title: titleOf(checked.product, finding.rule, language),
      message: finding.message,
      refused: refusal(checked.product, finding.rule, language) ?? '',
      scopes: scopesOf(checked, finding).map((scope) => ({ scope, where: waivesInKoboFile(checked.report.typed.document, scope) ? koboFileName : finding.path })),
      until: {
        today,
        last: lastDay(today),
        month: addMonths(today, 1),
        quarter: addMonths(today, 3),
        gate: gate === undefined || untilFault(gate.day, today) !== undefined ? null : { title: `${gate.gate.id} ${inLanguage(gate.gate.title, language)}`, day: gate.day },
      },
      people: project.people,
    };
  });

  connection.onRequest(methods.checkWaiver, async ({ uri, reason, until }: CheckWaiverParams): Promise<string> => {
    const product = await context.products.locateOrFirst(canonicalUri(uri));
    return answerFault({ reason, until }, product?.project.today ?? new Date(context.platform.clock()).toISOString().slice(0, 10), language) ?? '';
  });

  connection.onRequest(methods.waive, async (params: WaiveParams): Promise<WaiveResult> => {
    const refused = (sentence: string): WaiveResult => ({ edit: null, refused: sentence });
    const checked = await checkOne(context, canonicalUri(params.uri));
    const finding = checked && writtenFinding(checked, params);
    if (checked === undefined || finding === undefined) return refused(say(language, 'waiveGone'));
    const fault =
      refusal(checked.product, finding.rule, language) ??
      answerFault(params, checked.product.project.today, language) ??
      (params.approvedBy.trim() === '' ? say(language, 'approverMissing') : undefined);
    if (fault !== undefined) return refused(fault);
    const words = { rule: finding.rule, reason: params.reason.trim(), approvedBy: params.approvedBy.trim(), until: params.until };
    const { document } = checked.report.typed;
    if (!scopesOf(checked, finding).includes(params.scope)) return refused(say(language, 'waiveNoPlace'));
    if (waivesInKoboFile(document, params.scope)) {
      const text = await textOfFile(context, checked.product, koboFileName);
      const edit = text === undefined ? undefined : addKoboWaiver(text, { ...words, path: params.scope === 'product' ? '**' : finding.path });
      return text === undefined || edit === undefined ? refused(say(language, 'waiveKobo')) : { edit: fileEdit(context, uriOf(checked.product, koboFileName), text, [edit]), refused: '' };
    }
    const edit = params.scope === 'product' ? undefined : waiveInDocument(document, finding, params.scope, words);
    return edit === undefined ? refused(say(language, 'waiveNoPlace')) : { edit: fileEdit(context, params.uri, document.text, [edit]), refused: '' };
  });
}

/** What the lightbulb offers for a finding: one entry a scope, or the sentence of a locked rule. */
export interface WaiveEntry {
  readonly title: string;
  readonly scope: WaiveScope | undefined;
}

/** @returns nothing for findings that no rule of the Book makes (those about waivers, about reading) */
export function waiveEntries(checked: Checked, finding: Finding): readonly WaiveEntry[] {
  const { product } = checked;
  const { language } = product.project;
  if (!isWaivable(checked, finding)) return [];
  const sentence = refusal(product, finding.rule, language);
  if (sentence !== undefined) return [{ title: sentence, scope: undefined }];
  const titles = { row: 'waiveRow', document: 'waiveDocument', product: 'waiveProduct' } as const;
  return scopesOf(checked, finding).map((scope) => ({ title: say(language, titles[scope], finding.rule), scope }));
}

/** Address of 「見送る…」 in a hover: `kobo-waive:/<rule>/<line>/<character>`; only the client turns it into a command. */
export function waiveAddress(checked: Checked, finding: Finding): string | undefined {
  if (!isWaivable(checked, finding) || refusal(checked.product, finding.rule, 'ja') !== undefined) return undefined;
  return `kobo-waive:/${encodePart(finding.rule)}/${String(finding.range.start.line)}/${String(finding.range.start.character)}`;
}

/** The text of a file of a product as it is in the editor, else on disk. */
export async function textOfFile(context: ServerContext, product: Product, path: string): Promise<string | undefined> {
  const open = context.documents.get(uriOf(product, path));
  if (open !== undefined) return open.text;
  const [content] = await context.products.door(product.root).read([path], neverCancelled);
  return content?.ok === true ? decodeText(content.bytes).text : undefined;
}

/** Title of a rule in a language; the id where the Book does not know it. */
export function titleOf(product: Product, rule: string, language: Language): string {
  const known = product.project.rule(rule);
  return known === undefined ? rule : inLanguage(known.title, language);
}

/** The sentence about an answer that will not do. */
export function answerFault(answer: { readonly reason?: string | undefined; readonly until?: string | undefined }, today: string, language: Language): string | undefined {
  const reason = answer.reason === undefined ? undefined : reasonFault(answer.reason);
  if (reason !== undefined) return say(language, reason === 'later' ? 'reasonLater' : 'reasonShort');
  switch (answer.until === undefined ? undefined : untilFault(answer.until, today)) {
    case 'no_day':
      return say(language, 'untilNoDay');
    case 'past':
      return say(language, 'untilPast', today);
    case 'too_late':
      return say(language, 'untilLate', lastDay(today));
    case undefined:
      return undefined;
  }
}

function isWaivable(checked: Checked, finding: Finding): boolean {
  return checked.product.project.rule(finding.rule) !== undefined && scopesOf(checked, finding).length > 0;
}

function refusal(product: Product, rule: string, language: Language): string | undefined {
  const known = product.project.rule(rule);
  if (known?.locked !== true) return undefined;
  return known.owner === '' ? say(language, 'waiveLockedAlone') : say(language, 'waiveLocked', known.owner);
}

/** `kobo.yaml` takes waivers for itself only in its list; without a `kobo.yaml` there is no scope that is written there. */
function scopesOf({ product, report }: Checked, finding: Finding): readonly WaiveScope[] {
  const { document } = report.typed;
  const scopes = finding.path === koboFileName ? (['product'] as const) : waiveScopes(document, finding);
  return product.koboFile === undefined ? scopes.filter((scope) => !waivesInKoboFile(document, scope)) : scopes;
}

/** The open finding that a diagnostic names: at its place, else on its line. */
export function findingAt({ report }: Checked, { rule, line, character }: FindingPlace): Finding | undefined {
  const open = report.findings.filter((finding) => finding.rule === rule && finding.suppression === undefined);
  return open.find((finding) => isAt(finding.range.start, line, character)) ?? open.find((finding) => finding.range.start.line === line);
}

/** The finding that a person has answered for: on the line as it was then, wherever that is now; `undefined` where it is not the only one. */
function writtenFinding(checked: Checked, { rule, line, character, written }: WaiveParams): Finding | undefined {
  const same = checked.report.findings.filter((finding) => finding.rule === rule && finding.suppression === undefined && lineOf(checked, finding) === written);
  const exact = same.find((finding) => isAt(finding.range.start, line, character));
  if (exact !== undefined) return exact;
  const [first] = same;
  if (first === undefined || same.some((finding) => finding.range.start.line !== first.range.start.line)) return undefined;
  return same.find((finding) => finding.range.start.character === character) ?? first;
}

function lineOf({ report }: Checked, finding: Finding): string {
  const { text, lines } = report.typed.document;
  const { line } = finding.range.start;
  return text.slice(lines.startOf(line), lines.startOf(line + 1)).trimEnd();
}

function isAt(position: Position, line: number, character: number): boolean {
  return position.line === line && position.character === character;
}

function typedDocuments({ project }: Product) {
  return project.files.flatMap((path) => project.typed(path) ?? []);
}
