import type { Book, RuleSource } from '../book/book';
import { readDocument } from '../document/read';
import { understand } from '../product/meaning';
import { ProductIndex } from '../product/records';
import { effectiveSettings, type EffectiveSettings, type RuleSetting } from '../product/settings';
import type { Span } from '../text/position';
import type { History } from '../workspace';
import { compileRule, readScopesOf } from './compile';
import { isData, textsOf, type Data } from './compiler';
import { contextOf } from './context';
import { buildExample, type ExampleFile } from './example-documents';
import type { Finding } from './finding';
import type { RuleSet } from './rule';
import { checkDocument, checkProduct, sortFindings } from './run';
import { WordScanner } from './words';

/** The day on which examples run that name no other. */
export const exampleDay = '2026-11-24';

/** How one example of a rule behaved. */
export interface ExampleResult {
  readonly rule: string;
  readonly kind: 'good' | 'bad';
  /** Place in the list of good or bad examples. */
  readonly index: number;
  readonly ok: boolean;
  /** Why it did not behave, in both languages; empty when it did. */
  readonly reason: string;
  readonly reasonEn: string;
  /** The documents it was run on, marks removed. */
  readonly files: readonly ExampleFile[];
  /** What the example marks by `《…》`, by path. */
  readonly marks: ReadonlyMap<string, readonly Span[]>;
  /** How many findings it asks for. */
  readonly wanted: number;
  readonly findings: readonly Finding[];
  /** Runs the example again with another text in one of its files: what a fix leaves. */
  recheck(path: string, text: string): Promise<readonly Finding[]>;
}

/** The rule as its file says it, whatever the product: examples test the rule, not its settings. */
function plainSetting(source: RuleSource): RuleSetting {
  return { state: 'on', severity: source.severity, params: {}, addTypes: [], removeTypes: [], addWords: [], removeWords: [] };
}

/**
 * Runs the good and bad examples of a rule through the engine: each becomes documents that are read, understood and
 * checked like any other. `《…》` in an example must be underlined, exactly. Findings are in the language.
 */
export async function runExamples(source: RuleSource, book: Book, language: 'ja' | 'en' = 'ja'): Promise<readonly ExampleResult[]> {
  const settings = effectiveSettings(book, undefined, '2026-01-01');
  const scanner = new WordScanner();
  const compiled = compileRule(source, plainSetting(source), scanner, settings);
  const results: ExampleResult[] = [];
  for (const kind of ['good', 'bad'] as const) {
    for (const [index, example] of examplesOf(source.definition[kind]).entries()) {
      const head = { rule: source.id, kind, index };
      if (compiled.rule === undefined) {
        const problem = compiled.problems[0]?.message;
        results.push({ ...head, ok: false, reason: problem?.text ?? '', reasonEn: problem?.en ?? '', files: [], marks: new Map(), wanted: kind === 'good' ? 0 : 1, findings: [], recheck: () => Promise.resolve([]) });
        continue;
      }
      const rules: RuleSet = { book, settings, scanner, rules: [compiled.rule], problems: [] };
      results.push({ ...head, ...(await runExample(example, kind, source, rules, settings, language)) });
    }
  }
  return results;
}

/** Examples of a rule as a list. */
function examplesOf(value: unknown): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

async function runExample(
  example: unknown, kind: 'good' | 'bad', source: RuleSource, rules: RuleSet, settings: EffectiveSettings, language: 'ja' | 'en',
): Promise<Omit<ExampleResult, 'rule' | 'kind' | 'index'>> {
  const map: Data = isData(example) ? example : {};
  const scopes = readScopesOf(source.definition);
  const marked = buildExample(example, source, scopes, settings);
  const files = marked.map((file) => ({ path: file.path, text: unmarked(file.text).text }));
  const spans = new Map(marked.map((file) => [file.path, unmarked(file.text).spans]));
  const context = contextOf({
    language,
    today: textsOf(map.today)[0] ?? dayInForce(source),
    phase: textsOf(map.phase)[0] ?? phaseOf(source),
    gate: textsOf(map.gate)[0] ?? gateOf(source),
    ...whereInForce(source),
    people: peopleOf(map.people),
  });
  const check = async (changed?: ExampleFile): Promise<readonly Finding[]> => {
    const product = new ProductIndex();
    for (const file of marked) {
      const text = changed?.path === file.path ? changed.text : unmarked(file.text).text;
      product.set(understand(readDocument(file.path, text), file.type, settings.common));
    }
    const local = product.documents.flatMap((document) => checkDocument(rules, document, context).findings);
    const { findings } = await checkProduct(rules, product, context, {
      history: historyOf(map.saved, marked[0]?.before),
      readOld: (document, text) => understand(readDocument(document.path, text), document.type, settings.common),
    });
    return sortFindings([...local, ...findings]);
  };
  return { ...judge(kind, map, await check(), spans, files), marks: spans, wanted: wantedOf(kind, map), recheck: (path, text) => check({ path, text }) };
}

