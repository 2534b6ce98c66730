import type { Span } from '../text/position';
import type { BookProblem, DocumentType, Origin } from './book';
import { entriesOf, isData, mapOf, textOf, wordsOf } from './data';
import type { TypeUse } from './layer';
import { unknownName } from './problems';
import type { YamlPath, YamlSource } from './yaml-source';

/** The names that a type file uses. What they name may stand in `common.yaml`, so that only the Book as a whole can tell whether it is there. */
export function usesOf(value: unknown, source: Pick<YamlSource, 'spanOf'>): readonly TypeUse[] {
  const map = mapOf(value);
  const uses: TypeUse[] = [];
  const add = (kind: TypeUse['kind'], name: string, at: YamlPath, more: Partial<TypeUse> = {}, part: 'key' | 'value' = 'value'): void => {
    if (name !== '') uses.push({ kind, name, span: source.spanOf(at, part), ...more });
  };
  const attributes = (list: unknown, at: YamlPath, table: string | undefined): void => {
    const inTable = table === undefined ? {} : { table };
    for (const [id, value] of entriesOf(list)) {
      const attribute = mapOf(value);
      const here = [...at, id];
      add('words', textOf(attribute.words), [...here, 'words']);
      add('type', textOf(attribute.refers_to), [...here, 'refers_to']);
      wordsOf(attribute.instead).forEach((name, i) => add('part', name, [...here, 'instead', i], inTable));
      if (!isData(attribute.required_when)) continue;
      for (const [name, wanted] of entriesOf(attribute.required_when)) {
        add('part', name, [...here, 'required_when', name], inTable, 'key');
        wordsOf(wanted).forEach((word, i) => add('word', word, [...here, 'required_when', name, i], { of: name, ...inTable }));
      }
    }
  };
  add('part', textOf(map.date).split('.').at(-1) ?? '', ['date']);
  attributes(map.fields, ['fields'], undefined);
  for (const [id, table] of entriesOf(map.tables)) attributes(mapOf(table).columns, ['tables', id, 'columns'], id);
  for (const [id, section] of entriesOf(map.sections)) add('section', textOf(mapOf(section).after), ['sections', id, 'after']);
  for (const [set, words] of entriesOf(map.words)) {
    for (const [id, spellings] of entriesOf(words)) {
      if (isData(spellings)) wordsOf(spellings.group).forEach((word, i) => add('member', word, ['words', set, id, 'group', i], { of: set }));
    }
  }
  return uses;
}

/** Answers to `required_when` that are no words. */
const answers: readonly string[] = ['filled', 'empty'];

/**
 * Names in a type file that nothing has: what they should do would never be done, and nobody would know.
 * @param type with `common.yaml` in it
 * @param others all types of the Book, for names of types
 */
export function unknownUses(uses: readonly TypeUse[], type: DocumentType, others: ReadonlyMap<string, DocumentType>, origin: Origin): readonly BookProblem[] {
  const tell = (span: Span, code: string, ja: string, en: string, name: string, known: readonly string[]): readonly BookProblem[] => {
    if (known.length === 0 || known.includes(name)) return [];
    const found = unknownName({ ...origin, span }, code, ja, en, name, known);
    return [found];
  };
  const attributesOf = (table: string | undefined) => (table === undefined ? type.fields : (type.tables.find(({ id }) => id === table)?.columns ?? []));
  return uses.flatMap(({ kind, name, span, table, of }): readonly BookProblem[] => {
    switch (kind) {
      case 'part':
        return tell(span, 'unknown-part', table === undefined ? '項目' : '列', table === undefined ? 'field' : 'column', name, attributesOf(table).map(({ id }) => id));
      case 'words':
        // The phases of the lifecycle are a set, too.
        return name === 'phase' ? [] : tell(span, 'unknown-words', '言葉の組', 'set of words', name, [...type.words.keys()]);
      case 'type':
        return tell(span, 'unknown-type', '文書の種類', 'document type', name, [...others.keys()]);
      case 'section':
        return tell(span, 'unknown-part', '見出し', 'section', name, type.sections.map(({ id }) => id));
      case 'member':
        return tell(span, 'unknown-word', '言葉', 'word', name, [...(type.words.get(of ?? '')?.words.keys() ?? []), ...(type.words.get(of ?? '')?.groups.keys() ?? [])]);
      case 'word': {
        const set = type.words.get(attributesOf(table).find(({ id }) => id === of)?.words ?? '');
        if (set === undefined || answers.includes(name) || [...set.words.values()].some((spellings) => spellings.includes(name))) return [];
        return tell(span, 'unknown-word', '言葉', 'word', name, [...answers, ...set.words.keys(), ...set.groups.keys()]);
      }
    }
  });
}
