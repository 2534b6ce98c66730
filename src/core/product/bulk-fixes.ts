import type { Finding, Fix, TextChange } from '../rules/finding';

/** A finding with the fix of it that may be applied with others. */
export interface BulkFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

/**
 * The fixes that may be applied in bulk: of open findings, marked `safe`, made of edits alone, asking nothing of a person.
 * @param rule only of this rule; `undefined` = of all
 */
export function bulkFixes(findings: readonly Finding[], rule: string | undefined): readonly BulkFix[] {
  return findings.flatMap((finding) => {
    if (finding.suppression !== undefined || (rule !== undefined && finding.rule !== rule)) return [];
    const fix = finding.fixes.find((one) => one.safe && one.ask === undefined && one.create === undefined && one.rename === undefined && one.edits.length > 0);
    return fix === undefined ? [] : [{ finding, fix }];
  });
}

/** The edits of several fixes by path, all or none of each; of two that touch the first stays, the other is for the next run. */
export function mergedEdits(fixes: readonly BulkFix[]): ReadonlyMap<string, readonly TextChange[]> {
  const byPath = new Map<string, TextChange[]>();
  for (const { finding, fix } of fixes) {
    const placed = fix.edits.map((edit) => ({ ...edit, path: edit.path ?? finding.path }));
    const isFree = placed.every((edit) => !(byPath.get(edit.path) ?? []).some(({ span }) => span.start <= edit.span.end && edit.span.start <= span.end));
    if (!isFree || placed.some((one, i) => placed.some((other, k) => k > i && one.path === other.path && one.span.start < other.span.end && other.span.start < one.span.end))) continue;
    for (const edit of placed) {
      const list = byPath.get(edit.path);
      if (list === undefined) byPath.set(edit.path, [edit]);
      else list.push(edit);
    }
  }
  return byPath;
}
