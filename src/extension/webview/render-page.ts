/** The reading pane: a thing of the Book with its tools, its matches, the rules that check it and what belongs to it. */
import type { PageView } from '../../server/protocol';
import { el, icon, type Child, type View } from './dom';
import { button, count, group, iconButton, kindIcons, link, placeData, row, type Look } from './look';
import { renderBlocks, renderInlines } from './render-blocks';
import { ruleRow } from './rule-row';
import { placeKey, type PanelState } from './state';
import { fill } from './strings';

export function renderPage(state: PanelState, look: Look): View {
  const { strings } = look;
  if (state.at < 0) {
    return el('section', { key: 'pane', class: 'pane none', 'aria-label': strings.readingPane }, el('p', { class: 'quiet padded' }, strings.choosePage));
  }
  const page = state.page ?? undefined;
  return el(
    'section',
    { key: 'pane', class: 'pane', role: 'region', 'aria-labelledby': 'page-title', 'aria-busy': String(state.page === undefined) },
    toolbar(state, page, look),
    page !== undefined && matchBar(state, page, look),
    el(
      'div',
      { key: `body ${state.pageAsked}`, id: 'page-body', class: state.matchesClosed ? 'page-body unmarked' : 'page-body', lang: page?.language === '' ? undefined : page?.language },
      page === undefined ? unread(state, look) : body(page, state, look),
    ),
  );
}

function unread(state: PanelState, look: Look): View {
  return el('h1', { id: 'page-title', class: 'page-title', tabindex: -1 }, state.page === null ? look.strings.pageGone : '');
}

function toolbar(state: PanelState, page: PageView | undefined, look: Look): View {
  const { strings } = look;
  const path = page?.breadcrumb.join(' › ') ?? '';
  return el(
    'div',
    { key: 'toolbar', class: 'toolbar', role: 'toolbar', 'aria-label': strings.readingPane },
    iconButton('back', 'arrow-left', state.at === 0 ? strings.toList : strings.back),
    iconButton('forward', 'arrow-right', strings.forward, { disabled: state.at >= state.pages.length - 1 }),
    el('span', { class: 'breadcrumb', title: path, lang: page?.language === '' ? undefined : page?.language }, path),
    page !== undefined && [
      state.runs.has('openToSide') && iconButton('pageSide', 'split-horizontal', strings.openToSide),
      state.runs.has('insertLink') && iconButton('pageInsertLink', 'link', strings.insertLink),
      state.runs.has('copyLink') && iconButton('pageCopyLink', 'copy', strings.copyLink),
    ],
  );
}

function matchBar(state: PanelState, page: PageView, look: Look): View | false {
  const { strings } = look;
  const query = state.pages[state.at]?.query ?? '';
  if (query === '' || state.matchesClosed) return false;
  const found = page.matches > 0;
  return el(
    'div',
    { key: 'matches', class: 'matches' },
    el(
      'span',
      { class: 'match-words', role: 'status' },
      el('span', { class: 'match-query' }, fill(strings.quoted, { q: query })),
      ' ',
      el('span', { class: 'match-count' }, found ? fill(strings.matchCount, { n: count(look, state.match + 1), total: count(look, page.matches) }) : strings.noMatch),
    ),
    found && iconButton('previousMatch', 'arrow-up', strings.previousMatch),
    found && iconButton('nextMatch', 'arrow-down', strings.nextMatch),
    iconButton('closeMatches', 'close', strings.closeMatches),
  );
}

function body(page: PageView, state: PanelState, look: Look): Child[] {
  const { strings } = look;
  const [first, ...others] = page.blocks;
  const titled = first?.kind === 'heading' && first.level === 1;
  const facts: readonly (readonly [string, string])[] = [
    [strings.owner, page.owner],
    [strings.reviewed, page.reviewed],
    [strings.nextReview, page.nextReview],
  ];
  const known = facts.filter(([, value]) => value !== '');
  return [
    el('h1', { id: 'page-title', class: 'page-title', tabindex: -1 }, titled ? renderInlines(first.inlines) : page.title),
    known.length > 0 && el('div', { class: 'facts', lang: look.language }, known.map(([name, value]) => el('span', {}, fill(strings.fact, { name, value })))),
    page.staleDays > 0 &&
      el('div', { class: 'note warning', lang: look.language }, icon('warning'), el('p', {}, fill(strings.stale, { n: count(look, page.staleDays) }))),
    page.template !== null &&
      state.runs.has('useTemplate') &&
      el('div', { class: 'buttons', lang: look.language }, button('useTemplate', page.template.kind === 'snippet' ? strings.insertSnippet : strings.useTemplate, kindIcons.template, true, { 'data-id': page.template.id })),
    el('div', { class: 'page-text' }, renderBlocks(titled ? others : page.blocks, look, state.runs.has('openToSide'))),
    group('rules', strings.checkedBy, page.rules.map((rule) => ruleRow(rule, look))),
    group(
      'related',
      strings.related,
      page.related.map((other) =>
        row(placeKey(other.place), icon(kindIcons[other.place.kind === 'page' ? 'page' : 'document']), [
          link('open', placeData(other.place), other.title),
          ' ',
          other.staleDays > 0 && el('span', { class: 'stale', lang: look.language }, icon('warning'), strings.staleShort),
        ]),
      ),
    ),
  ];
}
