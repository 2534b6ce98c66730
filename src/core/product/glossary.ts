import type { Term } from '../book/book';
import type { TypedDocument } from './meaning';

/** What a glossary says of a word: how it is written, and how not. */
export type Spelling = Pick<Term, 'preferred' | 'aliases' | 'english' | 'variants'>;

/** A column of other names holds spellings to be replaced only where its header says so; 同義語 and 別名 may be used. */
const notUsed = /使わない|使用しない|使用禁止|避ける|非推奨|表記(?:ゆれ|揺れ|ユレ)|誤記|avoid|do not use|deprecated/iu;

/** The words that a glossary of a product (type `glossary`) lists, with the spellings it does without. */
export function spellingsOf(document: TypedDocument): readonly Spelling[] {
  return document.tables.flatMap((table) => {
    const term = table.positions.get('term');
    const variants = table.positions.get('variants');
    if (term === undefined || variants === undefined || !notUsed.test(table.table.header.cells[variants]?.text ?? '')) return [];
    return table.table.rows.flatMap((_, row): readonly Spelling[] => {
      const preferred = document.cell(table, row, term)?.text.trim() ?? '';
      const others = wordsIn(document.cell(table, row, variants)?.text).filter((word) => word !== preferred);
      return preferred === '' || others.length === 0 ? [] : [{ preferred, aliases: [], english: [], variants: others }];
    });
  });
}

/** One letter alone would be found everywhere. */
function wordsIn(text: string | undefined): readonly string[] {
  return (text ?? '').split(/[、，,／/;；\n]|<br>/u).map((word) => word.trim()).filter((word) => word.length > 1);
}
