// Runs in the extension host: opens the panel with words searched for, and watches the host's event loop until the Book is
// indexed and its index is kept. The numbers leave as console lines.
import * as vscode from 'vscode';
import type { GuideApi } from '../../../src/extension/activate';

/** Put in when the suite is bundled: the words searched for, and whether the window settles before. */
declare const KOBO_WORDS: string;
declare const KOBO_WAITS: boolean;
/** Milliseconds between two looks at the clock. */
const tick = 5;
/** Saving the index goes on after the Book is ready. */
const afterReady = 8000;
/** The editor writes down every few seconds what its window looks like. */
const untilWritten = 6000;
const longest = 150_000;

const tell = (what: string, value: unknown): void => console.log(`@@warm ${JSON.stringify({ what, value })}`);
const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Processor time of the host's own thread in milliseconds, where it can be asked: Node from 22.19 on. */
function threadTime(): number | undefined {
  const node = (globalThis as { process?: { threadCpuUsage?: () => { readonly user: number; readonly system: number } } }).process;
  const used = node?.threadCpuUsage?.();
  return used === undefined ? undefined : (used.user + used.system) / 1000;
}

interface Hold {
  readonly at: number;
  /** How late the look came. */
  readonly late: number;
  /** Processor time of the thread since the look before: what really held it, whoever else keeps the machine busy. */
  readonly worked: number;
}

/** Looks at the clock again and again: what holds the host's event loop makes a look late. */
class Watch {
  readonly #holds: Hold[] = [];
  readonly #began = Date.now();
  #last = performance.now();
  #worked = threadTime();
  readonly #timer = setInterval(() => {
    const now = performance.now();
    const worked = threadTime();
    this.#holds.push({ at: Date.now() - this.#began, late: now - this.#last - tick, worked: worked === undefined || this.#worked === undefined ? -1 : worked - this.#worked });
    this.#last = now;
    this.#worked = worked;
  }, tick);

  end(): { readonly late: readonly Hold[]; readonly worked: readonly Hold[]; readonly looks: number } {
    clearInterval(this.#timer);
    const longest = (by: 'late' | 'worked'): readonly Hold[] => [...this.#holds].sort((a, b) => b[by] - a[by]).slice(0, 5);
    return { late: longest('late'), worked: longest('worked'), looks: this.#holds.length };
  }
}

/** The histogram of Node's own, where there is Node. */
async function histogram(): Promise<{ readonly stop: () => number } | undefined> {
  try {
    const { monitorEventLoopDelay } = await import('node:perf_hooks');
    const monitor = monitorEventLoopDelay({ resolution: 5 });
    monitor.enable();
    return {
      stop: () => {
        monitor.disable();
        return monitor.max / 1e6;
      },
    };
  } catch {
    return undefined;
  }
}

export async function run(): Promise<void> {
  const extension = vscode.extensions.getExtension<GuideApi>('kobo-guide.kobo-guide');
  if (extension === undefined) throw new Error('the extension is not there');
  if (KOBO_WAITS) {
    // The window itself settles first, so that its own work is not counted.
    await wait(4000);
    tell('settled', Date.now());
    const idle = new Watch();
    await wait(3000);
    tell('idle', idle.end());
  }
  tell('active', extension.isActive);
  const waking = new Watch();
  // In a trace of the browser this says which of its threads is the host.
  performance.mark('kobo-host');
  tell('open', Date.now());
  // What the command does first in a window where nothing has woken the extension.
  await extension.activate();
  tell('waking', waking.end());
  tell('awake', Date.now());
  const own = await histogram();
  const watch = new Watch();
  await vscode.commands.executeCommand('kobo.openBook', KOBO_WORDS);
  const api = extension.exports;
  const isIndexed = (): boolean => {
    const state = api.bookState();
    return state?.phase === 'ready' && state.total > 0 && state.done === state.total;
  };
  const end = Date.now() + longest;
  while (!isIndexed() && Date.now() < end) await wait(50);
  tell('ready', Date.now());
  tell('pages', api.bookState()?.pages ?? 0);
  await wait(afterReady);
  tell('holds', watch.end());
  tell('histogram', own?.stop() ?? -1);
  // The next window must not find the panel open.
  await vscode.commands.executeCommand('workbench.action.closeSidebar');
  await vscode.commands.executeCommand('workbench.action.closeAuxiliaryBar');
  await wait(untilWritten);
}
