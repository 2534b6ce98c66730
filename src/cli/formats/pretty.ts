import type { Severity } from '../../core/book/book';
import { printable, printableSentence } from '../printable';
import { counted } from './counted';
import type { CheckReport, Format, ReportedFinding } from './report';

/** Severities as people read them. */
export const labels: Readonly<Record<'ja' | 'en', Readonly<Record<Severity, string>>>> = {
  ja: { error: 'エラー', warning: '警告', info: '情報', hint: 'ヒント' },
  en: { error: 'error', warning: 'warning', info: 'info', hint: 'hint' },
};
export const colours: Readonly<Record<Severity, string>> = { error: '31', warning: '33', info: '34', hint: '90' };

/** Why rules are not judged: those that ask the history where there is none. */
export const unjudged: Readonly<Record<'ja' | 'en', string>> = {
  ja: '判定なし：いつ保存したか、前に何と書いてあったかを見る決まりです。git の履歴がある場所で確かめます。',
  en: 'Not judged: rules that look at when a document was saved, or at what it said before. They need the history of git.',
};

/** For people: grouped by file, the rule id behind the text, a closing line with the counts. */
export function pretty(colour: boolean): Format {
  const paint = (code: string, text: string): string => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);
  return (report) => {
    const lines: string[] = [];
    let path = '';
    for (const finding of report.findings) {
      if (finding.suppression?.kind === 'baseline' && report.hidesBaselined === true) continue;
      if (finding.path !== path) {
        path = finding.path;
        lines.push('', paint('1', printable(path)));
      }
      const { line, character } = finding.range.start;
      const place = `${String(line + 1)}:${String(character + 1)}`.padEnd(8);
      lines.push(`  ${place}${paint(colours[finding.severity], labels[report.language][finding.severity])}  ${printableSentence(finding.message)} ${paint('90', printableSentence(note(finding, report)))}`);
    }
    lines.push('', closing(report), ...left(report), ...(report.summary.not_judged > 0 ? [unjudged[report.language]] : []));
    return `${lines.join('\n').replace(/^\n/, '')}\n`;
  };
}

function note(finding: ReportedFinding, report: CheckReport): string {
  const ja = report.language === 'ja';
  const suppressed = finding.suppression;
  if (suppressed === undefined) return finding.rule;
  if (suppressed.kind === 'baseline') return `${finding.rule} ${ja ? '（以前からの指摘）' : '(baseline)'}`;
  return `${finding.rule} ${ja ? `（見送り中 ${suppressed.until} まで：${suppressed.reason}）` : `(waived until ${suppressed.until}: ${suppressed.reason})`}`;
}

/** What the list leaves out, and how it is had. */
function left({ summary: { baselined }, lesser = 0, hidesBaselined, language }: CheckReport): readonly string[] {
  const ja = language === 'ja';
  return [
    ...(baselined > 0 && hidesBaselined === true ? [ja ? `以前からの指摘 ${String(baselined)} 件は出していません。` : `${counted(baselined, 'finding')} of the baseline not shown.`] : []),
    ...(lesser === 0 ? [] : [ja ? `--severity より軽い指摘 ${String(lesser)} 件は出していません。` : `${counted(lesser, 'finding')} less grave than --severity not shown.`]),
  ];
}

function closing({ summary, language }: CheckReport): string {
  const { files, errors, warnings, infos, hints, waived, baselined, not_judged } = summary;
  if (language === 'en') {
    return `${counted(files, 'file')}: ${counted(errors, 'error')}, ${counted(warnings, 'warning')}, ${counted(infos, 'info')}, ${counted(hints, 'hint')} · ${String(waived)} waived, ${String(baselined)} in the baseline, ${String(not_judged)} not judged`;
  }
  return `文書 ${String(files)} 件：エラー ${String(errors)} · 警告 ${String(warnings)} · 情報 ${String(infos)} · ヒント ${String(hints)}（見送り ${String(waived)} · 以前から ${String(baselined)} · 判定なし ${String(not_judged)}）`;
}
