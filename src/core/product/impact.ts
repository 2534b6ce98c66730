import { isAlike } from '../book/change';
import { compileRules } from '../rules/compile';
import type { Finding } from '../rules/finding';
import type { RuleSet } from '../rules/rule';
import { checkDocument, checkProduct } from '../rules/run';
import { neverCancelled, type Breath, type Cancellation, type Progress } from '../workspace';
import type { TypedDocument } from './meaning';
import { byPlace } from './order';
import type { Project } from './project';
import type { ProjectParts } from './project-parts';

/** What a change does to one finding. Findings that are waived or were there before count as none. */
export interface ImpactEntry {
  /** Newly flagged, no longer flagged, or flagged with other words or another severity. */
  readonly kind: 'added' | 'removed' | 'changed';
  /** As it is after the change; for `removed` as it was. */
  readonly finding: Finding;
  /** As it was; `undefined` for `added`. */
  readonly before: Finding | undefined;
}

export interface ImpactOptions {
  readonly cancellation?: Cancellation;
  /** Called between documents. */
  readonly breathe?: Breath;
  readonly progress?: Progress;
  /** What is known so far, document by document; rules on the product as a whole come last. */
  readonly onEntries?: (entries: readonly ImpactEntry[]) => void;
}

/** What a change does to the findings of one product. */
export interface Impact {
  /** By path, line, character and rule. */
  readonly entries: readonly ImpactEntry[];
  /** Documents looked at. */
  readonly documents: number;
  /** Rules that were asked again about every document. */
  readonly rules: readonly string[];
  readonly cancelled: boolean;
}

/**
 * Compares what a product's documents are told with what they would be told (`after` comes from `before.changed`). Only
 * rules that changed are asked, and all of them about documents that are understood in another way.
 */
export async function impactOf(before: Project, after: Project, options: ImpactOptions = {}): Promise<Impact> {
  const { cancellation = neverCancelled, breathe, progress, onEntries } = options;
  const old = before.parts();
  const fresh = after.parts();
  const wholly = isOtherContext(old, fresh);
  const changed = changedRules(old, fresh);
  const touched = touchedDocuments(old, fresh);
  const few = { old: ruleSet(old, changed), fresh: ruleSet(fresh, changed) };
  const entries: ImpactEntry[] = [];
  const isStopped = (): boolean => cancellation.isCancelled;
  const tell = (was: readonly Finding[], is: readonly Finding[]): void => {
    const found = compareFindings(was, is);
    if (found.length === 0) return;
    entries.push(...found);
    onEntries?.(found);
  };
  let done = 0;
  const total = fresh.documents.size;
  for (const [path, document] of fresh.documents) {
    if (isStopped()) break;
    const previous = old.documents.get(path);
    const all = wholly || touched.has(path);
    if (all || few.old.rules.length + few.fresh.rules.length > 0) {
      tell(localFindings(old, all ? old.rules : few.old, previous), localFindings(fresh, all ? fresh.rules : few.fresh, document));
    }
    done++;
    progress?.(done, total);
    await breathe?.();
  }
  const everything = wholly || touched.size > 0;
  const sets = everything ? { old: old.rules, fresh: fresh.rules } : few;
  if (!isStopped() && [...sets.old.rules, ...sets.fresh.rules].some((rule) => rule.cost !== 'local' || isOnProduct(rule))) {
    const was = await widerFindings(old, sets.old, cancellation, breathe);
    const is = await widerFindings(fresh, sets.fresh, cancellation, breathe);
    if (!isStopped()) tell(was, is);
  }
  return {
    entries: entries.sort((a, b) => byPlace(a.finding, b.finding)),
    documents: done,
    rules: wholly ? fresh.effective.rules.map(({ id }) => id) : [...changed],
    cancelled: isStopped(),
  };
}

export interface ImpactCounts {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** How many entries there are of each kind. */
export function countImpact(entries: readonly Pick<ImpactEntry, 'kind'>[]): ImpactCounts {
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { kind } of entries) counts[kind]++;
  return counts;
}

/** Findings of both lists that are the same cancel out; at the same place with other words or severity they have changed. */
export function compareFindings(before: readonly Finding[], after: readonly Finding[]): readonly ImpactEntry[] {
  const same = (finding: Finding): string => `${placeKey(finding)} ${finding.severity} ${finding.message}`;
  const [gone, come] = without(before.filter(isOpen), after.filter(isOpen), same);
  const byKey = new Map<string, Finding[]>();
  for (const finding of gone) byKey.set(placeKey(finding), [...(byKey.get(placeKey(finding)) ?? []), finding]);
  const entries = come.map((finding): ImpactEntry => {
    const previous = byKey.get(placeKey(finding))?.shift();
    return { kind: previous === undefined ? 'added' : 'changed', finding, before: previous };
  });
  const removed = [...byKey.values()].flat().map((finding): ImpactEntry => ({ kind: 'removed', finding, before: finding }));
  return [...entries, ...removed].sort((a, b) => byPlace(a.finding, b.finding));
}

function placeKey({ path, rule, span }: Finding): string {
  return `${path} ${rule} ${String(span.start)} ${String(span.end)}`;
}

