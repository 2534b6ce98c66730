import * as vscode from 'vscode';

const sampleFolder = 'templates/samples/trouble';

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
  const source = vscode.Uri.joinPath(context.extensionUri, sampleFolder);
  const copy = vscode.Uri.joinPath(context.globalStorageUri, 'samples', `shift-navi-${stamp(new Date())}`);
  try {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(copy, '..'));
    await vscode.workspace.fs.copy(source, copy, { overwrite: false });
  } catch (error) {
    void vscode.window.showErrorMessage(vscode.l10n.t('The sample could not be copied: {0}', error instanceof Error ? error.message : String(error)));
    return;
  }
  await vscode.commands.executeCommand('vscode.openFolder', copy, { forceNewWindow: (vscode.workspace.workspaceFolders?.length ?? 0) > 0 });
}

/** A fresh copy each time: what a person changed in an earlier one stays as it is. */
function stamp(now: Date): string {
  return now.toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
}
