import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BookState, Hit, PageView, SearchResult } from '../../../src/server/protocol';
import { activeCount, countOf } from '../../../src/extension/webview/filters';
import { restore, savedOf } from '../../../src/extension/webview/saved';
import { initialState, optionCount, screenOf, step, type Effect, type PanelEvent, type PanelState } from '../../../src/extension/webview/state';

function hit(name: string): Hit {
  return {
    kind: 'page', title: name, titleHighlights: [], where: '', snippet: '', highlights: [], place: { kind: 'page', book: 'b', path: `${name}.md`, anchor: '' }, staleDays: 0, template: '',
  };
}

function result(number: number, names: readonly string[], total = names.length): SearchResult {
  return {
    number, hits: names.map(hit), total, counts: { page: total, rule: 0, template: 0, kit: 0, term: 0, gate: 0, document: 0 },
    facets: { phases: [], audiences: [], tags: [] }, didYouMean: [], nearTerms: [], progress: null, tookMs: 0,
  };
}

const book: BookState = { id: 'b', name: 'コボブック', uri: 'file:///b', phase: 'ready', done: 1, total: 1, pages: 1, message: '' };
const view: PageView = {
  kind: 'page', book: 'b', path: 'a.md', title: 'a', breadcrumb: [], language: 'ja', owner: '', reviewed: '', nextReview: '', staleDays: 0, blocks: [], matches: 0, rules: [], template: null,
  related: [], markdown: '', link: '',
};

/** Takes events one after the other; gives the last state and all effects. */
function play(events: readonly PanelEvent[], from: PanelState = initialState()): readonly [PanelState, readonly Effect[]] {
  let state = from;
  const all: Effect[] = [];
  for (const event of events) {
    const [next, effects] = step(state, event);
    state = next;
    all.push(...effects);
  }
  return [state, all];
}

const sentOf = (effects: readonly Effect[]) => effects.flatMap((effect) => (effect.kind === 'send' ? [effect.message] : []));
const typed = (text: string): PanelEvent => ({ kind: 'typed', text });
const answered = (number: number, names: readonly string[], total?: number): PanelEvent => ({ kind: 'results', number, offset: 0, result: result(number, names, total) });

