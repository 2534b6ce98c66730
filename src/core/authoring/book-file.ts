import type { Book, BookProblem, RuleSource } from '../book/book';
import { checkDefinitions } from '../book/check';
import type { BookLayer } from '../book/layer';
import { LayerReader } from '../book/layer-reader';
import { assembleBook } from '../book/layers';
import { withFile } from '../book/with-file';
import { isData } from '../book/data';
import { problem } from '../book/problems';
import { readYaml, type YamlPath } from '../book/yaml-source';
import { effectiveSettings, type EffectiveSettings } from '../product/settings';
import { compileRules } from '../rules/compile';
import { runExamples, type ExampleResult } from '../rules/examples';
import type { Span } from '../text/position';
import { atTheirWords } from './places';

/** A file of a Book as it is being written, with the Book as it would be. */
export interface BookFile {
  /** Relative to the Book folder. */
  readonly path: string;
  readonly text: string;
  readonly book: Book;
  /** The rules that this file holds; those of the wrong shape are not among them. */
  readonly rules: readonly RuleSource[];
  readonly settings: EffectiveSettings;
}

/** The Book with one file as it is being written. `layers` are those of `loadLayers`. */
export function openBookFile(layers: readonly BookLayer[], path: string, text: string, today: string): BookFile {
  const book = assembleBook(withFile(layers, path, text));
  const all = [...book.rules, ...[...book.overlays.values()].flatMap((overlay) => overlay.addedRules)];
  const rules = all.filter((rule) => rule.origin.path === path && rule.origin.layer === book.id);
  return { path, text, book, rules, settings: effectiveSettings(book, undefined, today) };
}

/**
 * What is wrong with the file, each at its word: the same checks that `kobo book check` makes, seen from this file.
 * Examples are run by {@link runFile}.
 */
export function fileProblems({ book, path, text, settings, rules }: BookFile): readonly BookProblem[] {
  const own = (found: BookProblem): boolean => found.path === path;
  const problems = [...checkDefinitions(book).filter(own), ...compileRules(book, { ...settings, rules }).problems.filter(own)];
  return [...atTheirWords(problems, text)].sort((a, b) => a.span.start - b.span.start);
}

/** Layers of a Book that is not there yet, over those of the starter Book. */
export function newBookLayers(lower: readonly BookLayer[], bookYaml: string): readonly BookLayer[] {
  const reader = new LayerReader('new', false);
  reader.add('book.yaml', bookYaml);
  return [...lower, reader.layer()];
}

/** One example of a rule, run. */
export interface ExampleRun {
  readonly kind: 'good' | 'bad';
  readonly index: number;
  readonly span: Span;
  readonly ok: boolean;
  readonly reason: string;
  readonly reasonEn: string;
  readonly result: ExampleResult;
}

/** A rule with its examples, run. */
export interface RuleRun {
  readonly rule: RuleSource;
  readonly span: Span;
  readonly examples: readonly ExampleRun[];
}

/** Runs the examples of the file's rules, or of some of them. */
export async function runFile({ book, rules, text, path }: BookFile, language: 'ja' | 'en', only?: ReadonlySet<string>): Promise<readonly RuleRun[]> {
  const wanted = rules.filter((rule) => only === undefined || only.has(rule.id));
  return runRules(wanted, book, new Map([[path, text]]), language);
}

/** Runs the examples of rules; `texts` are their files, for the places. */
export async function runRules(rules: readonly RuleSource[], book: Book, texts: ReadonlyMap<string, string>, language: 'ja' | 'en'): Promise<readonly RuleRun[]> {
  const places = new Map([...texts].map(([path, text]) => [path, examplePlaces(text)]));
  const runs: RuleRun[] = [];
  for (const rule of rules) {
    const place = places.get(rule.origin.path);
    const results = await runExamples(rule, book, language);
    runs.push({
      rule,
      span: rule.origin.span,
      examples: results.map((result) => ({
        kind: result.kind, index: result.index, ok: result.ok, reason: result.reason, reasonEn: result.reasonEn, result,
        span: place?.(rule.origin.span, result.kind, result.index) ?? rule.origin.span,
      })),
    });
  }
  return runs;
}

type PlaceOf = (rule: Span, kind: 'good' | 'bad', index: number) => Span;

/** Where the examples of the rules of a file stand. */
function examplePlaces(text: string): PlaceOf {
  const source = readYaml(text);
  const lists = isData(source.data) ? Object.entries(source.data).filter(([, value]) => Array.isArray(value)) : [];
  const items = lists.flatMap(([key, value]) => (value as readonly unknown[]).map((item, index): readonly [YamlPath, unknown] => [[key, index], item]));
  return (rule, kind, index) => {
    for (const [path, item] of items) {
      const own = source.spanOf(path);
      if (rule.start < own.start || rule.end > own.end || !isData(item)) continue;
      return source.spanOf([...path, kind, ...(Array.isArray(item[kind]) ? [index] : [])]);
    }
    return rule;
  };
}

/** Examples that do not behave, as problems of the Book. */
export function exampleProblems(runs: readonly RuleRun[]): readonly BookProblem[] {
  return runs.flatMap(({ rule, examples }) =>
    examples.filter((one) => !one.ok).map((one) =>
      problem(rule.origin.path, one.span, 'warning', 'example',
        `${rule.id}：${one.kind === 'good' ? '良い例' : '直したい例'}${String(one.index + 1)}が期待どおりではありません。${one.reason}例かルールを直してください。`,
        `${rule.id}: ${one.kind === 'good' ? 'Good' : 'Bad'} example ${String(one.index + 1)} does not behave. ${one.reasonEn} Correct the example or the rule.`)));
}
