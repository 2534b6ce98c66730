import type { ProjectDocument } from '../document/document';
import { normalise } from '../text/normalise';
import type { Span } from '../text/position';
import type { Book, BookProblem, Page } from './book';
import { isOwn, type ReadPage } from './check-pages';
import { problem } from './problems';

const fewestParagraphs = 3;
const fewestRows = 5;
/** Shorter runs are lists of links and labels that pages may share. */
const shortestRun = 60;

interface Passage {
  readonly key: string;
  readonly span: Span;
}

/** The same three paragraphs or list items in a row, or the same table of five rows, on two pages: told once a pair of pages. */
export function duplicateProblems(book: Book, pages: ReadonlyMap<string, ReadPage>): readonly BookProblem[] {
  const found: BookProblem[] = [];
  const firsts = new Map<string, Page>();
  const pairs = new Set<string>();
  for (const { page, document } of pages.values()) {
    for (const { key, span } of passagesOf(document)) {
      const first = firsts.get(key);
      if (first === undefined) firsts.set(key, page);
      if (first === undefined || first === page || !isOwn(book, page)) continue;
      const pair = `${first.path}\u0000${page.path}`;
      if (pairs.has(pair)) continue;
      pairs.add(pair);
      found.push(problem(page.path, span, 'warning', 'duplicate',
        `同じ内容が「${first.title}」（${first.path}）にもあります。1か所に残し、もう1か所はリンクにしてください。`,
        `The same is written in "${first.title}" (${first.path}). Keep one and link to it.`));
    }
  }
  return found;
}

function passagesOf(document: ProjectDocument): readonly Passage[] {
  const { text } = document;
  const units = [...document.paragraphs, ...document.items]
    .sort((a, b) => a.span.start - b.span.start)
    .map(({ span, section }) => ({ section, span, words: normalise(text.slice(span.start, span.end)).replaceAll(/\s+/gu, ' ').trim() }));
  const runs = units.flatMap((unit, index): readonly Passage[] => {
    const last = units[index + fewestParagraphs - 1];
    if (last?.section !== unit.section) return [];
    const key = units.slice(index, index + fewestParagraphs).map(({ words }) => words).join('\n');
    return key.length < shortestRun ? [] : [{ key, span: { start: unit.span.start, end: last.span.end } }];
  });
  const tables = document.tables.filter((table) => table.rows.length >= fewestRows).map((table): Passage => ({
    key: [table.header, ...table.rows].map((row) => row.cells.map((cell) => normalise(cell.text)).join('|')).join('\n'),
    span: table.header.span,
  }));
  return [...runs, ...tables];
}
