// Precision on documents that no one here wrote: the public corpora with the mappings of test/fixtures/corpora, checked at
// levels L1 and L2, and a seeded random sample of the errors and warnings to be judged by reading (docs/precision.md).
//   npm run bench -- precision [--seed N] [--size N] [--uniform] [--json] [--all] [--rule ID] [--corpora FOLDER] [--only NAME,NAME]
// A corpus is a folder owner__name of the shared corpora or of FOLDER; one that is in neither is left out. The sample is drawn
// in turns from the corpora, at most 30 of one rule; with --uniform every error and warning is as likely as any other: no turns, no cap.
import { build } from 'esbuild';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';
import { root, shared } from './load.mjs';

const mostOfOneRule = 30;
const mappings = join(root, 'test/fixtures/corpora');
const suffix = '.kobo.yaml';
/** The day on which each corpus is checked. */
const days = parse(readFileSync(join(mappings, 'days.yaml'), 'utf8'));

const { values: options } = parseArgs({
  options: { seed: { type: 'string', default: '1' }, size: { type: 'string', default: '200' }, rule: { type: 'string' }, corpora: { type: 'string' }, only: { type: 'string' }, uniform: { type: 'boolean' }, json: { type: 'boolean' }, all: { type: 'boolean' } },
});

async function bundle() {
  const outfile = join(root, 'out/bench/precision-core.mjs');
  mkdirSync(join(root, 'out/bench'), { recursive: true });
  const contents = [
    "export { loadBook } from './src/core/book/load';",
    "export { readKoboFile } from './src/core/product/kobo-file';",
    "export { Project } from './src/core/product/project';",
    "export { decodeText } from './src/core/text/decode';",
  ].join('\n');
  await build({ stdin: { contents, resolveDir: root, loader: 'ts' }, outfile, bundle: true, platform: 'neutral', mainFields: ['module', 'main'], format: 'esm', target: 'es2022', logLevel: 'warning' });
  return import(`${pathToFileURL(outfile)}?${Date.now()}`);
}

/** Where a corpus lies; `undefined` when there is no copy. */
const folderOf = (name) => [join(shared, 'corpora'), ...(options.corpora === undefined ? [] : [options.corpora])].map((folder) => join(folder, name)).find((folder) => existsSync(folder));

/** Every file below a folder by its path, decoded as the product does it. */
function filesBelow(folder, keep = () => true) {
  const files = new Map();
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = entry.replaceAll('\\', '/');
    if (keep(path) && statSync(join(folder, entry)).isFile()) files.set(path, core.decodeText(readFileSync(join(folder, entry))).text);
  }
  return files;
}

function memoryFolder(files) {
  return {
    uri: 'mem:/templates',
    list: async () => [...files].map(([path, text]) => ({ path, size: Buffer.byteLength(text) })).sort((a, b) => (a.path < b.path ? -1 : 1)),
    read: async (paths) => paths.map((path) => ({ path, ok: true, bytes: new TextEncoder().encode(files.get(path)) })),
  };
}

/** Whether a broken link could be one only because its target was not copied into the corpus. */
function leavesTheCopy(finding, text, files) {
  if (finding.rule !== 'XDC-002') return false;
  const target = decodeURI(text.slice(finding.span.start, finding.span.end)).split('#')[0];
  if (target === '') return false;
  const folder = finding.path.split('/').slice(0, -1);
  const parts = target.startsWith('/') ? [] : folder;
  for (const name of target.split('/')) {
    if (name === '..') parts.pop();
    else if (name !== '.' && name !== '') parts.push(name);
  }
  return !files.has(parts.join('/'));
}

async function check(core, book, name, level) {
  const files = filesBelow(folderOf(name));
  const koboText = readFileSync(join(mappings, `${name}${suffix}`), 'utf8');
  const settings = { ...core.readKoboFile(koboText).settings, level };
  const project = new core.Project({
    book, settings, koboText, files: [...files.keys()], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: days[name],
  });
  for (const path of project.wanted()) project.put(path, files.get(path));
  const report = await project.reportAll();
  const findings = report.findings.filter((finding) => finding.severity === 'error' || finding.severity === 'warning');
  const judged = findings.filter((finding) => !leavesTheCopy(finding, files.get(finding.path) ?? '', files));
  return {
    managed: report.summary.files,
    dropped: findings.length - judged.length,
    findings: judged.map(({ rule, severity, path, range, span, message }) => {
      const text = path === 'kobo.yaml' ? koboText : files.get(path);
      const line = text.split(/\r\n|\r|\n/)[range.start.line] ?? '';
      return { corpus: name, rule, severity, path, line: range.start.line + 1, message, mark: text.slice(span.start, span.end), text: line.trim() };
    }),
  };
}

/** mulberry32: a small seeded generator of numbers in [0, 1). */
function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

function shuffled(items, random) {
  const queue = [...items];
  for (let i = queue.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    [queue[i], queue[j]] = [queue[j], queue[i]];
  }
  return queue;
}

/** A random sample: corpora take turns, each gives its findings in random order, no rule gives more than its share. */
function sampleOf(byCorpus, size, seed) {
  const random = randomOf(seed);
  const queues = byCorpus.map((findings) => shuffled(findings, random));
  const counts = new Map();
  const taken = [];
  while (taken.length < size && queues.some((queue) => queue.length > 0)) {
    for (const queue of queues) {
      for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
        const count = counts.get(next.rule) ?? 0;
        if (count >= mostOfOneRule) continue;
        counts.set(next.rule, count + 1);
        taken.push(next);
        break;
      }
      if (taken.length === size) break;
    }
  }
  return taken;
}

const short = (text, length) => (text.length > length ? `${text.slice(0, length)}…` : text);

const core = await bundle();
const book = await core.loadBook(memoryFolder(filesBelow(join(root, 'templates'), (path) => !path.startsWith('samples/'))), { starter: undefined });
const names = readdirSync(mappings).filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length)).sort()
  .filter((name) => (options.only === undefined || options.only.split(',').includes(name)) && folderOf(name) !== undefined);
const found = [];
for (const name of names) {
  for (const level of ['L1', 'L2']) {
    const result = await check(core, book, name, level);
    console.error(`${name} ${level}: ${result.managed} documents, ${result.findings.length} errors and warnings, ${result.dropped} links out of the copy left out`);
    if (level === 'L2') found.push(result.findings);
  }
}
const totals = new Map();
for (const { rule } of found.flat()) totals.set(rule, (totals.get(rule) ?? 0) + 1);
console.error([...totals].sort((a, b) => b[1] - a[1]).map(([rule, count]) => `${rule} ${count}`).join(', '));

// Everything that level L1 says, level L2 says too: the sample is drawn from L2.
const wanted = options.rule === undefined ? found : found.map((findings) => findings.filter((finding) => finding.rule === options.rule));
const size = Number(options.size);
const seed = Number(options.seed);
const sample = options.all ? wanted.flat() : options.uniform ? shuffled(wanted.flat(), randomOf(seed)).slice(0, size) : sampleOf(wanted, size, seed);
if (options.json) console.log(JSON.stringify(sample));
else for (const [i, one] of sample.entries()) console.log(`${i + 1}\t${one.corpus.slice(0, 8)}\t${one.path}:${one.line}\t${one.rule}\t${one.severity}\t${one.message}\n\t«${short(one.mark, 80)}» ${short(one.text, 260)}`);
