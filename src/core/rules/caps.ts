import type { Severity } from '../book/book';
import type { Finding } from './finding';
import { ownGuides, readingRules } from './reading';

/** Most findings of a file, and of one rule in a file; what is more is counted in one finding. */
export interface Caps {
  readonly file: number;
  readonly rule: number;
}

export const usualCaps: Caps = { file: 100, rule: 20 };

const weights: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2, hint: 3 };

/**
 * Shortens long lists so that they stay readable: after the first 20 of a rule one finding says how many more there are
 * (`REG-005 はほかに 43 件`), and after 100 in a file one says so for the rest, the gravest being kept. Findings must be
 * in order; the order stays. Suppressed findings do not count.
 */
export function capFindings(findings: readonly Finding[], caps: Caps, language: 'ja' | 'en'): readonly Finding[] {
  const byFile = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = byFile.get(finding.path);
    if (list === undefined) byFile.set(finding.path, [finding]);
    else list.push(finding);
  }
  if ([...byFile.values()].every((list) => list.length <= Math.min(caps.rule, caps.file))) return findings;
  return [...byFile.values()].flatMap((list) => capFile(capRules(list, caps, language), caps, language));
}

function capRules(findings: readonly Finding[], caps: Caps, language: 'ja' | 'en'): readonly Finding[] {
  const totals = new Map<string, number>();
  for (const finding of findings) if (finding.suppression === undefined) totals.set(finding.rule, (totals.get(finding.rule) ?? 0) + 1);
  const seen = new Map<string, number>();
  return findings.flatMap((finding) => {
    if (finding.suppression !== undefined) return [finding];
    const count = (seen.get(finding.rule) ?? 0) + 1;
    seen.set(finding.rule, count);
    if (count <= caps.rule) return [finding];
    const rest = (totals.get(finding.rule) ?? 0) - caps.rule;
    if (count > caps.rule + 1) return [];
    return rest === 1 ? [finding] : [more(finding, finding.rule, language === 'ja' ? `${finding.rule} はほかに ${String(rest)} 件あります。` : `${String(rest)} more of ${finding.rule}.`)];
  });
}

function capFile(findings: readonly Finding[], caps: Caps, language: 'ja' | 'en'): readonly Finding[] {
  const open = findings.filter((finding) => finding.suppression === undefined);
  if (open.length <= caps.file) return findings;
  const kept = new Set([...open].sort((a, b) => weights[a.severity] - weights[b.severity]).slice(0, caps.file));
  const dropped = open.filter((finding) => !kept.has(finding));
  const first = dropped[0];
  const rest = dropped.length;
  const shown = findings.filter((finding) => finding.suppression !== undefined || kept.has(finding) || finding === first);
  return shown.map((finding) => (finding === first
    ? { ...more(finding, readingRules.more, language === 'ja' ? `この文書の指摘はほかに ${String(rest)} 件あります。` : `${String(rest)} more findings in this document.`), severity: 'info' as const, guide: ownGuides.more }
    : finding));
}

function more(finding: Finding, rule: string, message: string): Finding {
  return { ...finding, rule, message, fixes: [], related: [] };
}
