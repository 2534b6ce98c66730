// Where things are. Everything that is downloaded or made goes into git-ignored folders of the project.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder at or above `start` that holds the lock file: this module also runs as part of a bundled test in out/. */
function above(start) {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package-lock.json')) || folder === dirname(folder)) return folder;
  }
}

/** The project folder. */
export const root = above(dirname(fileURLToPath(import.meta.url)));
/** Downloads, kept from run to run, one folder a version. */
export const cache = join(root, '.vscode-test');
/** What a run makes: bundled tests, screenshots, logs, the package. */
export const out = join(root, 'out');
/** Scratch of this process alone, so that two runs in one work tree do not meet; removed by whoever made it. */
export const scratch = join(out, `run-${process.pid}`);
