import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArguments, UsageError } from './args';
import type { ExitStatus } from './io';

/** `kobo lsp --stdio`: the language server, for any editor. It ends the process itself when the editor says so. */
export async function lspCommand(args: readonly string[]): Promise<ExitStatus> {
  const parsed = parseArguments(args, { options: [], switches: ['stdio'] });
  if (!parsed.switches.has('stdio')) throw new UsageError('kobo lsp --stdio');
  await import(pathToFileURL(join(__dirname, 'server.js')).href);
  return new Promise(() => undefined);
}
