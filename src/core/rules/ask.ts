import type { Severity, SeverityTable } from '../book/book';
import type { TypedDocument } from '../product/meaning';
import { partKey } from '../product/practice';
import type { ProductIndex } from '../product/records';
import type { Span } from '../text/position';
import type { CompiledKey } from './conditions';
import type { Env, Note, OtherPlace } from './env';
import { explain, markOf, matchesOf } from './explain';
import type { Finding, RelatedPlace } from './finding';
import { blankFieldsOf, placeOfBlank, tellBlankFields } from './blank-fields';
import { blankColumnOf, isInBlankColumn, tellBlankColumn, type BlankColumn } from './blank-column';
import { buildFixes } from './fixes/build';
import { nameFixes } from './fixes/own-name';
import { isEmbedded } from './embedded';
import { hasOtherForm, hasOtherScale, hasOtherTables, isInOverRegister, isOldRecord, isOtherForm, isPastDay } from './form';
import { askForName, renderMessage, type Explained } from './messages';
import { ownNameOf, type OwnName } from './own-names';
import type { CompiledRule, RulePart } from './rule';
import { readsCode, unitsOf } from './scopes';
import { isOfType } from './references';
import { isNewestFirst } from './newest-first';
import { CellUnit, RowUnit, TableUnit } from './table-units';
import { NO, YES } from './truth';
import type { Unit, UnitKind } from './unit';

/** What asking one rule gave. */
export interface Answer {
  readonly findings: readonly Finding[];
  /** The rule took longer than its budget and was stopped. */
  readonly stopped: boolean;
}

/** Where findings about the product as a whole stand. */
const productFile = 'kobo.yaml';

/** Most findings of one rule in one document; more say nothing new and only cost time. */
const mostOfRule = 1000;

/** Whether a rule is for a document and in force now. */
export function concerns(rule: CompiledRule, document: TypedDocument, env: Env): boolean {
  const { targets } = rule;
  if (document.type === undefined) return targets.untyped && inForce(rule, env);
  if (!targets.all && !targets.names.has(document.type.id) && !targets.names.has(document.type.class)) return false;
  if (targets.except.has(document.type.id) || targets.except.has(document.type.class)) return false;
  return inForce(rule, env);
}

/** Whether the product's phase, size and gate are those a rule is written for. */
export function inForce(rule: CompiledRule, env: Env): boolean {
  const { applies } = rule;
  if (applies === undefined) return true;
  const { phase, size, gate, product, today } = env.context;
  if (applies.since !== undefined && today < applies.since) return false;
  if (applies.products.length > 0 && !applies.products.includes(product)) return false;
  if (applies.sizes.length > 0 && (size === undefined || !applies.sizes.includes(size))) return false;
  if (applies.phases.length > 0 && (phase === undefined || !applies.phases.includes(phase))) return false;
  if (applies.gates.length > 0 && rule.parts.every((part) => part.scope.name !== 'gate') && (gate === undefined || !applies.gates.includes(gate))) return false;
  if (applies.from === undefined && applies.to === undefined) return true;
  const order = env.book.lifecycle.phases.map((each) => each.id);
  const at = phase === undefined ? -1 : order.indexOf(phase);
  if (at < 0) return false;
  const from = applies.from === undefined ? 0 : order.indexOf(applies.from);
  const to = applies.to === undefined ? order.length : order.indexOf(applies.to);
  return from <= at && at <= to;
}

