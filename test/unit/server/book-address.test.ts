import assert from 'node:assert/strict';
import { isWithin, readBookAddress } from '../../../src/server/book-address';
import { canonicalUri } from '../../../src/server/uri';

/** As written, counted from, and as VS Code names the folder in what it tells of changed files. */
const folders: readonly (readonly [string, string, string])[] = [
  ['C:\\Books\\kobo', '', 'file:///c%3A/Books/kobo'],
  ['c:/Books/kobo/', '', 'file:///c%3A/Books/kobo'],
  ['D:/b c/本', 'file:///c%3A/ws', 'file:///d%3A/b%20c/%E6%9C%AC'],
  ['file:///C:/Books', '', 'file:///c%3A/Books'],
  ['file:///c:/ws/..\\book', 'file:///c%3A/ws', 'file:///c%3A/book'],
  ['file:///c:/ws/..%5Cbook', 'file:///c%3A/ws', 'file:///c%3A/book'],
  ['\\\\Server\\share\\book', '', 'file://server/share/book'],
  ['\\\\server\\share\\本', 'file:///c%3A/ws', 'file://server/share/%E6%9C%AC'],
  ['file://SERVER/share/book', '', 'file://server/share/book'],
  ['/tmp/b:1', '', 'file:///tmp/b%3A1'],
  ['/tmp/a/./b//../c/', '', 'file:///tmp/a/b/c'],
  ['file:///tmp/コボ b', '', 'file:///tmp/%E3%82%B3%E3%83%9C%20b'],
  ['./book', 'file:///ws', 'file:///ws/book'],
  ['.', 'file:///ws', 'file:///ws'],
  ['..\\book', 'file:///c%3A/ws/in', 'file:///c%3A/ws/book'],
  ['../100%', 'file:///ws', 'file:///100%25'],
  ['vscode-vfs://github/a/b%20c/', '', 'vscode-vfs://github/a/b%20c'],
  ['~/book', 'file:///ws', 'file:///ws/~/book'],
];

describe('the address of a Book', () => {
  for (const [text, from, uri] of folders) {
    it(`${text}${from === '' ? '' : ` from ${from}`} is the folder ${uri}`, () => {
      assert.deepEqual(readBookAddress(text, from), { kind: 'folder', uri });
      // Changed files of it, as clients tell of them, lie in it.
      assert.ok(isWithin(canonicalUri(`${uri}/rules/x.yaml`), [uri]));
      assert.deepEqual(readBookAddress(uri, ''), { kind: 'folder', uri });
    });
  }

  it('counts from the home of the person where it says so and there is one', () => {
    assert.deepEqual(readBookAddress('~/book', 'file:///ws', '/home/鈴木'), { kind: 'folder', uri: 'file:///home/%E9%88%B4%E6%9C%A8/book' });
    assert.deepEqual(readBookAddress('~\\book', '', 'C:\\Users\\a'), { kind: 'folder', uri: 'file:///c%3A/Users/a/book' });
    assert.deepEqual(readBookAddress('~book', 'file:///ws', '/home/a'), { kind: 'folder', uri: 'file:///ws/~book' });
  });

  it('is told to lead nowhere where it counts from a folder and there is none', () => {
    assert.deepEqual(readBookAddress('./book', ''), { kind: 'nowhere', address: './book' });
    for (const text of ['', ' ', 'starter']) assert.deepEqual(readBookAddress(text, ''), { kind: 'starter' });
  });
});
