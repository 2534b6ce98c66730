import type { Finding, FindingSummary } from '../../core/rules/finding';

/** As much of a finding as a report tells. */
export interface ReportedFinding extends Pick<Finding, 'rule' | 'severity' | 'path' | 'range' | 'message' | 'guide' | 'suppression' | 'timeOnly'> {
  readonly fixable: boolean;
}

/** What `kobo check` found, with every path relative to the working directory. */
export interface CheckReport {
  readonly findings: readonly ReportedFinding[];
  readonly summary: FindingSummary;
  readonly language: 'ja' | 'en';
}

/** Writes a report in one form. The text ends with a line break. */
export type Format = (report: CheckReport) => string;
