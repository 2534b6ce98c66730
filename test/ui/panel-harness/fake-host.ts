/**
 * Stands in for VS Code and the extension in a plain browser: answers the panel's messages from fictional content and
 * keeps what was sent, so that tests can look at it, hold answers back and send them in another order.
 */
import type { BookState } from '../../../src/server/protocol';
import { readFromPanel, type FromPanel, type RunKind, type ToPanel } from '../../../src/extension/webview/messages';
import { panelStrings } from '../../../src/extension/views/panel-strings';
import { broken, loading, readPage, ready, search, withDocument, withoutDocument } from './content';

const wanted = new URLSearchParams(location.search);
const runs: readonly RunKind[] = [
  'openToSide', 'insertLink', 'copyLink', 'useTemplate', 'openFile', 'openWeb', 'insertMissing', 'contextAction', 'fix', 'draftPage', 'chooseBook', 'openLog',
  'unanswered', 'showProblems', 'focusEditor',
];
const books: Readonly<Record<string, BookState>> = { ready, loading, broken };
let book = books[wanted.get('book') ?? 'ready'] ?? ready;

/** What tests reach through `window.harness`. */
export interface Harness {
  readonly sent: FromPanel[];
  /** Messages that the extension would have dropped. */
  readonly unreadable: unknown[];
  /** While true, answers to searches wait in `held`. */
  hold: boolean;
  readonly held: ToPanel[];
  post(message: ToPanel): void;
  setBook(name: string, done?: number): void;
}

const harness: Harness = {
  sent: [],
  unreadable: [],
  hold: false,
  held: [],
  post: (message) => window.postMessage(message, '*'),
  setBook: (name, done) => {
    const next = books[name] ?? ready;
    book = done === undefined ? next : { ...next, done };
    harness.post({ kind: 'book', book });
  },
};

function answer(message: FromPanel): void {
  switch (message.kind) {
    case 'ready':
      harness.post({
        kind: 'snapshot', strings: panelStrings(), language: wanted.get('lang') ?? 'ja', scope: 'all', book,
        context: wanted.get('document') === 'no' ? withoutDocument : withDocument,
        recent: [{ book: 'kobo', path: 'pages/minutes/1.md', title: '議事録の書き方' }], runs,
      });
      return;
    case 'search': {
      const result = search(message, book.phase === 'loading' ? { done: book.done, total: book.total } : null);
      const reply: ToPanel = { kind: 'results', number: message.number, offset: message.offset, result };
      if (harness.hold) harness.held.push(reply);
      else harness.post(reply);
      return;
    }
    case 'page':
      harness.post({ kind: 'page', number: message.number, view: readPage(message.path, message.query) });
      return;
    case 'note':
      harness.post({ kind: 'noted', text: message.text });
      return;
    default:
      return;
  }
}

const stateKey = 'panel-state';
Object.assign(window, {
  harness,
  acquireVsCodeApi: () => ({
    postMessage: (value: unknown) => {
      // As between a frame and its host: what cannot be copied as data cannot be sent.
      const copy: unknown = structuredClone(value);
      const message = readFromPanel(copy);
      if (message === undefined) {
        harness.unreadable.push(copy);
        return;
      }
      harness.sent.push(message);
      answer(message);
    },
    getState: (): unknown => JSON.parse(sessionStorage.getItem(stateKey) ?? 'null'),
    setState: (state: unknown) => sessionStorage.setItem(stateKey, JSON.stringify(state)),
  }),
});
