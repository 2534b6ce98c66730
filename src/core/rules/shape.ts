import { Memory } from './value';

/**
 * Shapes of file names and ids: `YYYY-MM-DD_*.md`, `NNNN-*.md`, `R-NNN`. `YYYY MM DD` are digits of a date, a run of `N`
 * is at least that many digits, `*` is anything but `/`; all else is itself. Not a pattern language: no alternatives.
 */
type Part =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'digits'; readonly mark: 'year' | 'month' | 'day' | 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'any' };

const dateMarks = { YYYY: 'year', MM: 'month', DD: 'day' } as const;

/** The parts of a shape, in order. */
export function shapeParts(shape: string): readonly Part[] {
  return shapes.of(shape);
}

function partsOf(shape: string): readonly Part[] {
  const parts: Part[] = [];
  let literal = '';
  const flush = () => {
    if (literal !== '') parts.push({ kind: 'literal', text: literal });
    literal = '';
  };
  for (let i = 0; i < shape.length; ) {
    const rest = shape.slice(i);
    const mark = (['YYYY', 'MM', 'DD'] as const).find((each) => rest.startsWith(each));
    if (mark !== undefined) {
      flush();
      parts.push({ kind: 'digits', mark: dateMarks[mark], least: mark.length, most: mark.length });
      i += mark.length;
    } else if (rest.startsWith('N') && isMark(shape, i)) {
      flush();
      let end = i;
      while (shape.charAt(end) === 'N') end++;
      parts.push({ kind: 'digits', mark: 'number', least: end - i, most: Infinity });
      i = end;
    } else if (rest.startsWith('*')) {
      flush();
      parts.push({ kind: 'any' });
      i++;
    } else {
      literal += shape.charAt(i++);
    }
  }
  flush();
  return parts;
}

/** An `N` inside a word (`NOTES`) is a letter; one between signs and digits is a mark. */
function isMark(shape: string, at: number): boolean {
  if (/[A-Za-z]/.test(shape.charAt(at - 1))) return false;
  let end = at;
  while (shape.charAt(end) === 'N') end++;
  return !/[A-Za-z]/.test(shape.charAt(end));
}

/** Whether a text has a shape: its length times the parts of the shape. Texts over 300 characters have none. */
export function hasShape(shape: string, text: string): boolean {
  return text.length <= longestText && fits(shapes.of(shape), text);
}

const longestText = 300;
const shapes = new Memory<readonly Part[]>(256, partsOf);
/** Where in the text the parts so far may end, and where with the next one. */
const ends = [new Uint8Array(longestText + 1), new Uint8Array(longestText + 1)] as const;

function fits(parts: readonly Part[], text: string): boolean {
  const size = text.length;
  let [from, to]: readonly [Uint8Array, Uint8Array] = ends;
  from.fill(0, 0, size + 1);
  from[0] = 1;
  for (const part of parts) {
    to.fill(0, 0, size + 1);
    for (let at = 0; at <= size; at++) {
      if (from[at] === 1) reach(part, text, at, to);
    }
    [from, to] = [to, from];
  }
  return from[size] === 1;
}

function reach(part: Part, text: string, at: number, reached: Uint8Array): void {
  switch (part.kind) {
    case 'literal':
      if (text.startsWith(part.text, at)) reached[at + part.text.length] = 1;
      return;
    case 'digits': {
      let end = at;
      while (end - at < part.most && isDigit(text.charCodeAt(end))) end++;
      for (let to = at + part.least; to <= end; to++) reached[to] = 1;
      return;
    }
    case 'any':
      for (let to = at; to <= text.length && reached[to] !== 1; to++) {
        reached[to] = 1;
        if (text.charAt(to) === '/') return;
      }
  }
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Of a register's ids this many must be there, and this share alike, before its own form counts. */
const leastIds = 2;
const leastShareAlike = 0.8;

/**
 * The shape a register keeps: that of its type, unless no id fits that one and nearly all have another form in common
 * (`R-01` where the type says `R-NNN`, plain numbers): a team's own form is a form. `undefined` for outline numbers (`1.2.1`)
 * and others which no shape can say.
 */
export function shapeInUse(shape: string | undefined, ids: Iterable<string>): string | undefined {
  const written: string[] = [];
  for (const id of ids) {
    if (id === '') continue;
    // In most registers the first id says it, and the others are not asked for.
    if (shape !== undefined && hasShape(shape, id)) return shape;
    written.push(id);
  }
  if (written.length < leastIds) return shape;
  if (written.some((id) => id.includes('.')) && written.every((id) => /^[0-9]{1,4}(?:[.-][0-9]{1,4}){0,9}\.?$/u.test(id))) return undefined;
  const forms = new Map<string, { count: number; width: number; padded: boolean }>();
  for (const id of written) {
    const match = /^(.{0,20}?)([0-9]{1,9})$/u.exec(id);
    if (match === null) continue;
    const [, prefix = '', digits = ''] = match;
    const form = forms.get(prefix) ?? { count: 0, width: digits.length, padded: false };
    forms.set(prefix, { count: form.count + 1, width: Math.min(form.width, digits.length), padded: form.padded || digits.startsWith('0') });
  }
  const [most] = [...forms].sort((a, b) => b[1].count - a[1].count || (a[0] < b[0] ? -1 : 1));
  if (most === undefined || most[1].count < written.length * leastShareAlike) return shape;
  const own = `${most[0]}${'N'.repeat(most[1].padded ? most[1].width : 1)}`;
  if (written.filter((id) => hasShape(own, id)).length === most[1].count) return own;
  // A prefix that reads as a mark of the shape itself cannot be said in it (`R01`); where all have it, it is the team's form all the same.
  return most[1].count === written.length ? undefined : shape;
}

/** The next id of a shape or prefix after those in use: `R-007`, padded like the widest. `undefined` without any model. */
export function nextId(shape: string | undefined, used: readonly string[]): string | undefined {
  let prefix = shape === undefined ? undefined : /^(.*?)N+$/u.exec(shape)?.[1];
  let width = shape === undefined ? 1 : (/N+$/u.exec(shape)?.[0].length ?? 1);
  let highest = 0;
  for (const id of used) {
    const match = /^(.*?)([0-9]{1,9})$/u.exec(id.normalize('NFKC').trim());
    const digits = match?.[2];
    if (match === null || digits === undefined) continue;
    prefix ??= match[1] ?? '';
    if ((match[1] ?? '').toUpperCase() !== prefix.toUpperCase()) continue;
    highest = Math.max(highest, Number(digits));
    if (digits.startsWith('0') || shape === undefined) width = Math.max(width, digits.length);
  }
  return prefix === undefined ? undefined : `${prefix}${String(highest + 1).padStart(width, '0')}`;
}

/** An id written the way a shape asks (`r1` → `R-001`), `undefined` when it holds no number. */
export function reshapedId(shape: string, id: string): string | undefined {
  const digits = /([0-9]{1,9})\D*$/u.exec(id.normalize('NFKC'))?.[1];
  const model = /^(.*?)(N+)$/u.exec(shape);
  if (digits === undefined || model === null) return undefined;
  return `${model[1] ?? ''}${String(Number(digits)).padStart((model[2] ?? '').length, '0')}`;
}
