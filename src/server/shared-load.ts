import type { Cancellation, Progress } from '../core/workspace';

interface Caller {
  readonly cancellation: Cancellation;
  readonly progress: Progress | undefined;
  /** Lets the caller go on. */
  readonly leave: () => void;
}

/**
 * A long reading that several may ask for at once. It is done once, and goes on while one of them still wants it: who gives
 * up leaves alone. One that was given up by all, or that failed, begins again when it is asked for next.
 */
export class SharedLoad {
  readonly #read: (cancellation: Cancellation, progress: Progress) => Promise<void>;
  readonly #callers = new Set<Caller>();
  #running: Promise<void> | undefined;
  #isDone = false;

  /** @param read the work; what it leaves out once it has seen the cancellation is not taken for read */
  constructor(read: (cancellation: Cancellation, progress: Progress) => Promise<void>) {
    this.#read = read;
  }

  get isDone(): boolean {
    return this.#isDone;
  }

  /** Resolves when everything is read or the caller has given up; rejects when reading fails. */
  async wait(cancellation: Cancellation, progress?: Progress): Promise<void> {
    while (!this.#isDone && !cancellation.isCancelled) {
      const { caller, left } = callerOf(cancellation, progress);
      this.#callers.add(caller);
      try {
        this.#running ??= this.#run();
        await Promise.race([this.#running, left]);
      } finally {
        this.#callers.delete(caller);
      }
    }
  }

  async #run(): Promise<void> {
    let isStopped = false;
    const look = (): boolean => {
      for (const caller of this.#callers) {
        if (!caller.cancellation.isCancelled) continue;
        this.#callers.delete(caller);
        caller.leave();
      }
      // Once it was given up it stays so: what was left out then is missing, whoever comes after.
      isStopped ||= this.#callers.size === 0;
      return isStopped;
    };
    try {
      await this.#read(
        {
          get isCancelled() {
            return look();
          },
        },
        (done, total) => this.#callers.forEach((caller) => caller.progress?.(done, total)),
      );
      this.#isDone = !isStopped;
    } finally {
      this.#running = undefined;
    }
  }
}

function callerOf(cancellation: Cancellation, progress: Progress | undefined): { readonly caller: Caller; readonly left: Promise<void> } {
  let leave = (): void => undefined;
  const left = new Promise<void>((resolve) => {
    leave = resolve;
  });
  return { caller: { cancellation, progress, leave }, left };
}
