// One engine at one size, in a process of its own so that its heap can be told: prints one JSON line.
//   node --expose-gc test/bench/search-scale.mjs packed|minisearch SECTIONS
import MiniSearch from 'minisearch';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, page, pagesOf, query, shared } from './load.mjs';

const [engine, wanted] = [process.argv[2], Number(process.argv[3])];
const { createSearcher } = await load('src/core/search/searcher.ts');
const { Analyser, firstBigram, termKind } = await load('src/core/search/analyse.ts');
const { readPage, sectionText } = await load('src/core/search/sections.ts');

/** Real pages of the two large corpora until there are enough sections; what is missing is re-mixed from their sections. */
function sourcesOf(sections) {
  const real = ['AdobeDocs__workfront.ja-JP', 'kyama0__gitlab-handbook-ja'].flatMap((name) => pagesOf(join(shared, 'corpora', name)).map((p) => ({ ...p, path: `${name}/${p.path}` })));
  const chosen = [];
  let count = 0;
  const parts = [];
  for (const p of real) {
    if (count >= sections) break;
    const read = readPage(p.text, p.path);
    chosen.push(p);
    count += read.sections.length;
    for (const s of read.sections) parts.push({ heading: s.heading, text: p.text.slice(s.start, s.end) });
  }
  let seed = 1;
  const random = (n) => (seed = (Math.imul(seed, 1103515245) + 12345) >>> 0) % n;
  for (let i = 0; count < sections; i++) {
    const title = parts[random(parts.length)].heading || `題 ${i}`;
    const picked = Array.from({ length: 6 }, () => parts[random(parts.length)]);
    chosen.push(page(`mixed/${i}.md`, `# ${title}\n${picked.map((part, k) => (k === 0 ? part.text : `## ${part.heading || '項'}\n${part.text}`)).join('\n')}`));
    count += 6;
  }
  return { sources: chosen, count };
}

function heap() {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return (heapUsed + arrayBuffers) / 1e6;
}

const percentile = (times, share) => [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))];
const { sources, count } = sourcesOf(wanted);
const questions = ['wf-anchor', 'wf-desc', 'jsquad'].flatMap((name) => JSON.parse(readFileSync(join(shared, 'search', `${name}.json`), 'utf8')).slice(0, 100).map(({ q }) => q));
const result = { engine, sections: count, pages: sources.length };
const now = () => performance.now();
/** Milliseconds of processor time of this process: says the same while others use the machine. */
const cpuNow = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const times = [];
const cpuTimes = [];
/** Asks each question once. */
async function askAll(ask) {
  for (const q of questions) {
    const [began, cpuBegan] = [now(), cpuNow()];
    await ask(q);
    times.push(now() - began);
    cpuTimes.push(cpuNow() - cpuBegan);
  }
  result.p50 = percentile(times, 0.5);
  result.p95 = percentile(times, 0.95);
  result.cpuP50 = percentile(cpuTimes, 0.5);
  result.cpuP95 = percentile(cpuTimes, 0.95);
}

if (engine === 'packed') {
  const texts = new Map(sources.map((s) => [s.path, s.text]));
  const options = { terms: [], read: (_, path) => texts.get(path), now };
  let searcher = createSearcher(options);
  const before = heap();
  let began = now();
  const cpuBegan = cpuNow();
  await searcher.build(sources);
  result.buildMs = now() - began;
  result.buildCpu = cpuNow() - cpuBegan;
  result.heapMb = heap() - before;
  const stored = await searcher.encode();
  result.storedMb = stored.byteLength / 1e6;
  searcher = createSearcher(options);
  began = now();
  const fault = searcher.load(stored);
  result.loadMs = now() - began;
  if (fault !== undefined) throw new Error(fault);
  for (const q of questions.slice(0, 20)) await searcher.search(query(q));
  await askAll((q) => searcher.search(query(q)));
  began = now();
  await searcher.update([{ ...sources[0], text: `${sources[0].text}\n## 新しい節\nzyxwvutsr の説明`, hash: 'new' }]);
  const found = await searcher.search(query('zyxwvutsr'));
  result.updateMs = now() - began;
  if (found.hits[0]?.path !== sources[0].path) throw new Error('the changed page is not found');
} else {
  const analyser = new Analyser();
  const words = [];
  const numbers = new Map();
  const number = (word) => {
    if (!numbers.has(word)) numbers.set(word, words.push(word) - 1);
    return numbers.get(word);
  };
  const tokenize = (text) => {
    analyser.analyse(text, number);
    const terms = [];
    for (let i = 0; i < analyser.count; i++) {
      const kind = analyser.kinds[i];
      if (kind === termKind.hiragana || kind === termKind.end) continue;
      const id = analyser.ids[i];
      terms.push(id < firstBigram ? words[id] : String.fromCharCode(id >>> 16, id & 0xffff));
    }
    return terms;
  };
  const options = { fields: ['title', 'heading', 'body'], tokenize, processTerm: (term) => term, searchOptions: { boost: { title: 3, heading: 0.5 }, combineWith: 'OR' } };
  let index = new MiniSearch(options);
  const before = heap();
  let began = now();
  const cpuBegan = cpuNow();
  let id = 0;
  for (const source of sources) {
    const read = readPage(source.text, source.path);
    for (const section of read.sections) {
      const { prose, code } = sectionText(source.text, section);
      index.add({ id: id++, title: read.title, heading: section.heading, body: `${prose}\n${code}` });
    }
  }
  result.buildMs = now() - began;
  result.buildCpu = cpuNow() - cpuBegan;
  result.heapMb = heap() - before;
  const json = JSON.stringify(index);
  result.storedMb = Buffer.byteLength(json) / 1e6;
  began = now();
  index = MiniSearch.loadJSON(json, options);
  result.loadMs = now() - began;
  await askAll((q) => index.search(q));
}
console.log(JSON.stringify(result));
