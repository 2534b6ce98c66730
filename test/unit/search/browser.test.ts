import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import type { SearchSource } from '../../../src/core/search/search';
import type * as engine from '../../../src/core/search/searcher';
import { book, page, query, searcherOver } from './support';

/** The engine bundled for a browser, in a context that has nothing but JavaScript itself. */
async function browserEngine(): Promise<typeof engine> {
  const { outputFiles } = await build({
    entryPoints: ['src/core/search/searcher.ts'],
    bundle: true, write: false, platform: 'browser', format: 'iife', globalName: 'engine', target: 'es2022', minify: true, logLevel: 'silent',
  });
  const context = vm.createContext({});
  vm.runInContext(outputFiles[0]!.text, context);
  return vm.runInContext('engine', context) as typeof engine;
}

async function sameAnswers(sources: readonly SearchSource[], questions: readonly string[]): Promise<void> {
  const { createSearcher } = await browserEngine();
  const texts = new Map(sources.map((source) => [`${source.kind}:${source.path}`, source.text]));
  const there = createSearcher({ terms: [], read: (kind, path) => texts.get(`${kind}:${path}`), now: () => 0 });
  await there.build(sources);
  const here = await searcherOver(sources);
  for (const text of questions) {
    assert.equal(JSON.stringify(await there.search(query(text))), JSON.stringify(await here.search(query(text))), text);
  }
  assert.deepEqual(new Uint8Array(await there.encode()), new Uint8Array(await here.encode()));
}

describe('search in a browser', () => {
  it('answers exactly as in Node, without any global of a host', async () => {
    await sameAnswers(book, ['リスク管理', 'ﾃﾞｰﾀﾍﾞｰｽ', 'reciepient', '会議 -リスク', '"決定事項"', 'りすく', '種別:テンプレート', 'server 費用']);
  });

  it('answers the public questions exactly as in Node', async function () {
    this.timeout(120_000);
    const shared = process.env.KOBO_SHARED ?? '../shared';
    const folder = join(shared, 'corpora/jsquad');
    if (!existsSync(folder)) {
      process.stdout.write('skipped: no corpora\n');
      this.skip();
    }
    const sources = readdirSync(folder).filter((name) => name.endsWith('.md')).sort().slice(0, 600).map((name) => page(name, readFileSync(join(folder, name), 'utf8')));
    const questions = JSON.parse(readFileSync(join(shared, 'search/jsquad.json'), 'utf8')) as { q: string }[];
    await sameAnswers(sources, questions.slice(0, 150).map(({ q }) => q));
  });
});
