import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const cli = resolve('dist/cli.js');
const bare = 'format: 1\nproduct: { id: p, name: P }\nlanguage: en\ndocuments:\n  "docs/minutes/**": minutes\n  docs/risks.md: risk-register\n';
const kobo = `${bare}rules: { XDC-002: error }\n`;
const minutes = (title: string, more = '') => `---\ntype: minutes\ntitle: ${title}\ndate: 2026-11-02\nattendees: [山田]\n---\n# ${title}\n\n## 議題\n\n問い合わせの件数を見た。\n\n## 決定事項\n\nなし\n\n## 宿題\n\nなし\n${more}`;
/** A link to nowhere is an error here. */
const broken = '\n[先](nowhere.md)\n';

interface Report {
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly path: string; readonly message: string; readonly baselined?: boolean }[];
  readonly summary: { readonly files: number; readonly errors: number; readonly warnings: number; readonly baselined: number };
}

describe('kobo check in CI', function () {
  this.timeout(180_000);
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-ci-'));
    git('init', '-q', '-b', 'main');
    write('services/a/kobo.yaml', kobo);
    write('services/a/docs/minutes/2026-11-02.md', minutes('定例'));
    write('services/a/docs/minutes/2026-11-09.md', minutes('定例2'));
    commit();
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const git = (...args: readonly string[]): string => execFileSync('git', ['-C', root, '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { encoding: 'utf8', stdio: 'pipe' });
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const commit = (): void => {
    git('add', '.');
    git('commit', '-qm', 'x');
  };
  const check = (folder: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}) => {
    const env = { ...process.env, LANG: 'C.UTF-8', LC_ALL: '', LC_MESSAGES: '', GITHUB_WORKSPACE: '', ...environment };
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'check', '--no-cache', '--today', '2026-11-24', ...args], { cwd: join(root, folder), encoding: 'utf8', env });
    assert.doesNotMatch(stderr, /^\s+at /mu);
    return { status, stdout, stderr, report: () => JSON.parse(stdout) as Report };
  };
  const errorPaths = (report: Report): readonly string[] => report.findings.filter(({ severity }) => severity === 'error').map(({ path }) => path);

  it('names files from the top of the repository where servers read them so, and from the working directory in json', () => {
    write('services/a/docs/minutes/2026-11-02.md', minutes('定例', broken));
    const path = 'services/a/docs/minutes/2026-11-02.md';
    assert.match(check('services/a', ['--format', 'github']).stdout, new RegExp(`^::error file=${path},`, 'mu'));
    const { runs: [run] } = JSON.parse(check('services/a', ['--format', 'sarif']).stdout) as { readonly runs: readonly { readonly originalUriBaseIds: object; readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly shortDescription?: object }[] } }; readonly results: readonly { readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: object } }[] }[] }[] };
    assert.deepEqual(run?.originalUriBaseIds, { '%SRCROOT%': { uri: `${pathToFileURL(root).href}/` } });
    assert.ok(run?.results.some(({ locations }) => JSON.stringify(locations[0]?.physicalLocation.artifactLocation) === JSON.stringify({ uri: path, uriBaseId: '%SRCROOT%' })));
    assert.ok(run?.tool.driver.rules.every(({ id, shortDescription }) => id.startsWith('kobo.') || shortDescription !== undefined));
    assert.deepEqual(errorPaths(check('services/a', ['--format', 'json']).report()), ['docs/minutes/2026-11-02.md']);
    // Without a repository the workspace of the runner is the top.
    rmSync(join(root, '.git'), { recursive: true });
    assert.match(check('services/a', ['--format', 'github'], { GITHUB_WORKSPACE: root }).stdout, new RegExp(`file=${path},`, 'u'));
    assert.match(check('services/a', ['--format', 'github']).stdout, /file=docs\/minutes/u);
  });

  it('has in JUnit the failures that the exit status has, and a case where nothing was found', () => {
    const counts = (args: readonly string[]) => {
      const { status, stdout } = check('services/a', ['--format', 'junit', ...args]);
      const [, tests, failures] = /<testsuites name="Kobo Guide" tests="(\d+)" failures="(\d+)"/u.exec(stdout) ?? [];
      return [status, Number(tests) > 0, Number(failures)];
    };
    assert.deepEqual(counts([]), [0, true, 0]);
    write('services/a/docs/minutes/2026-11-02.md', minutes('定例', broken));
    assert.deepEqual(counts([]), [1, true, 1]);
    assert.deepEqual(counts(['--fail-on', 'never']), [0, true, 0]);
  });

  it('says in the report itself that nothing was checked, and fails for it where that is wanted', () => {
    write('empty/a.md', '# A\n');
    for (const [format, said] of [['github', /^::warning title=Kobo Guide::.*kobo init/mu], ['junit', /tests="1" failures="0" errors="0" skipped="1"/u], ['sarif', /"toolExecutionNotifications".*kobo init/u], ['markdown', /\*\*.*kobo init/u]] as const) {
      const { status, stdout } = check('empty', ['--format', format]);
      assert.equal(status, 0);
      assert.match(stdout, said);
    }
    const { status, stdout } = check('empty', ['--fail-empty', '--format', 'github']);
    assert.equal(status, 2);
    assert.match(stdout, /^::error title=Kobo Guide::/mu);
    // Nothing changed is not nothing to check.
    assert.deepEqual([check('services/a', ['--fail-empty', '--since', 'HEAD', '--format', 'github']).status, check('services/a', ['--since', 'HEAD', '--format', 'github']).stdout], [0, '']);
  });

  it('compares with where the work left the revision, and shows what removed files caused', () => {
    write('services/a/docs/minutes/2026-11-16.md', minutes('定例3', '\n[前](2026-11-09.md)\n'));
    write('services/a/docs/minutes/2026-11-17.md', minutes('定例4', broken));
    commit();
    git('checkout', '-q', '-b', 'work');
    git('checkout', '-q', 'main');
    write('services/a/docs/minutes/2026-11-02.md', minutes('定例', broken));
    commit();
    git('checkout', '-q', 'work');
    assert.deepEqual(check('services/a', ['--since', 'main', '--format', 'json']).report().findings, []);
    git('rm', '-q', 'services/a/docs/minutes/2026-11-09.md');
    for (const then of [() => undefined, commit]) {
      then();
      const { status, report } = check('services/a', ['--since', 'main', '--format', 'json']);
      assert.deepEqual([status, errorPaths(report())], [1, ['docs/minutes/2026-11-16.md']]);
      assert.equal(report().summary.errors, 1);
      assert.deepEqual(check('services/a', ['docs/minutes/2026-11-17.md', '--since', 'main', '--format', 'json']).report().findings, []);
    }
  });

  it('says of a shallow clone that it is one, and how the history is had', () => {
    write('services/a/docs/minutes/2026-11-16.md', minutes('定例3'));
    commit();
    execFileSync('git', ['clone', '-q', '--depth', '1', pathToFileURL(root).href, join(root, 'shallow')], { stdio: 'pipe' });
    const { status, stdout, stderr } = check('shallow/services/a', ['--since', 'HEAD~1'], { LANG: 'en_US.UTF-8' });
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /^This clone is shallow.*fetch-depth: 0/u);
    assert.doesNotMatch(stderr, /[ぁ-ん]/u);
    assert.match(check('services/a', ['--since', 'nope'], { LANG: 'ja_JP.UTF-8' }).stderr, /^git に nope という版がない[^/]*$/u);
  });

  it('checks what is staged, as it is staged', () => {
    const path = 'services/a/docs/minutes/2026-11-02.md';
    write(path, minutes('定例', broken));
    git('add', path);
    // The disk says something else meanwhile, and has what is not staged.
    write(path, minutes('定例'));
    write('services/a/docs/minutes/2026-11-09.md', minutes('定例2', broken));
    write('services/a/docs/minutes/2026-11-16.md', minutes('定例3', broken));
    const { status, report } = check('services/a', ['--staged', '--format', 'json']);
    assert.deepEqual([status, errorPaths(report()), report().summary.files], [1, ['docs/minutes/2026-11-02.md'], 1]);
    assert.deepEqual(check('', ['--staged', '--format', 'json', 'services']).report().summary.files, 1);
    rmSync(join(root, path));
    assert.equal(check('services/a', ['--staged']).status, 1);
    git('checkout', '-q', '--', path);
    git('reset', '-q', '--hard');
    assert.equal(check('services/a', ['--staged']).status, 0);
    assert.equal(check('services/a', ['--staged', '--fix']).status, 2);
    // A hook: the commit is stopped.
    write(path, minutes('定例', broken));
    git('add', path);
    write('.git/hooks/pre-commit', `#!/bin/sh\nexec '${process.execPath}' '${cli}' check --no-cache --staged --fail-empty services/a\n`);
    execFileSync('chmod', ['+x', join(root, '.git/hooks/pre-commit')]);
    write(path, minutes('定例'));
    assert.throws(() => git('commit', '-qm', 'y'));
    git('add', path);
    write('services/a/docs/minutes/2026-11-09.md', minutes('定例2', '\n続き\n'));
    git('commit', '-aqm', 'y');
  });

  it('shows from a severity on, and never less than what fails', () => {
    write('services/a/docs/minutes/2026-11-02.md', minutes('定例', '\nTBD\n').replace('attendees: [山田]\n', ''));
    const all = check('services/a', ['--format', 'json']).report();
    const worst = all.summary.errors;
    const lesser = all.findings.filter(({ severity }) => severity !== 'error').length;
    assert.ok(lesser > 0);
    const few = check('services/a', ['--severity', 'error', '--format', 'github', '--fail-on', 'never']).stdout.split('\n').length - 1;
    assert.equal(few, worst);
    assert.equal(check('services/a', ['--severity', 'error', '--format', 'github', '--fail-on', 'hint']).stdout.split('\n').length - 1, all.findings.length);
    assert.deepEqual(check('services/a', ['--severity', 'error', '--format', 'json']).report(), all);
    assert.match(check('services/a', ['--severity', 'error']).stdout, new RegExp(`\\n${String(lesser)} findings? less grave than --severity not shown`, 'u'));
  });

  it('writes a baseline into the file that is named, and says how it is used from here', () => {
    write('services/a/docs/minutes/2026-11-02.md', minutes('定例', broken));
    const written = check('', ['services/a', '--write-baseline', '--baseline', 'base.json']);
    assert.equal(written.status, 0);
    assert.match(written.stderr, /give --baseline base\.json\.|--baseline base\.json を付けてください/u);
    assert.ok(existsSync(join(root, 'base.json')) && !existsSync(join(root, 'services/a/.kobo-baseline.json')));
    assert.equal(check('', ['services/a', '--baseline', 'base.json']).status, 0);
    const usual = check('', ['services/a', '--write-baseline'], { LANG: 'en_US.UTF-8' });
    assert.match(usual.stderr, /write "baseline: \.kobo-baseline\.json" in services\/a\/kobo\.yaml, or give --baseline services\/a\/\.kobo-baseline\.json/u);
    assert.equal(check('', ['services/a', '--baseline', 'services/a/.kobo-baseline.json']).status, 0);
    // One file for several products, and what is no baseline.
    write('services/b/kobo.yaml', kobo);
    assert.equal(check('', ['--write-baseline', '--baseline', 'base.json']).status, 2);
    write('package.json', '{}\n');
    assert.equal(check('', ['services/a', '--write-baseline', '--baseline', 'package.json']).status, 2);
    assert.equal(readFileSync(join(root, 'package.json'), 'utf8'), '{}\n');
  });

  it('ends with 2 where a part of kobo.yaml is not heeded, says the line, and gives no advice that follows from it', () => {
    for (const [text, line] of [
      [bare.replace('": minutes', '": minuets'), 5],
      [`${bare}rules: { REG-013: loud }\n`, 7],
      [`${bare}rules:\n  REG-013: { severity: warn }\n`, 8],
      [bare.replace('language: en', '\tlanguage: en'), 3],
    ] as const) {
      write('services/a/kobo.yaml', text);
      write('services/a/docs/minutes/2026-11-03-memo.md', minutes('メモ').replace('type: minutes\n', ''));
      for (const more of [[], ['--fail-on', 'never']]) {
        const { status, stderr, report } = check('services/a', ['--format', 'json', ...more], { LANG: 'en_US.UTF-8' });
        assert.equal(status, 2, text);
        assert.match(stderr, new RegExp(`^kobo\\.yaml:${String(line)}: [^\\n]*\\n$`, 'u'), text);
        assert.doesNotMatch(stderr, /[ぁ-ん]/u);
        assert.ok(line !== 3 || report().findings.every(({ rule, message }) => rule !== 'DOC-005' && !/[ぁ-ん]/u.test(rule.startsWith('kobo.') ? message : '')));
      }
    }
  });

  it('lets what most documents lack be switched off, and be there before', () => {
    const lines = '  "docs/postmortems/**": postmortem\nlevel: L2\n';
    const document = '# Outage\n\n## Summary\n\nThe queue was full for two hours.\n\n## Impact\n\nMails came late.\n';
    for (let day = 10; day < 20; day++) write(`services/a/docs/postmortems/2026-10-${String(day)}-outage.md`, document);
    write('services/a/kobo.yaml', `${bare}${lines}`);
    const practice = (...args: readonly string[]) => check('services/a', ['--format', 'json', ...args]).report().findings.filter(({ rule }) => rule === 'kobo.practice');
    assert.ok(practice().length > 0);
    check('services/a', ['--write-baseline']);
    assert.ok(practice('--baseline', '.kobo-baseline.json').every(({ baselined }) => baselined === true));
    write('services/a/kobo.yaml', `${bare}${lines}rules: { kobo.practice: off }\n`);
    assert.deepEqual([practice(), check('services/a', ['--fail-on', 'never']).status], [[], 0]);
  });

  it('takes every command of docs/ci.md, with the built folder alone', () => {
    const page = readFileSync('docs/ci.md', 'utf8');
    const commands = page.split('\n').flatMap((line) => /(?:^ {4}kobo|node \.kobo-guide\/dist\/cli\.js) (check .*)$/u.exec(line)?.[1] ?? []);
    assert.ok(commands.length >= 10, commands.join('\n'));
    cpSync('dist', join(root, '.kobo-guide', 'dist'), { recursive: true });
    cpSync('templates/samples', join(root, '.kobo-guide', 'templates', 'samples'), { recursive: true });
    writeFileSync(join(root, '.gitignore'), '.kobo-guide/\n');
    write('services/a/docs/minutes/2026-11-02.md', minutes('定例', '\nTBD\n'));
    git('add', '.');
    const run = (line: string) => spawnSync('sh', ['-c', line], { cwd: root, encoding: 'utf8', env: { ...process.env, LANG: 'C.UTF-8', LC_ALL: '', CI_MERGE_REQUEST_DIFF_BASE_SHA: git('rev-parse', 'HEAD').trim() } });
    for (const command of commands) {
      const { status, stdout, stderr } = run(`'${process.execPath}' .kobo-guide/dist/${command.replace('origin/${{ github.base_ref }}', 'main').replace(/^/u, 'cli.js ')} --no-cache`.replace(/( > \S+)( --no-cache)$/u, '$2$1'));
      assert.equal(status, 0, `${command}\n${stdout}\n${stderr}`);
      assert.doesNotMatch(stdout + stderr, /\.kobo-guide|samples/u, command);
    }
    for (const file of ['kobo.xml', 'kobo.sarif', 'kobo-baseline.json']) assert.ok(readFileSync(join(root, file), 'utf8').length > 100, file);
    const filter = /`jq '([^']+)' kobo\.sarif > upload\.sarif`/u.exec(page)?.[1] ?? '';
    assert.notEqual(filter, '');
    if (run('command -v jq').status !== 0) return;
    assert.equal(run(`jq '${filter}' kobo.sarif`).status, 0);
  });
});
