import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { commandUri, readableUri } from '../../src/extension/addresses';
import { linkGuide, parseGuideAddress } from '../../src/extension/guide-links';

/** What VS Code's opener gives to a command whose link was shown and followed. */
function argumentsOf(link: string): unknown {
  return JSON.parse(decodeURIComponent(vscode.Uri.parse(link).query));
}

describe('the address of a page', () => {
  for (const path of ['pages/議事録 (1).md', 'pages/100%.md', 'pages/50%25.md', 'pages/a%41#b?c.md']) {
    const page = { book: 'starter', path, anchor: '節 10% (%41)' };
    const uri = vscode.Uri.from({ scheme: 'kobo-book', path: `/starter/${path}`, fragment: page.anchor });

    it(`leads to ${path} from outside`, () => {
      const outside = vscode.Uri.parse(`vscode://kobo-guide.kobo-guide/guide?${encodeURIComponent(readableUri(uri))}`);
      assert.deepEqual(parseGuideAddress(outside.query), page);
    });

    it(`leads to ${path} from a finding`, () => {
      const diagnostic = new vscode.Diagnostic(new vscode.Range(0, 0, 0, 1), 'x');
      diagnostic.code = { value: 'X-001', target: vscode.Uri.parse(uri.toString()) };
      linkGuide(diagnostic);
      assert.ok(typeof diagnostic.code === 'object');
      const [address] = argumentsOf(diagnostic.code.target.toString()) as [string];
      assert.deepEqual(parseGuideAddress(address), page);
    });
  }

  it('keeps what a command is given', () => {
    const args = [{ uri: 'file:///a%2541%E3%81%82.md', rule: '100%' }, 'あ%'];
    assert.deepEqual(argumentsOf(commandUri('kobo.waive', args).toString()), args);
  });
});