/** Asks a rule about a document. The clock is looked at between units. */
export function askDocument(rule: CompiledRule, document: TypedDocument, env: Env): Answer {
  const { context } = env;
  const findings: Finding[] = [];
  const started = context.clock();
  env.params = rule.paramsFor(document.type?.id ?? '');
  env.toldColumns = new Set();
  if (rule.pick === 'newest' && !isNewest(document, env)) return { findings, stopped: false };
  let asked = 0;
  for (const part of rule.parts) {
    if (part.possible !== undefined && !part.possible(readsCode(part.scope) ? env.raw(document) : env.masked(document))) continue;
    const all = unitsOf(part.scope, document, env);
    const memory = rule.staysInUnit && rule.pick === undefined && remembered.has(part.scope.kind) ? env.memory : undefined;
    const pending = memory?.pending(part, part.scope.key, all);
    const told = new Map<number, readonly Finding[] | undefined>();
    const top = rule.pick === 'last' ? all.at(0) : undefined;
    const isTop = rule.pick === 'first' || (top instanceof RowUnit && isNewestFirst(top.document, top.table, env));
    const first = rule.pick === 'last' && !isTop ? Math.max(0, all.length - 1) : 0;
    const count = pending?.length ?? (isTop ? Math.min(1, all.length) : all.length - first);
    for (let i = 0; i < count; i++) {
      const index = pending?.[i]?.index ?? first + i;
      const unit = all.at(index);
      const known = pending?.[i]?.told;
      if (unit === undefined) continue;
      if (known !== undefined && !(saysOnce(rule) && isInBlankColumn(unit))) {
        findings.push(...asOfNow(rule, known, unit, document, env));
        told.set(index, known);
      } else {
        if ((++asked & 31) === 0 && (context.cancellation.isCancelled || context.clock() - started > context.budget)) {
          return { findings: unique(findings), stopped: !context.cancellation.isCancelled };
        }
        const from = findings.length;
        const said = askUnit(rule, part, unit, env, findings);
        const lookedBeside = env.takeLookedBeside();
        if (lookedBeside) told.set(index, undefined);
        else if (said && memory !== undefined) told.set(index, retold(rule, unit, findings.slice(from)));
      }
      if (findings.length >= mostOfRule) return { findings: unique(findings), stopped: false };
    }
    memory?.remember(part, told);
  }
  return { findings: unique(findings), stopped: context.clock() - started > context.budget };
}

/** Findings that will be told again of the same unit; `undefined` where something outside of it may change them. */
function retold(rule: CompiledRule, unit: Unit, findings: readonly Finding[]): readonly Finding[] | undefined {
  const { start, end } = unit.extent;
  const isInside = (span: Span): boolean => start <= span.start && span.end <= end;
  const { severity } = rule.setting;
  const stays = rule.speaksOfUnit && (typeof severity === 'string' || (severity.slight ?? severity.missing ?? severity.other_form ?? severity.own_name ?? severity.mapped ?? severity.embedded) === undefined) && !(saysOnce(rule) && isInBlankColumn(unit)) && findings.length > 0 && findings.every((finding) =>
    isInside(finding.span) && finding.related.length === 0 && finding.fixes.every((fix) =>
      fix.create === undefined && fix.rename === undefined && fix.edits.every((edit) => edit.path === undefined && isInside(edit.span))));
  return stays ? findings : undefined;
}

/** Whether a rule says of a column that hardly any row fills in what it else says of each row. */
function saysOnce({ setting: { severity } }: CompiledRule): boolean {
  return typeof severity !== 'string' && severity.blank_column !== undefined;
}

/** Remembered findings with the severity of now: whether a record is old or superseded, or a cell's row over, is said outside of the unit. */
function asOfNow(rule: CompiledRule, known: readonly Finding[], unit: Unit, document: TypedDocument, env: Env): readonly Finding[] {
  const { severity } = rule.setting;
  if (known.length === 0 || typeof severity === 'string' || (severity.old ?? severity.superseded ?? severity.finished) === undefined || rule.setting.state === 'announced') return known;
  const now = severityOf(rule, { unit, notes: [], match: undefined }, env);
  return now === undefined ? known : known.map((finding) => (finding.severity === now ? finding : { ...finding, severity: now }));
}

/** Kinds of units that an edit elsewhere leaves alone, so that their answers can be kept. */
const remembered: ReadonlySet<UnitKind> = new Set(['row', 'cell', 'sentence', 'line', 'task', 'step', 'date']);

/** Asks a rule about the product or a gate. */
export function askUnits(rule: CompiledRule, units: readonly Unit[], env: Env): Answer {
  const findings: Finding[] = [];
  const started = env.context.clock();
  env.params = rule.paramsFor('');
  for (const part of rule.parts) for (const unit of units) if (unit.kind === part.scope.kind) askUnit(rule, part, unit, env, findings);
  return { findings: unique(findings), stopped: env.context.clock() - started > env.context.budget };
}

const noKeys: readonly CompiledKey[] = [];

