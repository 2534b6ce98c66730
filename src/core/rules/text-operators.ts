import { normalise } from '../text/normalise';
import { isData, type Compiler, type Data } from './compiler';
import type { Env, Match } from './env';
import { compileRange } from './numbers';
import type { RecogniserName } from './recognisers/index';
import type { Hit } from './recognisers/recogniser';
import { RowUnit } from './table-units';
import { placeOf, textOf, within, anyWithin, type Prose, type TextSource, type WordList } from './text-source';
import { NO, truthOf, UNKNOWN, YES, type Truth } from './truth';
import type { Unit } from './unit';

export const textOperators = ['words', 'starts_with', 'ends_with', 'only_words', 'has', 'has_all', 'length'] as const;
type TextOperator = (typeof textOperators)[number];

export function isTextOperator(name: string): name is TextOperator {
  return (textOperators as readonly string[]).includes(name);
}

/** Asks one text operator about a text; the unit is given for rows, whose columns say what a name or date is. */
export interface TextTest {
  readonly test: (prose: Prose, unit: Unit | undefined, env: Env) => Truth;
  /** The places that match, for operators that underline them. */
  readonly hits: ((prose: Prose) => readonly Hit[]) | undefined;
  /** False when nothing of a whole source can match, so that its parts need not be asked. */
  readonly possible: ((source: TextSource) => boolean) | undefined;
}

/** What a text lacks, in the words of messages. */
const names: Readonly<Partial<Record<RecogniserName, readonly [string, string]>>> = {
  person: ['担当者', 'owner'], date: ['日付', 'date'], quantity: ['数値', 'number'], number: ['数値', 'number'], role: ['役割', 'role'], time: ['時刻', 'time'],
  id: ['番号', 'ID'], actor: ['主語', 'actor'], money: ['金額', 'amount'], percent: ['割合', 'percentage'], code: ['コマンド', 'command'],
};

export function compileTextOperator(operator: TextOperator, value: unknown, compiler: Compiler): TextTest {
  switch (operator) {
    case 'words': {
      const list = compiler.list(value, true);
      return listed((prose) => within(prose.source.listed(list), prose), (prose) => anyWithin(prose.source.listed(list), prose), list);
    }
    case 'has': {
      const kinds = compiler.recognisers(value);
      const byColumn = kinds.some((kind) => columnKinds(kind) !== undefined);
      const find = (prose: Prose) => (kinds.length === 1 && kinds[0] !== undefined ? within(prose.source.recognised(kinds[0]), prose) : merged(kinds, prose));
      return {
        test: (prose, unit, env) => {
          const yes = kinds.some((kind) => anyWithin(prose.source.recognised(kind), prose) || inColumns(kind, unit));
          if (env.trace !== undefined) env.note({ result: truthOf(yes), matches: matchesOf(find(prose), prose), missing: yes ? [] : kinds.map((kind) => nameOf(kind, env)) });
          return truthOf(yes);
        },
        hits: find,
        possible: byColumn ? undefined : (source) => kinds.some((kind) => source.recognised(kind).length > 0),
      };
    }
    case 'has_all': {
      const kinds = compiler.recognisers(value);
      return {
        test: (prose, unit, env) => {
          const missing = kinds.filter((kind) => !anyWithin(prose.source.recognised(kind), prose) && !inColumns(kind, unit));
          if (env.trace !== undefined) env.note({ result: truthOf(missing.length === 0), missing: missing.map((kind) => nameOf(kind, env)) });
          return truthOf(missing.length === 0);
        },
        hits: undefined,
        possible: undefined,
      };
    }
    case 'ends_with':
    case 'starts_with':
      return edge(operator, compiler.list(value, true));
    case 'only_words':
      return onlyWords(compiler.list(value, true));
    case 'length': {
      const range = compileRange(isData(value) ? value : ({} satisfies Data), compiler);
      return {
        test: (prose, _unit, env) => {
          const length = charactersOf(textOf(prose).trim().replace(linkTarget, ']'));
          const result = range(length, env);
          if (env.trace !== undefined) env.note({ result, length });
          return result;
        },
        hits: undefined,
        possible: undefined,
      };
    }
  }
}

function listed(find: (prose: Prose) => readonly Hit[], any: (prose: Prose) => boolean, list: WordList): TextTest {
  return {
    test: (prose, _unit, env) => {
      const yes = any(prose);
      if (env.trace !== undefined) env.note({ result: truthOf(yes), matches: matchesOf(find(prose), prose) });
      return truthOf(yes);
    },
    hits: find,
    possible: (source) => source.listed(list).length > 0,
  };
}

