import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { CommandIo } from '../../../src/cli/io';
import { usageText } from '../../../src/cli/usage';

const io = (language: 'ja' | 'en'): CommandIo => ({ language }) as CommandIo;

describe('kobo NAME --help', () => {
  it('says what the command is for and how it is written, for every command there is', () => {
    const names = [...readFileSync('src/cli/main.ts', 'utf8').matchAll(/^ {2}\['(\w+)', \{ run:/gmu)].map(([, name = '']) => name);
    assert.ok(names.length >= 8, names.join(' '));
    for (const name of names) {
      assert.match(usageText(name, '文書を確かめる', io('ja')), new RegExp(`^文書を確かめる\\n\\n書き方：\\n  kobo ${name} .`, 'u'), name);
      assert.match(usageText(name, 'check', io('en')), new RegExp(`^check\\n\\nUsage:\\n  kobo ${name} .`, 'u'), name);
    }
  });

  for (const [name, least] of [['check', 12], ['gate', 4]] as const) it(`explains every option of kobo ${name}, and its exit status`, () => {
    const command = readFileSync(`src/cli/${name}.ts`, 'utf8');
    const known = [...command.matchAll(/(?:options|switches): \[([^\]]*)\]/gu)].flatMap(([, list = '']) => [...list.matchAll(/'([\w-]+)'/gu)].map(([, option = '']) => option));
    assert.ok(known.length >= least, known.join(' '));
    for (const language of ['ja', 'en'] as const) {
      const text = usageText(name, '', io(language));
      for (const name of known) assert.match(text, new RegExp(`^ {2}--${name}(?: |$)`, 'mu'), name);
      for (const status of ['0', '1', '2']) assert.match(text, new RegExp(`^ {2}${status} {2}\\S`, 'mu'));
    }
  });
});
