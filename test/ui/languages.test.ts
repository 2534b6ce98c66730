import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../host/paths.mjs';
import { openEditor } from './support/windows';

interface Titles {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
  };
}

const readJson = async (file: string): Promise<unknown> => JSON.parse(await readFile(join(root, file), 'utf8'));

/** The title of a command as a language shows it. */
async function title(command: string, language: 'ja' | 'en'): Promise<string> {
  const manifest = (await readJson('package.json')) as Titles;
  const words = (await readJson(language === 'ja' ? 'package.nls.ja.json' : 'package.nls.json')) as Record<string, string>;
  const key = manifest.contributes.commands.find((one) => one.command === command)?.title ?? '';
  return words[key.slice(1, -1)] ?? key;
}

describe('the installed extension', () => {
  for (const locale of ['ja', 'en'] as const) {
    it(`opens the knowledge panel in ${locale}`, async () => {
      const editor = await openEditor({ locale });
      assert.equal(await editor.page.locator('iframe.webview').count(), 0, 'the panel comes when it is asked for');
      await editor.runCommand(await title('kobo.openBook', locale));
      await editor.webview().locator('body').filter({ hasText: /\S/u }).waitFor();
      await editor.screenshot(`smoke-panel-${locale}`);
    });
  }
});
