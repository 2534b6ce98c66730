import { displayWidth } from '../../core/text/width';
import { byPlace } from '../../core/product/order';
import { addSummaries, emptySummary } from '../../core/product/summary';
import { printable, printableSentence } from '../printable';
import type { ReportedGate, ReportedGateDocument, ReportedGateFinding } from './gate-report';
import { github } from './github';
import { findingData } from './json';
import { junit } from './junit';
import { colours, labels, unjudged } from './pretty';
import type { CheckReport, ReportBase, ReportedFinding } from './report';
import { sarif } from './sarif';

interface Look {
  /** Escape sequences for colour are wanted. */
  readonly colour: boolean;
  readonly language: 'ja' | 'en';
  /** For what reads paths of a repository; the working directory where left out. */
  readonly base?: ReportBase | undefined;
}

type GateFormat = (gates: readonly ReportedGate[], look: Look) => string;

/** Writes what gates ask in one form. The text ends with a line break. */
export const gateFormats = {
  pretty: (gates, { colour }) => gates.map((gate) => prettyGate(gate, colour)).join('\n'),
  json: (gates) => `${JSON.stringify(gates.length === 1 && gates[0] !== undefined ? gateData(gates[0]) : { products: gates.map(gateData), ready: gates.every(({ ready }) => ready), left: leftOf(gates) })}\n`,
  markdown: (gates) => gates.map(markdownGate).join('\n'),
  sarif: (gates, look) => sarif(asCheck(gates, look)),
  junit: (gates, look) => junit(asCheck(gates, look)),
  github: (gates, look) => github(asCheck(gates, look)),
} satisfies Readonly<Record<string, GateFormat>>;

export type GateFormatName = keyof typeof gateFormats;

function leftOf(gates: readonly ReportedGate[]): number {
  return gates.reduce((sum, { left }) => sum + left, 0);
}

/** `{ product, gate, ready, left, documents, findings, questions, summary }`, as docs/formats.md has it. */
function gateData({ product, gate, day, ready, left, documents, findings, questions, summary }: ReportedGate): object {
  return {
    product,
    gate: { ...gate, day: day ?? null },
    ready,
    left,
    documents: documents.map(({ type, title, need, state, path, status, blocks, suppression, command }) => ({
      type, title, need, state, path: path ?? null, optional: need === 'optional', status, blocks, waived: suppression !== undefined, command: command ?? null,
    })),
    findings: findings.map((finding) => ({ ...findingData(finding), blocks: finding.blocks, place: finding.place, command: finding.command ?? null, related: finding.related })),
    questions,
    summary,
  };
}

/** What is in the way and what is waived as findings, for forms that know nothing else. */
function asCheck(gates: readonly ReportedGate[], { language, base }: Look): CheckReport {
  const findings = gates.flatMap((gate) => [...gate.documents.flatMap((document) => documentFinding(document, gate)), ...gate.findings]).sort(byPlace);
  const fails = ({ severity, suppression }: ReportedFinding): boolean => suppression === undefined && (severity === 'error' || severity === 'warning');
  return { findings, summary: gates.map(({ summary }) => summary).reduce(addSummaries, emptySummary), language, fails, base };
}

function documentFinding(document: ReportedGateDocument, { koboPath, label, language }: ReportedGate): readonly ReportedFinding[] {
  const { rule, severity, path, range, message, command, suppression, blocks } = document;
  if (!blocks && suppression === undefined) return [];
  const how = command === undefined ? '' : language === 'ja' ? `${command} で作れます。` : ` ${command} makes it.`;
  return [{ rule: rule ?? 'gate.document', severity, path: path ?? koboPath, range, message: `${label}${language === 'ja' ? '：' : ': '}${message}${how}`, guide: undefined, suppression, timeOnly: false, fixable: false }];
}

function headLine({ label, day, ready, left, language }: ReportedGate): string {
  if (language === 'ja') {
    const name = `${label}${day === undefined ? '' : `（予定 ${day}）`}`;
    return ready ? `${name}の準備ができています` : `${name}まで あと ${String(left)} 件`;
  }
  const name = `${label}${day === undefined ? '' : ` (planned ${day})`}`;
  return ready ? `Ready for ${name}` : `${String(left)} left to ${name}`;
}

function stateWord({ state, need, status, suppression }: ReportedGateDocument, language: 'ja' | 'en'): string {
  const ja = language === 'ja';
  const waived = suppression === undefined ? '' : ja ? '（見送り中）' : ' (waived)';
  switch (state) {
    case 'missing':
      return need === 'optional' ? (ja ? '任意・ありません' : 'optional, not there') : `${ja ? 'ありません' : 'missing'}${waived}`;
    case 'not_approved':
      if (status === '') return `${ja ? '承認がまだ（状態が空）' : 'not approved (no status)'}${waived}`;
      return `${ja ? `承認がまだ（いまは${status}）` : `not approved (now ${status})`}${waived}`;
    case 'ready':
      if (need === 'optional') return ja ? '任意・あります' : 'optional, there';
      return need === 'approved' ? (ja ? '承認済み' : 'approved') : ja ? 'あります' : 'there';
  }
}

/** Where a document is, or how it comes to be. */
function documentPlace({ path, more, command, state, need }: ReportedGateDocument, language: 'ja' | 'en'): string {
  const ja = language === 'ja';
  if (path !== undefined) return `${path}${more === 0 ? '' : ja ? ` ほか ${String(more)} 件` : ` and ${String(more)} more`}`;
  if (state !== 'missing' || need === 'optional') return '';
  return command ?? (ja ? 'テンプレートがないので、自分で書いて kobo.yaml の documents に足します' : 'no template: write it, and add it to documents in kobo.yaml');
}

