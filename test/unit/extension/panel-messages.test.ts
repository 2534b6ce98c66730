import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isWebAddress, readFromPanel } from '../../../src/extension/webview/messages';

const search = { kind: 'search', number: 1, text: '切り戻し', kinds: ['page'], scope: 'all', phases: [], audiences: [], tags: [], offset: 0, limit: 50 };
const place = { kind: 'page', book: 'b', path: 'a.md', anchor: '' };

describe('messages of the panel', () => {
  it('are read when they have exactly a known shape', () => {
    for (const message of [
      search,
      { kind: 'ready' },
      { kind: 'page', number: 1, book: 'b', path: 'a.md', query: '' },
      { kind: 'run', run: { kind: 'openToSide', place, title: 'a' } },
      { kind: 'run', run: { kind: 'fix', uri: 'file:///a', line: 1, character: 2 } },
      { kind: 'run', run: { kind: 'openWeb', url: 'https://example.com' } },
    ]) {
      assert.deepEqual(readFromPanel(message), message);
    }
  });

  it('lose everything that was not asked for', () => {
    assert.deepEqual(readFromPanel({ kind: 'run', run: { kind: 'openLog', command: 'workbench.action.quit', __proto__: { x: 1 } }, extra: 1 }), { kind: 'run', run: { kind: 'openLog' } });
  });

  it('are refused otherwise', () => {
    for (const message of [
      null, 1, 'ready', [], {}, { kind: 'eval' },
      { ...search, number: -1 }, { ...search, number: 1.5 }, { ...search, limit: 1e9 }, { ...search, kinds: ['secret'] }, { ...search, scope: 'everything' }, { ...search, tags: [1] },
      { ...search, text: 'x'.repeat(2001) }, { ...search, tags: Array.from({ length: 101 }, () => 'x') },
      { kind: 'run', run: { kind: 'command', command: 'workbench.action.quit' } },
      { kind: 'run', run: { kind: 'openToSide', place: { kind: 'page', book: 1 }, title: 'a' } },
      { kind: 'run', run: { kind: 'insertMissing', index: -1 } },
      { kind: 'run', run: { kind: 'openWeb', url: 'javascript:alert(1)' } },
    ]) {
      assert.equal(readFromPanel(message), undefined, JSON.stringify(message));
    }
    fc.assert(fc.property(fc.jsonValue(), (value) => void readFromPanel(value)));
  });

  it('lead out of the editor only to web and mail', () => {
    assert.ok(['https://a.b', 'HTTP://a.b', 'mailto:a@b.c'].every(isWebAddress));
    assert.ok(!['javascript:x', 'command:x', 'data:text/html,x', 'file:///x', 'vscode://x', ' https://a.b', ''].some(isWebAddress));
  });
});
