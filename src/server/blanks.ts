import type { Range } from 'vscode-languageserver';
import { progressOf } from '../core/rules/progress';
import type { ServerContext } from './context';
import { managedAt } from './managed';
import { methods, type BlanksParams } from './protocol';

/** Where a document is still to be filled in, as its text is at this moment. */
export function serveBlanks(context: ServerContext): void {
  context.connection.onRequest(methods.blanks, async ({ uri }: BlanksParams): Promise<Range[] | null> => {
    const typed = await managedAt(context, uri);
    return typed === undefined ? null : progressOf(typed).blanks.map((span) => typed.document.lines.rangeOf(span));
  });
}
