import type { Book } from '../../../src/core/book/book';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';
import type { Finding } from '../../../src/core/rules/finding';

const head = 'product: { id: shift-navi, name: シフトナビ }\nphase: test\n';

/** What the rules say about these documents of a product, at L2 where no level is given; `types` maps paths to types where names do not tell. */
export async function findingsIn(
  files: ReadonlyMap<string, string>, book: Book, today: string, types: Readonly<Record<string, string>> = {}, level = 'L2',
): Promise<readonly Finding[]> {
  const mapping = Object.entries(types).map(([path, type]) => `  "${path}": ${type}\n`).join('');
  const koboText = `${head}level: ${level}\n${mapping === '' ? '' : `documents:\n${mapping}`}`;
  const project = new Project({
    book, settings: readKoboFile(koboText).settings, koboText, files: ['kobo.yaml', ...files.keys()], editorRules: {}, clock: () => 0, now: () => 0,
    history: undefined, today,
  });
  for (const path of project.wanted()) project.put(path, files.get(path) ?? koboText);
  return (await project.reportAll()).findings;
}

/** A Markdown text that says at its top of which type it is. */
export function sayingType(text: string, type: string): string {
  return text.startsWith('---\n') ? text.replace('---\n', `---\ntype: ${type}\n`) : `---\ntype: ${type}\n---\n${text}`;
}
