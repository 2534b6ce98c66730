import * as vscode from 'vscode';

const sampleFolder = 'templates/samples/trouble';
/** Paths below that folder, written by the build. */
const fileList = 'dist/sample-files.json';

/** `kobo.openSample`: copies the sample product to a folder of the extension's storage and opens the copy. */
export function registerSample(context: vscode.ExtensionContext): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('kobo.openSample', () => openSample(context)),
    vscode.commands.registerCommand('kobo.openWalkthrough', () =>
      vscode.commands.executeCommand('workbench.action.openWalkthrough', `${context.extension.id}#start`, false),
    ),
  );
}

async function openSample(context: vscode.ExtensionContext): Promise<void> {
  const copy = vscode.Uri.joinPath(context.globalStorageUri, 'samples', `shift-navi-${stamp(new Date())}`);
  try {
    await copySample(context.extensionUri, copy);
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The sample could not be copied: {0}', error instanceof Error ? error.message : String(error)));
    return;
  }
  await vscode.commands.executeCommand('vscode.openFolder', copy, { forceNewWindow: (vscode.workspace.workspaceFolders?.length ?? 0) > 0 });
}

/**
 * Copies the sample file by file, as the build has listed them: where the extension comes from a web address, its files
 * can be read but its folders cannot be listed. Rejects when a file cannot be read or written.
 */
export async function copySample(extension: vscode.Uri, target: vscode.Uri): Promise<void> {
  const { fs } = vscode.workspace;
  const listed: unknown = JSON.parse(new TextDecoder().decode(await fs.readFile(vscode.Uri.joinPath(extension, fileList))));
  const files = Array.isArray(listed) ? listed.filter((path) => typeof path === 'string') : [];
  if (files.length === 0) throw new Error(fileList);
  for (const path of files) await fs.writeFile(vscode.Uri.joinPath(target, path), await fs.readFile(vscode.Uri.joinPath(extension, sampleFolder, path)));
}

/** A fresh copy each time: what a person changed in an earlier one stays as it is. */
function stamp(now: Date): string {
  return now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
}
