import type { Meant } from '../book/problems';
import { isRecogniser, type RecogniserName } from './recognisers/index';
import type { WordList } from './text-source';
import type { UnitKind } from './unit';
import type { WordScanner } from './words';

export type Cost = 'local' | 'network' | 'history';

/** A subject a rule uses, with the kind of unit it is asked of; checked against the types when the rule is whole. */
export interface UsedSubject {
  readonly name: string;
  readonly kind: UnitKind;
}

/** What is wrong with a rule, in both languages. */
interface RuleProblem {
  readonly code: string;
  readonly text: string;
  readonly en: string;
  /** A rule with an error is not run. */
  readonly severity: 'error' | 'warning' | 'info';
  readonly meant: Meant;
}

/** State while one rule is compiled: its words, parameters, cost and problems. */
export class Compiler {
  readonly scanner: WordScanner;
  readonly problems: RuleProblem[] = [];
  readonly subjects: UsedSubject[] = [];
  readonly usedParams = new Set<string>();
  readonly #params: ReadonlySet<string>;
  readonly #addWords: readonly string[];
  readonly #removeWords: ReadonlySet<string>;
  #network = false;
  #beyond = false;
  #history = false;

  constructor(scanner: WordScanner, params: ReadonlySet<string>, addWords: readonly string[], removeWords: readonly string[]) {
    this.scanner = scanner;
    this.#params = params;
    this.#addWords = addWords;
    this.#removeWords = new Set(removeWords);
  }

  fail(code: string, text: string, en: string, meant: Meant = {}): void {
    this.problems.push({ code, text, en, severity: 'error', meant });
  }

  warn(code: string, text: string, en: string, meant: Meant = {}): void {
    this.problems.push({ code, text, en, severity: 'warning', meant });
  }

  inform(code: string, text: string, en: string, meant: Meant = {}): void {
    this.problems.push({ code, text, en, severity: 'info', meant });
  }

  needsIndex(): void {
    this.#network = true;
  }

  needsHistory(): void {
    this.#history = true;
  }

  /** A condition looks at more than the words of its unit: at other parts, other columns' rows, the document as a whole. */
  looksBeyond(): void {
    this.#beyond = true;
  }

  /** Every condition so far is answered by the words of its unit alone. */
  get staysInUnit(): boolean {
    return !this.#beyond && !this.#network && !this.#history;
  }

  get cost(): Cost {
    return this.#history ? 'history' : this.#network ? 'network' : 'local';
  }

  /** Words of a text operator, as the layers left them. */
  list(value: unknown, adjustable: boolean): WordList {
    const given = textsOf(value).filter((word) => !adjustable || !this.#removeWords.has(word));
    const words = adjustable ? [...given, ...this.#addWords] : given;
    if (words.length === 0) this.fail('rule.no-words', '言葉が1つもありません。', 'There is no word.');
    return { words, ids: [...new Set(words.map((word) => this.scanner.add(word)))].filter((id) => id >= 0) };
  }

  recognisers(value: unknown): readonly RecogniserName[] {
    return textsOf(value).flatMap((name) => {
      if (isRecogniser(name)) return [name];
      this.fail('rule.unknown-recogniser', `読み取り「${name}」はありません。`, `There is no recogniser ${name}.`, { about: name });
      return [];
    });
  }

  /** Reads `$name`; an unknown one is a problem. */
  param(text: string): string | undefined {
    if (!text.startsWith('$')) return undefined;
    const name = text.slice(1);
    if (!this.#params.has(name)) this.fail('rule.unknown-param', `値「$${name}」が params にありません。`, `There is no parameter ${name}.`, { about: `$${name}` });
    this.usedParams.add(name);
    return name;
  }
}

/** A text or list of texts; numbers and booleans as written. */
export function textsOf(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((each) => (typeof each === 'string' ? [each] : typeof each === 'number' || typeof each === 'boolean' ? [String(each)] : []));
}

export type Data = Readonly<Record<string, unknown>>;

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isYes(value: unknown): boolean {
  return value === true || value === 'yes' || value === 'true';
}
