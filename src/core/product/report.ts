import type { Finding, FindingSummary } from '../rules/finding';
import type { DocumentProgress } from '../rules/progress';
import type { TypedDocument } from './meaning';
import type { Recognition, Waiver } from './product';
import type { WaiverFault } from './waivers';

/** What is to be said about one document. */
export interface DocumentReport {
  readonly path: string;
  readonly findings: readonly Finding[];
  /** Without the limits that keep lists readable: for fixes of everything at once. */
  readonly uncapped: readonly Finding[];
  readonly recognition: Recognition;
  /** Its type is known, not guessed. */
  readonly managed: boolean;
  /** It reads like a document of the product, but nothing says of which type. */
  readonly untyped: boolean;
  readonly typed: TypedDocument;
  readonly progress: DocumentProgress;
  readonly notJudged: number;
  /** Rules that were stopped for taking too long. */
  readonly slowRules: readonly string[];
  readonly language: 'ja' | 'en';
}

export interface ProductReport {
  readonly documents: readonly DocumentReport[];
  readonly findings: readonly Finding[];
  /** Without the limits that keep lists readable. */
  readonly uncapped: readonly Finding[];
  readonly summary: FindingSummary;
  /** Every waiver, those of `kobo.yaml` and those in documents, by place. */
  readonly waivers: readonly WaiverUse[];
}

/** What has become of a waiver in a check of the whole product. */
export interface WaiverUse {
  readonly waiver: Waiver;
  readonly fault: WaiverFault | undefined;
  /** It covers a finding; an expired one would. So may one of a rule that is asked at gates only. */
  readonly used: boolean;
}

/** By file and place. */
export function byWaiver(a: WaiverUse, b: WaiverUse): number {
  return a.waiver.source === b.waiver.source ? a.waiver.span.start - b.waiver.span.start : a.waiver.source < b.waiver.source ? -1 : 1;
}
