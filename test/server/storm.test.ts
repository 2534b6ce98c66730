import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { methods, type CheckAllResult, type SearchResult } from '../../src/server/protocol';
import { sample, startSession, type Session } from './support';

/** Other seeds, for a longer run: `KOBO_STORM=100-160`. */
const [first = 1, last = first + 2] = (process.env.KOBO_STORM ?? '1-3').split('-').map(Number);
const operations = 24;

const places = ['docs/risks.md', 'docs/charter.md', 'docs/members.md', 'docs/glossary.md', 'docs/issues.csv', 'docs/schedule.yaml', 'docs/minutes/2026-11-17_定例.md', 'docs/sub/docs/risks.md', 'docs/sub/docs/charter.md', 'docs/新しい.md', 'x.md', 'docs/deep/a/b.md', 'docs/img.png', 'kobo.yaml', 'docs/sub/kobo.yaml', 'handbook/book.yaml', '.gitignore'];
const folders = ['docs/sub', 'docs/minutes', 'docs/deep', 'docs/adr', 'docs/moved', 'handbook'];

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** After whatever happened to the files, a server says what one that was started just now says of them. */
describe('a storm of changes', function () {
  this.timeout(120_000 * (last - first + 1));
  const scratches: string[] = [];
  after(() => scratches.forEach((scratch) => rmSync(scratch, { recursive: true, force: true })));

  for (let seed = first; seed <= last; seed++) it(`leaves nothing old behind (seed ${String(seed)})`, () => storm(seed));

  async function storm(seed: number): Promise<void> {
    const below = numbers(seed);
    const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
    const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kobo-storm-')));
    scratches.push(scratch);
    const folder = join(scratch, 'w');
    const at = (path: string): string => join(folder, path);
    cpSync(sample, folder, { recursive: true });
    cpSync(sample, at('docs/sub'), { recursive: true });
    mkdirSync(at('handbook'));
    writeFileSync(at('handbook/book.yaml'), 'format: 1\nid: hb\nname: 手引\nextends: starter\n');
    const kobo = readFileSync(at('kobo.yaml'), 'utf8');
    const texts = readdirSync(join(sample, 'docs'), { withFileTypes: true }).filter((entry) => entry.isFile()).map(({ name }) => readFileSync(join(sample, 'docs', name), 'utf8'));
    const textFor = (path: string): string => {
      if (path.endsWith('kobo.yaml')) return pick([kobo, `${kobo}book: ./handbook\n`, kobo.replace('docs/risks.md', 'docs/*.md'), `${kobo}foo: [\n`, '']);
      if (path.endsWith('book.yaml')) return pick(['format: 1\nid: hb\nname: 手引\nextends: starter\nadjust:\n  REG-004: off\n', 'foo: [', '']);
      if (path.endsWith('.gitignore')) return pick(['', 'minutes/\n', '*.csv\n', 'sub/\n']);
      return pick([...texts, '', `${pick(texts)}\n[先](${pick(['risks.md', 'sub/docs/risks.md', '新しい.md', 'deep/', 'img.png'])}) R-00${String(below(9))}\n`]);
    };
    const server = await startSession({ folder });
    const open = new Map<string, string>();
    let told: { uri: string; type: number }[] = [];
    const tell = (type: number, path: string): void => void told.push({ uri: server.uri(path), type });
    const flush = async (): Promise<void> => {
      const changes = told;
      told = [];
      if (changes.length > 0) await server.client.sendNotification('workspace/didChangeWatchedFiles', { changes });
    };
    const write = (path: string, text: string): void => {
      const isNew = !existsSync(at(path));
      try {
        mkdirSync(dirname(at(path)), { recursive: true });
        writeFileSync(at(path), text);
        tell(isNew ? 1 : 2, path);
      } catch {
        // A file stands where a folder would have to be, or the other way round.
      }
    };
    const remove = (path: string): void => {
      if (!existsSync(at(path))) return;
      rmSync(at(path), { recursive: true });
      tell(3, path);
    };
    const deeds: readonly (() => Promise<void> | void)[] = [
      () => { const path = pick(places); write(path, textFor(path)); },
      () => { const path = pick(places); write(path, textFor(path)); },
      () => remove(pick(places)),
      () => {
        const [from, to] = [pick(folders), pick(folders)];
        if (!existsSync(at(from)) || existsSync(at(to))) return;
        renameSync(at(from), at(to));
        tell(3, from);
        tell(1, to);
      },
      () => {
        const path = pick(places.slice(0, 10));
        if (!existsSync(dirname(at(path)))) return;
        remove(path);
        rmSync(at(path), { force: true });
        symlinkSync(pick(['risks.md', 'charter.md', '../charter.md', 'nothing.md', '../../outside.md']), at(path));
        tell(1, path);
      },
      async () => {
        const path = pick(places);
        if (open.has(path) || !/\.(?:md|csv|yaml)$/u.test(path)) return;
        const text = textFor(path);
        open.set(path, text);
        await server.open(path, text);
      },
      async () => {
        const path = pick([...open.keys(), '']);
        if (path === '') return;
        const text = textFor(path);
        open.set(path, text);
        await server.client.sendNotification('textDocument/didChange', { textDocument: { uri: server.uri(path), version: 2 }, contentChanges: [{ text }] });
      },
      async () => {
        const path = pick([...open.keys(), '']);
        if (path === '') return;
        open.delete(path);
        await server.client.sendNotification('textDocument/didClose', { textDocument: { uri: server.uri(path) } });
      },
      () => void server.client.sendRequest(methods.checkAll, { folder: '' }).catch(() => undefined),
      flush,
    ];
    for (let n = 0; n < operations; n++) await pick(deeds)();
    await flush();
    const running = await look(server, open);
    await server.stop();
    const fresh = await startSession({ folder });
    for (const [path, text] of open) await fresh.open(path, text);
    const expected = await look(fresh, open);
    await fresh.stop();
    assert.deepEqual(running, expected);
  }

  async function look(from: Session, open: ReadonlyMap<string, string>) {
    // What is open becomes known by being asked about.
    for (const path of open.keys()) await from.pull(path);
    await from.client.sendRequest(methods.checkAll, { folder: '' });
    await new Promise((done) => setTimeout(done, 250));
    const { files, summary } = await from.client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' });
    const shown: Record<string, readonly string[]> = {};
    const lines = (found: readonly unknown[]): readonly string[] => found.map((one) => JSON.stringify(one)).sort();
    for (const { uri, diagnostics } of files) shown[uri] = lines(diagnostics);
    const opened: Record<string, readonly string[]> = {};
    for (const path of open.keys()) opened[path] = lines(await from.pull(path));
    const isOpen = new Set([...open.keys()].map((path) => from.uri(path)));
    let hits: readonly string[] = [];
    // Without a product nothing is read for the search, until somebody asks for it.
    for (let n = 0; n < 200; n++) {
      const result = await from.client.sendRequest<SearchResult>(methods.search, { number: 1, text: 'シフト', kinds: ['document'], scope: 'all', phases: [], audiences: [], tags: [], offset: 0, limit: 99, uri: '' });
      if (result.progress === null || result.progress === undefined) {
        hits = [...new Set([...JSON.stringify(result.hits).matchAll(/file:\/\/[^"#\\ ]+/gu)].map(([uri]) => uri))].filter((uri) => !isOpen.has(uri)).sort();
        break;
      }
      await new Promise((done) => setTimeout(done, 20));
    }
    return { shown, opened, summary, hits };
  }
});