function placeText({ place: { path, range: { start } } }: ReportedGateFinding): string {
  return `${path}:${String(start.line + 1)}:${String(start.character + 1)}`;
}

/** What a person can do about a finding, behind it. */
function remedy({ command }: ReportedGateFinding, language: 'ja' | 'en'): string {
  if (command === undefined) return '';
  return language === 'ja' ? `${command} で作れます。` : ` ${command} makes it.`;
}

/** Left over by what a person would do first. */
function countsLine({ documents, findings, summary, language }: ReportedGate): string {
  const count = (things: readonly { readonly blocks: boolean }[]): string => String(things.filter(({ blocks }) => blocks).length);
  const waived = String(summary.waived + documents.filter(({ suppression }) => suppression !== undefined).length);
  return language === 'ja'
    ? `残り：文書 ${count(documents)} · 指摘 ${count(findings)}（見送り ${waived} · 判定なし ${String(summary.not_judged)}）`
    : `Left: ${count(documents)} documents, ${count(findings)} findings · ${waived} waived, ${String(summary.not_judged)} not judged`;
}

function waivedNote({ suppression }: ReportedGateFinding, language: 'ja' | 'en'): string {
  if (suppression?.kind !== 'waiver') return '';
  return language === 'ja' ? `（見送り中 ${suppression.until} まで：${suppression.reason}）` : ` (waived until ${suppression.until}: ${suppression.reason})`;
}

const titles = {
  documents: { ja: '文書', en: 'Documents' },
  findings: { ja: '指摘', en: 'Findings' },
  waived: { ja: '見送っているもの', en: 'Waived' },
  questions: { ja: '人が確かめること（コボガイドは答えません）', en: 'For people to answer (Kobo Guide does not)' },
  elsewhere: {
    ja: 'ほかの場所や名前ですでにある文書は、kobo.yaml の documents に場所と種類を書くと数えます。',
    en: 'A document that is there in another place or under another name counts once documents in kobo.yaml names it.',
  },
} as const;

function documentsTitle({ size, language }: ReportedGate): string {
  return `${titles.documents[language]}${size === undefined ? '' : language === 'ja' ? `（大きさ ${size}）` : ` (size ${size})`}`;
}

/** For people: what is left first, each with what to do next. */
function prettyGate(gate: ReportedGate, colour: boolean): string {
  const { product, documents, findings, questions, language, summary } = gate;
  const paint = (code: string, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  const words = documents.map((document) => stateWord(document, language));
  const width = (texts: readonly string[]): number => Math.max(0, ...texts.map(displayWidth));
  const [stateWidth, titleWidth] = [width(words), width(documents.map(({ title }) => title))];
  const pad = (text: string, to: number): string => `${printable(text)}${' '.repeat(Math.max(0, to - displayWidth(text)))}`;
  const documentLine = (document: ReportedGateDocument, i: number): string => {
    const code = document.blocks ? colours[document.severity] : document.state === 'ready' ? '32' : '90';
    return `  ${paint(code, pad(words[i] ?? '', stateWidth))}  ${pad(document.title, titleWidth)}  ${printable(documentPlace(document, language))}`.trimEnd();
  };
  const places = width(findings.map((finding) => placeText(finding)));
  const findingLine = (finding: ReportedGateFinding): string =>
    `  ${pad(placeText(finding), places)}  ${paint(colours[finding.severity], labels[language][finding.severity])}  ${printableSentence(`${finding.message}${remedy(finding, language)}`)} ${paint('90', printableSentence(`${finding.rule}${waivedNote(finding, language)}`))}`;
  const section = (title: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ['', paint('1', title), ...lines]);
  const lines = [
    `${printable(product.name === '' ? product.id : product.name)}  ${paint('1', printable(headLine(gate)))}`,
    ...section(documentsTitle(gate), documents.map(documentLine)),
    ...(documents.some(({ state, blocks }) => state === 'missing' && blocks) ? [`  ${titles.elsewhere[language]}`] : []),
    ...section(titles.findings[language], findings.filter(({ suppression }) => suppression === undefined).map(findingLine)),
    ...section(titles.waived[language], findings.filter(({ suppression }) => suppression !== undefined).map(findingLine)),
    ...section(titles.questions[language], questions.map((question) => `  □ ${printableSentence(question)}`)),
    '',
    countsLine(gate),
    ...(summary.not_judged > 0 ? [unjudged[language]] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** For a comment on a change or a page in a wiki. */
function markdownGate(gate: ReportedGate): string {
  const { product, documents, findings, questions, language } = gate;
  const ja = language === 'ja';
  const cell = (text: string): string => printable(text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\s+/g, ' '));
  const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => (rows.length === 0 ? [] : ['', row(head), row(head.map(() => '---')), ...rows.map(row)]);
  return `${[
    `## ${cell(`${product.name === '' ? product.id : product.name}${ja ? '：' : ': '}${headLine(gate)}`)}`,
    ...table(
      ja ? ['状態', documentsTitle(gate), '場所・作り方'] : ['State', documentsTitle(gate), 'Place, or how to make it'],
      documents.map((document) => [stateWord(document, language), document.title, document.command === undefined ? documentPlace(document, language) : `\`${document.command}\``]),
    ),
    ...table(
      ja ? ['場所', '重さ', '指摘', 'ルール'] : ['Place', 'Severity', 'Finding', 'Rule'],
      findings.map((finding) => [placeText(finding), labels[language][finding.severity], `${finding.message}${remedy(finding, language)}${waivedNote(finding, language)}`, finding.rule]),
    ),
    ...(questions.length === 0 ? [] : ['', `### ${titles.questions[language]}`, '', ...questions.map((question) => `- [ ] ${printableSentence(question)}`)]),
    '',
    countsLine(gate),
  ].join('\n')}\n`;
}
