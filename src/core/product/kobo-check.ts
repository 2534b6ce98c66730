import { adjustmentFaults, targetNames } from '../book/adjustment-faults';
import type { Book, BookProblem, RuleSource } from '../book/book';
import { phaseOf } from '../book/lifecycle';
import { partIdsOf } from '../book/part-title';
import { nearest, problem, unknownName } from '../book/problems';
import { readYaml } from '../book/yaml-source';
import { practiceRule } from './kobo-findings';
import { matchesPath, pathPattern } from './patterns';
import { koboFileName, type ProductSettings } from './product';
import { readKoboFile } from './kobo-file';
import { typeByName, unmanaged } from './recognise';

/**
 * What `kobo.yaml` names that the Book does not have (types, phase, level, rules and their numbers), and locked rules it
 * tries to change; each at its place in `text`.
 */
export function checkKoboFile(text: string, settings: ProductSettings, book: Book, path: string = koboFileName): readonly BookProblem[] {
  const source = readYaml(text);
  const found: BookProblem[] = [];
  const report = (at: readonly (string | number)[], part: 'key' | 'value', code: string, ja: string, en: string, severity: 'error' | 'warning' = 'warning') =>
    found.push(problem(path, source.spanOf(at, part), severity, code, ja, en));
  const unknown = (at: readonly (string | number)[], part: 'key' | 'value', code: string, ja: string, en: string, id: string, known: Iterable<string>, then?: readonly [ja: string, en: string]) => {
    const named = unknownName({ layer: path, path, span: source.spanOf(at, part) }, code, ja, en, id, known, then === undefined ? 'warning' : 'error');
    found.push({ ...named, message: { text: `${named.message.text}${then?.[0] ?? ''}`, en: `${named.message.en ?? ''}${then === undefined ? '' : ` ${then[1]}`}` } });
  };

  const unknownType = (at: readonly (string | number)[], part: 'key' | 'value', id: string, then?: readonly [ja: string, en: string]): void => {
    const meant = typeByName(id, book)?.id;
    if (meant === undefined) unknown(at, part, 'unknown-type', '文書の種類', 'document type', id, book.types.keys(), then);
    else report(at, part, 'unknown-type', `「${id}」は id で「${meant}」と書きます。${then?.[0] ?? ''}`, `Write the id for "${id}": ${meant}.${then === undefined ? '' : ` ${then[1]}`}`, then === undefined ? 'warning' : 'error');
  };
  for (const { pattern, type } of settings.documents) {
    if (type === unmanaged || book.types.has(type)) continue;
    // Else a slip of a letter leaves documents unchecked, and the build green.
    unknownType(['documents', pattern], 'value', type, ['この行の文書は確かめていません。', 'The documents of this line are not checked.']);
  }
  for (const type of settings.places.keys()) {
    if (!book.types.has(type)) unknownType(['places', type], 'key', type);
  }
  for (const [id, parts] of settings.aliases) {
    const type = book.types.get(id);
    if (type === undefined) {
      unknownType(['aliases', id], 'key', id);
      continue;
    }
    const known = partIdsOf(type);
    for (const part of parts.keys()) if (!known.includes(part)) unknown(['aliases', id, part], 'key', 'unknown-part', '項目・見出し・列', 'field, section or column', part, known);
  }
  const { phases, levels } = book.lifecycle;
  if (settings.phase !== undefined && phases.length > 0 && !phaseOf(book.lifecycle, settings.phase)) {
    unknown(['phase'], 'value', 'unknown-phase', '工程', 'phase', settings.phase, phases.map((phase) => phase.id));
  }
  if (levels.length > 0 && !levels.some((level) => level.id === settings.level)) {
    unknown(['level'], 'value', 'unknown-level', '水準', 'level', settings.level, levels.map((level) => level.id));
  }

  const rules = new Map<string, RuleSource>([...book.rules, ...(book.overlays.get(settings.id)?.addedRules ?? [])].map((rule) => [rule.id, rule]));
  const typeNames = targetNames(book.types);
  for (const [id, change] of settings.rules) {
    if (id === practiceRule) continue;
    const rule = rules.get(id);
    if (!rule) {
      unknown(['rules', id], 'key', 'unknown-rule', '決まり', 'rule', id, rules.keys());
      continue;
    }
    if (rule.locked) {
      report(['rules', id], 'key', 'locked', `「${id}」は変えられない決まりです。この行を消してください。`,
        `The rule "${id}" is locked and cannot be changed. Remove this line.`, 'error');
      continue;
    }
    const above = [book.adjustments.get(id), book.overlays.get(settings.id)?.rules.get(id)].flatMap((layer) => layer?.addWords ?? []);
    for (const { at, part, code, ja, en } of adjustmentFaults(rule, change, typeNames, above)) report(['rules', id, ...at], part, code, ja, en);
  }
  settings.waivers.forEach((waiver, index) => {
    if (!rules.has(waiver.rule)) unknown(['waivers', index, 'rule'], 'value', 'unknown-rule', '決まり', 'rule', waiver.rule, rules.keys());
  });
  return found;
}

/** All that is wrong in the text of a `kobo.yaml`; what is said of a word with the Book at hand is not said again of its form. */
export function koboProblems(text: string, settings: ProductSettings, book: Book): readonly BookProblem[] {
  const named = checkKoboFile(text, settings, book);
  const told = new Set(named.map(({ span }) => span.start));
  return [...readKoboFile(text).problems.filter(({ code, span }) => code !== 'book.form' || !told.has(span.start)), ...named];
}

/**
 * What `kobo.yaml` names that no file is: the roster, and lines of `documents:` that match nothing. Such a file may still be to come: information.
 * @param files paths of the product
 */
export function checkKoboPaths(text: string, settings: ProductSettings, files: Iterable<string>, path: string = koboFileName): readonly BookProblem[] {
  const all = [...files];
  const source = readYaml(text);
  const { people } = settings;
  const roster = people?.replace(/^(?:\.?\/)+/u, '').normalize('NFC');
  const hasRoster = roster === undefined || roster.startsWith('../') || all.some((file) => file.normalize('NFC') === roster);
  const near = people === undefined || hasRoster ? undefined : nearest(people, all);
  const found = hasRoster ? [] : [problem(path, source.spanOf(['people']), 'info', 'missing-file',
    `名簿の「${people ?? ''}」というファイルがありません。${near === undefined ? '場所を直すまで、名前は名簿と照らしません。' : `「${near}」のことですか。`}`,
    `There is no file "${people ?? ''}" for the roster.${near === undefined ? ' Until it is there, names are not compared with it.' : ` Did you mean "${near}"?`}`)];
  const idle = settings.documents.filter(({ pattern, type }) => type !== unmanaged && !all.some((file) => matchesPath(pathPattern(pattern), file)));
  return [...found, ...idle.map(({ pattern }) => problem(path, source.spanOf(['documents', pattern], 'key'), 'info', 'no-documents',
    `「${pattern}」にあたる文書が1つもありません。場所と名前を確かめてください。これから作る文書なら、このままでかまいません。`,
    `No document matches "${pattern}". Check folder and name; leave the line if the documents are still to come.`))];
}
