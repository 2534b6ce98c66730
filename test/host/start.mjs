// npm start: the extension on a copy of the sample product, in a real VS Code. With Visual Studio Code installed, in a
// window of it; else in the browser-hosted one, at an address that is printed. --locale ja|en chooses the language,
// --browser the browser-hosted one, --port its port. Ctrl+C ends it.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { out, root } from './paths.mjs';
import { run } from './run.mjs';
import { installPackages } from './setup.mjs';

function option(name) {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : (process.argv[at + 1] ?? '');
}

/** Japanese for people whose machine speaks it or says nothing, else English. */
function language() {
  const asked = option('locale') ?? process.env.LC_ALL ?? process.env.LANG ?? Intl.DateTimeFormat().resolvedOptions().locale;
  return asked.startsWith('en') ? 'en' : 'ja';
}

/** A copy of the sample, so that whoever tries it changes nothing here. */
async function sample() {
  const folder = join(await mkdtemp(join(tmpdir(), 'kobo-sample-')), 'shift-navi');
  const from = join(root, 'templates', 'samples', 'trouble');
  if (!existsSync(from)) throw new Error(`the sample ${from} is not there`);
  await cp(from, folder, { recursive: true });
  return folder;
}

/** A display is what tells whether an installed VS Code could show a window. */
async function installedCode() {
  if (process.argv.includes('--browser')) return false;
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return false;
  const { code } = await run('code', ['--version'], { shell: process.platform === 'win32' });
  return code === 0;
}

async function inInstalledCode(folder, locale) {
  const { code, output } = await run(process.execPath, ['esbuild.mjs'], { echo: true });
  if (code !== 0) throw new Error(`the build failed:\n${output}`);
  await run('code', ['--new-window', `--extensionDevelopmentPath=${root}`, `--locale=${locale}`, folder], { shell: process.platform === 'win32', echo: true });
  console.log(`Visual Studio Code opens ${folder}`);
}

async function inBrowser(folder, locale) {
  const { packageExtension } = await import('./package.mjs');
  const { startServer } = await import('./server.mjs');
  const { windowUrl } = await import('./window.mjs');
  console.log('building the extension and getting the editor; the first time takes a minute or two');
  const vsix = await packageExtension(join(out, 'kobo-guide.vsix'));
  const port = option('port');
  const server = await startServer({ locale, install: [vsix], testDriver: false, ...(port === undefined ? {} : { port: Number(port) }) });
  console.log(`\nKobo Guide: ${windowUrl(server, folder)}\n\nCtrl+C ends it.`);
  await new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, resolve);
    server.ended.then(resolve);
  });
  await server.stop();
}

try {
  await installPackages();
  const folder = await sample();
  const locale = language();
  if (await installedCode()) await inInstalledCode(folder, locale);
  else {
    await inBrowser(folder, locale);
    await rm(join(folder, '..'), { recursive: true, force: true });
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
