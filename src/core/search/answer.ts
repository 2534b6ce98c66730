import type { Expander } from './expand';
import type { LiveSegment } from './live';
import { kindOrder, pageString, type Segment } from './packed-index';
import { parseQuery } from './query';
import { byScore, pathOf, Tally, TallyColumns, type PageFilter, type Ranked } from './best-pages';
import type { Ranker, Slot } from './rank';
import type { SearchAnswer, SearchHit, SearchKind, SearchQuery } from './search';
import { anchorOf, readPage, sectionText } from './sections';
import { filterPages, wordTest } from './filters';
import { Marker, type Marked } from './snippet';
import { suggest } from './suggest';

/** Gives the text of a source, or `undefined` when it cannot be had. */
export type TextProvider = (kind: SearchKind, path: string) => string | undefined | Promise<string | undefined>;

export interface QueryContext {
  readonly segments: readonly LiveSegment[];
  readonly ranker: Ranker;
  readonly expander: Expander;
  readonly read: TextProvider;
  readonly now: () => number;
}

/** Pages whose text is read to make sure of a phrase or an exclusion. */
const maxVerified = 300;
/** Slots from which on a query is a sentence. */
const sentence = 32;

/** Answers one query: take apart, expand, rank, filter, mark; and says what else may have been meant. */
export async function answerQuery(context: QueryContext, query: SearchQuery): Promise<SearchAnswer> {
  const began = context.now();
  const { guesses, ...answer } = await answerAsTyped(context, query);
  const didYouMean: { text: string; total: number }[] = [];
  for (const text of guesses) {
    const { total } = await answerAsTyped(context, { ...query, text, offset: 0, limit: 0 });
    if (total > 0) didYouMean.push({ text, total });
  }
  return { ...answer, didYouMean, tookMs: context.now() - began };
}

type AnswerAsTyped = Omit<SearchAnswer, 'didYouMean' | 'tookMs'> & { readonly guesses: readonly string[] };

async function answerAsTyped(context: QueryContext, query: SearchQuery): Promise<AnswerAsTyped> {
  const parsed = parseQuery(query.text);
  const filters = filterPages(context.segments, parsed.filters, query);
  const words = [parsed.words, ...filters.unused].join(' ').trim();
  const { slots, readings, corrections, hiragana } = context.expander.expand(words, context.segments, query.typing);
  const verify = parsed.phrases.length > 0 || parsed.excluded.length > 0;
  const wanted = query.offset + query.limit;
  const pages = context.segments.reduce((sum, { segment }) => sum + segment.pageCount, 0);
  let tally = context.ranker.tally(pages);
  const found =
    words === '' && filters.active
      ? listed(context.segments, filters.accept, filters.ofKind, wanted, tally)
      : context.ranker.rank(
          context.segments, slots, readings, verify ? Math.max(wanted, maxVerified) : wanted, filters.accept, filters.showsAll ? undefined : filters.ofKind, tally,
        );
  const kept = verify ? await verified(context, found, parsed.phrases, parsed.excluded, wanted) : found;
  if (verify) {
    tally = new Tally(new TallyColumns(kept.length));
    for (const { live, page, section } of kept) tally.add(live, page, section, 0, 1);
  }
  const { counts, facets } = tally.counted(filters.showsAll ? undefined : filters.ofKind);
  const marker = new Marker(markedKeys(slots), hiragana, markedPhrases(slots));
  // All texts are asked for at once: some hosts read them from far away.
  const hits = await Promise.all(kept.slice(query.offset, wanted).map((ranked) => hitOf(context, ranked, marker)));
  let total = 0;
  for (const kind of kindOrder) if (query.kinds.length + filters.kinds.length === 0 || filters.shows(kind)) total += counts[kind];
  return {
    hits,
    total,
    facets,
    counts,
    // One unknown word in a sentence that found something is no slip to ask about; counting what it would find costs as much again.
    guesses: total > 0 && slots.length > sentence ? [] : suggest(context.segments, words, corrections, total),
  };
}

/** Finds what the words of a query ask for in any text: for marking a whole page the way hits are marked. */
export function queryMarks(context: QueryContext, query: string): (text: string) => Marked['highlights'] {
  const { slots, hiragana } = context.expander.expand(parseQuery(query).words, context.segments, false);
  const marker = new Marker(markedKeys(slots), hiragana, markedPhrases(slots));
  return (text) => marker.mark(text).highlights;
}

