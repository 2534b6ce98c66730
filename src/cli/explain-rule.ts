import { stringify } from 'yaml';
import { valueMeaning } from '../core/authoring/key-words';
import type { Book, Origin, RuleAdjustment, RuleSource, Severity, SeverityTable, Words } from '../core/book/book';
import { looksForWords, paramFault } from '../core/book/adjustment-faults';
import { isData, mapOf, textOf } from '../core/book/data';
import type { EffectiveSettings, RuleSetting, SettingStep } from '../core/product/settings';
import { printable, printableSentence } from './printable';
import { severityLines, severityWord } from './severity-words';

type Language = 'ja' | 'en';

/** What a rule asks, in the order in which it is thought: key, Japanese, English. */
const parts: readonly (readonly [key: string, ja: string, en: string])[] = [
  ['types', 'どの文書', 'documents'], ['except', '見ない文書', 'not these documents'], ['on', '何を調べるか', 'looks at'], ['in', '文書のどこ', 'where in them'], ['pick', 'そのうち', 'of these'],
  ['applies', 'いつ効くか', 'in force'], ['gate', 'どのゲートで', 'at the gate'], ['when', 'このときだけ', 'only if'], ['unless', 'このときは調べない', 'not if'],
  ['require', '成り立つべきこと', 'must hold'], ['forbid', 'あってはいけないこと', 'must not hold'], ['check', '用意された点検', 'built-in check'],
];

/**
 * Lines about one rule: what it asks, what each layer says of it, and what holds here.
 * @param level of the product; `undefined` without a `kobo.yaml`
 */
export function ruleLines(rule: RuleSource, setting: RuleSetting, effective: EffectiveSettings, level: string | undefined, book: Book, language: Language): readonly string[] {
  const ja = language === 'ja';
  const text = (words: Words): string => (ja ? words.text : (words.en ?? words.text));
  const numbers = paramsText({ ...defaultsOf(rule), ...setting.params }, language);
  return [
    `${rule.id} ${printableSentence(text(rule.title))}`,
    ...(rule.why === undefined ? [] : [printableSentence(text(rule.why))]),
    '',
    ja ? '決まりの中身' : 'What it asks',
    ...parts.flatMap(([key, japanese, english]) => {
      const value = rule.definition[key];
      return value === undefined ? [] : [labelled(ja ? `${japanese}（${key}）` : `${english} (${key})`, valueText(key, value, book, language), language)];
    }),
    ...Object.entries(mapOf(rule.definition.params)).map(([name, value]) => labelled(ja ? '変えられる数値（params）' : 'can be changed (params)', paramText(name, value, book, language), language)),
    '',
    ja ? 'どこで何が決まっているか（下ほど強い）' : 'What each layer says (the last is the strongest)',
    ...effective.explain(rule.id).map((step) => printableSentence(stepLine(step, rule, book, language))),
    '',
    `${ja ? 'ここでは：' : 'Here: '}${stateText(rule, setting, level, language)}${ja ? '重さは' : ' Severity: '}${severityWord(plainSeverity(setting.severity), language)}${numbers === '' ? '' : `${ja ? '、' : ', '}${numbers}`}${ja ? '。' : '.'}`,
    ...severityLines(setting.severity, language),
  ];
}

function labelled(label: string, value: string, language: Language): string {
  return `  ${label}${language === 'ja' ? '：' : ': '}${value}`;
}

const longest = 100;

/** YAML as rules are written: what is short stands in one line, what is long has a line for each part. */
function yamlText(value: unknown): string {
  const text = inLine(value);
  return text.length <= longest ? printable(text) : `\n${inLines(value).map((line) => `    ${printable(line)}`).join('\n')}`;
}

