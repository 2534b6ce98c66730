import type { LineIndex, Span } from '../text/position';

/** The formats a project document may have. All are read into the same {@link ProjectDocument}. */
export type DocumentFormat = 'markdown' | 'yaml' | 'csv';

/**
 * A project document as the rules, the search and the templates see it. Plain data; every span is a range of UTF-16
 * offsets into `text`, so that a finding can underline exactly the words meant. Nothing here depends on a type file:
 * which heading or column *means* what is decided by `product/meaning`.
 */
export interface ProjectDocument {
  /** Relative to the product (or workspace folder), with `/`. */
  readonly path: string;
  readonly format: DocumentFormat;
  readonly text: string;
  readonly lines: LineIndex;
  readonly frontMatter: FrontMatter | undefined;
  /** Metadata in the order written: front matter, label lines (`日時：…`, `**日時:** …`), the attribute table. */
  readonly fields: readonly Field[];
  readonly sections: readonly Section[];
  readonly tables: readonly Table[];
  /** List items, check boxes and numbered steps. */
  readonly items: readonly Item[];
  /** Prose: paragraphs and quotes, without headings, tables, code, comments. List items are in `items`. */
  readonly paragraphs: readonly Paragraph[];
  readonly links: readonly Link[];
  /** Fenced and indented code, inline code, HTML comments, front matter: text that prose rules leave alone. */
  readonly opaque: readonly OpaqueSpan[];
  /** What made the text hard to read. A document with a `conflict` or `encoding` problem has nothing else in it. */
  readonly problems: readonly ReadingProblem[];
}

export interface FrontMatter {
  /** From the opening to after the closing fence line. */
  readonly span: Span;
  /** Where a new key can be inserted: the start of the closing fence line. */
  readonly insertAt: number;
}

export type FieldSource = 'front_matter' | 'label' | 'table' | 'yaml';

/** One piece of metadata as written. */
export interface Field {
  readonly name: string;
  readonly nameSpan: Span;
  /** The value without quotes; a list is joined by `、` and is in `values` too. Empty string when nothing is written. */
  readonly value: string;
  readonly values: readonly string[];
  readonly valueSpan: Span;
  readonly source: FieldSource;
  /** Index into `sections`, -1 before the first heading. */
  readonly section: number;
}

/** A heading with all that belongs to it, up to the next heading of the same or a higher level. */
export interface Section {
  /** 1-6 for headings; 7 for a bold or label line that stands for a heading. */
  readonly level: number;
  /** Heading text without marks (`#`, numbering stays, emphasis and links are reduced to their words). */
  readonly title: string;
  readonly titleSpan: Span;
  /** The heading line(s) and all below, sub-sections included. */
  readonly span: Span;
  /** What stands under the heading, sub-sections included. */
  readonly bodySpan: Span;
  /** Index of the enclosing section, -1 at the top. */
  readonly parent: number;
  readonly kind: 'heading' | 'label';
  /** True when no text, list, table, code or link stands below (comments do not count). */
  readonly empty: boolean;
}

/** A cell: what is written between two pipes or commas, trimmed. */
export interface Cell {
  /** Plain text: emphasis and links reduced to their words, escapes undone, `<br>` as a line break. */
  readonly text: string;
  /** The trimmed raw text; for an empty cell the gap, at least the pipe to its left, so that there is something to see. */
  readonly span: Span;
}

export interface Row {
  readonly span: Span;
  readonly cells: readonly Cell[];
}

/** A GFM table, a CSV file or a YAML list of maps. Short rows are not padded. */
export interface Table {
  readonly span: Span;
  readonly header: Row;
  readonly rows: readonly Row[];
  /** Index into `sections`, -1 outside any. */
  readonly section: number;
}

export interface Item {
  readonly kind: 'bullet' | 'task' | 'step';
  /** For tasks. */
  readonly checked: boolean;
  /** Plain text of the item's own lines. */
  readonly text: string;
  /** The words after the mark, without child items. */
  readonly span: Span;
  /** 0 for the outermost list. */
  readonly depth: number;
  readonly section: number;
}

export interface Paragraph {
  readonly span: Span;
  readonly section: number;
  readonly quote: boolean;
}

export interface Link {
  readonly text: string;
  /** As written, without angle brackets and title. */
  readonly target: string;
  readonly span: Span;
  readonly targetSpan: Span;
  readonly image: boolean;
}

export interface OpaqueSpan extends Span {
  readonly kind: 'fence' | 'indented' | 'inline' | 'comment' | 'front_matter';
}

export interface ReadingProblem {
  readonly kind: 'front_matter' | 'yaml' | 'csv' | 'conflict' | 'encoding' | 'too_large' | 'binary' | 'unreadable';
  readonly span: Span;
  /** For the log and for CSV's reason; findings have their own words. */
  readonly detail: string;
}
