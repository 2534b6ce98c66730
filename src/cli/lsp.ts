import { join } from 'node:path';
import { parseArguments, UsageError } from './args';
import type { ExitStatus } from './io';

/** `kobo lsp --stdio`: the language server, for any editor. It ends the process itself when the editor says so. */
export async function lspCommand(args: readonly string[]): Promise<ExitStatus> {
  const parsed = parseArguments(args, { options: [], switches: ['stdio'] });
  if (!parsed.switches.has('stdio')) throw new UsageError('kobo lsp --stdio');
  // By its path: the bundle of the command line makes this a `require`, which takes no URL.
  await import(join(__dirname, 'server.js'));
  return new Promise(() => undefined);
}