/** @returns whether there is something to say about the unit, also where it is no finding (yet) in this document */
function askUnit(rule: CompiledRule, part: RulePart, unit: Unit, env: Env, findings: Finding[]): boolean {
  // With a cell too many the others stand under headers that are not theirs, and it is that which is told.
  if (part.check === undefined && isShifted(unit)) return false;
  const asked = part.when?.test(unit, env) ?? YES;
  if (asked !== YES) return false;
  if (part.unless?.test(unit, env) === YES) return false;
  if (part.check !== undefined) {
    const faults = part.check(unit, env);
    for (const fault of faults) add(rule, { unit: fault.unit, notes: [fault.note], match: fault.match }, env, findings);
    return faults.length > 0;
  }
  const { forbid } = part;
  if (forbid !== undefined) {
    if (forbid.test(unit, env) !== YES) return false;
    const notes = explain(part, forbid, unit, env);
    for (const match of matchesOf(part, unit, env)) add(rule, { unit, notes, match }, env, findings);
    return true;
  }
  let failed: CompiledKey[] | undefined;
  for (const key of part.require?.keys ?? noKeys) if (key.test(unit, env) === NO) (failed ??= []).push(key);
  if (failed !== undefined) explainFailed(rule, part, failed, unit, env, findings);
  return failed !== undefined;
}

/** One finding for each key that fails; what is merely not filled in is one finding that names all of it. */
function explainFailed(rule: CompiledRule, part: RulePart, failed: readonly CompiledKey[], unit: Unit, env: Env, findings: Finding[]): void {
  const explained = failed.map((key) => ({ unit, notes: explain(part, key, unit, env), match: undefined, key: key.key }));
  const blank = explained.filter((each) => rule.message.namesMissing && each.notes[0]?.missing !== undefined && each.notes[0].value?.empty === true);
  const first = blank[0];
  for (const each of explained) {
    if (first === undefined || !blank.includes(each)) add(rule, each, env, findings);
    else if (each === first) add(rule, { ...each, notes: blank.flatMap((other) => other.notes) }, env, findings);
  }
}

function add(rule: CompiledRule, found: Explained, env: Env, findings: Finding[]): void {
  const { unit } = found;
  const document = unit.document;
  if (document !== undefined && isBlankOfDraft(rule, found, document, env)) return;
  const ownName = ownNameIn(rule, found);
  const blankColumn = blankColumnIn(rule, found);
  if (blankColumn !== undefined && isTold(blankColumn, env)) return;
  const severity = severityOf(rule, found, env, ownName, blankColumn);
  if (severity === undefined) return;
  // Whoever asks for a line means one that is not there.
  const blankFields = document !== undefined && rule.fixes.some((fix) => fix.verb === 'insert_field') ? blankFieldsOf(found) : [];
  const span = document === undefined ? unit.span : (placeOfBlank(blankFields) ?? markOf(rule.mark, found, env));
  const start = { line: 0, character: 0 };
  findings.push({
    rule: rule.id,
    severity,
    path: document?.path ?? productFile,
    span,
    range: document === undefined ? { start, end: start } : document.document.lines.rangeOf(span),
    message: `${document !== undefined && blankFields.length > 0 ? tellBlankFields(blankFields, document, env) : renderMessage(rule, found, env)}${ownName === undefined ? '' : askForName(ownName, env)}${blankColumn === undefined ? '' : tellBlankColumn(blankColumn, env)}`,
    guide: rule.source.guide,
    fixes: [...buildFixes(rule, found, span, env), ...(ownName === undefined ? [] : nameFixes(ownName, found, env))],
    related: relatedOf(found.notes, env.product, document),
    suppression: undefined,
    timeOnly: isTimeOnly(found.notes),
  });
}

/** What the document may call a part that is missing, where the rule weighs that apart. */
function ownNameIn(rule: CompiledRule, { unit, notes }: Explained): OwnName | undefined {
  const { severity } = rule.setting;
  if (typeof severity === 'string' || severity.own_name === undefined) return undefined;
  return ownNameOf(unit, [...new Set(notes.flatMap((note) => note.missingIds ?? []))]);
}

/** The column that hardly any row fills in, where the rule says that once and not in each row. */
function blankColumnIn(rule: CompiledRule, found: Explained): BlankColumn | undefined {
  const { severity } = rule.setting;
  return typeof severity === 'string' || severity.blank_column === undefined ? undefined : blankColumnOf(found);
}

