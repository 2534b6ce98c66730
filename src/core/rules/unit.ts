import type { TypedDocument } from '../product/meaning';
import type { Span } from '../text/position';
import type { Env } from './env';
import type { Prose } from './text-source';
import type { Value } from './value';

export const unitKinds = [
  'document', 'field', 'section', 'heading', 'table', 'column', 'row', 'cell', 'task', 'step', 'item', 'sentence', 'line', 'link', 'date', 'name', 'product', 'gate',
] as const;
export type UnitKind = (typeof unitKinds)[number];

export const collectionNames = [
  'fields', 'sections', 'headings', 'tables', 'columns', 'rows', 'cells', 'tasks', 'steps', 'items', 'sentences', 'links', 'documents', 'referenced_by',
] as const;
export type CollectionName = (typeof collectionNames)[number];

/** What a scope or a collection is narrowed to: ids, `kind:x`, `type:x`, `required`, `all`. */
export type Selector = readonly string[];

/** The parts a collection asks for; `missing` names what should be there by name and is not. */
export interface Parts {
  readonly units: readonly Unit[];
  readonly missing: readonly { readonly id: string; readonly title: string }[];
}

/** The units of a scope, in order. There may be many of which few are asked about, so they may be made as they are asked for. */
export interface Units {
  readonly length: number;
  at(index: number): Unit | undefined;
}

/** One thing a rule is asked about: a row, a section, a sentence, a document. */
export interface Unit {
  readonly kind: UnitKind;
  /** `undefined` for a product or gate. */
  readonly document: TypedDocument | undefined;
  /** What is underlined when nothing better is known: the row's id, the section's heading. */
  readonly span: Span;
  /** The whole of it in the document, for "in this section" and waivers. */
  readonly extent: Span;
  /** How people call it: a row's id, a heading, a path. */
  label(env: Env): string;
  /** Its own text; `undefined` where it has none. */
  prose(env: Env): Prose | undefined;
  /** A column, field or property. `undefined` = cannot be said here, so not judged. */
  value(name: string, env: Env): Value | undefined;
  /** Its parts; `undefined` = cannot be said here. */
  parts(name: CollectionName, of: Selector | undefined, env: Env): Parts | undefined;
}
