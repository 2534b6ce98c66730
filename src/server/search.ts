import { splitAddress } from '../core/search/book-sources';
import { breadcrumb } from '../core/book/breadcrumb';
import { daysOverdue } from '../core/book/review';
import type { SearchAnswer, SearchHit, SearchQuery } from '../core/search/search';
import { lineOfAnchor } from '../core/document/anchors';
import { inBackground } from './background';
import type { OpenBook } from './bookshelf';
import type { ServerContext } from './context';
import { nearTerms } from './near-terms';
import { productIdOf, type Product } from './products';
import { methods, thingKinds, type Facets, type Hit, type Place, type SearchParams, type SearchResult } from './protocol';
import { canonicalUri, nameOf } from './uri';
import { audienceTitle, inLanguage, say, type Language } from './words';

/** Search over everything: the panel asks for the full text, the palette while typing. */
export function serveSearch(context: ServerContext): void {
  const opened = async (uri: string): Promise<Opened> => {
    const product = await context.products.locateOrFirst(uri);
    return { product, shelved: product?.shelved ?? (await context.shelf.openAddress(context.products.settingsBook(''))) };
  };
  const answer = async (params: SearchParams, typing: boolean): Promise<SearchResult> => {
    const opening = opened(canonicalUri(params.uri)).then((one) => ({ ...one, ready: one.shelved.index() }));
    const early = await earlyAnswer(context, params, typing);
    if (early !== undefined) return early;
    const { product, shelved, ready } = await opening;
    if (product?.koboFile !== undefined && !product.isLoaded) inBackground(context.log, product.load().then(context.refresh));
    // The first answer of a fresh index would be empty: it waits for a moment of building.
    await Promise.race([ready, context.platform.breath().then(context.platform.breath)]);
    // Until everything is indexed the palette answers from the titles: at once, and never mixed with the full index.
    if (typing && !shelved.isIndexed && params.text.trim() !== '') return titlesResult(params, shelved, product, context.language);
    const found = await shelved.searcher.search(queryOf(params, product, typing));
    return resultOf(params, found, shelved, product, context.language);
  };
  context.connection.onRequest(methods.search, (params: SearchParams) => answer(params, false));
  context.connection.onRequest(methods.palette, (params: SearchParams) => answer(params, true));
  context.connection.onNotification(methods.wake, async ({ uri }: { readonly uri: string }) => {
    // What was kept of the index comes first: it answers while the Book is read.
    inBackground(context.log, context.products.bookAddress(canonicalUri(uri)).then((address) => context.shelf.early(address)));
    const { shelved } = await opened(canonicalUri(uri));
    await shelved.index();
  });
  context.connection.onNotification(methods.stopIndexing, async ({ book }: { readonly book: string }) => {
    (await context.shelf.find(book))?.stopIndexing();
  });
}

interface Opened {
  readonly product: Product | undefined;
  readonly shelved: OpenBook;
}

/** The answer of the index that was kept of the Book, as long as the Book itself is not ready; `undefined` when it is, or nothing was kept. */
async function earlyAnswer(context: ServerContext, params: SearchParams, typing: boolean): Promise<SearchResult | undefined> {
  // What belongs to a product is not known before its Book is read.
  if (params.text.trim() === '' || params.scope === 'product') return undefined;
  const kept = await context.shelf.early(await context.products.bookAddress(canonicalUri(params.uri)));
  return kept?.search(params, queryOf(params, undefined, typing));
}

function queryOf(params: SearchParams, product: Product | undefined, typing: boolean): SearchQuery {
  return {
    text: params.text,
    limit: params.limit,
    offset: params.offset,
    kinds: params.kinds,
    // Company-wide is what belongs to no product; documents always belong to one.
    products: params.scope === 'product' && product?.koboFile !== undefined ? [productIdOf(product)] : params.scope === 'company' ? [''] : [],
    phases: params.phases,
    audiences: params.audiences,
    tags: params.tags,
    typing,
  };
}

