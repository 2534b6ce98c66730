import type { Gate } from '../book/book';
import { gatesOfPhase } from '../book/lifecycle';
import { lostCharacters } from '../document/read';
import type { TypedDocument } from '../product/meaning';
import { byCodeUnit, type ProductIndex } from '../product/records';
import type { Breath, History } from '../workspace';
import { askDocument, askUnits, concerns, inForce, type Answer } from './ask';
import { withoutEchoes } from './blank-fields';
import { capFindings } from './caps';
import type { CheckContext } from './context';
import { Env } from './env';
import type { Finding } from './finding';
import { HistoryDesk, type ReadOld } from './history-desk';
import type { CheckMemory } from './memory';
import { GateUnit, ProductUnit } from './product-units';
import { cannotBeOpened, guessFinding, readingFinding } from './reading';
import type { CompiledRule, RuleSet } from './rule';

/** What a check gave. */
export interface CheckResult {
  /** In order of path, line, character, rule. */
  readonly findings: readonly Finding[];
  /** How many rules could not be judged for a document, because its history is not known. */
  readonly notJudged: number;
  /** Findings of rules above the product's level: "n to the next level". Counted only when asked for. */
  readonly nextLevel: number;
  /** Rules that took longer than their budget and were stopped. */
  readonly stopped: readonly string[];
}

/** What a check of a product gave. */
export interface ProductCheckResult extends CheckResult {
  /** What became of the rules, by path of the documents that were asked. */
  readonly documents: ReadonlyMap<string, Pick<CheckResult, 'notJudged' | 'stopped'>>;
}

const nothing: CheckResult = { findings: [], notJudged: 0, nextLevel: 0, stopped: [] };

/**
 * Asks the local rules about one document. A document that cannot be read, or whose type is only guessed, gives one
 * finding at most.
 *
 * @param memory of the document's version before; the answer is the same without, only slower
 */
export function checkDocument(rules: RuleSet, document: TypedDocument, context: CheckContext, memory?: CheckMemory): CheckResult {
  const only = onlyFinding(document, context);
  if (only !== undefined) return { ...nothing, findings: only };
  const env = new Env(rules.book, rules.settings, rules.scanner, context);
  if (memory !== undefined) env.remember(document, rules, memory);
  const result = collect(rules, env, context, (rule) =>
    rule.cost === 'local' && concerns(rule, document, env) ? askDocument(rule, document, env) : undefined);
  memory?.close();
  const isAboutBlanks = (id: string): boolean => rules.rules.some((rule) => rule.id === id && rule.aboutBlanks);
  return { ...result, findings: withoutEchoes(result.findings, isAboutBlanks, document) };
}

/** Spreadsheets save tables in the encoding of the machine: who opens one of no type sees garbled text too, and needs to know why. */
function garbledTable({ document }: TypedDocument, context: CheckContext): readonly Finding[] | undefined {
  if (document.format !== 'csv' || !document.problems.some((problem) => problem.kind === 'encoding' && problem.detail !== lostCharacters)) return undefined;
  const finding = readingFinding(document, context.language);
  return finding === undefined ? undefined : [{ ...finding, severity: 'hint' }];
}

function onlyFinding(document: TypedDocument, context: CheckContext): readonly Finding[] | undefined {
  // What cannot be opened may be anything: to say nothing of it would be to call it clean.
  const unknown = cannotBeOpened(document.document) ? readingFinding(document.document, context.language) : undefined;
  if (unknown !== undefined) return [unknown];
  if (document.type === undefined) return garbledTable(document, context) ?? (document.document.problems.some((problem) => problem.kind !== 'csv') ? [] : undefined);
  if (document.guessed) {
    const hint = guessFinding(document, context.language);
    return document.document.problems.length > 0 || hint === undefined ? [] : [hint];
  }
  const finding = readingFinding(document.document, context.language);
  return finding === undefined ? undefined : [finding];
}

function collect(rules: RuleSet, env: Env, context: CheckContext, ask: (rule: CompiledRule) => Answer | undefined): CheckResult {
  const findings: Finding[] = [];
  const stopped: string[] = [];
  let nextLevel = 0;
  for (const rule of rules.rules) {
    if (context.cancellation.isCancelled) break;
    const above = rule.setting.state === 'above_level' && !isOfGate(rule, context.gate);
    if (above && !context.countNextLevel) continue;
    const answer = ask(rule);
    if (answer === undefined) continue;
    if (answer.stopped) stopped.push(rule.id);
    if (above) nextLevel += answer.findings.length;
    else findings.push(...answer.findings);
  }
  return { findings: ordered(findings, context), notJudged: 0, nextLevel, stopped };
}

function ordered(findings: Finding[], context: CheckContext): readonly Finding[] {
  const sorted = sortFindings(findings);
  return context.caps === undefined ? sorted : capFindings(sorted, context.caps, context.language);
}

/** By path, line, character and rule, each by code unit; the same from run to run. */
export function sortFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((a, b) =>
    byCodeUnit(a.path, b.path) ||
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    byCodeUnit(a.rule, b.rule) ||
    a.span.end - b.span.end ||
    byCodeUnit(a.message, b.message));
}

