// Builds dist/: the extension (Node and browser), the server for both, the CLI, the webview and the packed starter Book.
import { build, context } from 'esbuild';
import { rmSync } from 'node:fs';

const watch = process.argv.includes('--watch');
const common = {
  bundle: true,
  minify: !watch,
  sourcemap: watch ? 'linked' : false,
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
};
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20' };
const browser = { ...common, platform: 'browser', mainFields: ['browser', 'module', 'main'] };

/** One entry a bundle; a worker is an IIFE because a Blob worker cannot import. */
const bundles = [
  { ...node, entryPoints: ['src/extension/node.ts'], outfile: 'dist/extension.js', external: ['vscode'] },
  { ...node, entryPoints: ['src/server/node.ts'], outfile: 'dist/server.js' },
  { ...node, entryPoints: ['src/cli/main.ts'], outfile: 'dist/cli.js', banner: { js: '#!/usr/bin/env node' } },
  { ...browser, entryPoints: ['src/extension/browser.ts'], outfile: 'dist/browser/extension.js', format: 'cjs', external: ['vscode'] },
  { ...browser, entryPoints: ['src/server/browser.ts'], outfile: 'dist/browser/server.js', format: 'iife' },
  { ...browser, entryPoints: ['src/extension/webview/book-panel.ts'], outfile: 'dist/webview/book-panel.js', format: 'iife' },
];

rmSync('dist', { recursive: true, force: true });
if (watch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  await Promise.all(bundles.map((options) => build(options)));
}
