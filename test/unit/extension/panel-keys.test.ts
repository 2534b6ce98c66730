import assert from 'node:assert/strict';
import { intentOf, type KeyPlace, type KeyPress } from '../../../src/extension/webview/keys';

const press = (key: string, more: Partial<KeyPress> = {}): KeyPress => ({
  key, keyCode: 0, control: false, command: false, alt: false, shift: false, repeat: false, composing: false, afterComposition: false, ...more,
});
const place = (inside: KeyPlace['in'], more: Partial<KeyPlace> = {}): KeyPlace => ({ in: inside, mac: false, caretFirst: false, caretLast: true, selection: false, ...more });

describe('keys of the knowledge panel', () => {
  it('belong to the input method while it converts', () => {
    for (const key of ['Enter', 'Escape', 'ArrowDown', ' ', 'Tab']) {
      assert.equal(intentOf(press(key, { composing: true }), place('box')), undefined);
      assert.equal(intentOf(press(key, { keyCode: 229 }), place('box')), undefined);
    }
    assert.equal(intentOf(press('Enter', { afterComposition: true }), place('box')), undefined);
    assert.equal(intentOf(press('ArrowDown', { afterComposition: true }), place('box')), 'next');
    assert.equal(intentOf(press('Enter'), place('box')), 'read');
  });

  it('move the caret first where the caret can move', () => {
    assert.equal(intentOf(press('Home'), place('box')), undefined);
    assert.equal(intentOf(press('Home'), place('box', { caretFirst: true })), 'first');
    assert.equal(intentOf(press('End'), place('box')), 'last');
    assert.equal(intentOf(press('End'), place('box', { caretLast: false })), undefined);
    assert.equal(intentOf(press('c', { control: true }), place('box', { selection: true })), undefined);
    assert.equal(intentOf(press('c', { control: true }), place('box')), 'copyLink');
  });

  it('follow the habits of the Mac', () => {
    const mac = { mac: true };
    assert.equal(intentOf(press('Enter', { command: true }), place('box', mac)), 'side');
    assert.equal(intentOf(press('Enter', { control: true }), place('box', mac)), undefined);
    assert.equal(intentOf(press('ArrowLeft', { alt: true }), place('box', mac)), undefined);
    assert.equal(intentOf(press('ArrowLeft', { alt: true }), place('pane', mac)), 'back');
    assert.equal(intentOf(press('ArrowLeft', { alt: true }), place('box')), 'back');
  });

  it('do nothing twice while they are held down', () => {
    assert.equal(intentOf(press('Enter', { repeat: true }), place('box')), undefined);
    assert.equal(intentOf(press('Enter', { control: true, repeat: true }), place('box')), undefined);
    assert.equal(intentOf(press('ArrowDown', { repeat: true }), place('box')), 'next');
  });

  it('scroll and follow links in the pane as in any page', () => {
    for (const key of ['ArrowDown', 'Enter', ' ', 'Home', 'PageDown']) assert.equal(intentOf(press(key), place('pane')), undefined);
    assert.equal(intentOf(press('F3', { shift: true }), place('pane')), 'previousMatch');
    assert.equal(intentOf(press('Escape'), place('pane')), 'toList');
  });
});
