import type { Origin, Term } from './book';
import { listOf, mapOf, optionalText, textOf, wordsOf } from './data';

/** Reads `terms.yaml`; `originOf` tells where the entry of an index is written. Entries without a preferred form are left out. */
export function readTerms(value: unknown, originOf: (index: number) => Origin): readonly Term[] {
  return listOf(mapOf(value).terms).flatMap((item, index) => {
    const map = mapOf(item);
    const preferred = textOf(map.preferred);
    if (!preferred) return [];
    return [{
      preferred,
      reading: textOf(map.reading),
      english: wordsOf(map.english),
      aliases: wordsOf(map.aliases),
      variants: wordsOf(map.variants),
      meaning: textOf(map.meaning),
      page: optionalText(map.page),
      origin: originOf(index),
    }];
  });
}