function merged(kinds: readonly RecogniserName[], prose: Prose): readonly Hit[] {
  return kinds.flatMap((kind) => within(prose.source.recognised(kind), prose)).sort((a, b) => a.start - b.start);
}

function nameOf(kind: RecogniserName, env: Env): string {
  const pair = names[kind];
  return pair === undefined ? kind : pair[env.context.language === 'ja' ? 0 : 1];
}

function matchesOf(hits: readonly Hit[], prose: Prose): readonly Match[] {
  return hits.map((hit) => ({ span: placeOf(hit, prose), text: prose.source.slice(hit.start, hit.end), better: hit.better }));
}

function columnKinds(kind: RecogniserName): readonly string[] | undefined {
  if (kind === 'person' || kind === 'actor') return ['person', 'people'];
  if (kind === 'date') return ['date', 'period'];
  return undefined;
}

/** In a row a filled column of the kind is as good as a name or date in the words. */
function inColumns(kind: RecogniserName, unit: Unit | undefined): boolean {
  const kinds = columnKinds(kind);
  if (kinds === undefined || !(unit instanceof RowUnit)) return false;
  return unit.table.columns.some((column, position) =>
    column !== undefined && kinds.includes(column.kind) && unit.document.cell(unit.table, unit.index, position)?.empty === false);
}

/** Length in characters: a pair of surrogates is one. */
/** The address of a link: nobody reads it with the sentence. */
const linkTarget = /\]\(<?(?:[^\s()<>]|\([^\s()]{0,200}\)){1,2000}>?(?:[ \t]+"[^"\n]{0,200}")?\)/gu;

function charactersOf(text: string): number {
  let pairs = 0;
  for (let i = 1; i < text.length; i++) if ((text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) pairs++;
  return text.length - pairs;
}

/** Signs, blanks and marks at a text's end that do not belong to its words. */
const tail = /[\s\u3000。．.、，,!！?？)）」』】\]*_~`|;；:：]/u;

function edge(operator: 'ends_with' | 'starts_with', list: WordList): TextTest {
  const find = (prose: Prose): readonly Hit[] => {
    const hits = within(prose.source.listed(list), prose);
    if (hits.length === 0) return hits;
    const text = textOf(prose);
    let from = prose.from;
    let to = prose.to;
    if (operator === 'ends_with') {
      while (to > from && tail.test(text.charAt(to - 1 - prose.from))) to--;
      const last = hits[hits.length - 1];
      return last !== undefined && last.end >= to ? [last] : [];
    }
    while (from < to && /[\s\u3000*_~`・「『（([【-]/u.test(text.charAt(from - prose.from))) from++;
    const first = hits[0];
    return first !== undefined && first.start <= from ? [first] : [];
  };
  return {
    test: (prose, unit, env) => {
      const places = unit instanceof RowUnit ? unit.textCells.map((cell) => env.proseOf(cell, unit.document)) : [prose];
      for (const place of places) {
        const hits = find(place);
        if (hits.length === 0) continue;
        env.note({ result: YES, matches: matchesOf(hits, place) });
        return YES;
      }
      return NO;
    },
    hits: undefined,
    possible: (source) => source.listed(list).length > 0,
  };
}

/** Words that add nothing: particles, degrees, polite endings. What is left beside them and the given words counts. */
const fillers = /十分に?|しっかりと?|きちんと|ちゃんと|必ず|よく|もっと|より一層|一層|改めて|あらためて|再度|今後は?|さらに|引き続き|全員で|全員に|関係者に|皆に|事前に|ように(?:する)?|こと(?:とする)?|ため|する|します|した|して|いく|いきます|させる|および|及び|など|等|[をにはがでともへのやも、。・,.\s\u3000]/gu;

function onlyWords(list: WordList): TextTest {
  const words = [...new Set(list.words.flatMap((word) => (word.endsWith('する') ? [word, word.slice(0, -2)] : [word])))].map((word) => normalise(word));
  words.sort((a, b) => b.length - a.length);
  return {
    test: (prose, _unit, env) => {
      const text = normalise(textOf(prose)).trim();
      if (text === '') return UNKNOWN;
      if (text.length > 200) return NO;
      let rest = text;
      let found = false;
      for (const word of words) {
        if (!rest.includes(word)) continue;
        found = true;
        rest = rest.split(word).join(' ');
      }
      const yes = found && rest.replace(fillers, '') === '';
      env.note({ result: truthOf(yes), matches: [{ span: prose.whole, text: textOf(prose) }] });
      return truthOf(yes);
    },
    hits: undefined,
    possible: (source) => source.listed(list).length > 0 || source.mayHold(words),
  };
}
