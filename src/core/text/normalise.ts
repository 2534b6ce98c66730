/**
 * One way of comparing words everywhere: NFKC (full-width ＡＢＣ１２３ = ABC123, ｶﾞ = ガ, ㈱ = (株)) and lower case.
 * NFKC is defined by Unicode Standard Annex #15.
 */

const quickCheck = /[^\n\r\t -@[-~]/;

/** The text in the form in which words are compared: NFKC, lower case. */
export function normalise(text: string): string {
  if (!quickCheck.test(text)) return text;
  return text.normalize('NFKC').toLowerCase();
}

/** A text in comparable form; `map[i]` is the offset in the original of unit `i`, and `map[text.length]` its end. */
export interface NormalisedText {
  readonly text: string;
  /** One longer than `text`. `undefined` when every unit stands where it stood. */
  readonly map: Uint32Array | undefined;
}

/** 0: stays as it is; 1: has to be looked at with what follows it. */
function needsCare(c: number): boolean {
  if (c < 0xa0) return false;
  if (c >= 0x3040 && c < 0x3099) return false;
  if (c >= 0x30a0 && c < 0x30ff) return false;
  if (c >= 0x3400 && c < 0xa000) return false;
  return c !== 0x3001 && c !== 0x3002;
}

/** Marks that combine with the character before them: か + ゙, ｶ + ﾞ, accents. */
function combines(c: number): boolean {
  return (
    (c >= 0x300 && c < 0x370) ||
    c === 0x3099 ||
    c === 0x309a ||
    c === 0xff9e ||
    c === 0xff9f ||
    (c >= 0xfe00 && c <= 0xfe0f) ||
    c === 0x200d
  );
}

const oneToOne = new Map<number, string>([
  [0x3000, ' '],
  [0x30fc, 'ー'],
]);

/**
 * Normalises like {@link normalise} and remembers where every unit came from, so that a match can be underlined in the
 * original. Linear; combining marks are taken together with their base.
 */
export function normaliseWithMap(text: string): NormalisedText {
  const length = text.length;
  let first = 0;
  for (; first < length; first++) {
    const c = text.charCodeAt(first);
    if ((c >= 65 && c <= 90) || needsCare(c) || combines(c)) break;
  }
  if (first === length) return { text, map: undefined };
  // A mark belongs to what stands before it.
  if (first > 0 && combines(text.charCodeAt(first))) first--;
  const parts: string[] = [];
  let map: Uint32Array | undefined;
  let size = 0;
  // Text copied so far ends at `from`; runs that keep their length are copied in one piece.
  let from = 0;
  const copyTo = (end: number): void => {
    if (end > from) {
      const run = text.slice(from, end);
      parts.push(run);
      if (map !== undefined) {
        if (size + run.length + 1 > map.length) map = grown(map, size + run.length + 1);
        for (let k = 0; k < run.length; k++) map[size + k] = from + k;
      }
      size += run.length;
    }
  };
  for (let i = first; i < length; ) {
    const c = text.charCodeAt(i);
    const followed = i + 1 < length && combines(text.charCodeAt(i + 1));
    if (!followed) {
      let single: string | undefined;
      if (c >= 65 && c <= 90) single = String.fromCharCode(c + 32);
      else if (c >= 0xff01 && c <= 0xff5e) single = String.fromCharCode(c >= 0xff21 && c <= 0xff3a ? c - 0xfee0 + 32 : c - 0xfee0);
      else if (!needsCare(c)) {
        i++;
        continue;
      } else single = oneToOne.get(c);
      if (single !== undefined) {
        copyTo(i);
        parts.push(single);
        if (map !== undefined) {
          if (size + 2 > map.length) map = grown(map, size + 2);
          map[size] = i;
        }
        size++;
        i++;
        from = i;
        continue;
      }
    }
    let end = i + 1;
    if (c >= 0xd800 && c < 0xdc00 && end < length && (text.charCodeAt(end) & 0xfc00) === 0xdc00) end++;
    while (end < length && combines(text.charCodeAt(end))) end++;
    const written = text.slice(i, end);
    const normal = written.normalize('NFKC').toLowerCase();
    if (normal !== written) {
      copyTo(i);
      if (map === undefined && normal.length !== written.length) {
        map = new Uint32Array(length + 64);
        for (let k = 0; k < size; k++) map[k] = k;
      }
      parts.push(normal);
      if (map !== undefined) {
        if (size + normal.length + 1 > map.length) map = grown(map, size + normal.length + 1);
        for (let k = 0; k < normal.length; k++) map[size + k] = normal.length === written.length ? i + k : i;
      }
      size += normal.length;
      from = end;
    }
    i = end;
  }
  copyTo(length);
  if (map === undefined) return { text: parts.join(''), map };
  if (size + 1 > map.length) map = grown(map, size + 1);
  map[size] = length;
  return { text: parts.join(''), map: map.subarray(0, size + 1) };
}

function grown(map: Uint32Array, least: number): Uint32Array {
  const larger = new Uint32Array(Math.max(least, map.length * 2));
  larger.set(map);
  return larger;
}

/** Digit value of an ASCII or full-width digit, -1 for anything else. */
export function digitValue(c: number): number {
  if (c >= 48 && c <= 57) return c - 48;
  if (c >= 0xff10 && c <= 0xff19) return c - 0xff10;
  return -1;
}

/** ASCII letter, digit or underscore: what a word boundary of Latin words looks at. */
export function isAsciiWord(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95;
}
