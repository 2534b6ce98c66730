import type { Finding, FindingSummary } from '../rules/finding';

/** A check of nothing. */
export const emptySummary: FindingSummary = { files: 0, errors: 0, warnings: 0, infos: 0, hints: 0, waived: 0, baselined: 0, not_judged: 0 };

type Counted = Pick<Finding, 'severity' | 'suppression'>;

/** Counts findings; suppressed ones are counted as such only. */
export function summarise(findings: readonly Counted[], files: number, notJudged: number): FindingSummary {
  const count = (test: (finding: Counted) => boolean): number => findings.filter(test).length;
  const open = (severity: Finding['severity']): number => count((finding) => finding.suppression === undefined && finding.severity === severity);
  return {
    files,
    errors: open('error'),
    warnings: open('warning'),
    infos: open('info'),
    hints: open('hint'),
    waived: count((finding) => finding.suppression?.kind === 'waiver'),
    baselined: count((finding) => finding.suppression?.kind === 'baseline'),
    not_judged: notJudged,
  };
}

/** Both together. */
export function addSummaries(a: FindingSummary, b: FindingSummary): FindingSummary {
  return {
    files: a.files + b.files,
    errors: a.errors + b.errors,
    warnings: a.warnings + b.warnings,
    infos: a.infos + b.infos,
    hints: a.hints + b.hints,
    waived: a.waived + b.waived,
    baselined: a.baselined + b.baselined,
    not_judged: a.not_judged + b.not_judged,
  };
}