export interface ProductCheck {
  /** `undefined`: history rules are not judged, and counted. */
  readonly history?: History | undefined;
  /** Reads an older text of a document the way the document itself was read. */
  readonly readOld?: ReadOld | undefined;
  /** Documents to ask about; left out: all. */
  readonly paths?: ReadonlySet<string>;
  /** Rules on the product and its gates are asked too; where no paths are named, they are in any case. */
  readonly whole?: boolean;
  /** Called between documents. */
  readonly breathe?: Breath;
}

/** Asks the rules that need other documents, the product, its gates or history. Local rules are not asked again. */
export async function checkProduct(rules: RuleSet, product: ProductIndex, context: CheckContext, options: ProductCheck = {}): Promise<ProductCheckResult> {
  const desk = options.history === undefined || options.readOld === undefined ? undefined : new HistoryDesk(options.history, options.readOld);
  const env = new Env(rules.book, rules.settings, rules.scanner, context, product, desk);
  const results: CheckResult[] = [];
  const documents = new Map<string, CheckResult>();
  for (const document of product.documents) {
    if (context.cancellation.isCancelled) break;
    if (options.paths?.has(document.path) === false || onlyFinding(document, context) !== undefined) continue;
    const network = collect(rules, env, context, (rule) =>
      rule.cost === 'network' && concerns(rule, document, env) ? askDocument(rule, document, env) : undefined);
    const both = together([network, await askHistory(rules, document, env, context, desk)], context);
    documents.set(document.path, both);
    results.push(both);
    env.forget(document);
    await options.breathe?.();
  }
  if (options.paths === undefined || options.whole === true) {
    const gates = gatesOf(rules, context).map((gate) => new GateUnit(gate));
    results.push(collect(rules, env, context, (rule) => {
      if (rule.cost === 'local' || !inForce(rule, env)) return undefined;
      const units = rule.parts.some((part) => part.scope.name === 'product') ? [new ProductUnit()] : gates.filter((gate) => appliesToGate(rule, gate.gate.id));
      return rule.parts.some((part) => part.scope.name === 'product' || part.scope.name === 'gate') ? askUnits(rule, units, env) : undefined;
    }));
  }
  return { ...together(results, context), documents };
}

function together(results: readonly CheckResult[], context: CheckContext): CheckResult {
  return {
    findings: ordered(results.flatMap((result) => result.findings), context),
    notJudged: sum(results.map((result) => result.notJudged)),
    nextLevel: sum(results.map((result) => result.nextLevel)),
    stopped: [...new Set(results.flatMap((result) => result.stopped))].sort(byCodeUnit),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The gate that is being decided, else those of the product's phase. */
function gatesOf({ book: { lifecycle } }: RuleSet, { gate, phase }: CheckContext): readonly Gate[] {
  return gate === undefined ? gatesOfPhase(lifecycle, phase) : lifecycle.gates.filter((one) => one.id === gate);
}

/**
 * Whether a rule is one of a gate that is being decided: about the gate itself, or in force at it only. Whoever asks for the gate asks
 * for these, whatever the product's level: that says what it is reminded of from day to day.
 */
export function isOfGate(rule: CompiledRule, gate: string | undefined): boolean {
  return gate !== undefined && appliesToGate(rule, gate) && ((rule.applies?.gates.length ?? 0) > 0 || rule.parts.some((part) => part.scope.name === 'gate'));
}

/** Whether a rule is asked at gates only, and none of them is at hand: that nothing needs a waiver of it today says nothing of the gate. */
export function waitsForGate({ book: { lifecycle }, rules }: RuleSet, id: string, phase: string | undefined): boolean {
  const rule = rules.find((one) => one.id === id);
  const gates = rule === undefined ? [] : lifecycle.gates.filter((gate) => isOfGate(rule, gate.id));
  if (rule === undefined || gates.length === 0 || rule.setting.state === 'above_level') return gates.length > 0;
  return !rule.parts.some((part) => part.scope.name === 'gate') || !gatesOfPhase(lifecycle, phase).some((gate) => gates.includes(gate));
}

function appliesToGate(rule: CompiledRule, gate: string): boolean {
  const gates = rule.applies?.gates ?? [];
  return gates.length === 0 || gates.includes(gate);
}

/** Asks history rules until nothing more has to be fetched; without history they are counted as not judged. */
async function askHistory(rules: RuleSet, document: TypedDocument, env: Env, context: CheckContext, desk: HistoryDesk | undefined): Promise<CheckResult> {
  const asked = rules.rules.filter((rule) => rule.cost === 'history' && rule.setting.state !== 'above_level' && concerns(rule, document, env));
  if (asked.length === 0) return nothing;
  if (desk === undefined || !(await desk.open(document))) return { ...nothing, notJudged: asked.length };
  let result = nothing;
  for (let round = 0; round < 4; round++) {
    result = collect(rules, env, context, (rule) => (asked.includes(rule) ? askDocument(rule, document, env) : undefined));
    if (!(await desk.fetch())) break;
  }
  return result;
}
