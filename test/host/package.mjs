// Builds the extension and packs it into one .vsix. Run by itself (`npm run package`) it writes it beside package.json.
import { mkdir, readFile, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPackages } from './setup.mjs';
import { root } from './paths.mjs';
import { run } from './run.mjs';

/** Runs a script of Node's and throws, with its output, when it fails. */
async function nodeOrThrow(what, args) {
  const { code, output } = await run(process.execPath, args);
  if (code !== 0) throw new Error(`${what} failed:\n${output}`);
}

/**
 * Builds dist/ and writes the package.
 * @param {string} file the .vsix, replaced only when the new one is complete
 * @returns {Promise<string>} file
 */
export async function packageExtension(file) {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  await nodeOrThrow('the build', ['esbuild.mjs']);
  const part = `${file}.part-${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  // Without a public address of the sources there is nothing that relative links could be turned into.
  const unpublished = manifest.repository === undefined ? ['--allow-missing-repository', '--no-rewrite-relative-links'] : [];
  await nodeOrThrow('vsce', [join('node_modules', '@vscode', 'vsce', 'vsce'), 'package', '--no-dependencies', ...unpublished, '--out', part]);
  await rename(part, file);
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await installPackages();
  const { name, version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const file = await packageExtension(join(root, `${name}-${version}.vsix`));
  console.log(`${file}  ${((await stat(file)).size / 1e6).toFixed(2)} MB`);
}
