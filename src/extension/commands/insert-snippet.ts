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
  const { place, lead } = placeFor(rendered.snippet, editor.document, editor.selection.active);
  await editor.insertSnippet(new vscode.SnippetString(lead + rendered.snippet), place);
}

/** Where a part goes: in a line with words what is a block of its own (a section, rows, a list) goes below it, a section behind an empty line. */
function placeFor(snippet: string, document: vscode.TextDocument, caret: vscode.Position): { readonly place: vscode.Position; readonly lead: string } {
  const isSection = snippet.startsWith('#');
  const isRow = snippet.startsWith('|');
  const line = document.lineAt(lineBehind(document, caret.line, isRow));
  // The fields at the top, code and, but for rows, tables would break: it goes behind them.
  if (line.lineNumber !== caret.line) return { place: line.range.end, lead: isRow ? '\n' : '\n\n' };
  if (line.isEmptyOrWhitespace) {
    const isFree = caret.line === 0 || document.lineAt(caret.line - 1).isEmptyOrWhitespace;
    return { place: caret, lead: isSection && !isFree ? '\n' : '' };
  }
  const isBlock = isSection || /^(?:[|>-]|\d+\.)/u.test(snippet) || snippet.trimEnd().includes('\n');
  return isBlock ? { place: line.range.end, lead: isSection ? '\n\n' : '\n' } : { place: caret, lead: '' };
}

/** The last line of the fields, the code or the table that a line stands in; the line itself where it stands in none. */
function lineBehind(document: vscode.TextDocument, line: number, isRow: boolean): number {
  const text = (at: number): string => document.lineAt(at).text;
  const last = document.lineCount - 1;
  if (text(0).trimEnd() === '---') {
    for (let at = 1; at <= last; at++) if (/^(?:---|\.\.\.)\s*$/u.test(text(at))) {
      if (line <= at) return at;
      break;
    }
  }
  let opened: string | undefined;
  for (let at = 0; at <= last; at++) {
    const mark = /^\s{0,3}(`{3,}|~{3,})/u.exec(text(at))?.[1];
    if (opened === undefined ? mark !== undefined : mark?.startsWith(opened) === true) {
      if (opened !== undefined && line <= at) return at;
      opened = opened === undefined ? mark : undefined;
    }
    if (opened === undefined && at >= line) break;
  }
  if (opened !== undefined) return last;
  let end = line;
  if (!isRow && /^\s*\|/u.test(text(line))) while (end < last && /^\s*\|/u.test(text(end + 1))) end++;
  return end;
}

/** Parts are written in Markdown: in a register in CSV or in `kobo.yaml` they would break the file. */
function takesProse({ languageId, uri }: vscode.TextDocument): boolean {
  return ['markdown', 'mdx', 'plaintext'].includes(languageId) && !uri.path.endsWith('.csv');
}
