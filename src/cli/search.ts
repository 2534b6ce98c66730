import { createSearcher, type Searcher } from '../core/search/searcher';
import type { SearchAnswer, SearchKind, SearchSource } from '../core/search/search';
import type { SearchTerm } from '../core/search/synonyms';
import { kindOrder } from '../core/search/packed-index';
import { isUsageError, option, parseArguments } from './args';
import { printable, printableLines } from './printable';
import { searchUsage } from './usage';

/** What `kobo search` needs of its surroundings; `main.ts` hands it in. */
export interface SearchCommandHost {
  /** Everything that can be found in the Book at `dir` (`undefined`: the Book that applies here), or why it cannot be had. */
  sources(dir: string | undefined): Promise<SearchableBook | { readonly problem: string }>;
  /** Text of a file named on the command line (`-`: standard input), or why it cannot be had. */
  readText(file: string): Promise<{ readonly text: string } | { readonly problem: string }>;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  readonly now: () => number;
  /** Of what is said to a person; Japanese when left out. */
  readonly language?: 'ja' | 'en';
}

export interface SearchableBook {
  readonly sources: readonly SearchSource[];
  readonly terms: readonly SearchTerm[];
}

interface SearchArguments {
  readonly query: string | undefined;
  readonly queries: string | undefined;
  readonly book: string | undefined;
  readonly json: boolean;
  readonly limit: number;
  readonly kinds: readonly SearchKind[];
}

/**
 * `kobo search`: one query from the arguments, or a file of queries, one a line in and one JSON object a line out, in order.
 * `args` are the arguments after `search`. Gives the exit status: 0 (also without a hit), 2 for wrong use or a Book that
 * cannot be read. JSON goes to standard output alone.
 */
export async function searchCommand(args: readonly string[], host: SearchCommandHost): Promise<number> {
  const parsed = readArguments(args);
  if ('problem' in parsed) {
    host.stderr(`${parsed.problem}\n${searchUsage}\n`);
    return 2;
  }
  const lines = parsed.queries === undefined ? [parsed.query ?? ''] : await queryLines(parsed.queries, host);
  if (lines === undefined) return 2;
  const book = await host.sources(parsed.book);
  if ('problem' in book) {
    host.stderr(`${book.problem}\n`);
    return 2;
  }
  const searcher = await indexed(book, host.now);
  for (const line of lines) {
    const answer = await searcher.search({
      text: line, limit: parsed.limit, offset: 0, kinds: parsed.kinds, products: [], phases: [], audiences: [], tags: [], typing: false,
    });
    host.stdout(parsed.json ? `${JSON.stringify(asJson(line, answer))}\n` : asText(line, answer, host.language ?? 'ja'));
  }
  return 0;
}

/** The answer as `--json` prints it. */
function asJson(query: string, answer: SearchAnswer): Readonly<Record<string, unknown>> {
  return {
    query,
    hits: answer.hits.map(({ path, anchor, title, heading, kind, score, snippet, highlights }) => ({
      path, anchor, title, heading, kind, score, snippet, highlights,
    })),
    took_ms: Math.round(answer.tookMs * 100) / 100,
  };
}

function asText(query: string, answer: SearchAnswer, language: 'ja' | 'en'): string {
  const [did, separator] = language === 'ja' ? ['もしかして：', '、'] : ['Did you mean: ', ', '];
  const meant = answer.didYouMean.length === 0 ? '' : `${did}${answer.didYouMean.map(({ text, total }) => (language === 'ja' ? `${text}（${String(total)} 件）` : `${text} (${String(total)})`)).join(separator)}\n`;
  if (answer.hits.length === 0) {
    return `${language === 'ja' ? `「${printable(query)}」は見つかりませんでした。別の言葉で探してください。` : `Nothing matches "${printable(query)}". Try other words.`}\n${meant}`;
  }
  const hits = answer.hits.map(({ path, anchor, title, heading, snippet }) => {
    const name = heading === '' ? title : `${title} › ${heading}`;
    return `${printable(name)}\n  ${printable(`${path}${anchor === '' ? '' : `#${anchor}`}`)}\n  ${printableLines(snippet)}\n`;
  });
  return meant + hits.join('');
}

function readArguments(args: readonly string[]): SearchArguments | { readonly problem: string } {
  let parsed;
  try {
    parsed = parseArguments(args, { options: ['book', 'limit', 'kind', 'queries', 'lang'], switches: ['json'] });
  } catch (error) {
    if (isUsageError(error)) return { problem: error.message };
    throw error;
  }
  const queries = option(parsed, 'queries');
  const json = parsed.switches.has('json');
  const limit = Number(option(parsed, 'limit') ?? '10');
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) return { problem: '--limit には 1 から 1000 までの整数を書いてください。 / --limit takes a whole number from 1 to 1000.' };
  const kinds: SearchKind[] = [];
  for (const name of (parsed.options.get('kind') ?? []).flatMap((list) => list.split(','))) {
    const kind = kindOrder.find((known) => known === name.trim());
    if (kind === undefined) return { problem: `--kind に使えるのは ${kindOrder.join(', ')} です（書かれたもの：${printable(name)}）。 / --kind is one of ${kindOrder.join(', ')}.` };
    kinds.push(kind);
  }
  if (queries === undefined && parsed.words.length === 0) return { problem: '探す言葉を書いてください。 / Write what to search for.' };
  if (queries !== undefined && parsed.words.length > 0) return { problem: '探す言葉と --queries は、どちらか一方にしてください。 / Give either words or --queries.' };
  if (queries !== undefined && !json) return { problem: '--queries は --json と一緒に使います。 / --queries is used with --json.' };
  return { query: parsed.words.join(' '), queries, book: option(parsed, 'book'), json, limit, kinds };
}

/** Lines of a query file; an empty line is an empty query (with an empty answer), the last line break ends the last line. */
async function queryLines(file: string, host: SearchCommandHost): Promise<readonly string[] | undefined> {
  const read = await host.readText(file);
  if ('problem' in read) {
    host.stderr(`${read.problem}\n`);
    return undefined;
  }
  const lines = read.text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}

async function indexed(book: SearchableBook, now: () => number): Promise<Searcher> {
  const texts = new Map(book.sources.map((source) => [`${source.kind}\u0000${source.path}`, source.text]));
  const searcher = createSearcher({
    terms: book.terms,
    read: (kind, path) => texts.get(`${kind}\u0000${path}`),
    now,
  });
  await searcher.build(book.sources);
  return searcher;
}
