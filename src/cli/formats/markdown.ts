import { printable, printableSentence } from '../printable';
import { counted } from './counted';
import type { Format } from './report';

/** A Markdown table, for a comment on a change or a page in a wiki. */
export const markdown: Format = ({ findings, summary, language, notes = [] }) => {
  const head = language === 'ja' ? ['文書', '行', '重さ', '指摘', 'ルール'] : ['Document', 'Line', 'Severity', 'Finding', 'Rule'];
  const rows = findings
    .filter((finding) => finding.suppression === undefined)
    .map((finding) => [finding.path, String(finding.range.start.line + 1), finding.severity, finding.message, finding.rule]);
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => printable(cell.replaceAll('|', '\\|').replace(/\s+/g, ' '))).join(' | ')} |`;
  const total =
    language === 'ja'
      ? `エラー ${String(summary.errors)} · 警告 ${String(summary.warnings)} · 情報 ${String(summary.infos)} · ヒント ${String(summary.hints)}`
      : `${counted(summary.errors, 'error')} · ${counted(summary.warnings, 'warning')} · ${counted(summary.infos, 'info')} · ${counted(summary.hints, 'hint')}`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line), '', total, ...notes.flatMap(({ message, path, line }) => ['', `**${path === undefined ? '' : `${printable(path)}${line === undefined ? '' : `:${String(line)}`}: `}${printableSentence(message)}**`])].join('\n')}\n`;
};
