/** What a click or a chosen option means: `data-do` names it, other data attributes carry its values. */
import type { Place } from '../../server/protocol';
import type { Controller } from './controller';
import { kindChoices, facetNames } from './filters';
import type { Action } from './look';
import { isWebAddress, type Run } from './messages';
import type { PanelEvent } from './state';

/** Where the wish of a click is taken: a state event, or a wish to VS Code. */
interface Sink {
  event(event: PanelEvent): void;
  run(wish: Run): void;
}

/** Takes a click on an element with `data-do`. */
export function click(element: HTMLElement, controller: Controller, sendRun: (wish: Run) => void): void {
  const data = element.dataset;
  const sink: Sink = { event: (event) => controller.handle(event), run: sendRun };
  const index = Number(data.index ?? '-1');
  const action = data.do as Action | undefined;
  switch (action) {
    case 'clear':
      sink.event({ kind: 'ask', text: '' });
      return;
    case 'ask':
      sink.event({ kind: 'ask', text: data.text ?? '' });
      return;
    case 'kind': {
      const choice = kindChoices.find((kind) => kind === data.choice);
      if (choice !== undefined) sink.event({ kind: 'kind', choice });
      return;
    }
    case 'scope':
      return;
    case 'chip':
    case 'filter':
      clickFilter(data, controller, action);
      return;
    case 'option':
      sink.event({ kind: 'activate', index });
      sink.event({ kind: 'read' });
      return;
    case 'side':
    case 'insertLink':
    case 'copyLink': {
      const hit = controller.state.answer?.hits[index];
      if (hit !== undefined) sink.run({ kind: action === 'side' ? 'openToSide' : action, place: hit.place, title: hit.title });
      return;
    }
    case 'open': {
      const place = placeOf(data, controller);
      if (place !== undefined) followLink(place, controller);
      return;
    }
    case 'web': {
      const url = data.url ?? '';
      if (isWebAddress(url)) sink.run({ kind: 'openWeb', url });
      return;
    }
    case 'fix': {
      const finding = controller.state.context?.findings[index];
      if (finding !== undefined) sink.run({ kind: 'fix', uri: finding.uri, line: finding.line, character: finding.character });
      return;
    }
    case 'insertMissing':
    case 'contextAction':
      sink.run({ kind: action, index });
      return;
    case 'useTemplate':
      sink.run({ kind: 'useTemplate', id: data.id ?? '' });
      return;
    case 'draftPage':
      sink.run({ kind: 'draftPage', query: data.text ?? '' });
      return;
    case 'pageSide':
      runOnPage('openToSide', controller, sendRun);
      return;
    case 'pageInsertLink':
      runOnPage('insertLink', controller, sendRun);
      return;
    case 'pageCopyLink':
      runOnPage('copyLink', controller, sendRun);
      return;
    case 'nextMatch':
    case 'previousMatch':
      sink.event({ kind: 'match', by: action === 'nextMatch' ? 1 : -1, count: controller.marks().length });
      return;
    case 'stop':
      controller.stopIndexing();
      return;
    case 'chooseBook':
    case 'openLog':
    case 'unanswered':
    case 'showProblems':
    case 'whyChecked':
      sink.run({ kind: action });
      return;
    case 'toggleFilters':
    case 'noFilters':
    case 'back':
    case 'forward':
    case 'list':
    case 'closeMatches':
    case 'useStarter':
    case 'readAgain':
    case 'forget':
      sink.event({ kind: action });
      return;
    case undefined:
      return;
  }
}

/** Asks VS Code to do something with the page being read. */
export function runOnPage(kind: 'openToSide' | 'insertLink' | 'copyLink', controller: Controller, sendRun: (wish: Run) => void): void {
  const { page, pages, at } = controller.state;
  const entry = pages[at];
  if (entry === undefined || page === undefined || page === null) return;
  sendRun({ kind, place: { kind: 'page', book: entry.book, path: entry.path, anchor: entry.anchor }, title: page.title });
}

function clickFilter(data: DOMStringMap, controller: Controller, action: 'chip' | 'filter'): void {
  const facet = facetNames.find((name) => name === data.facet);
  const value = data.value;
  if (facet === undefined || value === undefined) return;
  const chip = controller.state.filters.values.find((chosen) => chosen.facet === facet && chosen.value === value);
  if (action === 'chip' && chip === undefined) return;
  controller.handle({ kind: 'filter', filter: chip ?? { facet, value, label: data.label ?? value } });
  // A removed chip takes the focus with it.
  if (action === 'chip') controller.focus('box');
}

function placeOf(data: DOMStringMap, controller: Controller): Place | undefined {
  const { uri, line, book, path, anchor } = data;
  if (uri !== undefined) return { kind: 'file', uri, line: Number(line ?? '0') };
  const { pages, at } = controller.state;
  const from = book ?? pages[at]?.book;
  return from === undefined || path === undefined ? undefined : { kind: 'page', book: from, path, anchor: anchor ?? '' };
}

function followLink(place: Place, controller: Controller): void {
  controller.handle({ kind: 'open', place, query: '' });
}

