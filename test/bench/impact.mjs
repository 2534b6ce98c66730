// Impact preview over 50 generated products with 3,000 documents, read from disk, against a full check of them in the same
// run: when the first numbers are there, when all are, and how soon a cancelled run stops. Prints ratios; exits 1 past a bar.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers';
import { load, root } from './load.mjs';

const [products, perProduct] = [50, 60];
const today = '2026-11-24';
const { loadBook } = await load('src/core/book/load.ts');
const { loadChanged } = await load('src/core/book/change.ts');
const { Project } = await load('src/core/product/project.ts');
const { readKoboFile } = await load('src/core/product/kobo-file.ts');
const { impactOf } = await load('src/core/product/impact.ts');

const below = (folder, keep = () => true) => readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'))
  .filter(keep).sort();

const onDisk = (folder, keep) => ({
  uri: folder,
  list: async () => below(folder, keep).map((path) => ({ path, size: -1 })),
  read: async (paths) => Promise.all(paths.map(async (path) => ({ path, ok: true, bytes: await readFile(join(folder, path)) }))),
});

/** The two samples' documents again and again, with other names, dates and people: the same from run to run. */
function generate(folder) {
  let seed = 20261124;
  const random = (n) => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0) % n;
  const samples = ['healthy', 'trouble'].map((name) => join(root, 'templates/samples', name));
  const people = ['佐藤', '鈴木', '高橋', '田中', '伊藤', '渡辺', '全員', '未定'];
  for (let p = 0; p < products; p++) {
    const sample = samples[p % 2];
    const home = join(folder, `product-${String(p).padStart(2, '0')}`);
    const put = (path, text) => {
      mkdirSync(dirname(join(home, path)), { recursive: true });
      writeFileSync(join(home, path), text);
    };
    const paths = below(sample, (path) => /\.(?:md|csv|yaml)$/.test(path) && path !== 'kobo.yaml');
    put('kobo.yaml', readFileSync(join(sample, 'kobo.yaml'), 'utf8').replace(/id: [\w-]+/, `id: product-${p}`));
    const series = paths.filter((path) => /minutes|reports/.test(path));
    for (let d = 0; d < perProduct; d++) {
      const again = d >= paths.length;
      const from = again ? series[d % series.length] : paths[d];
      const day = `2026-${String(1 + (d % 11)).padStart(2, '0')}-${String(1 + random(28)).padStart(2, '0')}`;
      const path = again ? `${dirname(from)}/${day}_${d}.md` : from;
      put(path, readFileSync(join(sample, from), 'utf8').replace(/佐藤|鈴木|田中/g, () => people[random(people.length)]));
    }
  }
}

const scratch = mkdtempSync(join(tmpdir(), 'kobo-bench-impact-'));
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));
generate(scratch);
const roots = readdirSync(scratch).sort().map((name) => join(scratch, name));
const bookFolder = onDisk(join(root, 'templates'), (path) => !path.startsWith('samples/'));
const book = await loadBook(bookFolder, { starter: undefined });

async function open(folder) {
  const files = below(folder);
  const koboText = readFileSync(join(folder, 'kobo.yaml'), 'utf8');
  const project = new Project({ book, settings: readKoboFile(koboText).settings, koboText, files, editorRules: {}, clock: Date.now, now: () => performance.now(), history: undefined, today });
  const wanted = project.wanted();
  for (const { path, bytes } of await onDisk(folder).read(wanted)) project.put(path, bytes.toString('utf8'));
  return project;
}

const breathe = () => new Promise((done) => setImmediate(done));

async function fullCheck() {
  const began = performance.now();
  let findings = 0;
  let documents = 0;
  for (const folder of roots) {
    const project = await open(folder);
    const report = await project.reportAll({ breath: breathe });
    findings += report.findings.length;
    documents += project.wanted().length;
  }
  return { ms: performance.now() - began, findings, documents };
}

/** @param change gives the Book or settings after the change */
async function impact(change, stopAfter = Infinity) {
  const began = performance.now();
  const since = () => performance.now() - began;
  let first;
  let found = 0;
  let stopped;
  const cancellation = {
    get isCancelled() {
      if (since() >= stopAfter) stopped ??= since();
      return since() >= stopAfter;
    },
  };
  const made = await change();
  for (const folder of roots) {
    if (cancellation.isCancelled) break;
    const project = await open(folder);
    const settings = made.level === undefined ? {} : { settings: { ...readKoboFile(readFileSync(join(folder, 'kobo.yaml'), 'utf8')).settings, level: made.level } };
    const after = project.changed({ ...(made.book === undefined ? {} : { book: made.book }), ...settings });
    let last = performance.now();
    const { entries } = await impactOf(project, after, {
      cancellation,
      breathe: async () => {
        if (performance.now() - last < 10) return;
        await breathe();
        last = performance.now();
      },
      progress: () => (first ??= since()),
    });
    found += entries.length;
  }
  return { ms: since(), first, found, late: stopped === undefined ? 0 : since() - stopAfter };
}

const edited = (path, from, to) => async () => {
  const text = readFileSync(join(root, 'templates', path), 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no "${from}"`);
  return { book: await loadChanged(bookFolder, book, [{ path, text: text.replaceAll(from, to) }], { starter: undefined }) };
};

const cases = [
  ['one rule', edited('rules/ownership.yaml', '全員, 各自', '全員, 佐藤, 各自')],
  ['one type', edited('types/minutes.yaml', 'title: 議事録', 'title: 会議録')],
  ['a word list of all types', edited('types/common.yaml', '完了', '完遂')],
  ['the highest level', async () => ({ level: 'L3' })],
];

await fullCheck();
const full = await fullCheck();
console.log(`${roots.length} products, ${full.documents} documents; full check ${Math.round(full.ms)} ms, ${full.findings} findings`);
let bad = 0;
for (const [name, change] of cases) {
  const { ms, first, found } = await impact(change);
  const ok = first <= 1000 && ms <= 3 * full.ms;
  if (!ok) bad++;
  console.log(`${ok ? 'ok  ' : 'MISS'} ${name.padEnd(26)} first numbers ${String(Math.round(first)).padStart(5)} ms · complete ${String(Math.round(ms)).padStart(6)} ms = ${(ms / full.ms).toFixed(2)} × full check · ${found} differences`);
}
const { ms, late } = await impact(cases[2][1], 1500);
const ok = late < 500;
if (!ok) bad++;
console.log(`${ok ? 'ok  ' : 'MISS'} cancelled after 1500 ms: stopped ${Math.round(late)} ms later (${Math.round(ms)} ms)`);
process.exitCode = bad === 0 ? 0 : 1;
