import type { Finding } from '../rules/finding';

/**
 * Findings as one person wants them (`kobo.rules` of the editor).
 * @param rules id → `off` or a severity; other words change nothing
 * @param isLocked such a rule stays as it is
 */
export function underOwnRules(findings: readonly Finding[], rules: Readonly<Record<string, string>>, isLocked: (rule: string) => boolean): readonly Finding[] {
  if (Object.keys(rules).length === 0) return findings;
  return findings.flatMap((finding) => {
    const change = rules[finding.rule];
    if (change === undefined || isLocked(finding.rule)) return [finding];
    if (change === 'off') return [];
    return change === 'error' || change === 'warning' || change === 'info' || change === 'hint' ? [{ ...finding, severity: change }] : [finding];
  });
}