function resultOf(params: SearchParams, found: SearchAnswer, shelved: OpenBook, product: Product | undefined, language: Language): SearchResult {
  const today = product?.project.today ?? '';
  const counts = Object.fromEntries(thingKinds.map((kind) => [kind, found.counts[kind]])) as SearchResult['counts'];
  return {
    number: params.number,
    // What only holds a few signs of the query comes last in the list and is no answer to show.
    hits: found.hits.slice(0, Math.max(0, found.total - params.offset)).map((hit) => viewOf(hit, shelved, product, today, language)),
    total: found.total,
    counts,
    facets: facetsOf(found, shelved, language),
    didYouMean: found.didYouMean,
    nearTerms: found.total > 0 ? [] : nearTerms(shelved.book, params.text, found.didYouMean.map(({ text }) => text)),
    progress: shelved.state.phase === 'loading' ? { done: shelved.state.done, total: shelved.state.total } : null,
    tookMs: found.tookMs,
  };
}

function titlesResult(params: SearchParams, shelved: OpenBook, product: Product | undefined, language: Language): SearchResult {
  const found = shelved.titles(params.text, params.limit).filter(({ item }) => params.kinds.length === 0 || params.kinds.includes(item.source.kind));
  const counts = Object.fromEntries(thingKinds.map((kind) => [kind, found.filter(({ item }) => item.source.kind === kind).length])) as SearchResult['counts'];
  const today = product?.project.today ?? '';
  return {
    number: params.number,
    hits: found.map(({ item: { source }, score, highlights }) =>
      viewOf({ ...source, anchor: '', titleHighlights: highlights, heading: '', score, snippet: '', highlights: [] }, shelved, product, today, language),
    ),
    total: found.length,
    counts,
    facets: { phases: [], audiences: [], tags: [], products: [] },
    didYouMean: [],
    nearTerms: [],
    progress: { done: shelved.state.done, total: shelved.state.total },
    tookMs: 0,
  };
}

/** Facets with their labels. The id of a type is only there for filters: its title says the same. */
function facetsOf({ facets }: SearchAnswer, shelved: OpenBook, language: Language): Facets {
  const phases = new Map(shelved.book.lifecycle.phases.map((phase) => [phase.id, inLanguage(phase.title, language)]));
  const audiences = facets.audiences.map(({ value, count }) => ({ value, label: audienceTitle(value, language), count }));
  return {
    phases: facets.phases.map(({ value, count }) => ({ value, label: phases.get(value) ?? value, count })),
    audiences,
    tags: facets.tags.filter(({ value }) => !shelved.book.types.has(value)).map(({ value, count }) => ({ value, label: value, count })),
    products: facets.products.map(({ value, count }) => ({ value, label: value, count })),
  };
}

function viewOf(hit: SearchHit, shelved: OpenBook, product: Product | undefined, today: string, language: Language): Hit {
  const page = hit.kind === 'page' ? shelved.page(hit.path) : undefined;
  const template = hit.kind === 'template' ? shelved.book.templates.find((one) => one.origin.path === hit.path) : undefined;
  return {
    kind: hit.kind,
    title: hit.title,
    titleHighlights: hit.titleHighlights,
    where: whereOf(hit, shelved, product, language),
    snippet: hit.snippet,
    highlights: hit.highlights,
    place: placeOf(hit, shelved),
    staleDays: page === undefined || today === '' ? 0 : daysOverdue(page, shelved.book.review?.defaultCycle ?? '', today),
    template: template?.id ?? '',
    ...(template?.kind === 'snippet' ? { isSnippet: true } : {}),
  };
}

/** Breadcrumb for pages and documents, a kind line for the rest. */
function whereOf(hit: SearchHit, shelved: OpenBook, product: Product | undefined, language: Language): string {
  const { anchor } = splitAddress(hit.path);
  switch (hit.kind) {
    case 'page':
      return [...breadcrumb(shelved.book, hit.path), hit.heading].filter((part) => part !== '').join(' › ');
    case 'rule':
      return say(language, 'rule', anchor);
    case 'document':
      return [product?.koboFile?.settings.name ?? '', nameOf(hit.path), hit.heading].filter((part) => part !== '').join(' › ');
    case 'template':
    case 'kit':
    case 'term':
    case 'gate':
      return say(language, hit.kind);
  }
}

function placeOf(hit: SearchHit, shelved: OpenBook): Place {
  if (hit.kind === 'document') {
    const text = shelved.textOf('document', hit.path);
    return { kind: 'file', uri: hit.path, line: text === undefined ? 0 : lineOfAnchor(text, hit.path, hit.anchor) };
  }
  const { path, anchor } = splitAddress(hit.path);
  return { kind: 'page', book: shelved.book.id, path: anchor === '' ? path : hit.path, anchor: hit.anchor };
}
