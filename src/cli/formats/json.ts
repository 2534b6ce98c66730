import type { Format, ReportedFinding } from './report';

/** The contract form: `{ findings: [{ rule, severity, path, range, message, guide, fixable, waived }], summary }`. */
export const json: Format = ({ findings, summary }) => `${JSON.stringify({ findings: findings.map(findingData), summary })}\n`;

/** A finding as the contract has it. */
export function findingData(finding: ReportedFinding): object {
  return {
    rule: finding.rule,
    severity: finding.severity,
    path: finding.path,
    range: finding.range,
    message: finding.message,
    guide: finding.guide ?? null,
    fixable: finding.fixable,
    waived: finding.suppression?.kind === 'waiver',
    ...(finding.suppression?.kind === 'baseline' ? { baselined: true } : {}),
  };
}
