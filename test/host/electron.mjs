// The suites of the Node extension host in a downloaded desktop VS Code, for machines that reach the download (on Linux
// with a display, or under xvfb-run). The suites, their bundles and their results are those of vscode.mjs.
import { downloadAndUnzipVSCode, resolveCliArgsFromVSCodeExecutablePath, runTests } from '@vscode/test-electron';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packageExtension } from './package.mjs';
import { out } from './paths.mjs';
import { indent, count, countFailure, emptyTally, resultIn } from './results.mjs';
import { run } from './run.mjs';
import { installPackages } from './setup.mjs';
import { bundleSuites, copyWorkspace, windowsOf } from './suites.mjs';
import { unpackVsix } from './zip.mjs';

/** Runs an action while every line written to our standard output goes through `take`, which says whether to show it. */
async function listening(take, action) {
  const write = process.stdout.write.bind(process.stdout);
  let rest = '';
  process.stdout.write = (chunk) => {
    const lines = (rest + String(chunk)).split('\n');
    rest = lines.pop();
    for (const line of lines) if (take(line)) write(`${line}\n`);
    return true;
  };
  try {
    return await action();
  } finally {
    process.stdout.write = write;
  }
}

await installPackages();
const folder = await mkdtemp(join(tmpdir(), 'kobo-desktop-'));
const tally = emptyTally();
try {
  const version = process.env.VSCODE_VERSION ?? 'stable';
  const vscodeExecutablePath = await downloadAndUnzipVSCode(version);
  const places = [`--user-data-dir=${join(folder, 'user')}`, `--extensions-dir=${join(folder, 'extensions')}`];
  const [cli, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(vscodeExecutablePath);
  // A desktop window is Japanese only with the language pack.
  const pack = await run(cli, [...cliArgs.filter((arg) => !/^--(?:user-data|extensions)-dir/u.test(arg)), ...places, '--install-extension', 'MS-CEINTL.vscode-language-pack-ja'], {
    shell: process.platform === 'win32',
  });
  if (pack.code !== 0) throw new Error(`the Japanese language pack could not be installed:\n${pack.output}`);
  const extension = await unpackVsix(await packageExtension(join(out, 'kobo-guide.vsix')), join(folder, 'extension'));
  for (const window of windowsOf('node')) {
    const where = `[desktop, ${window.name}] `;
    const before = tally.failed;
    const tests = join(folder, `${window.name}.js`);
    await bundleSuites(window.files, 'node', tests);
    const workspace = await copyWorkspace(window.workspace, join(folder, 'workspaces', window.name));
    const take = (line) => {
      const result = resultIn(line);
      if (result !== undefined) count(tally, result, where);
      return result === undefined;
    };
    try {
      await listening(take, () =>
        runTests({
          vscodeExecutablePath,
          extensionDevelopmentPath: extension,
          extensionTestsPath: tests,
          launchArgs: [workspace, ...places, `--locale=${window.locale}`, '--disable-workspace-trust', '--skip-welcome', '--skip-release-notes', '--disable-telemetry', '--disable-updates'],
        }),
      );
    } catch (error) {
      if (tally.failed === before) countFailure(tally, `${where}did not run\n${indent(String(error))}`);
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
}
for (const failure of tally.failures) console.log(`\n  ✗ ${failure}\n`);
console.log(`${tally.passed} passed, ${tally.failed} failed`);
process.exitCode = tally.failed > 0 || tally.passed === 0 ? 1 : 0;
