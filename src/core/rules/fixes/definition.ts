import { isData, isYes, textsOf, type Compiler } from '../compiler';

const fixVerbs = [
  'insert_section', 'insert_field', 'set_field', 'fill', 'replace', 'append', 'delete', 'mask', 'swap', 'sort', 'repair', 'add_row', 'add_column', 'add_word',
  'split_row', 'move_row', 'rename', 'move', 'create', 'create_row', 'open', 'search', 'upgrade',
] as const;
type FixVerb = (typeof fixVerbs)[number];

/** A fix as a rule writes it. */
export interface FixDefinition {
  readonly verb: FixVerb;
  /** A single value (`replace: nearest`), or empty. */
  readonly value: string;
  /** The same in English, of a text that is put in (`append_en`). */
  readonly valueEn: string | undefined;
  /** Values by column or field (`fill: { closed: today }`). */
  readonly values: readonly (readonly [string, string])[];
  /** Names in a list (`swap: [start, end]`). */
  readonly names: readonly string[];
  /** May be applied in bulk. */
  readonly safe: boolean;
  readonly label: string | undefined;
  readonly labelEn: string | undefined;
}

/** Reads `fix:` of a rule: one fix or a list. What cannot be is a problem and left out. */
export function readFixes(value: unknown, compiler: Compiler): readonly FixDefinition[] {
  if (value === undefined) return [];
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.flatMap((each) => {
    const fix = readFix(each, compiler);
    return fix === undefined ? [] : [fix];
  });
}

function readFix(value: unknown, compiler: Compiler): FixDefinition | undefined {
  if (!isData(value)) {
    compiler.fail('rule.bad-fix', 'fix は「直し方: 値」の形で書きます。', 'A fix is a map.');
    return undefined;
  }
  const keys = Object.keys(value).filter((key) => !['safe', 'label', 'label_en', 'append_en'].includes(key));
  const verb = fixVerbs.find((each) => each === keys[0]);
  if (verb === undefined || keys.length !== 1) {
    compiler.fail('rule.bad-fix', `fix に書けるのは1つの直し方です（${keys.join('、')}）。`, `A fix has one verb (${keys.join(', ')}).`);
    return undefined;
  }
  const written = value[verb];
  const fix: FixDefinition = {
    verb,
    value: isData(written) || Array.isArray(written) ? '' : (textsOf(written)[0] ?? ''),
    valueEn: verb === 'append' ? textsOf(value.append_en)[0] : undefined,
    values: isData(written) ? Object.entries(written).map(([key, each]) => [key, textsOf(each)[0] ?? ''] as const) : [],
    names: Array.isArray(written) ? textsOf(written) : [],
    safe: isYes(value.safe),
    label: textsOf(value.label)[0],
    labelEn: textsOf(value.label_en)[0],
  };
  if (!fix.safe || mayBeSafe(fix)) return fix;
  compiler.warn('rule.fix-not-safe', 'この直し方には safe を付けられません。人に代わって事実を書かない直し方だけです。', 'This fix cannot be safe: only fixes that state no fact for a person can.');
  return { ...fix, safe: false };
}

/** Fixes that only change how something is written, or recompute a figure: nothing is stated for a person. */
function mayBeSafe(fix: FixDefinition): boolean {
  switch (fix.verb) {
    case 'replace':
      return fix.value === 'preferred' || fix.value === 'half_width';
    case 'fill':
      return fix.values.length > 0 && fix.values.every(([, value]) => value === 'expected');
    case 'repair':
    case 'sort':
      return true;
    default:
      return false;
  }
}
