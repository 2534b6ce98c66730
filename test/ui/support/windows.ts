// The windows of a run: one server a language, one browser, windows kept and shared by the tests that ask for the same.
import type { Browser, Page } from 'playwright-core';
import assert from 'node:assert/strict';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from '../../host/paths.mjs';
import { startServer, type Server } from '../../host/server.mjs';
import { vsixOfThisRun } from '../../host/vsix';
import { collectCspMessages, startBrowser, windowUrl } from '../../host/window.mjs';
import { Editor } from './editor';

export type Theme = 'light' | 'dark' | 'high-contrast';

export interface WindowOptions {
  readonly locale?: 'ja' | 'en';
  readonly theme?: Theme;
  /** A folder of the project that is copied and opened; absolute or relative to the project. Empty string: an empty folder. */
  readonly workspace?: string;
  readonly width?: number;
  readonly height?: number;
  /** Workspace settings. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

const themes: Readonly<Record<Theme, string>> = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  'high-contrast': 'Default High Contrast',
};

let browser: Promise<Browser> | undefined;
let scratch: Promise<string> | undefined;
const servers = new Map<string, Promise<Server>>();
const editors = new Map<string, Promise<Editor>>();
let copies = 0;

function serverOf(locale: 'ja' | 'en'): Promise<Server> {
  const there = servers.get(locale);
  if (there !== undefined) return there;
  const started = startServer({ locale, install: [vsixOfThisRun()], testDriver: false });
  servers.set(locale, started);
  return started;
}

async function copyOf(workspace: string, settings: Readonly<Record<string, unknown>>): Promise<string> {
  scratch ??= mkdtemp(join(tmpdir(), 'kobo-ui-'));
  copies += 1;
  const name = workspace === '' ? 'empty' : (workspace.split('/').at(-1) ?? 'workspace');
  const folder = join(await scratch, String(copies), name);
  await mkdir(join(folder, '.vscode'), { recursive: true });
  if (workspace !== '') await cp(resolve(root, workspace), folder, { recursive: true });
  await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settings));
  return folder;
}

/** What is typed stays unsaved unless a test saves it. */
function settingsOf({ theme, settings }: Required<WindowOptions>): Readonly<Record<string, unknown>> {
  return { 'workbench.colorTheme': themes[theme], 'files.exclude': { '**/.vscode': true }, 'files.autoSave': 'off', ...settings };
}

/** The class of the workbench that tells that a theme is there; it comes with the extensions. */
const themeClass: Readonly<Record<Theme, string>> = { light: '.vs', dark: '.vs-dark', 'high-contrast': '.hc-black' };

/** Waits until the window is usable: it has its theme, the folder is listed, the extension host answers. */
async function ready(page: Page, theme: Theme, empty: boolean): Promise<void> {
  await page.locator(`.monaco-workbench${themeClass[theme]}`).waitFor({ timeout: 90_000 });
  if (!empty) await page.locator('.explorer-folders-view .monaco-list-row').first().waitFor({ timeout: 90_000 });
  // Its view container tells that the commands of the extension are known, too.
  await page.locator('.part.activitybar [class*="extension-kobo"]').first().waitFor({ state: 'attached', timeout: 90_000 });
  await page.locator('#status\\.problems').waitFor({ timeout: 90_000 });
  await page.locator('.part.statusbar .statusbar-item').filter({ hasText: 'Activating Extensions' }).waitFor({ state: 'hidden', timeout: 90_000 });
}

async function open(options: Required<WindowOptions>): Promise<Editor> {
  browser ??= startBrowser();
  const [started, server] = await Promise.all([browser, serverOf(options.locale)]);
  const folder = await copyOf(options.workspace, settingsOf(options));
  const context = await started.newContext({
    viewport: { width: options.width, height: options.height },
    locale: options.locale === 'ja' ? 'ja-JP' : 'en-US',
    timezoneId: 'Asia/Tokyo',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(30_000);
  // The first window of a run reads everything from the disk.
  page.setDefaultNavigationTimeout(90_000);
  const refused = collectCspMessages(page);
  await page.goto(windowUrl(server, folder));
  await ready(page, options.theme, options.workspace === '');
  return new Editor(page, folder, refused);
}

/** Gives a window that is open another theme and size. */
async function change({ page, folder }: Editor, options: Required<WindowOptions>): Promise<void> {
  await page.setViewportSize({ width: options.width, height: options.height });
  const workbench = page.locator(`.monaco-workbench${themeClass[options.theme]}`);
  if ((await workbench.count()) > 0) return;
  await writeFile(join(folder, '.vscode', 'settings.json'), JSON.stringify(settingsOf(options)));
  await workbench.waitFor();
}

/**
 * A window with the extension installed. The same folder, language and settings give the same window, in the theme and
 * size that are asked for, so tests leave it as they found it (`editor.clear()`); a test that changes files asks for a
 * `fresh` one.
 */
export async function openEditor(options: WindowOptions & { readonly fresh?: boolean } = {}): Promise<Editor> {
  const { fresh = false, ...wanted } = options;
  const full: Required<WindowOptions> = { locale: 'ja', theme: 'light', workspace: 'templates/samples/trouble', width: 1280, height: 800, settings: {}, ...wanted };
  const { locale, workspace, settings } = full;
  const key = fresh ? `${freshKey}${String(copies)}` : JSON.stringify({ locale, workspace, settings });
  const there = editors.get(key);
  if (there !== undefined) {
    editors.delete(key);
    editors.set(key, there);
    const editor = await there;
    await change(editor, full);
    return editor;
  }
  // Nobody asks for a fresh one again.
  for (const one of [...editors.keys()].filter((name) => name.startsWith(freshKey))) await close(one);
  while (editors.size >= mostWindows) await close([...editors.keys()][0] ?? '');
  const opened = open(full);
  editors.set(key, opened);
  return opened;
}

const freshKey = 'fresh ';

/** Each open window has an extension host and a language server of its own; more than these slow all others down. */
const mostWindows = 4;

async function close(key: string): Promise<void> {
  const closing = editors.get(key);
  editors.delete(key);
  const editor = await closing?.catch(() => undefined);
  for (const message of editor?.refused.splice(0) ?? []) refusals.push(`a window closed since: ${message}`);
  await editor?.page.context().close();
}

/** What was refused, with the test it happened in. A failing hook would end the run, so it is told at the end. */
const refusals: string[] = [];

afterEach(async function () {
  const known = await Promise.allSettled(editors.values());
  const alive = known.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  if (this.currentTest?.state === 'failed') {
    const name = this.currentTest.fullTitle().replaceAll(/[^\p{L}\p{N}]+/gu, '-');
    for (const [index, editor] of alive.entries()) await editor.screenshot(`failed-${name}-${String(index)}`);
  }
  for (const editor of alive) {
    for (const message of editor.refused.splice(0)) refusals.push(`${this.currentTest?.fullTitle() ?? ''}: ${message}`);
  }
});

after(async function () {
  this.timeout(30_000);
  await (await browser)?.close();
  for (const server of servers.values()) await server.then((started) => started.stop(), () => undefined);
  if (scratch !== undefined) await rm(await scratch, { recursive: true, force: true });
  assert.deepEqual(refusals, [], 'refused by the Content Security Policy');
});
