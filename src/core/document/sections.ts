import type { Section } from './document';
import type { Span } from '../text/position';

interface Draft {
  readonly level: number;
  readonly rank: number;
  readonly title: string;
  readonly titleSpan: Span;
  readonly start: number;
  readonly bodyStart: number;
  readonly parent: number;
  readonly kind: 'heading' | 'label';
  end: number;
  empty: boolean;
}

/** Gathers sections in document order. The section opened last is the one that holds whatever follows. */
export class SectionBuilder {
  readonly #drafts: Draft[] = [];
  readonly #open: number[] = [];

  /** Index of the section at this place, -1 before the first. */
  get current(): number {
    return this.#drafts.length - 1;
  }

  /** `rank` orders labels of list items (8) below those of paragraphs (7); it is the level for all others. */
  open(rank: number, kind: 'heading' | 'label', title: string, titleSpan: Span, line: Span, bodyStart: number): void {
    this.#close(rank, line.start);
    this.#drafts.push({
      level: Math.min(rank, 7),
      rank,
      title,
      titleSpan,
      start: line.start,
      bodyStart,
      parent: this.#open[this.#open.length - 1] ?? -1,
      kind,
      end: bodyStart,
      empty: true,
    });
    this.#open.push(this.#drafts.length - 1);
  }

  /** Something stands at this place. */
  fill(): void {
    const draft = this.#drafts[this.#drafts.length - 1];
    if (draft !== undefined) draft.empty = false;
  }

  finish(end: number): readonly Section[] {
    this.#close(0, end);
    // `## 8.1` below `## 8.` is part of it, though it is written as deep; so is `#### Restore files` below `#### 8.2 Restore`, where headings are numbered.
    for (let i = this.#drafts.length - 2; i >= 0; i--) {
      const [draft, next] = [this.#drafts[i], this.#drafts[i + 1]];
      const number = draft?.empty === true && next?.rank === draft.rank ? numberOf(draft.title) : undefined;
      if (draft === undefined || next === undefined || number === undefined) continue;
      const following = numberOf(next.title);
      if (following?.startsWith(`${number}.`) === true || (following === undefined && number.includes('.') && next.kind === 'heading' && !next.empty)) draft.empty = false;
    }
    // From the innermost outwards: a section with a filled one inside is not empty, nor one whose only line is set apart (`**Option 2**`).
    for (let i = this.#drafts.length - 1; i >= 0; i--) {
      const draft = this.#drafts[i];
      const parent = this.#drafts[draft?.parent ?? -1];
      if (parent !== undefined && (draft?.empty === false || (draft?.kind === 'label' && parent.kind === 'heading'))) parent.empty = false;
    }
    return this.#drafts.map((draft) => ({
      level: draft.level,
      title: draft.title,
      titleSpan: draft.titleSpan,
      span: { start: draft.start, end: draft.end },
      bodySpan: { start: Math.min(draft.bodyStart, draft.end), end: draft.end },
      parent: draft.parent,
      kind: draft.kind,
      empty: draft.empty,
    }));
  }

  #close(rank: number, at: number): void {
    let top = this.#drafts[this.#open[this.#open.length - 1] ?? -1];
    while (top !== undefined && top.rank >= rank) {
      top.end = Math.max(at, top.bodyStart);
      this.#open.pop();
      top = this.#drafts[this.#open[this.#open.length - 1] ?? -1];
    }
  }
}

/** `8` of `8. Functions`, `8.1` of `8.1 Sign in`. */
function numberOf(title: string): string | undefined {
  return /^(\d{1,3}(?:\.\d{1,3}){0,5})[.\s\u3000]/u.exec(title.slice(0, 40))?.[1];
}
