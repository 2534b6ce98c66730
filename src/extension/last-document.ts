import * as vscode from 'vscode';

/** The document that a person wrote in last, also while a page of another kind (a guide, a preview) is in front of it. */
export class LastDocument implements vscode.Disposable {
  readonly #listener: vscode.Disposable;
  #last: vscode.TextDocument | undefined;

  constructor() {
    this.#remember(vscode.window.activeTextEditor);
    this.#listener = vscode.window.onDidChangeActiveTextEditor((editor) => this.#remember(editor));
  }

  /** `undefined` when none was shown yet, or it was closed since. */
  get document(): vscode.TextDocument | undefined {
    return this.#last !== undefined && isOpen(this.#last) ? this.#last : undefined;
  }

  #remember(editor: vscode.TextEditor | undefined): void {
    if (editor !== undefined && isWritable(editor.document.uri)) this.#last = editor.document;
  }

  dispose(): void {
    this.#listener.dispose();
  }
}

/** A document outlives its tab for a while. */
function isOpen({ uri, isClosed }: vscode.TextDocument): boolean {
  if (isClosed) return false;
  const shown = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }) => (input instanceof vscode.TabInputText ? input.uri : input instanceof vscode.TabInputTextDiff ? input.modified : undefined)));
  return shown.some((one) => one?.toString() === uri.toString());
}

/** Logs, old versions and pages of the Book are shown in text editors too. */
function isWritable(uri: vscode.Uri): boolean {
  return uri.scheme === 'untitled' || vscode.workspace.fs.isWritableFileSystem(uri.scheme) === true;
}
