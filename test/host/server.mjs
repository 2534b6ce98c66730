// Starts the editor's server with scratch folders of its own.
import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { editor } from './download.mjs';
import { out } from './paths.mjs';
import { run } from './run.mjs';

/** Settings of every window: nothing that pops up by itself, nothing that asks the network. */
const quiet = {
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'github.gitAuthentication': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'window.commandCenter': false,
  'workbench.enableExperiments': false,
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

/**
 * Makes the server answer `env.language` in Japanese: a language pack with no words of VS Code's own is enough, the
 * extension brings its own.
 */
async function japanese(user) {
  const words = join(user, 'main.i18n.json');
  await writeFile(words, '{"version":"1.0.0","contents":{}}');
  const pack = {
    hash: 'kobo1',
    extensions: [{ extensionIdentifier: { id: 'kobo-guide.words-ja' }, version: '1.0.0' }],
    translations: { vscode: words },
    label: '日本語',
  };
  await writeFile(join(user, 'languagepacks.json'), JSON.stringify({ ja: pack }));
}

async function answers(url, child, log) {
  const until = Date.now() + 60_000;
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`the editor's server stopped at once:\n${log.join('')}`);
    try {
      if ((await fetch(url)).ok) return;
    } catch {
      // not listening yet
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`the editor's server does not answer at ${url}:\n${log.join('')}`);
}

/**
 * Starts a server and waits until it answers.
 * @param {{ locale?: 'ja' | 'en', install?: string[], settings?: Record<string, unknown>, trusted?: boolean, port?: number, testDriver?: boolean }} [options]
 *   install: .vsix files to install first; settings: over the quiet ones; trusted: false keeps workspace trust on;
 *   testDriver: false for a server that people use
 * @returns {Promise<{ port: number, url: string, authority: string, locale: string, folder: string, ended: Promise<unknown>, stop: () => Promise<void> }>}
 *   folder: its scratch folder, removed by stop
 */
export async function startServer(options = {}) {
  const locale = options.locale ?? 'ja';
  const { node, entry } = await editor();
  const folder = await mkdtemp(join(tmpdir(), 'kobo-editor-'));
  const user = join(folder, 'user');
  await mkdir(join(user, 'User'), { recursive: true });
  await writeFile(join(user, 'User', 'settings.json'), JSON.stringify({ ...quiet, ...options.settings }));
  if (locale === 'ja') await japanese(user);
  const places = ['--user-data-dir', user, '--server-data-dir', join(folder, 'server'), '--extensions-dir', join(folder, 'extensions')];
  for (const vsix of options.install ?? []) {
    const { code, output } = await run(node, [entry, ...places, '--accept-server-license-terms', '--install-extension', vsix]);
    if (code !== 0 || !output.includes('successfully installed')) throw new Error(`${vsix} could not be installed:\n${output}`);
  }
  const port = options.port ?? (await freePort());
  const trust = options.trusted === false ? [] : ['--disable-workspace-trust'];
  const driver = options.testDriver === false ? [] : ['--enable-smoke-test-driver'];
  const child = spawn(
    node,
    [
      entry, '--host', '127.0.0.1', '--port', String(port), '--without-connection-token', '--accept-server-license-terms',
      '--disable-telemetry', ...driver, ...trust, '--locale', locale, ...places,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: process.platform !== 'win32' },
  );
  await mkdir(join(out, 'logs'), { recursive: true });
  const file = createWriteStream(join(out, 'logs', `server-${locale}-${port}.log`));
  const log = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      file.write(chunk);
      if (log.length < 200) log.push(String(chunk));
    });
  }
  const ended = new Promise((resolve) => child.on('exit', resolve));
  const end = (signal) => {
    try {
      // Its extension hosts are children of their own: the whole group goes.
      if (process.platform === 'win32') child.kill(signal);
      else process.kill(-child.pid, signal);
    } catch {
      // gone already
    }
  };
  const onExit = () => end('SIGKILL');
  process.on('exit', onExit);
  const stop = async () => {
    end('SIGTERM');
    const timer = setTimeout(() => end('SIGKILL'), 3000);
    await ended;
    clearTimeout(timer);
    end('SIGKILL');
    process.off('exit', onExit);
    file.end();
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await answers(url, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { port, url, authority: `127.0.0.1:${port}`, locale, folder, ended, stop };
}
