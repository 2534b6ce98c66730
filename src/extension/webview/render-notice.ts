/** What the person should know about the Book: it is being read, or it could not be read. */
import type { BookState } from '../../server/protocol';
import { el, icon, type View } from './dom';
import { button, count, link, type Look } from './look';
import { screenOf, type PanelState } from './state';
import { fill } from './strings';

export function isLoading(state: PanelState): boolean {
  return state.book?.phase === 'loading';
}

/** True while the error stands in place of the guidance: until the person goes on with the starter Book. */
export function isBroken(state: PanelState): boolean {
  return state.book?.phase === 'failed' && !state.starter;
}

export function renderNotice(state: PanelState, look: Look): View | false {
  const { book } = state;
  if (book === undefined) return false;
  if (book.phase === 'loading') return loading(book, look);
  return isBroken(state) && broken(state, book, look);
}

function loading(book: BookState, look: Look): View {
  const { strings } = look;
  const title = strings.loading;
  return el(
    'div',
    { key: 'loading', class: 'loading' },
    el('div', { class: 'loading-title' }, title),
    book.total > 0 && el('vscode-progress-bar', { class: 'thick', value: book.done, max: book.total, 'aria-label': title }),
    el(
      'div',
      { class: 'loading-foot' },
      el('span', {}, book.total > 0 ? fill(strings.pagesOf, { done: count(look, book.done), total: count(look, book.total) }) : ''),
      link('stop', {}, strings.stop),
    ),
  );
}

function broken(state: PanelState, book: BookState, look: Look): View {
  const { strings } = look;
  const full = screenOf(state) === 'home';
  return el(
    'div',
    { key: 'broken', class: 'broken' },
    el(
      'div',
      { class: 'note warning', role: 'alert' },
      icon('warning'),
      el('div', {}, el('b', {}, strings.unreadable), el('p', {}, book.message)),
    ),
    full &&
      el(
        'div',
        { class: 'buttons' },
        state.runs.has('chooseBook') && button('chooseBook', strings.chooseFolder, 'folder-opened', true),
        button('useStarter', strings.useStarter, undefined, false),
      ),
    el('div', { class: 'links' }, link('readAgain', {}, strings.tryAgain), state.runs.has('openLog') && link('openLog', {}, strings.openLog)),
  );
}
