import { loadBook, loadedLayers } from '../../../src/core/book/load';
import { packBook } from '../../../src/core/book/pack';
import type { BookLayer } from '../../../src/core/book/layer';
import { filesBelow, memoryFolder } from '../book/folders';

export const today = '2026-11-24';

let starter: ReturnType<typeof packBook> | undefined;

/** The starter Book, packed once. */
function starterPack(): ReturnType<typeof packBook> {
  starter ??= packBook(filesBelow('templates', (path) => !path.startsWith('samples/')));
  return starter;
}

const bookYaml = 'format: 1\nid: hoshi\nname: ほしブック\nname_en: Hoshi Book\nlanguage: ja\nlanguages: [ja, en]\nextends: starter\n';

/** Layers of a Book over the starter Book with some files of its own. */
export async function layersOf(files: Readonly<Record<string, string>> = {}): Promise<readonly BookLayer[]> {
  const book = await loadBook(memoryFolder(new Map(Object.entries({ 'book.yaml': bookYaml, ...files }))), { starter: starterPack() });
  return loadedLayers(book) ?? [];
}

const ruleHead = 'format: 1\ngroup: hoshi\ntitle: ほしの決まり\nguide: pages/rules/registers.md\nlevel: L1\ntrack: progress\nowner: 全社PMO\nrules:\n';

/** A rule file with one rule, some of its keys replaced; an empty value leaves the key out. */
export function ruleFile(changes: Readonly<Record<string, string>> = {}): string {
  const keys: Record<string, string> = {
    id: 'HOS-001', title: '完了には完了日がある', title_en: 'Done has a date', types: '[issue-log]', on: 'rows', when: '{ status: done }', require: '{ closed: filled }',
    severity: 'warning', message: '"「{id}」は完了ですが、完了日が空です。"', message_en: '"{id} is done but has no date."', guide: '"#必須の列"',
    good: '{ id: I-001, status: 完了, closed: 2026-11-02 }', bad: '{ id: I-001, status: 完了 }', ...changes,
  };
  const lines = Object.entries(keys).filter(([, value]) => value !== '').map(([key, value]) => `${key}: ${value}\n`);
  return `${ruleHead}  - ${lines.join('    ')}`;
}
