import type { Span } from '../text/position';

/** YAML as the reader of documents needs it, whoever parsed it. All offsets are into the document's text. */
export type YamlNode = YamlScalar | YamlList | YamlMap;

export interface YamlScalar {
  readonly kind: 'scalar';
  /** As written, without quotes, escapes undone; empty for nothing and `null`. */
  readonly text: string;
  /** Without quotes; of block scalars the lines below the mark. */
  readonly span: Span;
  /** Written with `|` or `>`. */
  readonly block: boolean;
}

export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlNode[];
  readonly span: Span;
}

export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  readonly span: Span;
}

export interface YamlEntry {
  readonly key: YamlScalar;
  readonly value: YamlNode;
}

/** What was read, and where reading had to stop. */
export interface YamlReading {
  readonly root: YamlNode | undefined;
  /** Offset of the first line that is not understood; -1 when all was. */
  readonly stoppedAt: number;
}