/** Without words a filter lists what passes it, by path. */
function listed(
  segments: readonly LiveSegment[],
  accept: PageFilter | undefined,
  show: PageFilter,
  count: number,
  tally: Tally,
): readonly Ranked[] {
  const found: Ranked[] = [];
  for (const live of segments) {
    for (let page = 0; page < live.segment.pageCount; page++) {
      if (live.dead[page] === 1 || accept?.(live.segment, page) === false) continue;
      const section = live.segment.tables.firstSection[page] ?? 0;
      tally.add(live, page, section, 0, 1);
      if (!show(live.segment, page)) continue;
      found.push({ live, page, section, score: 0, isFound: true });
    }
  }
  return found.sort(byScore).slice(0, count);
}

/** Keeps the pages that hold every phrase and nothing excluded; reads texts until enough are found. */
async function verified(
  context: QueryContext,
  found: readonly Ranked[],
  phrases: readonly string[],
  excluded: readonly string[],
  wanted: number,
): Promise<readonly Ranked[]> {
  const must = phrases.map(wordTest);
  const mustNot = excluded.map(wordTest);
  const kept: Ranked[] = [];
  for (const ranked of found) {
    const { segment } = ranked.live;
    const title = segment.pageText(ranked.page, pageString.title);
    const text = (await context.read(segment.kind(ranked.page), pathOf(ranked))) ?? '';
    const whole = `${title}\n${segment.facets(ranked.page).join('\n')}\n${text}`;
    if (must.every((test) => test(whole)) && !mustNot.some((test) => test(whole))) kept.push(ranked);
    if (kept.length >= Math.max(wanted, maxVerified)) break;
  }
  return kept;
}

function* markedKeys(slots: readonly Slot[]): Generator<readonly [number | string, number]> {
  for (const { weight, terms, together } of slots) if (!together) for (const { key } of terms) yield [key, weight];
}

/** The phrases of a query: marked where their words follow each other. */
function markedPhrases(slots: readonly Slot[]): readonly (readonly string[])[] {
  return slots.flatMap(({ terms, together }) => (together ? [terms.flatMap(({ key }) => (typeof key === 'string' ? [key] : []))] : []));
}

async function hitOf(context: QueryContext, ranked: Ranked, marker: Marker): Promise<SearchHit> {
  const { live, page, section, score } = ranked;
  const path = pathOf(ranked);
  const { segment } = live;
  const kind = segment.kind(page);
  const title = segment.pageText(page, pageString.title);
  const heading = segment.heading(section);
  const anchor = anchorOf(heading, segment.tables.repeats[section] ?? 0);
  const text = await context.read(kind, path);
  const snippet = text === undefined ? marker.passage('') : passageOf(segment, page, section, text, anchor, marker);
  const product = segment.pageText(page, pageString.product);
  return {
    kind,
    path,
    anchor,
    title,
    titleHighlights: marker.mark(title).highlights,
    heading,
    score,
    snippet: snippet.text,
    highlights: snippet.highlights,
    product: product === '' ? undefined : product,
  };
}

/** Passage of the section hit. A text that changed since it was indexed is split again and its section found by anchor. */
function passageOf(segment: Segment, page: number, section: number, text: string, anchor: string, marker: Marker): Marked {
  const { sectionStarts, sectionEnds, textLengths } = segment.tables;
  let whole = { start: sectionStarts[section] ?? 0, end: sectionEnds[section] ?? 0 };
  if (textLengths[page] !== text.length) {
    const sections = readPage(text, '').sections;
    whole = sections.find((other) => anchorOf(other.heading, other.repeat) === anchor) ?? sections[0] ?? { start: 0, end: text.length };
  }
  const part = marker.densePart(text, whole);
  const { prose, code } = sectionText(text, part);
  return marker.passage(prose === '' ? code : withoutPipes(prose), [part.start > whole.start, part.end < whole.end]);
}

/** The cells of a table row as facts beside each other. */
function withoutPipes(prose: string): string {
  return prose
    .split('\n')
    .map((line) => (line.includes('|') ? line.split('|').map((cell) => cell.trim()).filter((cell) => cell !== '' && !/^:?-+:?$/.test(cell)).join(' · ') : line))
    .join('\n');
}
