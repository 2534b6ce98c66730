import { Memory } from './value';

/**
 * Shapes of file names and ids: `YYYY-MM-DD_*.md`, `NNNN-*.md`, `R-NNN`. `YYYY MM DD` are digits of a date, a run of `N`
 * is at least that many digits, `*` is anything but `/`; all else is itself. Not a pattern language: no alternatives.
 */
type Part = { readonly kind: 'literal'; readonly text: string } | { readonly kind: 'digits'; readonly least: number; readonly most: number } | { readonly kind: 'any' };

function partsOf(shape: string): readonly Part[] {
  const parts: Part[] = [];
  let literal = '';
  const flush = () => {
    if (literal !== '') parts.push({ kind: 'literal', text: literal });
    literal = '';
  };
  for (let i = 0; i < shape.length; ) {
    const rest = shape.slice(i);
    if (rest.startsWith('YYYY') || rest.startsWith('MM') || rest.startsWith('DD')) {
      flush();
      const size = rest.startsWith('YYYY') ? 4 : 2;
      parts.push({ kind: 'digits', least: size, most: size });
      i += size;
    } else if (rest.startsWith('N') && isMark(shape, i)) {
      flush();
      let end = i;
      while (shape.charAt(end) === 'N') end++;
      parts.push({ kind: 'digits', least: end - i, most: Infinity });
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

/** Whether a text has a shape. Linear for shapes with one `*`; texts over 300 characters have none. */
export function hasShape(shape: string, text: string): boolean {
  return text.length <= 300 && memory.of(`${shape}\n${text}`, () => fits(shape, text));
}

const memory = new Memory<boolean>(8192);

function fits(shape: string, text: string): boolean {
  const parts = partsOf(shape);
  let reachable = new Set([0]);
  for (const part of parts) {
    const next = new Set<number>();
    for (const at of reachable) {
      if (part.kind === 'literal') {
        if (text.startsWith(part.text, at)) next.add(at + part.text.length);
      } else if (part.kind === 'digits') {
        let end = at;
        while (end < text.length && end - at < part.most && /[0-9]/.test(text.charAt(end))) end++;
        for (let to = at + part.least; to <= end; to++) next.add(to);
      } else {
        for (let to = at; to <= text.length; to++) {
          next.add(to);
          if (text.charAt(to) === '/') break;
        }
      }
    }
    reachable = next;
  }
  return reachable.has(text.length);
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
