import type { Position } from 'vscode-languageserver-protocol';

export interface GateParams {
  /** A document of the product; empty, or of none: the first product. */
  readonly uri: string;
  /** Id of a gate; empty: the one the product goes towards. */
  readonly gate: string;
}
/** Whether a product is ready for a gate. Sentences are in the language of findings. */
export interface GateView {
  /** Its `kobo.yaml`. */
  readonly kobo: string;
  readonly product: string;
  /** `null` where `kobo.yaml` names no phase with a gate, and none was asked for. */
  readonly gate: {
    readonly id: string;
    /** Id and title. */
    readonly label: string;
    /** ISO day, or empty. */
    readonly day: string;
    /** Address of its page (`kobo-book:…`), or empty. */
    readonly guide: string;
  } | null;
  readonly ready: boolean;
  /** How many of the items stand in the way. */
  readonly left: number;
  /** What stands in the way first, the worst first. */
  readonly items: readonly GateItem[];
  /** For people to answer. */
  readonly questions: readonly string[];
  /** Every gate of the Book, in order. */
  readonly gates: readonly { readonly id: string; readonly label: string; readonly isAhead: boolean }[];
  /** Every product of the workspace. */
  readonly products: readonly { readonly kobo: string; readonly name: string }[];
}
/** A document that the gate asks for, or a finding. */
export interface GateItem {
  readonly kind: 'document' | 'finding';
  readonly message: string;
  readonly blocks: boolean;
  readonly waived: boolean;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  /** Of a document; empty for a finding. */
  readonly state: 'ready' | 'not_approved' | 'missing' | '';
  /** The gate would take it, and needs none. */
  readonly optional: boolean;
  /** Empty where the lifecycle alone asks. */
  readonly rule: string;
  /** Empty for a document that is missing. */
  readonly uri: string;
  /** Relative to the product. */
  readonly path: string;
  readonly position: Position;
  /** For `kobo.new`: what makes the document that is missing; empty where nothing is to be made. */
  readonly template: string;
}