function inLine(value: unknown): string {
  if (Array.isArray(value)) return `[${(value as readonly unknown[]).map(inLine).join(', ')}]`;
  if (isData(value)) return `{ ${Object.entries(value).map(([key, each]) => `${key}: ${inLine(each)}`).join(', ')} }`;
  // Of a list in flow style, so that what would end it is quoted.
  return stringify([value], { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim().slice(1, -1);
}

function inLines(value: unknown): readonly string[] {
  const text = inLine(value);
  if (text.length <= longest) return [text];
  if (Array.isArray(value)) {
    return (value as readonly unknown[]).some(isData) ? value.flatMap((each) => inLines(each).map((line, i) => `${i === 0 ? '- ' : '  '}${line}`)) : [text];
  }
  return Object.entries(mapOf(value)).flatMap(([key, each]) => {
    const lines = inLines(each);
    return lines.length === 1 ? [`${key}: ${lines[0] ?? ''}`] : [`${key}:`, ...lines.map((line) => `  ${line}`)];
  });
}

function valueText(key: string, value: unknown, book: Book, language: Language): string {
  if (key === 'types' || key === 'except') return listOf(value).map((id) => typeName(id, book, language)).join(language === 'ja' ? '、' : ', ');
  if ((key === 'on' || key === 'pick') && typeof value === 'string') return withId(valueMeaning(value, language), value, language);
  if (key === 'on') return Object.entries(mapOf(value)).map(([scope, selector]) => withId(valueMeaning(scope, language), `${scope}: ${yamlText(selector)}`, language)).join(language === 'ja' ? '、' : ', ');
  return yamlText(value);
}

function listOf(value: unknown): readonly string[] {
  return (Array.isArray(value) ? (value as readonly unknown[]) : [value]).map(String);
}

function typeName(id: string, book: Book, language: Language): string {
  return withId(titleOf(id, book, language), id, language);
}

/** What people call a type or a class of types. */
function titleOf(id: string, book: Book, language: Language): string {
  const title = book.types.get(id)?.title;
  return title === undefined ? valueMeaning(id, language) : language === 'ja' ? title.text : (title.en ?? title.text);
}

function withId(name: string, id: string, language: Language): string {
  if (name === '') return id;
  return language === 'ja' ? `${name}（${id}）` : `${name} (${id})`;
}

function defaultsOf(rule: RuleSource): Readonly<Record<string, string | number>> {
  return Object.fromEntries(Object.entries(mapOf(rule.definition.params)).flatMap(([name, value]) => {
    const number = typeof value === 'object' && value !== null ? mapOf(value).default : value;
    return typeof number === 'string' || typeof number === 'number' ? [[name, number] as const] : [];
  }));
}

function paramsText(params: Readonly<Record<string, string | number>>, language: Language): string {
  return Object.entries(params).map(([name, value]) => `${name} = ${String(value)}`).join(language === 'ja' ? '、' : ', ');
}

/** `days = 14 days（1 day 以上、31 days 以下、リスク登録簿では 30 days）`. */
function paramText(name: string, value: unknown, book: Book, language: Language): string {
  if (typeof value !== 'object' || value === null) return `${name} = ${textOf(value)}`;
  const ja = language === 'ja';
  const { default: usual, min, max, title, types } = mapOf(value);
  const notes = [
    ...(title === undefined ? [] : [textOf(title)]),
    ...(min === undefined ? [] : [ja ? `${textOf(min)} 以上` : `at least ${textOf(min)}`]),
    ...(max === undefined ? [] : [ja ? `${textOf(max)} 以下` : `at most ${textOf(max)}`]),
    ...Object.entries(mapOf(types)).map(([id, other]) => (ja ? `${titleOf(id, book, language)}では ${textOf(other)}` : `${textOf(other)} in ${titleOf(id, book, language)}`)),
  ];
  const said = notes.join(ja ? '、' : ', ');
  return `${name} = ${textOf(usual)}${said === '' ? '' : ja ? `（${said}）` : ` (${said})`}`;
}

function stepLine({ layer, origin, change, refused }: SettingStep, rule: RuleSource, book: Book, language: Language): string {
  const ja = language === 'ja';
  const locks = change === undefined ? rule.locked && book.adjustments.get(rule.id)?.locked !== true : change.locked === true;
  const locked = !locks ? '' : ja ? '、変えることも見送ることもできない（locked）' : ', can neither be changed nor waived (locked)';
  const what = change === undefined ? `${severityWord(plainSeverity(rule.severity), language)}${locked}` : `${changeText(change, rule, language)}${locked}`.replace(/^(?:、|, )/u, '');
  const why = change?.reason === undefined ? '' : ja ? `（理由：${change.reason}）` : ` (${change.reason})`;
  const no = refused ? (ja ? '（locked の決まりなので、効きません）' : ' (no effect: the rule is locked)') : '';
  return labelled(layerName(layer, origin, book, language), `${what}${why}${no}`, language);
}

/** What people call a layer, with the file it is written in. */
function layerName(layer: SettingStep['layer'], origin: Origin | undefined, book: Book, language: Language): string {
  const ja = language === 'ja';
  const path = origin?.path ?? '';
  if (layer === 'kobo') return ja ? `プロダクトの設定 ${path || 'kobo.yaml'}` : `the product's ${path || 'kobo.yaml'}`;
  if (layer === 'overlay' || path.endsWith('overlay.yaml')) return ja ? `コボブックの、このプロダクトだけの設定 ${path}` : `the Book for this product only, ${path}`;
  const own = ja ? `コボブック「${book.name.text}」` : `the Book "${book.name.en ?? book.name.text}"`;
  const name = origin?.layer === 'starter' ? valueMeaning('starter', language) : own;
  return ja ? `${name}の ${path}` : `${name}, ${path}`;
}

function changeText({ off, severity, params, addTypes, removeTypes, addWords, removeWords }: RuleAdjustment, rule: RuleSource, language: Language): string {
  const ja = language === 'ja';
  const list = (ids: readonly string[], japanese: string, english: string): readonly string[] => (ids.length === 0 ? [] : [ja ? `${ids.join('・')} ${japanese}` : `${english} ${ids.join(', ')}`]);
  const said = [
    ...(off ? [ja ? '止める' : 'switched off'] : severity === undefined ? [] : [severityWord(severity, language)]),
    ...Object.entries(params).map(([name, value]) => `${paramsText({ [name]: value }, language)}${paramFault(rule, name, value) === undefined ? '' : ja ? '（この決まりでは使えない値なので、効きません）' : ' (no effect: the rule cannot use this value)'}`),
    ...list(addTypes, 'も見る', 'also looks at'), ...list(removeTypes, 'は見ない', 'no longer looks at'),
    ...[...list(addWords, 'も探す', 'also looks for'), ...list(removeWords, 'は探さない', 'no longer looks for')].map((said) => (looksForWords(rule) ? said : ja ? `${said}（言葉を探す決まりではないので、効きません）` : `${said} (no effect: the rule looks for no words)`)),
  ];
  return said.join(ja ? '、' : ', ');
}

function stateText(rule: RuleSource, { state }: RuleSetting, level: string | undefined, language: Language): string {
  const ja = language === 'ja';
  const { stage } = rule;
  switch (state) {
    case 'on':
      return ja ? '指摘を出します。' : 'Gives findings.';
    case 'above_level':
      if (level === undefined) return ja ? `水準 ${rule.level} 以上のプロダクトで指摘を出します（ここには kobo.yaml がありません）。` : `Gives findings in products of level ${rule.level} and above; there is no kobo.yaml here.`;
      return ja ? `指摘を出しません。水準 ${rule.level} からの決まりで、このプロダクトの水準は ${level} だからです。` : `Gives no finding: it counts from level ${rule.level}, and this product is at ${level}.`;
    case 'announced':
      return ja ? `${stage.name === 'announced' ? stage.from : ''} に始まる決まりで、それまではヒントを出します。` : `Gives hints until it comes into force on ${stage.name === 'announced' ? stage.from : ''}.`;
    case 'off':
      return ja ? '止めてあるので、指摘を出しません。' : 'Switched off: gives no finding.';
    case 'draft':
      return ja ? '下書きなので、指摘を出しません。' : 'A draft: gives no finding.';
    case 'retired':
      return ja ? 'やめた決まりなので、指摘を出しません。' : 'Retired: gives no finding.';
    case 'pilot_elsewhere':
      return ja ? `ほかのプロダクト（${stage.name === 'pilot' ? stage.products.join('、') : ''}）で試している決まりなので、指摘を出しません。` : `On trial in other products (${stage.name === 'pilot' ? stage.products.join(', ') : ''}): gives no finding here.`;
  }
}

function plainSeverity(severity: Severity | SeverityTable): Severity {
  return typeof severity === 'string' ? severity : severity.default;
}
