import * as vscode from 'vscode';
import type { TemplateChoice } from '../../server/protocol';
import type { GuideClient } from '../client';
import type { LastDocument } from '../last-document';

/**
 * Puts a template that is a part of a document at the cursor of the text editor used last, with its blanks as tab stops.
 * Without a document that takes it, it begins a new one.
 */
export async function insertSnippet(client: GuideClient, last: LastDocument, { id }: TemplateChoice): Promise<void> {
  const document = last.document;
  const target = document !== undefined && takesProse(document) ? document : undefined;
  const rendered = await client.renderTemplate({ id, uri: (target ?? document)?.uri.toString() ?? '', answers: {} });
  if (rendered === null) return;
  const editor = await vscode.window.showTextDocument(target ?? (await vscode.workspace.openTextDocument({ language: 'markdown' })), { preview: false });
  // At the caret, not instead of what is selected: nothing is to be lost.
  await editor.insertSnippet(new vscode.SnippetString(rendered.snippet), editor.selection.active);
}

/** Parts are written in Markdown: in a register in CSV or in `kobo.yaml` they would break the file. */
function takesProse({ languageId, uri }: vscode.TextDocument): boolean {
  return ['markdown', 'mdx', 'plaintext'].includes(languageId) && !uri.path.endsWith('.csv');
}
