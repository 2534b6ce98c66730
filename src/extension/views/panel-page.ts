import * as vscode from 'vscode';

/** Folders the page of the panel may load from. */
export function panelRoots(extension: vscode.Uri): vscode.Uri[] {
  return [vscode.Uri.joinPath(extension, 'dist', 'webview'), vscode.Uri.joinPath(extension, 'media')];
}

/**
 * The page of the panel: one script and two style sheets of the extension itself. Its policy allows nothing else: no
 * inline script or style, no picture, no frame, no connection.
 */
export function panelHtml(webview: vscode.Webview, extension: vscode.Uri): string {
  const [script, codicons] = ['book-panel.js', 'codicon.css'].map((name) => webview.asWebviewUri(vscode.Uri.joinPath(extension, 'dist', 'webview', name)));
  const style = webview.asWebviewUri(vscode.Uri.joinPath(extension, 'media', 'book-panel.css'));
  const nonce = newNonce();
  const policy = `default-src 'none'; style-src ${webview.cspSource}; font-src ${webview.cspSource}; script-src 'nonce-${nonce}'`;
  return `<!DOCTYPE html>
<html lang="${attribute(vscode.env.language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${attribute(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" id="vscode-codicon-stylesheet" nonce="${nonce}" href="${attribute(String(codicons))}">
<link rel="stylesheet" href="${attribute(style.toString())}">
<title>${attribute(vscode.l10n.t('Kobo Book'))}</title>
</head>
<body>
<script nonce="${nonce}" src="${attribute(String(script))}"></script>
</body>
</html>`;
}

function newNonce(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(18)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function attribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
