// Where things are. Everything that is downloaded or made goes into git-ignored folders of the project.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project folder. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** Downloads, kept from run to run, one folder a version. */
export const cache = join(root, '.vscode-test');
/** What a run makes: bundled tests, screenshots, logs, the package. */
export const out = join(root, 'out');
/** Scratch of this process alone, so that two runs in one work tree do not meet; removed by whoever made it. */
export const scratch = join(out, `run-${process.pid}`);
