/** The list of hits, and what stands in its place when nothing was found. */
import type { Hit } from '../../server/protocol';
import { el, icon, marked, type View } from './dom';
import { activeCount } from './filters';
import { button, count, iconButton, kindIcons, link, type Look } from './look';
import { facetName } from './render-search';
import { hitKey, restOf, type Answer, type PanelState } from './state';
import { fill } from './strings';

/** The number of hits in words: what the eye reads above the list and the screen reader hears. */
export function countWords(answer: Answer, look: Look): string {
  const { total, progress } = answer.result;
  const { strings } = look;
  if (progress !== null) return fill(strings.soFar, { n: count(look, total) });
  return total === 1 ? strings.oneResult : fill(strings.results, { n: count(look, total) });
}

export function renderResults(state: PanelState, look: Look): readonly (View | false)[] {
  const { answer } = state;
  const { strings } = look;
  const none = answer?.hits.length === 0;
  return [
    el(
      'div',
      { key: 'count', class: 'count-line', 'aria-hidden': 'true' },
      el('span', {}, answer === undefined ? '' : countWords(answer, look)),
      answer !== undefined && !none && el('span', {}, strings.byRelevance),
    ),
    state.failed && el('p', { key: 'failed', class: 'quiet padded', role: 'status' }, strings.searchFailed),
    answer !== undefined && none && answer.result.progress === null ? empty(state, answer, look) : false,
    el(
      'div',
      {
        key: 'results', id: 'results', class: 'results', role: 'listbox', tabindex: answer === undefined || none ? -1 : 0, 'aria-label': strings.resultList,
        'aria-activedescendant': state.active >= 0 && !none ? `option-${state.active}` : undefined,
        hidden: none, lang: languageOf(state),
      },
      answer?.hits.map((hit, index) => option(hit, index, index === state.active, answer.result.total, look)) ?? [],
      answer !== undefined && restOf(answer) > 0 && more(state, answer, look),
    ),
  ];
}

/** Language of the hits: the Book's, else Japanese when they hold kana (Han alone would be drawn in Chinese shapes). */
function languageOf(state: PanelState): string | undefined {
  if (state.book?.language !== undefined) return state.book.language;
  return state.answer?.hits.some((hit) => hasKana(hit.title) || hasKana(hit.snippet)) === true ? 'ja' : undefined;
}

function hasKana(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 0x3041 && c <= 0x30fa) return true;
  }
  return false;
}

function option(hit: Hit, index: number, active: boolean, total: number, look: Look): View {
  const { strings } = look;
  const stale = hit.staleDays > 0 ? strings.staleShort : '';
  const where = [hit.where, stale].filter((part) => part !== '').join(strings.separator);
  const name = fill(strings.optionName, { kind: strings[hit.kind], title: hit.title, where, n: count(look, index + 1), total: count(look, total) });
  return el(
    'div',
    {
      key: hitKey(hit), id: `option-${index}`, class: `option${active ? ' active' : ''}`, role: 'option', 'aria-selected': String(active), 'aria-label': name,
      'aria-posinset': index + 1, 'aria-setsize': total, 'data-do': 'option', 'data-index': index,
    },
    icon(kindIcons[hit.kind], 'option-icon'),
    el(
      'div',
      { class: 'option-words' },
      el(
        'div',
        { class: 'option-head' },
        el('span', { class: 'option-title', title: hit.title }, marked(hit.title, hit.titleHighlights, 'b')),
        active && hit.place.kind === 'page' && actions(index, look),
      ),
      el(
        'div',
        { class: 'option-where' },
        stale !== '' && el('span', { class: 'stale' }, icon('warning'), stale),
        el('span', { class: 'option-path', title: hit.where }, hit.where),
      ),
      hit.snippet !== '' && el('div', { class: 'option-snippet' }, marked(hit.snippet, hit.highlights, 'mark')),
    ),
  );
}

/** For the mouse: each has a key of its own, so that they are no stops on the way through the list. */
function actions(index: number, look: Look): View {
  const { strings } = look;
  const common = { tabindex: -1, 'data-index': index };
  return el(
    'span',
    { class: 'option-actions' },
    iconButton('side', 'split-horizontal', strings.openToSide, common),
    iconButton('insertLink', 'link', strings.insertLink, common),
    iconButton('copyLink', 'copy', strings.copyLink, common),
  );
}

function more(state: PanelState, answer: Answer, look: Look): View {
  const index = answer.hits.length;
  const active = state.active === index;
  const label = fill(look.strings.showMore, { n: count(look, restOf(answer)) });
  return el(
    'div',
    { key: 'more', id: `option-${index}`, class: `option more${active ? ' active' : ''}`, role: 'option', 'aria-selected': String(active), 'data-do': 'option', 'data-index': index },
    label,
  );
}

function empty(state: PanelState, answer: Answer, look: Look): View {
  const { strings } = look;
  const { didYouMean, nearTerms } = answer.result;
  const words = answer.text.split(/[\s\u3000]+/u).filter((word) => word !== '');
  const fewer = words.length < 2 ? [] : words.filter((word) => !didYouMean.some((other) => other.text === word));
  const list = (key: string, title: string, rows: readonly View[]): View | false =>
    rows.length > 0 && el('div', { key, class: 'empty-group' }, el('h3', { class: 'empty-title' }, title), el('ul', { class: 'plain-list' }, rows));
  const asks = (text: string, total?: number): View =>
    el('li', { key: text }, link('ask', { 'data-text': text }, text), total !== undefined && total > 0 && fill(strings.withCount, { n: count(look, total) }));
  const filters = answer.filters.values.map((chosen) => {
    const label = fill(strings.chip, { facet: facetName(chosen.facet, look), label: chosen.label });
    return el('li', { key: `${chosen.facet} ${chosen.value}` }, link('chip', { 'data-facet': chosen.facet, 'data-value': chosen.value }, fill(strings.without, { filter: label })));
  });
  if (filters.length !== 1 && activeCount(answer.filters) > filters.length) {
    filters.push(el('li', { key: 'all' }, link('noFilters', {}, strings.removeAFilter)));
  }
  return el(
    'div',
    { key: 'empty', class: 'empty' },
    el('h2', { class: 'empty-head' }, fill(strings.nothing, { q: answer.text })),
    list('mean', strings.didYouMean, didYouMean.map((other) => asks(other.text, other.total))),
    list('fewer', strings.fewerWords, fewer.map((word) => asks(word))),
    list('near', strings.nearTerms, nearTerms.map((term) => asks(term.text))),
    list('filters', strings.removeAFilter, filters),
    state.noted === answer.text.trim() && state.noted !== '' && noted(state, look),
    state.runs.has('draftPage') && el('div', { class: 'buttons' }, button('draftPage', strings.draft, 'edit', false, { 'data-text': answer.text })),
    state.runs.has('draftPage') && el('p', { class: 'quiet' }, strings.draftWhere),
  );
}

function noted(state: PanelState, look: Look): View {
  const { strings } = look;
  return el(
    'div',
    { class: 'note info' },
    icon('info'),
    el(
      'div',
      {},
      el('p', {}, strings.noted),
      el('div', { class: 'links' }, state.runs.has('unanswered') && link('unanswered', {}, strings.showList), link('forget', {}, strings.dontNote)),
    ),
  );
}
