import type { Format } from './report';

/** The contract form: `{ findings: [{ rule, severity, path, range, message, guide, fixable, waived }], summary }`. */
export const json: Format = ({ findings, summary }) =>
  `${JSON.stringify({
    findings: findings.map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      path: finding.path,
      range: finding.range,
      message: finding.message,
      guide: finding.guide ?? null,
      fixable: finding.fixable,
      waived: finding.suppression?.kind === 'waiver',
      ...(finding.suppression?.kind === 'baseline' ? { baselined: true } : {}),
    })),
    summary,
  })}\n`;
