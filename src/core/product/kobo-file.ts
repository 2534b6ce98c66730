import type { BookProblem } from '../book/book';
import { entriesOf, isData, listOf, mapOf, optionalText, textOf, withoutBlanks, wordsOf } from '../book/data';
import type { Data } from '../book/data';
import { unknownFormat } from '../book/layer-reader';
import { foreignQuotes } from '../book/foreign-quotes';
import { readAdjustments, readPartAliases, readPlaces, toPartAliases } from '../book/overlay';
import { fileStart, problem, yamlProblem } from '../book/problems';
import { readWordSets, toWordSet } from '../book/type-file';
import { shapeProblems } from '../book/validate';
import type { YamlSource } from '../book/yaml-source';
import { readYaml } from '../book/yaml-source';
import { koboFileName, type ProductSettings, type Waiver } from './product';
import { isTimezone } from './today';

/** A product of which nothing is written down. */
export const defaultSettings: ProductSettings = {
  book: undefined, id: '', name: '', size: undefined, phase: undefined, documents: [], level: 'L1', language: undefined,
  timezone: undefined, people: undefined, baseline: undefined, rules: new Map(), words: new Map(), places: new Map(), aliases: new Map(), waivers: [],
};

/** What `kobo.yaml` says, and what is wrong with it. */
export interface KoboFile {
  readonly settings: ProductSettings;
  readonly problems: readonly BookProblem[];
}

/**
 * Reads the text of a `kobo.yaml`. A file that cannot be read gives the defaults; parts of the wrong shape are left out;
 * both are problems at their place.
 * @param path as problems and waivers name the file.
 */
export function readKoboFile(text: string, path: string = koboFileName): KoboFile {
  const problems: BookProblem[] = [];
  if (text.includes('\0')) {
    problems.push(problem(path, fileStart, 'error', 'encoding', 'kobo.yaml を文章として読めません。UTF-8 で保存し直してください。',
      'kobo.yaml is not text. Save it again as UTF-8.'));
    return { settings: defaultSettings, problems };
  }
  const source = readYaml(text);
  problems.push(...source.problems.map((found) => yamlProblem(path, found)));
  if (source.data === undefined) return { settings: defaultSettings, problems };
  if (!isData(source.data)) {
    problems.push(problem(path, source.spanOf([]), 'error', 'not-a-map', 'kobo.yaml は「名前: 値」の組で書いてください。', 'Write kobo.yaml as a map of keys.'));
    return { settings: defaultSettings, problems };
  }
  const { format } = source.data;
  if (format !== undefined && format !== 1 && format !== '1') {
    problems.push(unknownFormat(path, format, source.spanOf(['format'])));
    return { settings: defaultSettings, problems };
  }
  problems.push(...shapeProblems('kobo', withoutBlanks(format === undefined ? source.data : { ...source.data, format: 1 }), path, source));
  problems.push(...foreignQuotes(text, path));
  const timezone = optionalText(source.data.timezone);
  if (timezone !== undefined && !isTimezone(timezone)) {
    problems.push(problem(path, source.spanOf(['timezone']), 'warning', 'timezone',
      `「${timezone}」という時間帯はありません。Asia/Tokyo のように書いてください。`, `There is no time zone "${timezone}". Write it like Asia/Tokyo.`));
  }
  return { settings: settingsOf(source.data, source, path), problems };
}

function settingsOf(data: Data, source: YamlSource, path: string): ProductSettings {
  const product = mapOf(data.product);
  const size = textOf(product.size);
  const language = textOf(data.language);
  const place = (id: string) => ({ layer: path, path, span: source.spanOf(['rules', id], 'key') });
  return {
    book: optionalText(data.book),
    id: textOf(product.id),
    name: textOf(product.name),
    size: size === 'S' || size === 'M' || size === 'L' ? size : undefined,
    phase: optionalText(data.phase),
    documents: entriesOf(data.documents).flatMap(([pattern, type]) => {
      const id = textOf(type);
      return id ? [{ pattern, type: id, span: source.spanOf(['documents', pattern], 'key') }] : [];
    }),
    level: textOf(data.level) || defaultSettings.level,
    language: language === 'ja' || language === 'en' ? language : undefined,
    timezone: optionalText(data.timezone),
    people: optionalText(data.people),
    baseline: optionalText(data.baseline),
    rules: new Map(Object.entries(readAdjustments(data.rules, place))),
    words: new Map(Object.entries(readWordSets(data.words)).map(([name, set]) => [name, toWordSet(set)])),
    places: new Map(Object.entries(readPlaces(data.places))),
    aliases: toPartAliases(readPartAliases(data.aliases)),
    waivers: listOf(data.waivers).map((item, index) => readWaiver(mapOf(item), source, index, path)).filter((waiver) => waiver.rule !== ''),
  };
}

function readWaiver(map: Data, source: YamlSource, index: number, path: string): Waiver {
  return {
    rule: textOf(map.rule),
    path: textOf(map.path),
    only: wordsOf(map.only),
    reason: textOf(map.reason),
    approvedBy: textOf(map.approved_by),
    until: textOf(map.until),
    span: source.spanOf(['waivers', index, 'rule']),
    source: path,
  };
}
