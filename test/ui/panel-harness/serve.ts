/** Builds the panel's script with the fake host and serves both under the panel's own security policy. */
import { build } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bodyClasses, themeCss } from './themes';

export interface HarnessServer {
  /** Address of the page; `?lang=ja|en&theme=light|dark|contrast&book=ready|loading|broken&document=no` choose what it shows. */
  readonly url: string;
  close(): Promise<void>;
}

/** Starts the harness on a free port of this machine. Run from the project's root. */
export async function serveHarness(): Promise<HarnessServer> {
  const bundle = async (entry: string): Promise<string> => {
    const result = await build({
      entryPoints: [entry], bundle: true, write: false, format: 'iife', platform: 'browser', target: 'es2022', logLevel: 'warning',
      alias: { vscode: './test/ui/panel-harness/vscode-stub.ts' },
    });
    return result.outputFiles[0]?.text ?? '';
  };
  const files = new Map<string, readonly [type: string, body: string | Buffer]>([
    ['/host.js', ['text/javascript', await bundle('test/ui/panel-harness/fake-host.ts')]],
    ['/panel.js', ['text/javascript', await bundle('src/extension/webview/book-panel.ts')]],
    ['/panel.css', ['text/css', await readFile('media/book-panel.css')]],
    ['/codicon.css', ['text/css', await readFile('node_modules/@vscode/codicons/dist/codicon.css')]],
    ['/codicon.ttf', ['font/ttf', await readFile('node_modules/@vscode/codicons/dist/codicon.ttf')]],
    ...Object.keys(bodyClasses).map((name): [string, readonly [string, string]] => [`/${name}.css`, ['text/css', themeCss(name)]]),
  ]);
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', 'http://harness');
    const file = files.get(address.pathname);
    if (file !== undefined) {
      response.writeHead(200, { 'content-type': `${file[0]}; charset=utf-8` }).end(file[1]);
    } else if (address.pathname === '/') {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page(address.searchParams.get('theme') ?? 'light'));
    } else {
      response.writeHead(address.pathname === '/favicon.ico' ? 204 : 404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    }),
  };
}

function page(theme: string): string {
  const policy = "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'nonce-harness'";
  return `<!DOCTYPE html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/${theme in bodyClasses ? theme : 'light'}.css">
<link rel="stylesheet" id="vscode-codicon-stylesheet" nonce="harness" href="/codicon.css">
<link rel="stylesheet" href="/panel.css">
<title>Panel harness</title>
</head>
<body class="${bodyClasses[theme] ?? 'vscode-light'}">
<script nonce="harness" src="/host.js"></script>
<script nonce="harness" src="/panel.js"></script>
</body>
</html>`;
}
