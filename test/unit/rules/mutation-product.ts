import type { Book } from '../../../src/core/book/book';
import { readDocument } from '../../../src/core/document/read';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';
import { filesBelow } from '../book/folders';
import { starterBook } from './books';
import type { Documents } from './mutation';
import type { TypedDocument } from '../../../src/core/product/meaning';

const root = 'templates/samples/healthy';

/** A clean product at the highest level, without history. */
export interface Product {
  readonly project: Project;
  readonly documents: Documents;
  readonly koboText: string;
  /** The same documents below another `kobo.yaml`. */
  readonly below: (koboText: string) => Project;
}

function opened(book: Book, files: ReadonlyMap<string, string>): Product {
  const koboText = files.get('kobo.yaml') ?? '';
  const below = (text: string): Project => {
    const settings = { ...readKoboFile(text).settings, level: 'L3' };
    const made = new Project({ book, settings, koboText: text, files: [...files.keys()], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
    for (const path of made.wanted()) made.put(path, files.get(path) ?? '');
    return made;
  };
  const project = below(koboText);
  const documents = new Map<string, TypedDocument>();
  for (const path of project.wanted()) {
    const typed = project.typed(path);
    if (typed !== undefined) documents.set(path, typed);
  }
  return { project, documents, koboText, below };
}

const cellsOf = (text: string): readonly (readonly string[])[] =>
  readDocument('a.csv', text).tables.flatMap((table) => [table.header, ...table.rows]).map((row) => row.cells.map((cell) => cell.text));

function head(type: string, title: string): string {
  return `type: ${type}\ntitle: ${title}\nproduct: お知らせ便\nowner: 木村\nupdated: 2026-11-18\n`;
}

function markdown(type: string, title: string, rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const [header = [], ...rest] = rows;
  return `---\n${head(type, title)}---\n\n# ${title}\n\n${[line(header), line(header.map(() => '---')), ...rest.map(line)].join('\n')}\n`;
}

function yaml(type: string, title: string, rows: readonly (readonly string[])[]): string {
  const [header = [], ...rest] = rows;
  const row = (cells: readonly string[]): string => header.map((name, i) => `${i === 0 ? '  - ' : '    '}${name}: ${JSON.stringify(cells[i] ?? '')}`).join('\n');
  return `${head(type, title)}rows:\n${rest.map(row).join('\n')}\n`;
}

function csv(document: TypedDocument): string {
  const table = document.tables.find((each) => each.main)?.table;
  if (table === undefined) throw new Error(`${document.path} has no table`);
  const { text } = document.document;
  return [table.header, ...table.rows].map((row) => row.cells.map((cell) => (cell.text === '' ? '' : quoted(text.slice(cell.span.start, cell.span.end)))).join(',')).join('\n') + '\n';
}

function quoted(text: string): string {
  return /[",]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The clean product as it is, and the same with its registers in the other formats. */
export async function cleanProducts(): Promise<readonly Product[]> {
  const book = await starterBook();
  if (book === undefined) throw new Error('there is no starter Book');
  const files = filesBelow(root);
  const first = opened(book, files);
  const other = new Map(files);
  const moves: readonly (readonly [string, string, string])[] = [
    ['docs/issues.csv', 'docs/issues.md', markdown('issue-log', 'お知らせ便 課題管理表', cellsOf(files.get('docs/issues.csv') ?? ''))],
    ['docs/wbs.csv', 'docs/wbs.yaml', yaml('wbs', 'お知らせ便 作業一覧', cellsOf(files.get('docs/wbs.csv') ?? ''))],
    ['docs/budget.csv', 'docs/budget.md', markdown('budget', 'お知らせ便 予算表', cellsOf(files.get('docs/budget.csv') ?? ''))],
    ...['docs/risks', 'docs/changes', 'docs/decisions', 'docs/stakeholders'].map((stem): readonly [string, string, string] => {
      const document = first.documents.get(`${stem}.md`);
      // A CSV file has no Markdown links: a number says where a decision comes from.
      return [`${stem}.md`, `${stem}.csv`, document === undefined ? '' : csv(document).replace('17_定例.md)', '17_定例.md)（I-005）')];
    }),
  ];
  for (const [from, to, text] of moves) {
    other.delete(from);
    const [name = '', renamed = ''] = [from, to].map((path) => path.slice('docs/'.length));
    for (const [path, content] of other) other.set(path, content.replaceAll(name, renamed));
    other.set(to, text);
  }
  return [first, opened(book, other)];
}
