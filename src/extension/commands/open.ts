import * as vscode from 'vscode';
import type { Hit } from '../../server/protocol';
import type { BookPanel } from '../views/book-panel';

/** Opens a hit where it is read: pages in the panel, project files in the editor at their line. */
export async function openHit(panel: BookPanel, hit: Hit, query: string): Promise<void> {
  if (hit.place.kind === 'page') {
    await panel.openPage(hit.place, query);
    return;
  }
  const line = new vscode.Range(hit.place.line, 0, hit.place.line, 0);
  await vscode.window.showTextDocument(vscode.Uri.parse(hit.place.uri), { selection: line });
}
