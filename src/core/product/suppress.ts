import type { ProjectDocument } from '../document/document';
import type { Finding } from '../rules/finding';
import { applyBaseline, type Baseline } from './baseline';
import { formerPath } from './baseline-renames';
import { byPlace } from './order';
import type { Waiver } from './product';
import type { WaiverUse } from './report';
import { readWaiverComments, rowTextsAt } from './waiver-comments';
import { applyWaivers } from './waivers';

/**
 * Marks the findings of a document that waivers or the baseline let pass.
 * @returns with what is to be said of the waivers themselves, by place
 */
export function suppress(findings: readonly Finding[], document: ProjectDocument, by: {
  /** Those of `kobo.yaml`; those in the document come on top. */
  readonly waivers: readonly Waiver[];
  readonly today: string;
  readonly language: 'ja' | 'en';
  readonly guide: string | undefined;
  readonly isLocked: (rule: string) => boolean;
  /** Ids of all rules, to tell a waiver of none. */
  readonly ruleIds?: (() => readonly string[]) | undefined;
  /** Whether an unused waiver is to be told of; those of the document where left out. */
  readonly isJudged?: ((waiver: Waiver) => boolean) | undefined;
  /** Whether a waiver is of a rule that is asked at gates only, and none is at hand: nobody can say that it is unused. */
  readonly waits: (waiver: Waiver) => boolean;
  /** Told how each waiver is used. */
  readonly usage?: Map<Waiver, WaiverUse> | undefined;
  readonly baseline: Baseline | undefined;
  /** Files of the baseline that are no more. */
  readonly goneFiles: () => readonly string[];
  readonly textOf: (path: string) => string | undefined;
}): readonly Finding[] {
  const { usage, waits, isJudged = (waiver: Waiver) => waiver.source === document.path } = by;
  const waivers = [...by.waivers, ...readWaiverComments(document)];
  const waived =
    waivers.length === 0
      ? findings
      : applyWaivers(findings, waivers, {
          today: by.today,
          language: by.language,
          guide: by.guide,
          isLocked: by.isLocked,
          ...(by.ruleIds === undefined ? {} : { ruleIds: by.ruleIds }),
          rowOf: (finding) => rowTextsAt(document, finding.span.start),
          linesOf: (source) => (source === document.path ? document.lines : undefined),
          isJudged: (waiver) => isJudged(waiver) && !waits(waiver),
          onWaiver: (waiver, fault, used) => void usage?.set(waiver, { waiver, fault, used: used || usage.get(waiver)?.used === true || waits(waiver) }),
        });
  const marked = by.baseline === undefined ? waived : applyBaseline(waived, by.baseline, by.textOf, formerPath(document.path, waived, by.baseline, by.goneFiles(), by.textOf)).findings;
  return [...marked].sort(byPlace);
}
