import type { Severity } from '../book/book';
import type { Finding } from '../rules/finding';
import { normalise } from '../text/normalise';
import { nearest } from '../book/problems';
import { isIsoDay } from '../text/calendar';
import type { LineIndex } from '../text/position';
import type { DocumentWaiver } from './waiver-comments';
import { matchesPath, pathPattern } from './patterns';
import type { Waiver } from './product';

/** Ids of the findings about waivers themselves. They can be neither switched off nor waived. */
const waiverRules = { expired: 'WVR-001', unused: 'WVR-002', locked: 'WVR-003', incomplete: 'WVR-004' } as const;

/** What waivers are judged by. */
export interface WaiverContext {
  /** ISO day. */
  readonly today: string;
  readonly language: 'ja' | 'en';
  /** Page that explains waivers, or `undefined`. */
  readonly guide: string | undefined;
  isLocked(rule: string): boolean;
  /** Ids of all rules: a waiver of another one never was of any use. */
  ruleIds?(): readonly string[];
  /** Texts of the row a finding stands in (`rowTextsAt`), empty outside tables; for `only`. */
  rowOf(finding: Finding): readonly string[];
  /** Lines of the file a waiver is written in; `undefined` = not at hand, then no finding about it. */
  linesOf(source: string): LineIndex | undefined;
  /** False where not everything the waiver covers has been checked: then nobody can say that it is unused. */
  isJudged(waiver: Waiver): boolean;
  /** Told of each waiver what is wrong with it and whether it covered one of the findings, expired ones included. */
  onWaiver?(waiver: Waiver, fault: WaiverFault | undefined, used: boolean): void;
}

/** What is wrong with a waiver. */
export type WaiverFault = Exclude<Fault, 'unused'>;

type Fault = keyof typeof waiverRules;

/**
 * Marks the findings that waivers let pass, and adds a finding for each waiver that is expired, unused, of a locked rule,
 * or without reason, approver or last day; of these only the unused ones were in force. What an expired waiver let pass
 * comes back as a finding that only time has made (`timeOnly`). The given order is kept, additions stand at the end.
 */
export function applyWaivers(findings: readonly Finding[], waivers: readonly (Waiver | DocumentWaiver)[], context: WaiverContext): readonly Finding[] {
  const states = waivers.map((waiver) => ({
    waiver, fault: faultOf(waiver, context), used: false, pattern: pathPattern(waiver.path), only: new Set(waiver.only.map(comparable)),
  }));
  const byRule = groupByRule(states);
  const marked = findings.map((finding) => {
    if (finding.suppression) return finding;
    let expired = false;
    for (const state of byRule.get(finding.rule) ?? []) {
      const { waiver } = state;
      if (!covers(waiver, state.pattern, state.only, finding, context)) continue;
      if (state.fault === 'expired') {
        state.used = true;
        expired = true;
      } else if (state.fault === undefined) {
        state.used = true;
        const { reason, approvedBy, until } = waiver;
        return { ...finding, suppression: { kind: 'waiver' as const, reason, approvedBy, until } };
      }
    }
    return expired ? { ...finding, timeOnly: true } : finding;
  });
  const about = states.flatMap(({ waiver, fault, used }) => {
    context.onWaiver?.(waiver, fault, used);
    const what = fault ?? (!used && context.isJudged(waiver) ? 'unused' : undefined);
    const found = what && findingAbout(waiver, what, context);
    return found ? [found] : [];
  });
  return [...marked, ...about];
}

function groupByRule<T extends { readonly waiver: Waiver }>(states: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const state of states) {
    const group = groups.get(state.waiver.rule);
    if (group) group.push(state);
    else groups.set(state.waiver.rule, [state]);
  }
  return groups;
}

function faultOf(waiver: Waiver, context: WaiverContext): WaiverFault | undefined {
  if (context.isLocked(waiver.rule)) return 'locked';
  if (missingParts(waiver, 'ja').length > 0) return 'incomplete';
  return waiver.until < context.today ? 'expired' : undefined;
}

