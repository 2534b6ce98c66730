// What the search benches share: the engine bundled from its sources, and corpora read as search sources.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

export const root = new URL('../..', import.meta.url).pathname;
export const shared = process.env.KOBO_SHARED ?? join(root, '../shared');

/** Bundles a module of src/ and imports it. */
export async function load(entry) {
  const outfile = join(root, 'out/bench', `${entry.replace(/\W+/g, '-')}.mjs`);
  mkdirSync(join(root, 'out/bench'), { recursive: true });
  await build({ entryPoints: [join(root, entry)], outfile, bundle: true, platform: 'neutral', format: 'esm', target: 'es2022', logLevel: 'warning' });
  return import(`${pathToFileURL(outfile)}?${Date.now()}`);
}

/** Every Markdown file below a folder as a page, in code unit order. */
export function pagesOf(folder) {
  const pages = [];
  const walk = (dir) => {
    for (const entry of readdirSync(dir, { withFileTypes: true })) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const path = join(dir, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.name.endsWith('.md')) {
        const text = readFileSync(path, 'utf8');
        pages.push(page(relative(folder, path).split(sep).join('/'), text));
      }
    }
  };
  walk(folder);
  return pages.sort((a, b) => (a.path < b.path ? -1 : 1));
}

export function page(path, text) {
  const hash = createHash('sha1').update(text).digest('hex').slice(0, 16);
  return { kind: 'page', path, title: '', text, aliases: [], tags: [], product: undefined, phase: [], audience: [], hash };
}

export function query(text, limit = 10) {
  return { text, limit, offset: 0, kinds: [], products: [], phases: [], audiences: [], tags: [], typing: false };
}

/** A searcher over pages, built; texts are read from memory. */
export async function searcherOver(pages, options = {}) {
  const { createSearcher } = await load('src/core/search/searcher.ts');
  const texts = new Map(pages.map((p) => [p.path, p.text]));
  const searcher = createSearcher({ terms: [], read: (_, path) => texts.get(path), now: () => performance.now(), ...options });
  await searcher.build(pages);
  return searcher;
}
