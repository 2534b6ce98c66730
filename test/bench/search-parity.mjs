// All public questions, answered by the engine in Node and by its browser bundle in an empty context: the top 10 must be identical.
//   npm run bench -- search-parity [set…]
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';
import { load, pagesOf, query, root, shared } from './load.mjs';

const corpusOf = { 'wf-anchor': 'AdobeDocs__workfront.ja-JP', 'wf-desc': 'AdobeDocs__workfront.ja-JP', variants: 'AdobeDocs__workfront.ja-JP', jsquad: 'jsquad' };
const sets = process.argv.slice(2).filter((name) => name in corpusOf);
const bundle = { entryPoints: [join(root, 'src/core/search/searcher.ts')], bundle: true, write: false, platform: 'browser', format: 'iife', globalName: 'engine', target: 'es2022', minify: true };
const { outputFiles } = await build(bundle);
const context = vm.createContext({});
vm.runInContext(outputFiles[0].text, context);
const engines = { node: await load('src/core/search/searcher.ts'), browser: vm.runInContext('engine', context) };
const searchers = new Map();
let different = 0;
for (const name of sets.length > 0 ? sets : Object.keys(corpusOf)) {
  const corpus = corpusOf[name];
  if (!searchers.has(corpus)) {
    const pages = pagesOf(join(shared, 'corpora', corpus));
    const texts = new Map(pages.map((page) => [page.path, page.text]));
    const made = Object.values(engines).map(({ createSearcher }) => createSearcher({ terms: [], read: (_, path) => texts.get(path), now: () => 0 }));
    for (const searcher of made) await searcher.build(pages);
    searchers.set(corpus, made);
  }
  const questions = JSON.parse(readFileSync(join(shared, 'search', `${name}.json`), 'utf8'));
  for (const { q } of questions) {
    const [here, there] = await Promise.all(searchers.get(corpus).map(async (searcher) => JSON.stringify(await searcher.search(query(q)))));
    if (here === there) continue;
    different++;
    console.error(`${name}: ${q}`);
  }
  console.log(`${name}: ${questions.length} questions compared`);
}
console.log(`${different} answers differ`);
process.exitCode = different === 0 ? 0 : 1;
