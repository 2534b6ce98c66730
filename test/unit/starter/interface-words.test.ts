import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { readDocument } from '../../../src/core/document/read';
import { starterBook } from './starter-book';

/** Words of other programs that a page tells to choose. */
const others = ['CSV UTF-8', 'Shift_JIS で開き直す'];

/** All Japanese words of the interface, as one text. */
const shown = ['package.nls.ja.json', 'l10n/bundle.l10n.ja.json', 'src/server/words.ts'].map((path) => readFileSync(path, 'utf8')).join('\n');

const known = (words: string): boolean => others.includes(words) || ['"', "'"].some((quote) => shown.includes(`${quote}${words}${quote}`));

describe('pages that tell what to choose', function () {
  this.timeout(60_000);

  it('name commands and choices that the interface has', async () => {
    const { pages, types } = await starterBook();
    const titles = new Set([...types.values()].map(({ title }) => title.text));
    let told = 0;
    for (const { path, text } of pages) {
      const prose = text.replace(/^```.*?^```$/gmsu, '').replace(/^>.*$/gmu, '');
      for (const [, words = ''] of prose.matchAll(/「([^「」]+)」を(?:選|押|実行)/gu)) {
        told++;
        assert.ok(known(words) || titles.has(words), `${path}: ${words}`);
      }
    }
    assert.ok(told >= 15, String(told));
  });

  it('list on the page of the screens only commands that there are', async () => {
    const { pages } = await starterBook();
    const page = pages.find(({ path }) => path === 'pages/start/screens.md');
    const table = readDocument('screens.md', page?.text ?? '').tables.find(({ header }) => header.cells.some(({ text }) => text === 'コマンド'));
    const commands = table?.rows.map(({ cells }) => cells[1]?.text ?? '') ?? [];
    assert.ok(commands.length >= 10, String(commands.length));
    for (const command of commands) assert.ok(known(command), command);
  });
});
