import type { Finding, FindingSummary } from '../../core/rules/finding';

/** What `kobo check` found, with every path relative to the working directory. */
export interface CheckReport {
  readonly findings: readonly Finding[];
  readonly summary: FindingSummary;
  /** Text of a document, for the line shown in the pretty form; `undefined` when it is gone. */
  readonly textOf: (path: string) => string | undefined;
  readonly language: 'ja' | 'en';
}

/** Writes a report in one form. The text ends with a line break. */
export type Format = (report: CheckReport) => string;
