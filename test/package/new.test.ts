import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');

describe('kobo new', function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-new-'));
    mkdirSync(join(root, 'docs/sub'), { recursive: true });
    writeFileSync(join(root, 'kobo.yaml'), 'format: 1\nproduct: { id: navi, name: ナビ }\nrules: { VAG-001: { severity: off, reason: 当社では使わない } }\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const kobo = (cwd: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: join(root, cwd), encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' } });
    return { status, out: stdout, err: stderr };
  };
  const all = (): readonly string[] => readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.md')).map((path) => path.replaceAll('\\', '/'));

  it('makes the document in the folder that is named, and in the place of its type without one', () => {
    assert.equal(kobo('.', 'new', 'minutes', '--today', '2026-11-24', '--set', 'title=定例', '--out', 'docs/sub').status, 0);
    assert.deepEqual(all(), ['docs/sub/2026-11-24_定例.md']);
    assert.equal(kobo('docs', 'new', 'minutes', '--today', '2026-11-24', '--set', 'title=定例', '--out', 'other').status, 0);
    assert.equal(kobo('docs', 'new', 'minutes', '--today', '2026-11-24', '--set', 'title=定例', '--out', '..').status, 0);
    assert.deepEqual([...all()].sort(), ['docs/minutes/2026-11-24_定例.md', 'docs/other/2026-11-24_定例.md', 'docs/sub/2026-11-24_定例.md']);
    // What is there stays, and the new one gets a name of its own.
    const first = readFileSync(join(root, 'docs/sub/2026-11-24_定例.md'), 'utf8');
    assert.equal(kobo('.', 'new', 'minutes', '--today', '2026-11-24', '--set', 'title=定例', '--out', 'docs/sub').status, 0);
    assert.ok(existsSync(join(root, 'docs/sub/2026-11-24_定例-2.md')));
    assert.equal(readFileSync(join(root, 'docs/sub/2026-11-24_定例.md'), 'utf8'), first);
    assert.equal(kobo('.', 'new', 'minutes', '--out', 'docs/.hidden').status, 2);
  });

  it('puts the document where the product keeps its like', () => {
    writeFileSync(join(root, 'kobo.yaml'), ['format: 1', 'product: { id: navi, name: ナビ }', 'documents:', '  "議事録/**": minutes', '  "障害/20260915_停止.md": incident-report', '  "手順/**/*.md": runbook', ''].join('\n'));
    const put = (path: string, text: string): void => {
      mkdirSync(join(root, path, '..'), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    put('議事録/20261111_週次.md', '# 週次\n');
    put('障害/20260915_停止.md', '# 停止\n');
    for (const month of ['2026-08', '2026-09']) put(`報告/${month}/週報.md`, '---\ntype: status-report\n---\n# 週報\n');
    const made = (type: string): string => {
      const { status, out, err } = kobo('.', 'new', type, '--today', '2026-11-24', '--set', 'title=新しい');
      assert.equal(status, 0, err);
      return out.trim().slice(root.length + 1).replaceAll('\\', '/');
    };
    assert.match(made('minutes'), /^議事録\/2026-11-24_/u);
    assert.match(made('incident-report'), /^障害\/2026-11-24_/u);
    assert.match(made('runbook'), /^手順\//u);
    assert.match(made('status-report'), /^報告\/2026-11\//u);
    assert.match(made('adr'), /^docs\/adr\//u);
  });

  it('numbers on by the documents of the folder alone', () => {
    for (const path of ['0001-a.md', '0002-b.md']) writeFileSync(join(root, path), '---\ntype: adr\n---\n# 決定\n');
    mkdirSync(join(root, '2025'));
    for (const path of ['2025/x.md', '20261111_週次.md']) writeFileSync(join(root, path), '# x\n');
    assert.equal(kobo('.', 'new', 'adr', '--set', 'title=foo').out.trim(), join(root, '0003-foo.md'));
    // The number of the name is the number inside, and the title what the document is about.
    assert.match(readFileSync(join(root, '0003-foo.md'), 'utf8'), /^id: ADR-0003$[^]*^title: foo$[^]*^# foo$/mu);
  });

  it('makes a document of its own each time, also where the product keeps its like in a folder of an odd name', function () {
    if (process.platform === 'win32') this.skip();
    mkdirSync(join(root, '議事録: 定例'));
    for (const day of ['a', 'b']) writeFileSync(join(root, `議事録: 定例/${day}.md`), '---\ntype: minutes\n---\n# 定例\n');
    const made = () => kobo('.', 'new', 'minutes', '--today', '2026-11-24', '--set', 'title=定例').out.trim().slice(root.length + 1);
    assert.deepEqual([made(), made()], ['docs/minutes/2026-11-24_定例.md', 'docs/minutes/2026-11-24_定例-2.md']);
  });

  it('writes nothing for an answer that nobody asked for, and says which was meant', () => {
    const { status, err } = kobo('.', 'new', 'minutes', '--set', 'meetng=定例');
    assert.equal(status, 2);
    assert.match(err, /--set の「meetng」に当たる質問がありません。「meeting」のことですか/u);
    assert.match(kobo('.', 'new', 'minutes', '--set', 'customer=A').err, /使えるのは title、.*meeting/u);
    assert.deepEqual(all(), []);
  });

  it('puts the day into the paths of a set only where they ask for it', () => {
    mkdirSync(join(root, 'book/kits'), { recursive: true });
    writeFileSync(join(root, 'book/book.yaml'), 'format: 1\nid: own\nname: own\nextends: starter\n');
    const paths = ['docs/COMMON/ADD_{{today}}.md', 'docs/YYYY/MM/DD-a.md', 'docs/YYYYMMDD_b.md'];
    writeFileSync(join(root, 'book/kits/k.yaml'), `title: 一式\ndescription: 一式\nitems:\n${paths.map((path) => `  - { template: minutes, path: "${path}", owner: PM, note: 一。 }\n`).join('')}`);
    assert.equal(kobo('.', 'new', 'k', '--book', 'book', '--today', '2026-11-30').status, 0);
    assert.deepEqual([...all()].sort(), ['docs/2026/11/30-a.md', 'docs/20261130_b.md', 'docs/COMMON/ADD_2026-11-30.md']);
  });

  it('shows with a rule why a layer has switched it off', () => {
    assert.match(kobo('.', 'rules', 'explain', 'VAG-001').out, /^ +プロダクトの設定 kobo\.yaml：止める（理由：当社では使わない）$/mu);
    assert.doesNotMatch(kobo('.', 'check', '--no-cache').out, /kobo\.book/u);
  });
});
