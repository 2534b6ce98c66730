/**
 * Lets a piece of work go on while nobody waits for it. Where it fails, the log says so: an error that nobody takes would
 * end the server.
 */
export function inBackground(log: (message: string) => void, work: Promise<unknown>): void {
  work.catch((error: unknown) => log(error instanceof Error ? error.message : String(error)));
}
