import type { DocumentType } from './book';

/** A section, field or column of a type, as far as its name goes. */
interface Named {
  readonly title: string;
  readonly aliases: readonly string[];
}

/** Ids of all fields, sections and columns of a type. */
export function partIdsOf(type: DocumentType): readonly string[] {
  return [...type.fields, ...type.sections, ...type.tables.flatMap((table) => table.columns)].map((part) => part.id);
}

const latin = /^[A-Za-z][ -~]*$/u;

/**
 * What a reader calls a part of a type: its title; in English, where the title is Japanese, the first English name among
 * its aliases that is written for people (`last updated` before `updated_date`).
 */
export function partTitle(part: Named, language: 'ja' | 'en'): string {
  if (language === 'ja' || latin.test(part.title)) return part.title;
  const names = part.aliases.filter((one) => latin.test(one));
  const alias = names.find((one) => !one.includes('_')) ?? names[0];
  return alias === undefined ? part.title : alias.charAt(0).toUpperCase() + alias.slice(1);
}
