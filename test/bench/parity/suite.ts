// Runs in the extension host: compares what the editor finds in the documents of the workspace with what the command line
// found, which lies beside the suite. Differences and counts leave as console lines.
import * as vscode from 'vscode';

interface Expected {
  /** Findings of each document that has any, as text. */
  readonly findings: Readonly<Record<string, readonly string[]>>;
  /** Documents to show one by one. */
  readonly shown: readonly string[];
}

const severities = ['error', 'warning', 'info', 'hint'];
/** The first document shown waits until the product is read. */
const [firstWait, laterWait, quiet] = [180_000, 15_000, 300];

const root = vscode.workspace.workspaceFolders?.[0]?.uri ?? vscode.Uri.file('/');
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const tell = (title: string, error?: string): void =>
  console.log(`@@kobo-test ${JSON.stringify({ state: error === undefined ? 'passed' : 'failed', title, ...(error === undefined ? {} : { error }) })}`);

const pathOf = (uri: vscode.Uri): string => uri.path.slice(root.path.length).replace(/^\//, '');

/** The extension's diagnostics of a file in the form of the command line's. */
function linesOf(uri: vscode.Uri): readonly string[] {
  return vscode.languages
    .getDiagnostics(uri)
    .filter(({ source }) => source === 'コボガイド' || source === 'Kobo Guide')
    .map(({ range: { start, end }, code, severity, message }) =>
      [pathOf(uri), start.line, start.character, end.line, end.character, typeof code === 'object' ? code.value : code, severities[severity], message].join('|'))
    .sort();
}

function compare(title: string, wanted: readonly string[], seen: readonly string[]): void {
  const [a, b] = [new Set(wanted), new Set(seen)];
  const lines = [...wanted.filter((line) => !b.has(line)).map((line) => `command line only: ${line}`), ...seen.filter((line) => !a.has(line)).map((line) => `editor only: ${line}`)];
  if (lines.length === 0 && wanted.length === seen.length) tell(title);
  else tell(title, [`${String(lines.length)} differences of ${String(wanted.length)} and ${String(seen.length)}`, ...lines.slice(0, 10)].join('\n'));
}

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension('kobo-guide.kobo-guide');
  if (extension === undefined) throw new Error('the extension is not there');
  const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension.extensionUri, 'suites', 'expected.json'));
  const { findings, shown } = JSON.parse(new TextDecoder().decode(bytes)) as Expected;

  const wantedOf = (path: string): readonly string[] => findings[path] ?? [];
  const seenShown: string[] = [];
  let limit = firstWait;
  for (const path of shown) {
    const uri = vscode.Uri.joinPath(root, ...path.split('/'));
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    const end = Date.now() + limit;
    const wanted = wantedOf(path).join('\n');
    if (wanted === '') await wait(quiet);
    while (linesOf(uri).join('\n') !== wanted && Date.now() < end) await wait(20);
    limit = laterWait;
    seenShown.push(...linesOf(uri));
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
  }
  compare(`${String(shown.length)} documents shown`, shown.flatMap(wantedOf), seenShown);

  await vscode.commands.executeCommand('kobo.checkAll');
  await wait(quiet);
  const seen = vscode.languages.getDiagnostics().flatMap(([uri]) => linesOf(uri));
  compare('all documents checked', Object.values(findings).flat(), seen);
}
