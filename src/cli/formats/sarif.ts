import type { Severity } from '../../core/book/book';
import type { Format, ReportedFinding } from './report';

const levels: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };

/** SARIF 2.1.0 (OASIS). Columns are UTF-16 units and 1-based; waived and baselined findings carry their suppression. */
export const sarif: Format = ({ findings }) => {
  const rules = [...new Set(findings.map((finding) => finding.rule))].sort();
  return `${JSON.stringify({
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Kobo Guide', rules: rules.map((id) => ({ id })) } },
        columnKind: 'utf16CodeUnits',
        results: findings.map(toResult),
      },
    ],
  })}\n`;
};

function toResult(finding: ReportedFinding): object {
  const { start, end } = finding.range;
  const suppressed = finding.suppression;
  return {
    ruleId: finding.rule,
    level: levels[finding.severity],
    message: { text: finding.message },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: finding.path.split('/').map(encodeURIComponent).join('/') },
          region: { startLine: start.line + 1, startColumn: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 },
        },
      },
    ],
    ...(finding.guide === undefined ? {} : { properties: { guide: finding.guide } }),
    ...(suppressed === undefined
      ? {}
      : { suppressions: [{ kind: 'external', justification: suppressed.kind === 'waiver' ? suppressed.reason : 'baseline' }] }),
  };
}
