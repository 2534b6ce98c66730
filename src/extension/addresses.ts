import * as vscode from 'vscode';

/**
 * The address of a command, for links. Whoever opens it decodes the query of the parsed address once more (`CommandOpener` of VS Code):
 * without being encoded for that, a `%` among the arguments becomes another character.
 */
export function commandUri(command: string, args: readonly unknown[]): vscode.Uri {
  return vscode.Uri.from({ scheme: 'command', path: command, query: encodeURIComponent(JSON.stringify(args)) });
}

/** A URI as text that people can read, and that is the same URI when it is parsed: only what would be taken for an escape is one. */
export function readableUri(uri: vscode.Uri): string {
  const escaped = (part: string): string => part.replaceAll('%', '%25');
  return uri.with({ path: escaped(uri.path), fragment: escaped(uri.fragment) }).toString(true);
}
