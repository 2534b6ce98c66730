/** A text whose letters are whole, and where in the text before each of its units stood. */
export interface Composed {
  readonly text: string;
  /** One longer than the text; the last is the end of the text before. */
  readonly map: Uint32Array;
}

/** What goes with the character in front of it: accents, ゛ and ゜, also of half width. */
const divided = /[\u0300-\u036f]|[\u3099-\u309a]|[\uff9e-\uff9f]/u;
const clusters = /(?![\u0300-\u036f]|[\u3099-\u309a]|[\uff9e-\uff9f])[^\r\n](?:[\u0300-\u036f]|[\u3099-\u309a]|[\uff9e-\uff9f])+/gu;
const dividedOrHalf = new RegExp(`${divided.source}|[\\uff66-\\uff9d]`, 'u');
const clustersAndHalf = new RegExp(`${clusters.source}|[\\uff66-\\uff9d]`, 'gu');

/**
 * A text with ﾃﾞ as デ and か with its mark as が, as NFKC has them; everything else stays. `undefined` where nothing is divided, as in
 * nearly every text.
 * @param half whether kana of half width become whole ones too
 */
export function composed(text: string, half = false): Composed | undefined {
  if (!(half ? dividedOrHalf : divided).test(text)) return undefined;
  const parts: string[] = [];
  const map = new Uint32Array(text.length + 1);
  let size = 0;
  let from = 0;
  const copy = (end: number): void => {
    parts.push(text.slice(from, end));
    for (; from < end; from++) map[size++] = from;
  };
  for (const match of text.matchAll(half ? clustersAndHalf : clusters)) {
    const [written] = match;
    const whole = written.normalize('NFKC');
    if (whole.length >= written.length && (written.length > 1 || whole.length > 1)) continue;
    copy(match.index);
    parts.push(whole);
    for (let k = 0; k < whole.length; k++) map[size++] = match.index + k;
    from = match.index + written.length;
  }
  copy(text.length);
  map[size] = text.length;
  return { text: parts.join(''), map: map.subarray(0, size + 1) };
}
