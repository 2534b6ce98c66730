import { defaultTimezone } from './book';
import { mapOf, optionalText, textOf, wordsOf } from './data';
import type { BookHead } from './layer';
import { readAdjustments, type AdjustmentPlace } from './overlay';
import { wordsIn } from './type-file';

/** Reads `book.yaml`; anything left out has its default, so a broken file still gives a Book. */
export function readBookHead(value: unknown, fallbackId: string, originOf: AdjustmentPlace): BookHead {
  const map = mapOf(value);
  const id = textOf(map.id) || fallbackId;
  const review = mapOf(map.review);
  const languages = wordsOf(map.languages);
  const language = textOf(map.language) || (languages[0] ?? 'ja');
  return {
    id,
    name: wordsIn(map, 'name', id),
    language,
    languages: languages.length > 0 ? languages : [language],
    version: textOf(map.version),
    owner: textOf(map.owner),
    siteRoot: textOf(map.site_root),
    timezone: textOf(map.timezone) || defaultTimezone,
    sampleSearches: { ja: wordsOf(map.sample_searches), en: wordsOf(map.sample_searches_en) },
    extends: optionalText(map.extends),
    review: { defaultCycle: textOf(review.default_cycle), warnBefore: textOf(review.warn_before) },
    adjust: readAdjustments(map.adjust, originOf),
  };
}