function isOpen(finding: Finding): boolean {
  return finding.suppression === undefined;
}

/** What each of two lists has that the other has not, counting how often. */
function without(left: readonly Finding[], right: readonly Finding[], keyOf: (finding: Finding) => string): readonly [readonly Finding[], readonly Finding[]] {
  const counts = new Map<string, number>();
  for (const finding of right) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
  const take = (finding: Finding): boolean => {
    const count = counts.get(keyOf(finding)) ?? 0;
    counts.set(keyOf(finding), count - 1);
    return count > 0;
  };
  const onlyLeft = left.filter((finding) => !take(finding));
  // What is left over of each key stands last in the other list.
  const onlyRight = [...right].reverse().filter((finding) => take(finding)).reverse();
  return [onlyLeft, onlyRight];
}

function localFindings(parts: ProjectParts, rules: RuleSet, document: TypedDocument | undefined): readonly Finding[] {
  if (document === undefined) return [];
  const { findings } = checkDocument(rules, document, parts.context);
  return findings.length === 0 ? [] : marked(parts, findings, document.path);
}

async function widerFindings(parts: ProjectParts, rules: RuleSet, cancellation: Cancellation, breathe: Breath | undefined): Promise<readonly Finding[]> {
  const { findings } = await checkProduct(rules, parts.index, { ...parts.context, cancellation }, { ...parts.past, ...(breathe === undefined ? {} : { breathe }) });
  const byPath = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = byPath.get(finding.path);
    if (list === undefined) byPath.set(finding.path, [finding]);
    else list.push(finding);
  }
  return [...byPath].flatMap(([path, list]) => marked(parts, list, path));
}

/** With waivers and baseline, without the findings about these themselves. */
function marked(parts: ProjectParts, findings: readonly Finding[], path: string): readonly Finding[] {
  const rules = new Set(findings.map((finding) => finding.rule));
  return parts.suppress(findings, path).filter((finding) => rules.has(finding.rule));
}

/** The rules of a product that are among some ids, compiled alone. */
function ruleSet(parts: ProjectParts, ids: ReadonlySet<string>): RuleSet {
  const { effective } = parts;
  return compileRules(parts.book, { ...effective, rules: effective.rules.filter((rule) => ids.has(rule.id)) });
}

function isOnProduct(rule: RuleSet['rules'][number]): boolean {
  return rule.parts.some(({ scope }) => scope.name === 'product' || scope.name === 'gate');
}

/** Whether something changed that any rule may ask for: phase, size, people, lifecycle, templates, the day. */
function isOtherContext(before: ProjectParts, after: ProjectParts): boolean {
  const facts = ({ context }: ProjectParts) => [context.today, context.language, context.phase, context.size, context.product, context.people, context.lacking === undefined];
  return !isAlike(facts(before), facts(after)) || !isAlike(before.book.lifecycle, after.book.lifecycle) || !isAlike(before.book.templates, after.book.templates);
}

/** Ids of rules that are there on one side only, say something else, are set in another way, or use words that changed. */
function changedRules(before: ProjectParts, after: ProjectParts): ReadonlySet<string> {
  const old = new Map(before.effective.rules.map((rule) => [rule.id, rule]));
  const ids = new Set([...old.keys(), ...after.effective.rules.map(({ id }) => id)]);
  const fresh = new Map(after.effective.rules.map((rule) => [rule.id, rule]));
  const sameTerms = isAlike(before.book.terms, after.book.terms);
  const sameLevel = before.context.level === after.context.level;
  const waived = waivedRules(before, after);
  return new Set([...ids].filter((id) => {
    const rule = fresh.get(id);
    if (rule === undefined || waived.has(id)) return true;
    if (!isAlike(old.get(id), rule) || !isAlike(before.effective.ruleSetting(id), after.effective.ruleSetting(id))) return true;
    if (sameTerms && sameLevel) return false;
    const words = JSON.stringify(rule.definition);
    return (!sameTerms && words.includes('term')) || (!sameLevel && words.includes('level'));
  }));
}

/** Rules of waivers that stand in `kobo.yaml` on one side only. */
function waivedRules(before: ProjectParts, after: ProjectParts): ReadonlySet<string> {
  const keysOf = ({ settings }: ProjectParts) => new Map((settings?.waivers ?? []).map((waiver) => [JSON.stringify({ ...waiver, span: 0 }), waiver.rule]));
  const old = keysOf(before);
  const fresh = keysOf(after);
  return new Set([...[...old].filter(([key]) => !fresh.has(key)), ...[...fresh].filter(([key]) => !old.has(key))].map(([, rule]) => rule));
}

/** Documents that are understood in another way, or of whose type other parts are asked for. */
function touchedDocuments(before: ProjectParts, after: ProjectParts): ReadonlySet<string> {
  const lacking = new Map<string, boolean>();
  const otherParts = (type: string): boolean => {
    const known = lacking.get(type) ?? !isAlike(before.context.lacking?.(type), after.context.lacking?.(type));
    lacking.set(type, known);
    return known;
  };
  return new Set([...after.documents].filter(([path, document]) => before.documents.get(path) !== document || otherParts(document.type?.id ?? '')).map(([path]) => path));
}
