import { parseDuration, type DurationUnit } from '../text/duration';
import { parseNumber } from '../text/number';
import type { DocumentType, RuleAdjustment, RuleSource } from './book';
import { entriesOf, isData, listOf, mapOf, textOf, wordsOf } from './data';
import { nearest } from './problems';
import type { YamlPath } from './yaml-source';

/** What a line under `adjust:` or `rules:` asks of a rule that cannot be done. */
export interface AdjustmentFault {
  /** Place below the id of the rule. */
  readonly at: YamlPath;
  readonly part: 'key' | 'value';
  readonly code: string;
  readonly ja: string;
  readonly en: string;
  readonly about?: string;
  readonly better?: string | undefined;
}

/** Why a lower layer may not set a param: the rule has none of this name, it reads another kind of value, or its bounds say otherwise. */
type ParamFault = 'unknown' | 'no_unit' | 'not_a_duration' | 'not_a_number' | 'too_small' | 'too_large';

/** What a rule may be for besides types and their classes. */
const otherTargets: readonly string[] = ['all', 'untyped'];

/** Names that `types` of an adjustment may hold. */
export function targetNames(types: ReadonlyMap<string, DocumentType>): ReadonlySet<string> {
  return new Set([...types.keys(), ...[...types.values()].map((type) => type.class), ...otherTargets]);
}

/** What is wrong with a new value of a param; `undefined` when it can be used. Any other value would be answered never: the rule would be silent. */
export function paramFault(rule: RuleSource, name: string, value: string | number): ParamFault | undefined {
  const own = mapOf(rule.definition.params);
  if (!(name in own)) return 'unknown';
  const usual = usualOf(own[name]);
  if (isDuration(usual) && !isDuration(value)) return parseNumber(textOf(value)) === undefined ? 'not_a_duration' : 'no_unit';
  if (isNumber(usual) && !isNumber(value)) return 'not_a_number';
  const { min, max } = mapOf(own[name]);
  const [at, least, most] = [amountOf(value), amountOf(min), amountOf(max)];
  if (at !== undefined && least !== undefined && at < least) return 'too_small';
  return at !== undefined && most !== undefined && at > most ? 'too_large' : undefined;
}

/**
 * Everything in a change that a rule cannot do: params it does not have or that it cannot read, types that nobody has, words for a rule
 * that looks for none, words to leave out that it does not look for. Each of them would do nothing, and nobody would know.
 * @param types as {@link targetNames} gives them
 * @param addedAbove words that the layers above added
 */
export function adjustmentFaults(rule: RuleSource, change: RuleAdjustment, types: ReadonlySet<string>, addedAbove: readonly string[] = []): readonly AdjustmentFault[] {
  return [
    ...Object.entries(change.params).flatMap(([name, value]) => paramFaultOf(rule, name, value)),
    ...(['add', 'remove'] as const).flatMap((verb) => (verb === 'add' ? change.addTypes : change.removeTypes).flatMap((type, i) => {
      if (types.has(type) || wordsOf(rule.definition.types).includes(type)) return [];
      const near = nearest(type, types);
      return [{ at: ['types', verb, i], part: 'value' as const, code: 'unknown-type', about: type, better: near,
        ja: `「${type}」という文書の種類はありません。${near === undefined ? 'kobo types で一覧が出ます。' : `「${near}」のことですか。`}`,
        en: `There is no document type "${type}". ${near === undefined ? 'kobo types lists them.' : `Did you mean "${near}"?`}` }];
    })),
    ...wordFaults(rule, change, addedAbove),
  ];
}

