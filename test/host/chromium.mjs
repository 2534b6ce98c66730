// The browser that shows the editor: one that is there, or Debian's through apt-get where we may.
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './run.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
const fixed = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [process.env.ProgramFiles, process.env['ProgramFiles(x86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => [
      join(folder, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      join(folder, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]),
};

function canRun(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function found() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (canRun(chosen)) return chosen;
    throw new Error(`CHROMIUM_PATH names ${chosen}, which is not a program that can be run.`);
  }
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const places = ['/usr/bin', ...onPath].flatMap((folder) => names.map((name) => join(folder, name)));
  return [...(process.platform === 'win32' ? [] : places), ...(fixed[process.platform] ?? [])].find(canRun);
}

/** Whether Japanese would show as boxes: asked of fontconfig, taken as fine where there is none. */
async function lacksJapanese() {
  if (process.platform !== 'linux') return false;
  const { code, output } = await run('fc-list', [':lang=ja', 'family']);
  return code === 127 || (code === 0 && output.trim() === '');
}

async function aptInstall(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  console.log(`installing ${packages.join(' ')} with apt-get`);
  await run('apt-get', ['update', '-qq'], { env });
  const { code, output } = await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  if (code !== 0) console.error(output.split('\n').slice(-6).join('\n'));
}

/**
 * The path of a Chromium, installed where that is possible.
 * @returns {Promise<string>}
 * @throws with one sentence that says what to install
 */
export async function chromium() {
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (mayInstall) {
    const missing = [];
    if (found() === undefined) missing.push('chromium');
    if (await lacksJapanese()) missing.push('fonts-noto-cjk');
    if (missing.length > 0) await aptInstall(missing);
  }
  const path = found();
  if (path !== undefined) return path;
  throw new Error('No Chromium was found: install Chromium or Google Chrome (and a Japanese font), or set CHROMIUM_PATH to one.');
}
