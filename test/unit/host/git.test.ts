import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { changesSince, committedText, gitHistory, hasSameHistory, historyState } from '../../../src/host/git-history';

const files = ['a.md', 'b.md', 'c.md', 'd.md', 'e.md'];

describe('git, asked about a folder', function () {
  this.timeout(30_000);
  let scratch: string;
  let root: string;
  let traps: string;
  const path = process.env.PATH;
  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'kobo-trap-'));
    root = join(scratch, 'product');
    traps = join(scratch, 'traps');
    mkdirSync(root);
    mkdirSync(traps);
  });
  afterEach(() => {
    process.env.PATH = path;
    rmSync(scratch, { recursive: true, force: true });
  });

  const git = (...args: readonly string[]): void => void execFileSync('git', ['-C', root, '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { stdio: 'pipe' });
  const commit = (...options: readonly string[]): void => {
    git('add', '.');
    git(...options, 'commit', '-qm', 'x');
  };
  /** A program that leaves its name in the folder of traps. */
  const trap = (name: string, then = 'cat'): string => {
    const file = join(scratch, `${name}.sh`);
    writeFileSync(file, `#!/bin/sh\ntouch '${join(traps, name)}'\n${then}\n`);
    chmodSync(file, 0o755);
    return file;
  };
  const askEverything = async (): Promise<void> => {
    const before = await historyState(root);
    const history = gitHistory(root);
    for (const file of files) {
      const known = await history.of(file);
      assert.equal((await known?.textAt('2999-01-01'))?.trim(), file);
      assert.equal((await known?.lines?.())?.[0]?.text, file);
    }
    const changes = await changesSince(root, 'HEAD');
    assert.deepEqual(typeof changes === 'string' ? changes : changes.changed, ['c.md', 'neu.md']);
    assert.equal((await committedText(root, 'c.md'))?.trim(), 'c.md');
    assert.equal(await hasSameHistory(root, before, ['*.md']), true);
  };
  const seed = (): void => {
    for (const file of files) writeFileSync(join(root, file), `${file}\n`);
    appendFileSync(join(root, '.gitattributes'), '*.md diff=evil filter=evil\nd.md filter=two.parts\n');
    // Signed, by a program that is none.
    const signer = join(scratch, 'signer.sh');
    writeFileSync(signer, "#!/bin/sh\ncat > /dev/null\necho '[GNUPG:] SIG_CREATED x' >&2\nprintf -- '-----BEGIN PGP SIGNATURE-----\\n\\nx\\n-----END PGP SIGNATURE-----\\n'\n", { mode: 0o755 });
    commit('-c', `gpg.program=${signer}`, '-c', 'commit.gpgSign=true', '-c', 'user.signingKey=x');
    commitMore();
    for (const file of files) utimesSync(join(root, file), 1, 1);
  };
  /** A second commit, then a changed file and a new one. */
  const commitMore = (): void => {
    writeFileSync(join(root, 'e.md'), 'e.md\n\n');
    commit();
    appendFileSync(join(root, 'c.md'), 'mehr\n');
    writeFileSync(join(root, 'neu.md'), 'neu\n');
  };

  it('runs no program that the repository names', async () => {
    git('init', '-q');
    seed();
    const config = [
      `[core]\n\tfsmonitor = ${trap('fsmonitor', 'false')}\n\thooksPath = ${traps}-hooks\n\tpager = ${trap('pager')}\n\tsshCommand = ${trap('ssh')}`,
      `[diff]\n\texternal = ${trap('external')}`,
      `[diff "evil"]\n\ttextconv = ${trap('textconv', 'cat "$1"')}\n\tcommand = ${trap('command')}`,
      `[filter "evil"]\n\tclean = ${trap('clean')}\n\tsmudge = ${trap('smudge')}\n\trequired = true`,
      `[filter "two.parts"]\n\tprocess = ${trap('process')}\n\trequired = true`,
      `[log]\n\tshowSignature = true\n[gpg]\n\tprogram = ${trap('gpg')}`,
    ];
    mkdirSync(`${traps}-hooks`);
    writeFileSync(join(`${traps}-hooks`, 'post-index-change'), `#!/bin/sh\ntouch '${join(traps, 'hook')}'\n`, { mode: 0o755 });
    appendFileSync(join(root, '.git', 'config'), `${config.join('\n')}\n`);
    await askEverything();
    assert.deepEqual(readdirSync(traps), []);
  });

  it('does not take a folder for a repository because it holds the files of one', async () => {
    git('init', '-q');
    seed();
    cpSync(join(root, '.git'), root, { recursive: true });
    rmSync(join(root, '.git'), { recursive: true });
    appendFileSync(join(root, 'config'), `[core]\n\tbare = false\n\tworktree = .\n\tfsmonitor = ${trap('fsmonitor', 'false')}\n`);
    assert.equal(await changesSince(root, 'HEAD'), 'no_repository');
    assert.equal(await historyState(root), '');
    assert.deepEqual(readdirSync(traps), []);
  });

  it('is the git of the machine, never one that lies in the folder or came with a package', async () => {
    git('init', '-q');
    for (const file of files) writeFileSync(join(root, file), `${file}\n`);
    commit();
    commitMore();
    const fake = (folder: string): void => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'git'), `#!/bin/sh\ntouch '${join(traps, 'git')}'\n`, { mode: 0o755 });
    };
    const places = [root, join(root, 'bin'), join(scratch, 'node_modules', '.bin')];
    places.forEach(fake);
    git('add', 'bin', 'git');
    git('-c', 'core.hooksPath=/dev/null', 'commit', '-qm', 'x');
    const here = process.cwd();
    process.env.PATH = ['', '.', 'bin', ...places, path].join(delimiter);
    process.chdir(root);
    try {
      await askEverything();
    } finally {
      process.chdir(here);
    }
    assert.ok(!existsSync(join(traps, 'git')));
    process.env.PATH = ['.', ...places].join(delimiter);
    assert.equal(await historyState(root), '');
    assert.ok(!existsSync(join(traps, 'git')));
  });
});