function peopleOf(value: unknown): readonly { readonly name: string; readonly active: boolean }[] {
  return value === undefined ? [] : textsOf(value).map((name) => ({ name: name.replace(/（異動）$/u, ''), active: !name.endsWith('（異動）') }));
}

/** A phase in which the rule is in force. */
function phaseOf(source: RuleSource): string | undefined {
  const applies = source.definition.applies;
  if (!isData(applies)) return undefined;
  return textsOf(applies.phases ?? applies.from ?? applies.to)[0];
}

/** The day of the file's examples, else the usual one; not before the rule is in force. */
function dayInForce({ definition: { today, applies } }: RuleSource): string {
  const day = textsOf(today)[0] ?? exampleDay;
  const since = isData(applies) ? textsOf(applies.since)[0] : undefined;
  return since === undefined || since < day ? day : since;
}

/** A gate at which a rule on other things than gates is in force. */
function gateOf({ definition: { applies, on } }: RuleSource): string | undefined {
  const isOnGate = on === 'gate' || (Array.isArray(on) && on.includes('gate'));
  return isData(applies) && !isOnGate ? textsOf(applies.gates ?? [])[0] : undefined;
}

/** A product and a size in which the rule is in force. */
function whereInForce({ definition: { applies } }: RuleSource): { readonly product?: string; readonly size?: 'S' | 'M' | 'L' } {
  const first = (key: string): string | undefined => (isData(applies) ? textsOf(applies[key] ?? [])[0] : undefined);
  const product = first('products');
  const size = (['S', 'M', 'L'] as const).find((one) => one === first('sizes'));
  return { ...(product === undefined ? {} : { product }), ...(size === undefined ? {} : { size }) };
}

/** `saved: { first, last }`: when git first and last saved the file; `before` is its older text. */
function historyOf(value: unknown, before: string | undefined): History | undefined {
  if (!isData(value)) return undefined;
  const first = textsOf(value.first)[0] ?? textsOf(value.last)[0] ?? '';
  const last = textsOf(value.last)[0] ?? first;
  return {
    of: () => Promise.resolve({ firstSaved: first, lastSaved: last, textAt: () => Promise.resolve(before) }),
  };
}

function wantedOf(kind: 'good' | 'bad', { finds }: Data): number {
  return kind === 'good' ? 0 : typeof finds === 'number' ? finds : 1;
}

function judge(
  kind: 'good' | 'bad', map: Data, findings: readonly Finding[], spans: ReadonlyMap<string, readonly Span[]>, files: readonly ExampleFile[],
): Pick<ExampleResult, 'ok' | 'reason' | 'reasonEn' | 'files' | 'findings'> {
  const fail = (reason: string, reasonEn: string) => ({ ok: false, reason, reasonEn, files, findings });
  if (kind === 'good') {
    const first = findings[0];
    return first === undefined ? { ok: true, reason: '', reasonEn: '', files, findings } : fail(`良い例で指摘が出ました：${first.message}`, `A good example gives a finding: ${first.message}`);
  }
  const finds = map.finds;
  const wanted = wantedOf(kind, map);
  if (findings.length !== wanted) return fail(`指摘は${String(wanted)}件のはずが${String(findings.length)}件です。`, `${String(findings.length)} findings instead of ${String(wanted)}.`);
  if (typeof finds === 'string' && findings[0]?.path !== finds) return fail(`指摘は${finds}に出るはずが${findings[0]?.path ?? ''}です。`, `The finding is in ${findings[0]?.path ?? ''} instead of ${finds}.`);
  for (const [path, expected] of spans) {
    for (const span of expected) {
      if (findings.some((finding) => finding.path === path && finding.span.start === span.start && finding.span.end === span.end)) continue;
      const found = findings.find((finding) => finding.path === path)?.span;
      const text = files.find((file) => file.path === path)?.text ?? '';
      const shown = found === undefined ? '' : text.slice(found.start, found.end);
      return fail(`「${text.slice(span.start, span.end)}」に引かれるはずの線が「${shown}」に引かれました。`, `"${shown}" is underlined instead of "${text.slice(span.start, span.end)}".`);
    }
  }
  return { ok: true, reason: '', reasonEn: '', files, findings };
}

/** A text without `《》`, and where they stood. */
function unmarked(text: string): { readonly text: string; readonly spans: readonly Span[] } {
  const spans: Span[] = [];
  let out = '';
  let start = -1;
  for (const char of text) {
    if (char === '《') start = out.length;
    else if (char === '》' && start >= 0) {
      spans.push({ start, end: out.length });
      start = -1;
    } else out += char;
  }
  return { text: out, spans };
}
