import * as vscode from 'vscode';
import { parseGuideAddress } from '../guide-links';
import type { BookPanel } from '../views/book-panel';

/**
 * `kobo.openGuide`: what the links of findings and hovers run. Takes one guide address and nothing else. The same
 * address is understood from outside as `vscode://…/guide?<address>`.
 */
export function registerGuideCommands(panel: BookPanel): vscode.Disposable {
  const open = async (address: unknown): Promise<void> => {
    const guide = typeof address === 'string' ? parseGuideAddress(address) : undefined;
    if (guide === undefined) return;
    await panel.openPage(guide);
  };
  return vscode.Disposable.from(
    vscode.commands.registerCommand('kobo.openGuide', open),
    vscode.window.registerUriHandler({
      // The query of a parsed URI is decoded already.
      handleUri: (uri) => (uri.path === '/guide' ? open(uri.query) : undefined),
    }),
  );
}
