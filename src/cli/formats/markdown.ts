import { printable } from '../printable';
import type { Format } from './report';

/** A Markdown table, for a comment on a change or a page in a wiki. */
export const markdown: Format = ({ findings, summary, language }) => {
  const head = language === 'ja' ? ['文書', '行', '重さ', '指摘', 'ルール'] : ['Document', 'Line', 'Severity', 'Finding', 'Rule'];
  const rows = findings
    .filter((finding) => finding.suppression === undefined)
    .map((finding) => [finding.path, String(finding.range.start.line + 1), finding.severity, finding.message, finding.rule]);
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => printable(cell.replaceAll('|', '\\|').replace(/\s+/g, ' '))).join(' | ')} |`;
  const total =
    language === 'ja'
      ? `エラー ${String(summary.errors)} · 警告 ${String(summary.warnings)} · 情報 ${String(summary.infos)} · ヒント ${String(summary.hints)}`
      : `${String(summary.errors)} errors · ${String(summary.warnings)} warnings · ${String(summary.infos)} infos · ${String(summary.hints)} hints`;
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line), '', total].join('\n')}\n`;
};
