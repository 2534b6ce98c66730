// What the search benches share: the engine bundled from its sources, and corpora read as search sources.
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
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

/** What a check needs of the engine, with the starter Book read from templates/. */
export async function loadEngine() {
  const outfile = join(root, 'out/bench/engine.mjs');
  mkdirSync(join(root, 'out/bench'), { recursive: true });
  const contents = [
    "export { loadBook } from './src/core/book/load';",
    "export { readDocument } from './src/core/document/read';",
    "export { readKoboFile } from './src/core/product/kobo-file';",
    "export { Project } from './src/core/product/project';",
  ].join('\n');
  await build({ stdin: { contents, resolveDir: root, loader: 'ts' }, outfile, bundle: true, platform: 'neutral', mainFields: ['module', 'main'], format: 'esm', target: 'es2022', logLevel: 'warning' });
  const engine = await import(`${pathToFileURL(outfile)}?${Date.now()}`);
  const templates = textsBelow(join(root, 'templates'), (path) => !path.startsWith('samples/'));
  return { ...engine, book: await engine.loadBook(memoryFolder(templates), { starter: undefined }) };
}

/** Every text file below a folder by its path, `/`-separated. */
export function textsBelow(folder, keep = () => true) {
  const texts = new Map();
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = entry.split(sep).join('/');
    if (keep(path) && statSync(join(folder, entry)).isFile()) texts.set(path, readFileSync(join(folder, entry), 'utf8'));
  }
  return texts;
}

function memoryFolder(texts) {
  return {
    uri: 'mem:/templates',
    list: async () => [...texts].map(([path, text]) => ({ path, size: Buffer.byteLength(text) })),
    read: async (paths) => paths.map((path) => ({ path, ok: true, bytes: new TextEncoder().encode(texts.get(path)) })),
  };
}

/** A product over texts, opened as the server opens it. */
export function projectOver(engine, texts, options = {}) {
  const koboText = texts.get('kobo.yaml');
  const { settings } = engine.readKoboFile(koboText);
  const project = new engine.Project({
    book: engine.book, settings: { ...settings, ...options.settings }, koboText, files: [...texts.keys()], editorRules: {}, clock: Date.now, now: () => performance.now(), history: undefined, today: '2026-11-24', ...options.project,
  });
  for (const path of project.wanted()) project.put(path, texts.get(path));
  return project;
}

/** Milliseconds of CPU that a piece of work took, all threads; says the same while others use the machine. */
export async function cpu(work) {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

export function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN;
}
