import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A file of the project, `path` with `/` and relative to the project. */
export interface ProjectFile {
  readonly path: string;
  readonly text: string;
}

/** Every file below a folder of the project whose name matches, sorted by path. Tests run with the project as their folder. */
export function filesBelow(folder: string, name: RegExp): readonly ProjectFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => name.test(path))
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, 'utf8') }));
}

/** A JSON file of the project. */
export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, 'utf8'));
}
