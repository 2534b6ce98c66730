import type { DocumentFormat } from './document';

const formats: ReadonlyMap<string, DocumentFormat> = new Map([['md', 'markdown'], ['markdown', 'markdown'], ['yaml', 'yaml'], ['yml', 'yaml'], ['csv', 'csv']]);

/** Endings of names of files that can be project documents, lower case. */
export const documentEndings: readonly string[] = [...formats.keys()];

/** Format by the ending of the name, `undefined` for files that are no project documents. */
export function formatOf(path: string): DocumentFormat | undefined {
  const dot = path.lastIndexOf('.');
  return dot < 0 ? undefined : formats.get(path.slice(dot + 1).toLowerCase());
}
