// Quality on the public query sets, scored as their score.mjs does.
//   node test/bench/search-quality.mjs [set…] [--half a|b] [--classes] [--weights '{"dice":0.7}'] [--misses N] [--terms FILE]
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, pagesOf, query, shared } from './load.mjs';

const corpusOf = { 'wf-anchor': 'AdobeDocs__workfront.ja-JP', 'wf-desc': 'AdobeDocs__workfront.ja-JP', variants: 'AdobeDocs__workfront.ja-JP', jsquad: 'jsquad' };
const args = process.argv.slice(2);
const option = (name) => (args.includes(name) ? args[args.indexOf(name) + 1] : undefined);
const half = option('--half');
const misses = Number(option('--misses') ?? 0);
const weights = JSON.parse(option('--weights') ?? '{}');
const sets = Object.keys(corpusOf).filter((name) => args.includes(name));
const { createSearcher } = await load('src/core/search/searcher.ts');
const searchers = new Map();
let sum = 0;
let count = 0;
for (const name of sets.length > 0 ? sets : Object.keys(corpusOf)) {
  const corpus = corpusOf[name];
  if (!searchers.has(corpus)) {
    const pages = pagesOf(join(shared, 'corpora', corpus));
    const texts = new Map(pages.map((p) => [p.path, p.text]));
    const searcher = createSearcher({ terms: [], read: (_, path) => texts.get(path), now: () => performance.now(), weights });
    const began = performance.now();
    await searcher.build(pages);
    const built = performance.now() - began;
    searchers.set(corpus, searcher);
    console.log(`${corpus}: ${pages.length} pages, built in ${built.toFixed(0)} ms, ${((await searcher.encode()).byteLength / 1e6).toFixed(2)} MB`);
  }
  const searcher = searchers.get(corpus);
  let set = JSON.parse(readFileSync(join(shared, 'search', `${name}.json`), 'utf8'));
  // Ideas are tried on one half and confirmed on the other; the halves are by SHA-1 of the query.
  if (half !== undefined) set = set.filter(({ q }) => (createHash('sha1').update(q).digest()[0] & 1) === (half === 'a' ? 0 : 1));
  const classes = new Map();
  const took = [];
  let shown = 0;
  for (const { q, rel, excl, cls } of set) {
    const answer = await searcher.search(query(q.replace(/\s+/g, ' '), 50));
    took.push(answer.tookMs);
    const excluded = new Set(excl);
    const pages = [...new Set(answer.hits.map((hit) => hit.path))].filter((path) => !excluded.has(path)).slice(0, 10);
    const relevant = new Set(rel);
    let dcg = 0;
    let rank = 0;
    let found = 0;
    pages.forEach((path, i) => {
      if (!relevant.has(path)) return;
      dcg += 1 / Math.log2(i + 2);
      found++;
      rank ||= i + 1;
    });
    let ideal = 0;
    for (let i = 0; i < Math.min(10, relevant.size); i++) ideal += 1 / Math.log2(i + 2);
    for (const key of ['all', cls]) {
      const s = classes.get(key) ?? { n: 0, ndcg: 0, mrr: 0, recall: 0, zero: 0 };
      s.n++;
      s.ndcg += dcg / ideal;
      s.mrr += rank > 0 ? 1 / rank : 0;
      s.recall += found / relevant.size;
      s.zero += pages.length === 0 ? 1 : 0;
      classes.set(key, s);
    }
    if (rank !== 1 && shown++ < misses) {
      console.log(`  [${cls}] ${q}\n     wants ${rel.join(' ')} (rank ${rank})`);
      for (const hit of answer.hits.filter(({ path }) => !excluded.has(path)).slice(0, 3)) console.log(`     ${hit.score} ${hit.title} (${hit.heading}) ${hit.path.split('/').pop()}`);
    }
  }
  for (const [key, s] of classes) {
    if (key !== 'all' && !args.includes('--classes')) continue;
    console.log(`${name.padEnd(10)} ${key.padEnd(20)} n=${String(s.n).padEnd(4)} nDCG@10=${(s.ndcg / s.n).toFixed(4)} MRR@10=${(s.mrr / s.n).toFixed(3)} recall@10=${(s.recall / s.n).toFixed(3)} zero=${(s.zero / s.n).toFixed(4)}`);
  }
  took.sort((a, b) => a - b);
  console.log(`${name.padEnd(10)} latency ms p50=${took[took.length >> 1].toFixed(2)} p95=${took[Math.floor(took.length * 0.95)].toFixed(2)}`);
  const all = classes.get('all');
  sum += all.ndcg / all.n;
  count++;
}
console.log(`mean nDCG@10 of ${count} sets: ${(sum / count).toFixed(4)}`);
