import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');
const mark = '（前に確かめたときの報告）';

describe('kobo check of a product in which nothing has changed', function () {
  this.timeout(180_000);
  let root: string;
  let product: string;
  let kept: string;

  const git = (...args: readonly string[]): void => void execFileSync('git', ['-C', root, '-c', 'user.name=鈴木', '-c', 'user.email=s@example.com', ...args]);
  const commit = (): void => {
    git('add', '.');
    git('commit', '-qm', '変更');
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-kept-'));
    product = join(root, 'product');
    kept = join(root, 'kept');
    cpSync('templates/samples/trouble', product, { recursive: true });
    cpSync('templates', join(root, 'book'), { recursive: true, filter: (path) => !path.includes('samples') });
    edit('kobo.yaml', (text) => `book: ../book\n${text}`);
    writeFileSync(join(root, '.gitignore'), 'kept\n');
    git('init', '-q');
    commit();
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function edit(path: string, change: (text: string) => string): void {
    const file = join(product, path);
    const text = readFileSync(file, 'utf8');
    const changed = change(text);
    assert.notEqual(changed, text);
    writeFileSync(file, changed);
  }

  function check(...args: readonly string[]): string {
    const options = [...(args.includes('--today') ? [] : ['--today', '2026-11-24']), ...(args.includes('--no-cache') ? [] : ['--cache', '../kept']), ...args];
    const { stdout, stderr, status } = spawnSync(process.execPath, [cli, 'check', '--format', 'json', '--fail-on', 'never', ...options], { cwd: product, encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8' } });
    assert.equal(stderr, '');
    assert.equal(status, 0);
    return stdout;
  }

  const reports = (): readonly string[] => (existsSync(kept) ? readdirSync(kept) : []);
  const isKept = (output: string): boolean => output.includes(mark);

  /** Writes a mark into the kept report as the program would, so that its output shows where it came from. */
  function markKept(): void {
    const file = join(kept, reports()[0] ?? '');
    const [head = '', ...rest] = readFileSync(file, 'utf8').split('\n');
    const body = rest.join('\n').replace(/,([0-9]+),"(?=[^"]*[ぁ-ん])/u, `,$1,"${mark}`);
    writeFileSync(file, `${JSON.stringify({ ...(JSON.parse(head) as object), body: createHash('sha1').update(body).digest('hex') })}\n${body}`);
  }

  it('gives the report of the check before, in every format', () => {
    const fresh = check('--no-cache');
    assert.deepEqual(reports(), []);
    assert.equal(check(), fresh);
    assert.equal(reports().length, 1);
    assert.equal(check(), fresh);
    for (const format of ['pretty', 'markdown', 'sarif', 'junit', 'github']) assert.equal(check('--format', format), check('--format', format, '--no-cache'));
    markKept();
    assert.ok(isKept(check()));
    assert.ok(!isKept(check('--no-cache')));
  });

  const changes: readonly { readonly what: string; readonly change: () => void; readonly args?: readonly string[] }[] = [
    { what: 'a document', change: () => edit('docs/risks.md', (text) => `${text}\n`) },
    { what: 'the list of files', change: () => writeFileSync(join(root, 'product/docs/new.txt'), '') },
    { what: 'kobo.yaml', change: () => edit('kobo.yaml', (text) => `${text}\n`) },
    { what: 'a page of the Book', change: () => writeFileSync(join(root, 'book/pages/new.md'), '# 新しいページ\n') },
    { what: 'the day', change: () => undefined, args: ['--today', '2026-11-25'] },
    { what: 'the language', change: () => undefined, args: ['--lang', 'en'] },
    { what: 'the Book', change: () => undefined, args: ['--book', resolve('templates')] },
  ];
  for (const { what, change, args = [] } of changes) {
    it(`checks anew after a change of ${what}`, () => {
      check();
      markKept();
      assert.ok(isKept(check()));
      change();
      const output = check(...args);
      assert.ok(!isKept(output));
      assert.equal(output, check(...args, '--no-cache'));
    });
  }

  it('drops the oldest reports alone where the folder holds other files too', () => {
    mkdirSync(kept);
    const report = (n: number): string => `${n.toString(16).padStart(20, '0')}.report`;
    for (let n = 0; n < 60; n++) {
      writeFileSync(join(kept, `${String(n)}.txt`), 'mine');
      writeFileSync(join(kept, report(n)), '');
      for (const name of [`${String(n)}.txt`, report(n)]) utimesSync(join(kept, name), n, n);
    }
    writeFileSync(join(kept, 'month.report'), 'mine');
    utimesSync(join(kept, 'month.report'), 1, 1);
    check();
    const names = reports();
    assert.equal(names.filter((name) => name.endsWith('.txt')).length, 60);
    assert.ok(names.includes('month.report'));
    assert.ok(names.includes(report(11)) && !names.includes(report(10)), names.join(' '));
  });

  it('takes files whose sizes and times are what they were as unchanged, once none of them is quite new', async () => {
    const head = (): Record<string, unknown> => JSON.parse(readFileSync(join(kept, reports()[0] ?? ''), 'utf8').split('\n')[0] ?? '') as Record<string, unknown>;
    const rewrite = (changed: object): void => {
      const file = join(kept, reports()[0] ?? '');
      writeFileSync(file, `${JSON.stringify({ ...head(), ...changed })}\n${readFileSync(file, 'utf8').split('\n').slice(1).join('\n')}`);
    };
    check();
    assert.equal(head().stamp, null);
    await new Promise((resolve) => void setTimeout(resolve, 3200));
    markKept();
    assert.ok(isKept(check()));
    assert.match(String(head().stamp), /^[0-9a-f]{40}$/);
    // Were bytes looked at, a report of other bytes would not count.
    rewrite({ bytes: 'of others' });
    assert.ok(isKept(check()));
    const file = join(product, 'docs/risks.md');
    writeFileSync(file, readFileSync(file));
    assert.ok(!isKept(check()));
  });

  it('checks anew when a commit has touched a document, and not for another commit', () => {
    // From this level on rules ask who saved a document and when.
    edit('kobo.yaml', (text) => text.replace('level: L1', 'level: L2'));
    commit();
    check();
    markKept();
    writeFileSync(join(root, 'main.c'), 'int main(void) { return 0; }\n');
    commit();
    assert.ok(isKept(check()));
    // The text is what it was; who saved it last is not.
    const before = readFileSync(join(product, 'docs/risks.md'), 'utf8');
    edit('docs/risks.md', (text) => `${text}\n`);
    commit();
    writeFileSync(join(product, 'docs/risks.md'), before);
    commit();
    assert.ok(!isKept(check()));
  });

  it('checks anew where the kept report is damaged, and gives findings where none can be kept', () => {
    const fresh = check();
    const file = join(kept, reports()[0] ?? '');
    const whole = readFileSync(file, 'utf8');
    // Whether files have settled depends on the time the test takes.
    const withoutStamp = (text: string): string => text.replace(/"stamp":(?:null|"[0-9a-f]{40}")/u, '');
    for (const damaged of ['', whole.slice(0, -20), whole.replace('"error"', '"xerror"'), `{}\n${whole}`, whole.replace('"format":1', '"format":0')]) {
      writeFileSync(file, damaged);
      assert.equal(check(), fresh);
      assert.equal(withoutStamp(readFileSync(file, 'utf8')), withoutStamp(whole));
    }
    rmSync(kept, { recursive: true });
    writeFileSync(kept, 'a file where the folder should be');
    assert.equal(check(), fresh);
    rmSync(kept);
    if (process.getuid?.() === 0) return;
    chmodSync(root, 0o555);
    assert.equal(check(), fresh);
    chmodSync(root, 0o755);
  });
});
