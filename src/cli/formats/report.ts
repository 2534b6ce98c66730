import type { Severity } from '../../core/book/book';
import type { Finding, FindingSummary } from '../../core/rules/finding';

/** As much of a finding as a report tells. */
export interface ReportedFinding extends Pick<Finding, 'rule' | 'severity' | 'path' | 'range' | 'message' | 'guide' | 'suppression' | 'timeOnly'> {
  readonly fixable: boolean;
}

/** Something to be said of the check as a whole: who reads only the report of a build learns of it there. */
export interface CheckNote {
  /** `error`: the command fails for it. */
  readonly level: 'error' | 'warning';
  readonly message: string;
  /** As paths of findings. */
  readonly path?: string;
  /** From 1. */
  readonly line?: number;
}

/** What a rule asks for, in the language of findings. */
export interface RuleText {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  /** Path and heading of its page in the Book. */
  readonly guide: string | undefined;
}

/** The top of the repository that the check was run in. */
export interface ReportBase {
  /** `file:` address, ending in `/`. */
  readonly uri: string;
  /** A path of the report as seen from there. */
  readonly pathOf: (path: string) => string;
}

/** What `kobo check` found, with every path relative to the working directory. */
export interface CheckReport {
  readonly findings: readonly ReportedFinding[];
  readonly summary: FindingSummary;
  readonly language: 'ja' | 'en';
  /** Documents that were checked, whether or not something was found. */
  readonly documents?: readonly string[];
  readonly notes?: readonly CheckNote[];
  /** Whether a finding makes the command fail; an open error where left out. */
  readonly fails?: (finding: ReportedFinding) => boolean;
  /** Rules that findings are of, as far as the Book has them. */
  readonly rules?: readonly RuleText[];
  /** For what reads paths of a repository; the working directory where left out. */
  readonly base?: ReportBase | undefined;
  /** Open findings that were not asked for, as they are less grave. */
  readonly lesser?: number;
  /** Findings of the baseline are not wanted in what people read. */
  readonly hidesBaselined?: boolean;
}

/** Writes a report in one form. The text ends with a line break. */
export type Format = (report: CheckReport) => string;

/** From the gravest on. */
export const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Whether a severity is at least as grave as another. */
export function isAtLeast(severity: Severity, least: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(least);
}