function missingParts(waiver: Waiver, language: 'ja' | 'en'): readonly string[] {
  const ja = language === 'ja';
  return [
    ...(waiver.reason === '' ? [ja ? '理由' : 'a reason'] : []),
    ...(waiver.approvedBy === '' ? [ja ? '承認した人' : 'an approver'] : []),
    ...(isIsoDay(waiver.until) ? [] : [ja ? '期限' : 'a last day']),
  ];
}

function covers(
  waiver: Waiver | DocumentWaiver, pattern: ReturnType<typeof pathPattern>, only: ReadonlySet<string>, finding: Finding, context: WaiverContext,
): boolean {
  if ('lines' in waiver) {
    if (finding.path !== waiver.path) return false;
    const { lines } = waiver;
    if (lines && (finding.range.start.line < lines.from || finding.range.start.line > lines.to)) return false;
  } else if (!matchesPath(pattern, finding.path)) {
    return false;
  }
  return only.size === 0 || context.rowOf(finding).some((text) => only.has(comparable(text)));
}

function comparable(text: string): string {
  return normalise(text).trim();
}

const severities: Readonly<Record<Fault, Severity>> = { expired: 'warning', unused: 'info', locked: 'error', incomplete: 'warning' };

function findingAbout(waiver: Waiver, fault: Fault, context: WaiverContext): Finding | undefined {
  const lines = context.linesOf(waiver.source);
  if (!lines) return undefined;
  return {
    rule: waiverRules[fault],
    severity: severities[fault],
    path: waiver.source,
    span: waiver.span,
    range: lines.rangeOf(waiver.span),
    message: (fault === 'unused' ? noRule(waiver, context) : undefined) ?? messageOf(waiver, fault, context.language),
    guide: context.guide,
    fixes: [],
    related: [],
    suppression: undefined,
    timeOnly: fault === 'expired',
  };
}

/** What to say of a waiver whose rule nobody has. In `kobo.yaml` this is said at the id itself. */
function noRule({ rule }: Waiver, context: WaiverContext): string | undefined {
  const ids = context.ruleIds?.() ?? [];
  if (ids.length === 0 || ids.includes(rule) || /^(?:DOC|WVR)-/u.test(rule)) return undefined;
  const near = nearest(rule, ids);
  return context.language === 'en'
    ? `There is no rule ${rule}.${near === undefined ? '' : ` Did you mean ${near}?`} Correct the id, or remove the waiver.`
    : `「${rule}」という決まりはありません。${near === undefined ? '' : `「${near}」のことですか。`}id を直すか、この見送りを消してください。`;
}

function messageOf(waiver: Waiver, fault: Fault, language: 'ja' | 'en'): string {
  const { rule, until } = waiver;
  const missing = missingParts(waiver, language);
  if (fault === 'incomplete' && until !== '' && !/^\d{4}-\d\d-\d\d$/u.test(until)) {
    const others = missing.slice(0, -1);
    return language === 'en'
      ? `"${until}" is no day in the form of a waiver's last day. Write until=2026-12-31, for example.${others.length === 0 ? '' : ` ${others.join(', ')} is missing too.`} The waiver of ${rule} has no effect until then.`
      : `「${rule}」の見送りの期限「${until}」が日付の形になっていません。2026-12-31 のように書いてください。${others.length === 0 ? '' : `${others.join('・')}もありません。`}書き直すまで見送りになりません。`;
  }
  if (language === 'en') {
    switch (fault) {
      case 'expired': return `The waiver of ${rule} ended on ${until}. Fix the finding, or agree on a new reason and date.`;
      case 'unused': return `Nothing is waived by this any more (${rule}). Remove the waiver.`;
      case 'locked': return `${rule} cannot be waived. Remove the waiver and fix the finding.`;
      case 'incomplete': return `The waiver of ${rule} lacks ${missing.join(', ')}. It has no effect until this is written.`;
    }
  }
  switch (fault) {
    case 'expired': return `「${rule}」の見送りは ${until} で切れました。直すか、理由と期限を決め直してください。`;
    case 'unused': return `「${rule}」で見送る指摘はもうありません。この見送りを消してください。`;
    case 'locked': return `「${rule}」は見送れない決まりです。この見送りを消して、指摘を直してください。`;
    case 'incomplete': return `「${rule}」の見送りに${missing.join('・')}がありません。書くまで見送りになりません。`;
  }
}