describe('state of the knowledge panel', () => {
  it('numbers every question and takes the answer to the newest only', () => {
    const [state, effects] = play([typed('a'), typed('ab'), answered(1, ['old']), answered(2, ['new', 'next'])]);
    assert.deepEqual(sentOf(effects).map((message) => 'number' in message && message.number), [1, 2]);
    assert.deepEqual(state.answer?.hits.map(({ title }) => title), ['new', 'next']);
    assert.equal(state.active, 0);
    const [after] = play([answered(1, ['old'])], state);
    assert.equal(after, state);
  });

  it('asks nothing with an empty box and forgets what was found', () => {
    const [state, effects] = play([typed('a'), answered(1, ['x']), typed('  ')]);
    assert.equal(screenOf(state), 'home');
    assert.equal(state.answer, undefined);
    assert.equal(sentOf(effects).length, 1);
    // An answer that comes after the box was emptied stays out.
    assert.equal(play([typed('a'), typed(''), answered(1, ['x'])])[0].answer, undefined);
  });

  it('keeps the same thing active when the same question is answered again', () => {
    const [state] = play([typed('a'), answered(1, ['x', 'y', 'z']), { kind: 'move', by: 1 }, { kind: 'refresh' }, answered(2, ['new', 'x', 'y'])]);
    assert.equal(state.answer?.hits[state.active]?.title, 'y');
    const [gone] = play([{ kind: 'refresh' }, answered(3, ['new'])], state);
    assert.equal(gone.active, 0);
  });

  it('opens the first hit of the answer when Enter was faster than the search', () => {
    const [state, effects] = play([typed('a'), answered(1, ['old']), typed('ab'), { kind: 'read' }, answered(2, ['new'])]);
    assert.equal(state.pages[0]?.path, 'new.md');
    assert.ok(sentOf(effects).some((message) => message.kind === 'page' && message.path === 'new.md' && message.query === 'ab'));
  });

  it('adds more hits behind those that are there', () => {
    const names = Array.from({ length: 50 }, (_, n) => `h${String(n)}`);
    const [state, effects] = play([
      typed('a'), answered(1, names, 52), { kind: 'last' }, { kind: 'read' },
      { kind: 'results', number: 2, offset: 50, result: result(2, ['h50', 'h51'], 52) },
    ]);
    assert.equal(state.answer?.hits.length, 52);
    assert.equal(optionCount(state), 52);
    assert.equal(state.active, 50);
    assert.deepEqual(sentOf(effects).map((message) => message.kind === 'search' && message.offset), [0, 50]);
  });

  it('goes back and forward through pages, and keeps where each was left', () => {
    const open = (path: string): PanelEvent => ({ kind: 'open', place: { kind: 'page', book: 'b', path, anchor: 's' }, query: '' });
    const read = (number: number): PanelEvent => ({ kind: 'page', number, view });
    const [state, effects] = play([open('a.md'), read(1), { kind: 'scrolled', on: 'page', top: 70 }, open('b.md'), { kind: 'scrolled', on: 'page', top: 5 }, read(2), { kind: 'back' }, read(3)]);
    assert.equal(state.at, 0);
    assert.ok(effects.some((effect) => effect.kind === 'scroll' && effect.on === 'page' && effect.top === 70));
    const [list] = play([{ kind: 'back' }], state);
    assert.equal(screenOf(list), 'home');
    const [again] = play([{ kind: 'forward' }, { kind: 'forward' }, { kind: 'forward' }], list);
    assert.equal(again.pages[again.at]?.path, 'b.md');
    // A new page ends the way forward.
    const [branched] = play([open('c.md')], state);
    assert.deepEqual(branched.pages.map(({ path }) => path), ['a.md', 'c.md']);
    // The answer for a page that was left already is dropped.
    assert.equal(play([open('d.md'), { kind: 'list' }, read(4)], state)[0].page, undefined);
  });

  it('asks again while the Book is read, once an answer is there', () => {
    const loading = { ...book, phase: 'loading' as const, total: 10 };
    const [state, effects] = play([{ kind: 'book', book: loading }, typed('a'), { kind: 'book', book: { ...loading, done: 2 } }, answered(1, ['x']), { kind: 'book', book: { ...loading, done: 3 } }]);
    assert.deepEqual(sentOf(effects).map((message) => 'number' in message && message.number), [1, 2]);
    const [, ready] = play([answered(2, ['x']), { kind: 'book', book }, { kind: 'book', book }], state);
    assert.equal(sentOf(ready).length, 1);
  });

  it('begins again where it was', () => {
    const [state] = play([
      typed('切り戻し'), { kind: 'kind', choice: 'rule' }, { kind: 'scope', scope: 'company' }, { kind: 'filter', filter: { facet: 'phases', value: 'release', label: 'リリース' } },
      answered(4, ['x', 'y']), { kind: 'move', by: 1 }, { kind: 'scrolled', on: 'list', top: 40 }, { kind: 'read' },
    ]);
    const saved: unknown = JSON.parse(JSON.stringify(savedOf(state)));
    const again = restore(saved);
    assert.deepEqual(savedOf(again), savedOf(state));
    const [started, effects] = play([{ kind: 'snapshot', scope: 'product', book, context: null, recent: [], runs: [] }], again);
    assert.equal(started.filters.scope, 'company');
    assert.deepEqual(sentOf(effects).map(({ kind }) => kind), ['search', 'page']);
    // What was remembered may be anything: another version, or broken.
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const restored = restore(value);
        assert.ok(restored.at < restored.pages.length);
        assert.equal(typeof restored.text, 'string');
      }),
    );
  });

  it('takes the scope of the settings only when nothing was chosen before', () => {
    assert.equal(play([{ kind: 'snapshot', scope: 'product', book, context: null, recent: [], runs: [] }])[0].filters.scope, 'product');
  });

  it('counts gates as pages and kits as templates', () => {
    const counts = { page: 1, rule: 2, template: 3, kit: 4, term: 5, gate: 6, document: 7 };
    assert.deepEqual([countOf('page', counts), countOf('template', counts), countOf('all', counts), countOf('term', undefined)], [7, 7, 28, 0]);
    assert.equal(activeCount({ kind: 'rule', scope: 'all', values: [] }), 1);
  });
});