function isTold({ id }: BlankColumn, env: Env): boolean {
  if (env.toldColumns.has(id)) return true;
  env.toldColumns.add(id);
  return false;
}

/** Severity here and now: by type, at a gate, by the document's form, or a hint before the day a rule comes into force. */
function severityOf(rule: CompiledRule, { unit, notes, match }: Explained, env: Env, ownName?: OwnName, blankColumn?: BlankColumn): Severity | undefined {
  const { document } = unit;
  if (rule.setting.state === 'announced') return 'hint';
  const { severity } = rule.setting;
  if (typeof severity === 'string') return severity;
  if (env.context.gate !== undefined && severity.at_gate !== undefined) return severity.at_gate;
  if (severity.old !== undefined && document !== undefined && (isOldRecord(document, env) || isPastDay(unit, env) || isInOverRegister(unit, env))) return severity.old;
  if (severity.superseded !== undefined && document?.type !== undefined && env.context.isSuperseded?.(document.type.id, document.path) === true) return severity.superseded;
  if (severity.finished !== undefined && isFinished(unit, env)) return severity.finished;
  if (severity.blank_column !== undefined && blankColumn !== undefined) return severity.blank_column;
  if (severity.own_name !== undefined && ownName !== undefined) return severity.own_name;
  if (severity.other_form !== undefined && document !== undefined && hasAnother(unit, document, notes)) return severity.other_form;
  if (severity.unusual !== undefined && document !== undefined && isUnusual(document, notes, env)) return severity.unusual;
  if (severity.mapped !== undefined && document !== undefined && env.context.isMapped?.(document.path) === true && !isUsual(document, notes, env)) return severity.mapped;
  if (severity.embedded !== undefined && document !== undefined && match !== undefined && isEmbedded(document.document, match.span)) return severity.embedded;
  if (severity.slight !== undefined && notes.some((note) => note.slight === true)) return severity.slight;
  return ofMissing(notes, severity.missing) ?? severity.types?.[document?.type?.id ?? ''] ?? severity.default;
}

/** A heading over rows whose work is over. */
const overHeading = /(?<!未)(?:解決済|完了(?:済|した|し?ました|$|の?(?:作業|課題|項目|タスク|もの))|クローズ(?:済|した|$|の?(?:課題|項目))|終了済)|^(?:closed|resolved|done|finished|completed)(?![a-z])/iu;

/** Whether a row, or the row of a cell, says that its work is over, or the heading above its table does. */
function isFinished(unit: Unit, env: Env): boolean {
  const row = unit instanceof CellUnit ? unit.row : unit;
  if (row instanceof RowUnit && overHeading.test(row.document.document.sections[row.table.table.section]?.title ?? '')) return true;
  const status = row.value('status', env);
  // `✅ 許容`: ticked off in words of the team's own.
  if (status !== undefined && /^[✅☑✔]/u.test(status.text)) return true;
  return status?.word !== undefined && status.facts.words?.groups.get('finished')?.includes(status.word) === true;
}

/** Whether something is written in a row behind the last column of its table. */
function isShifted(unit: Unit): boolean {
  const row = unit instanceof CellUnit ? unit.row : unit;
  if (!(row instanceof RowUnit)) return false;
  const { rows, header } = row.table.table;
  const cells = rows[row.index]?.cells ?? [];
  for (let at = header.cells.length; at < cells.length; at++) if (cells[at]?.text !== '') return true;
  return false;
}

/** Whether a document follows another form than the rule asks for, or a column another scale. */
function hasAnother(unit: Unit, document: TypedDocument, notes: readonly Note[]): boolean {
  if (unit instanceof CellUnit) return hasOtherScale(document, unit.row.table, unit.column, unit.value('value')?.text ?? '');
  return missesMany(notes) || hasOtherForm(document) || (unit instanceof TableUnit && hasOtherTables(document, unit.table, notes.flatMap((note) => note.missingIds ?? [])));
}

/** Whether everything that is missing is what hardly any document of its kind has. */
function isUnusual(document: TypedDocument, notes: readonly Note[], env: Env): boolean {
  return areAmong(env.context.unusual?.(document.type?.id ?? '', document.path), notes);
}

