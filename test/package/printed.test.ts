import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');
const coloured = 'a\u001b[31mb';
const command = 'n\n\n::error::injected';
const kobo = 'format: 1\nproduct: { id: p, name: 製品 }\n';

describe('what the command line prints', function () {
  this.timeout(180_000);
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-printed-'));
    mkdirSync(join(root, 'docs'));
    writeFileSync(join(root, 'kobo.yaml'), kobo);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function run(args: readonly string[], options: { readonly stdout?: number; readonly env?: Readonly<Record<string, string>> } = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], {
      cwd: root, encoding: 'utf8', stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'],
      env: { ...process.env, LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8', XDG_CACHE_HOME: join(root, '.cache'), ...options.env },
    });
    return { status, out: stdout, err: stderr };
  }

  function assertPlain(text: string, what: string): void {
    // eslint-disable-next-line no-control-regex -- these are what is looked for
    assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/u, what);
    assert.doesNotMatch(text, /^::error::injected/mu, what);
  }

  it('shows control characters in names of files as escapes, and gives them to machines as they are', function () {
    if (process.platform === 'win32') this.skip();
    const paths = [`docs/${coloured}.md`, `docs/${command}.md`];
    for (const path of paths) writeFileSync(join(root, path), '---\ntype: minutes\n---\n# 会議\n');
    const check = (...args: readonly string[]) => run(['check', '--no-cache', '--today', '2026-11-24', '--fail-on', 'never', ...args]);
    for (const format of ['pretty', 'markdown']) {
      const { out, err } = check('--format', format);
      assertPlain(out + err, format);
      assert.ok(out.includes('docs/a\\u001b[31mb.md') && out.includes(format === 'pretty' ? 'docs/n\\n\\n::error::injected.md' : 'injected.md'), out);
    }
    const { findings } = JSON.parse(check('--format', 'json').out) as { readonly findings: readonly { readonly path: string }[] };
    assert.deepEqual(paths.filter((path) => !findings.some((finding) => finding.path === path)), []);
    const junit = check('--format', 'junit').out;
    assertPlain(junit, 'junit');
    assert.ok(junit.includes('name="docs/n&#10;&#10;::error::injected.md"'), junit);
    assertPlain(check('--format', 'github').out.replaceAll('\u001b', ''), 'github');
    writeFileSync(join(root, 'docs', 'kobo.yaml'), 'a: [\n');
    mkdirSync(join(root, 'docs', command), { recursive: true });
    writeFileSync(join(root, 'docs', command, 'kobo.yaml'), 'a: [\n');
    for (const args of [['check'], ['check', '--write-baseline'], ['rules', 'impact', '--level', 'L2', `docs/${command}`], ['init', `docs/${command}`]]) {
      const { out, err, status } = run(args);
      assert.equal(status, 2);
      assertPlain(out + err, args.join(' '));
    }
  });

  it('shows control characters in arguments as escapes', () => {
    const bad = `${coloured}${command}`;
    for (const args of [
      [bad], ['check', bad], ['check', `--${bad}`], ['check', '--format', bad], ['check', '--since', bad], ['check', '--baseline', bad], ['check', '--max-warnings', bad], ['check', '--today', bad], ['check', '--book', bad],
      ['types', 'show', bad], ['rules', 'explain', bad], ['rules', 'test', bad], ['rules', 'impact', '--rule', bad], ['rules', 'impact', '--level', bad], ['new', bad], ['new', 'minutes', '--set', bad],
      ['new', 'minutes', '--set', `${bad}=1`], ['search', '--kind', bad, 'x'], ['search', '--queries', bad, '--json'], ['book', 'check', bad], ['book', 'index', '--out', `${bad}/x`], ['init', bad],
    ]) {
      const { out, err, status } = run(args);
      assert.equal(status, 2, args.join(' '));
      assertPlain(out + err, args.join(' '));
      assert.doesNotMatch(err, /^\s+at /mu, err);
    }
    const { out, err } = run(['search', `ほげほげ${command}`]);
    assertPlain(out + err, 'search');
  });

  it('shows control characters in a Book as escapes', () => {
    for (const folder of ['book/rules', 'book/types', 'book/pages']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'book/book.yaml'), 'format: 1\nid: b\nname: "本\\e[31m"\n');
    writeFileSync(join(root, 'book/pages/guide.md'), '---\ntitle: "案内\\e[31m"\n---\n# 案内\n\nほげほげ\n');
    writeFileSync(join(root, 'book/types/minutes.yaml'), 'type: minutes\ntitle: "議事録\\e[31m"\n');
    writeFileSync(join(root, 'book/rules/own.yaml'), 'format: 1\ngroup: own\ntitle: 決まり\nguide: guide.md\nrules:\n  - id: OWN-001\n    title: "題\\e[31m\\n::error::injected"\n    types: all\n    on: document\n    require: { sections: [x] }\n    message: "文\\e[31m\\n::error::injected"\n    good: "## x"\n    bad: "## y"\n');
    for (const args of [['rules', 'list'], ['rules', 'explain', 'OWN-001'], ['rules', 'test'], ['types'], ['types', 'show', 'minutes'], ['templates', 'list'], ['book', 'check'], ['search', 'ほげほげ']]) {
      const { out, err } = run([...args, '--book', 'book']);
      assertPlain(out + err, args.join(' '));
    }
  });

  it('is in the language of --lang', () => {
    const english = (args: readonly string[]): string => {
      const { out, err } = run([...args, '--lang', 'en']);
      return out + err;
    };
    assert.match(english(['rules', 'explain', 'REG-009']), /What it asks[^]*Here: /u);
    assert.match(english(['rules', 'list']), /REG-009 {2}\S+ {2}\w+ +[A-Za-z]/u);
    assert.match(english(['book', 'check']), /\d+ pages, \d+ types/u);
    assert.match(english(['check', '--no-cache']), /There is no|No document was checked/u);
    assert.doesNotMatch(english(['rules', 'test', 'REG-009']), /[ぁ-ん]/u);
    assert.match(run(['book', 'check', '--lang', 'fr']).err, /--lang/u);
  });

  it('says in a line what the system refuses', function () {
    const oneLine = ({ status, err }: { readonly status: number | null; readonly err: string }, why: RegExp): void => {
      assert.equal(status, 2);
      assert.match(err, why);
      assert.equal(err.trim().split('\n').length, 1, err);
    };
    const init = run(['init', join(root, 'none'), '--yes']);
    oneLine(init, /none というフォルダーがありません/u);
    assert.equal(init.out, '');
    oneLine(run(['init', 'kobo.yaml', '--yes']), /kobo\.yaml というフォルダーがありません/u);
    oneLine(run(['book', 'index', '--out', 'none/index.bin']), /none\/index\.bin：.*（ENOENT）/u);
    if (!existsSync('/dev/full')) this.skip();
    const full = openSync('/dev/full', 'w');
    try {
      for (const args of [['check', '--no-cache', '--format', 'json'], ['--help'], ['check', '--help']]) oneLine(run(args, { stdout: full }), /出力先：空き容量がありません。.*（ENOSPC）/u);
    } finally {
      closeSync(full);
    }
  });
});
