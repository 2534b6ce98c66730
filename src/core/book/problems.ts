import type { Span } from '../text/position';
import type { BookProblem, Origin, Severity } from './book';
import type { YamlProblem } from './yaml-source';

/** Start of a file: the place of problems that concern all of it. */
export const fileStart: Span = { start: 0, end: 0 };

/** The written word a problem is about, and the known one that was probably meant. */
export interface Meant {
  readonly about?: string | undefined;
  /** Key of the rule (or other thing) that it stands behind, where it may stand behind several. */
  readonly under?: string | undefined;
  readonly better?: string | undefined;
}

/** Makes a problem; `ja` and `en` each say what is wrong and what to do. */
export function problem(
  path: string, span: Span, severity: Severity, code: string, ja: string, en: string, meant: Meant = {},
): BookProblem {
  return {
    path, span, severity, code: `book.${code}`, message: { text: ja, en },
    ...(meant.about === undefined ? {} : { about: meant.about }), ...(meant.under === undefined ? {} : { under: meant.under }), ...(meant.better === undefined ? {} : { better: meant.better }),
  };
}

/** The reader's sentence for what made a YAML text unreadable or doubtful. */
export function yamlProblem(path: string, found: YamlProblem): BookProblem {
  const isPage = path.endsWith('.md');
  switch (found.fault) {
    case 'syntax':
      return problem(path, found.span, 'error', 'yaml',
        `${found.mistake?.ja ?? 'この行の書き方が読み取れません。字下げ、コロンの後の空白、引用符を確かめてください。'}${isPage ? '直すまで、先頭の --- の中は読み込みません。' : '直すまで、このファイルは全体を読み込みません。'}`,
        `${found.mistake?.en ?? 'This line cannot be read as YAML. Check indentation, the space after a colon, and quotes.'} ${isPage ? 'Until then nothing between the --- lines is read.' : 'Until then nothing of this file is read.'} (${found.detail})`);
    case 'duplicate':
      return problem(path, found.span, 'error', 'duplicate-key',
        `「${found.detail}」が2回書かれています。どちらかを消してください。`,
        `"${found.detail}" is written twice. Remove one of them.`);
    case 'aliases':
      return problem(path, found.span, 'error', 'aliases',
        'YAMLの別名（*）が多すぎるため読み込みません。値をそのまま書いてください。',
        'There are too many YAML aliases (*). Write the values out.');
    case 'size':
      return tooLarge(path);
    case 'depth':
      return problem(path, found.span, 'error', 'depth',
        '入れ子が深すぎるため読み込みません。段を減らしてください。',
        'The nesting is too deep. Use fewer levels.');
  }
}

/** A file or (`path` ends in `/`) a folder that cannot be opened. @param detail for the log */
export function unreadable(path: string, detail: string): BookProblem {
  return path.endsWith('/')
    ? problem(path, fileStart, 'error', 'unreadable', 'このフォルダーの中を見られないため、読み込みません。アクセス権を確かめてください。', 'What is in this folder cannot be seen and was not read. Check its permissions.')
    : problem(path, fileStart, 'error', 'unreadable', 'このファイルを開けませんでした。場所とアクセス権を確かめてください。', `This file could not be opened. Check its place and permissions. (${detail})`);
}

/** A file that is longer than anything read in one go. */
export function tooLarge(path: string): BookProblem {
  return problem(path, fileStart, 'error', 'too-large',
    'このファイルは大きすぎるため読み込みません。分けてください。', 'This file is too large and was not read. Split it.');
}

/** Names shown where none is near; a longer list helps nobody. */
const mostShown = 12;

/** A name that the Book does not have, at the thing that uses it: with the near one, else with those there are. */
export function unknownName({ path, span }: Origin, code: string, ja: string, en: string, id: string, known: Iterable<string>, severity: Severity = 'warning'): BookProblem {
  const names = [...known];
  const near = nearest(id, names);
  const [listed, more] = [names.slice(0, mostShown), names.length > mostShown];
  const then = near !== undefined ? [`「${near}」のことですか。`, ` Did you mean "${near}"?`]
    : listed.length === 0 ? ['', ''] : [`使えるのは ${listed.join('、')}${more ? ' など' : ''} です。`, ` Known: ${listed.join(', ')}${more ? ' …' : ''}.`];
  return problem(path, span, severity, code, `「${id}」という${ja}はありません。${then[0] ?? ''}`, `There is no ${en} "${id}".${then[1] ?? ''}`, { about: id, better: near });
}

/**
 * The known name nearest to a mistyped one: one letter away, two for names of six letters or more (optimal string
 * alignment), and less than half of it; of ids with a prefix (`TKW-007`) two only with the same prefix. `undefined` if none is near.
 * @param most letters that may differ
 */
export function nearest(name: string, known: Iterable<string>, most = name.length < 6 ? 1 : 2): string | undefined {
  let best: string | undefined;
  let least = most + 1;
  if (name.length > 64) return undefined;
  for (const other of known) {
    if (Math.abs(other.length - name.length) >= least) continue;
    const away = distance(name, other);
    if (away * 2 >= Math.max(name.length, other.length) || (away > 1 && prefixOf(name) !== prefixOf(other))) continue;
    if (away < least) {
      least = away;
      best = other;
    }
  }
  return best;
}

/** `TKW` of `TKW-007`; empty for other names. */
function prefixOf(name: string): string {
  return /^([A-Z]+)-\d/u.exec(name)?.[1] ?? '';
}

function distance(a: string, b: string): number {
  let older: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let value = Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) value = Math.min(value, (older[j - 2] ?? 0) + 1);
      row.push(value);
    }
    older = above;
    above = row;
  }
  return above[b.length] ?? 0;
}