function paramFaultOf(rule: RuleSource, name: string, value: string | number): readonly AdjustmentFault[] {
  const fault = paramFault(rule, name, value);
  if (fault === undefined) return [];
  const own = mapOf(rule.definition.params);
  const written = String(value);
  const usual = textOf(usualOf(own[name]));
  const { min, max } = mapOf(own[name]);
  const [least, most] = [textOf(min), textOf(max)];
  const stays = [`直すまでは ${usual} のままです。`, `Until then it stays ${usual}.`] as const;
  const told = (ja: string, en: string): readonly AdjustmentFault[] => [{ at: ['params', name], part: 'value', code: 'param', ja, en }];
  switch (fault) {
    case 'unknown': {
      const known = Object.keys(own);
      const near = nearest(name, known);
      const then = near !== undefined ? [`「${near}」のことですか。`, `Did you mean "${near}"?`]
        : known.length === 0 ? ['変えられる数値のない決まりです。この行を消してください。', 'It has none that can be changed. Remove this line.'] : [`変えられるのは ${known.join('、')} です。`, `It has ${known.join(', ')}.`];
      return [{ at: ['params', name], part: 'value', code: 'param', ja: `「${rule.id}」には「${name}」という数値がありません。${then[0] ?? ''}`, en: `${rule.id} has no parameter "${name}". ${then[1] ?? ''}`, about: name, better: near }];
    }
    case 'no_unit':
      return told(`「${name}」の ${written} には長さの単位がありません。「${written} days」のように書いてください。${stays[0]}`, `"${name}: ${written}" has no unit. Write "${written} days", for example. ${stays[1]}`);
    case 'not_a_duration':
      return told(`「${name}」の「${written}」は期間として読めません。「7 days」「3 business days」のように書いてください。${stays[0]}`, `"${name}: ${written}" is not a length of time. Write "7 days" or "3 business days", for example. ${stays[1]}`);
    case 'not_a_number':
      return told(`「${name}」の「${written}」は数として読めません。「${usual}」のように書いてください。${stays[0]}`, `"${name}: ${written}" is not a number. Write it like "${usual}". ${stays[1]}`);
    case 'too_small':
      return told(`「${name}」の ${written} は、この決まりの範囲の外です。${least} 以上で書いてください。${stays[0]}`, `${written} is outside the range the rule sets for "${name}": at least ${least}. ${stays[1]}`);
    case 'too_large':
      return told(`「${name}」の ${written} は、この決まりの範囲の外です。${most} 以下で書いてください。${stays[0]}`, `${written} is outside the range the rule sets for "${name}": at most ${most}. ${stays[1]}`);
  }
}

function wordFaults(rule: RuleSource, change: RuleAdjustment, addedAbove: readonly string[]): readonly AdjustmentFault[] {
  const { addWords, removeWords } = change;
  if (addWords.length === 0 && removeWords.length === 0) return [];
  const lists = wordsLookedFor(rule);
  if (lists === undefined) {
    return [[addWords, 'add'] as const, [removeWords, 'remove'] as const].flatMap(([words, verb]) => (words.length === 0 ? [] : [{ at: [verb], part: 'key' as const, code: 'no-words',
      ja: `「${rule.id}」は言葉を探す決まりではないので、${verb} の言葉は効きません。この行を消してください。`, en: `${rule.id} looks for no words, so ${verb} does nothing. Remove this line.` }]));
  }
  const known = [...new Set([...lists, ...addedAbove])];
  return removeWords.flatMap((word, i) => {
    if (known.includes(word)) return [];
    const near = nearest(word, known) ?? nearWord(word, known);
    return [{ at: ['remove', 'words', i], part: 'value' as const, code: 'unknown-word', about: word, better: near,
      ja: `「${rule.id}」は「${word}」という言葉を探していないので、外せません。${near === undefined ? `kobo rules show ${rule.id} で言葉の一覧が出ます。` : `「${near}」のことですか。`}`,
      en: `${rule.id} does not look for "${word}", so it cannot be left out. ${near === undefined ? `kobo rules show ${rule.id} prints its words.` : `Did you mean "${near}"?`}` }];
  });
}

/** Of two characters that are both kanji, one that differs: too little for {@link nearest}, which is for ids. */
function nearWord(word: string, known: readonly string[]): string | undefined {
  if (!/^\p{Script=Han}{2}$/u.test(word)) return undefined;
  return known.find((other) => other.length === word.length && (other.startsWith(word.charAt(0)) || other.endsWith(word.charAt(1))));
}

/** Operators whose words a layer may add to and take from. */
const wordOperators: ReadonlySet<string> = new Set(['words', 'starts_with', 'ends_with', 'only_words']);

/** Whether a rule looks for words, so that a layer may add some. */
export function looksForWords(rule: RuleSource): boolean {
  return wordsLookedFor(rule) !== undefined;
}

/** The words a rule looks for in documents; `undefined` when it looks for none. */
function wordsLookedFor({ definition }: RuleSource): readonly string[] | undefined {
  const lists: (readonly string[])[] = [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of listOf(value)) walk(each);
    for (const [key, each] of entriesOf(value)) {
      if (wordOperators.has(key)) lists.push(wordsOf(each));
      else walk(each);
    }
  };
  for (const key of ['when', 'unless', 'require', 'forbid']) walk(definition[key]);
  return lists.length === 0 ? undefined : lists.flat();
}

function usualOf(param: unknown): unknown {
  return isData(param) ? param.default : param;
}

function isDuration(value: unknown): boolean {
  return typeof value === 'string' && parseDuration(value) !== undefined;
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && parseNumber(value) !== undefined && !isDuration(value));
}

const unitDays: Readonly<Record<DurationUnit, number>> = { minute: 1 / 1440, hour: 1 / 24, day: 1, business_day: 1, week: 7, month: 30, year: 365 };

/** A number, or a duration in days (roughly, for bounds only). */
function amountOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') return undefined;
  const duration = parseDuration(value);
  return duration === undefined ? parseNumber(value)?.value : duration.amount * unitDays[duration.unit];
}