/** Whether everything that is missing is what the documents of its kind have as a rule. */
function isUsual(document: TypedDocument, notes: readonly Note[], env: Env): boolean {
  return areAmong(env.context.usual?.(document.type?.id ?? '', document.path), notes);
}

/** Whether parts are missing, and each is one of these. */
function areAmong(parts: ReadonlySet<string> | undefined, notes: readonly Note[]): boolean {
  if (parts === undefined || parts.size === 0) return false;
  const ids = notes.flatMap((note) => note.missingIds ?? []);
  return ids.length > 0 && ids.every((id) => parts.has(partKey('sections', id)) || parts.has(partKey('fields', id)));
}

/** The severity of what is missing, where nothing is missing but what the rule weighs apart. */
function ofMissing(notes: readonly Note[], severities: SeverityTable['missing']): Severity | undefined {
  if (severities === undefined) return undefined;
  const ids = notes.flatMap((note) => note.missingIds ?? []);
  return ids.every((id) => severities[id] !== undefined) ? severities[ids[0] ?? ''] : undefined;
}

/** Whether two or more of the parts asked for are missing, and these are a third of them or more. */
function missesMany(notes: readonly Note[]): boolean {
  const note = notes.find(({ asked }) => asked !== undefined);
  return isOtherForm(note?.missingIds?.length ?? 0, note?.asked ?? 0);
}

/** Whether only the passing of days made it fail. */
function isTimeOnly(notes: readonly Note[]): boolean {
  const judged = notes.filter((note) => note.value !== undefined || note.time !== undefined);
  return notes.some((note) => note.time === true) && judged.filter((note) => note.subject === judged[0]?.subject).every((note) => note.time === true || note.result === YES);
}

/** While a document is a draft, what its template left blank is progress and no finding; at a gate it is one. */
function isBlankOfDraft(rule: CompiledRule, found: Explained, document: TypedDocument, env: Env): boolean {
  if (env.context.gate !== undefined || document.fields.get('status')?.value.word !== 'draft') return false;
  if (rule.aboutBlanks) return true;
  if (found.unit.kind === 'section') return found.notes.some((note) => note.subject === 'content');
  if (found.unit.kind !== 'document') return false;
  const missing = found.notes.flatMap((note) => note.missingIds ?? []);
  return missing.length > 0 && missing.every((id) => {
    const field = document.fields.get(id);
    return field?.written === true && field.value.empty;
  });
}

function relatedOf(notes: readonly Note[], product: ProductIndex | undefined, document: TypedDocument | undefined): readonly RelatedPlace[] {
  const places: readonly OtherPlace[] = notes.find((note) => (note.other?.length ?? 0) > 0)?.other ?? [];
  return places.slice(0, 5).flatMap((place) => {
    const other = product?.document(place.path) ?? (document?.path === place.path ? document : undefined);
    return other === undefined ? [] : [{ path: place.path, span: place.span, range: other.document.lines.rangeOf(place.span), message: place.label }];
  });
}

function unique(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length < 2) return findings;
  const seen = new Map<number, Finding[]>();
  return findings.filter((finding) => {
    const { start, end } = finding.span;
    const here = seen.get(start);
    if (here === undefined) seen.set(start, [finding]);
    else if (here.some((other) => other.span.end === end && other.path === finding.path && other.message === finding.message)) return false;
    else here.push(finding);
    return true;
  });
}

/** Whether a document is the newest of its series: of its folder, or of the product. */
function isNewest(document: TypedDocument, env: Env): boolean {
  const { product } = env;
  const { type } = document;
  if (product === undefined || type === undefined) return false;
  const folder = folderOf(document.path);
  const rank = (each: TypedDocument) => `${dateOf(each, env)} ${each.path}`;
  const own = rank(document);
  return product.documents.every((each) =>
    each === document || each.guessed || !isOfType(each, [type.id]) || (type.series !== 'product' && folderOf(each.path) !== folder) || rank(each) < own);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function dateOf(document: TypedDocument, env: Env): string {
  const id = document.vocabulary.date;
  return (id === undefined ? undefined : document.fields.get(id)?.value.days(env.yearOf(document))?.to) ?? '';
}

