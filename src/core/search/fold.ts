/**
 * Folding: how any text, Japanese or English, is brought to the one form that is indexed and searched. NFKC, lower case,
 * accents off Latin letters, hiragana as katakana, the long vowel mark at the end of a katakana word dropped
 * (サーバー = サーバ), one space between katakana joined (カスタム フォーム = カスタムフォーム). Every folded unit knows where it
 * came from, so that marks can be set on the text as it was written. Nothing here asks a locale or a host's dictionary.
 */

/** Class of a folded unit. Hiragana keeps its class although its code is folded to katakana. */
export const unitClass = { separator: 0, lower: 1, upper: 2, digit: 3, hiragana: 4, katakana: 5, ideograph: 6 } as const;

const longVowel = 0x30fc;
const unknown = 255;

/** Folded text in scratch arrays that the next call of {@link Folder.fold} overwrites. */
export class Folder {
  /** Folded UTF-16 units. */
  codes = new Uint16Array(4096);
  /** {@link unitClass} of each unit. */
  classes = new Uint8Array(4096);
  /** UTF-16 offset in the original text at which each unit's origin begins. */
  starts = new Uint32Array(4096);
  length = 0;
  #sourceLength = 0;
  /** Katakana units at the end of what is folded so far. */
  #run = 0;
  readonly #classOf = new Uint8Array(65536).fill(unknown);

  /** Folds `text`; linear in its length. */
  fold(text: string): void {
    const size = text.length;
    this.length = 0;
    this.#run = 0;
    this.#sourceLength = size;
    if (this.codes.length < size + 16) this.#grow(size + 16);
    for (let i = 0; i < size; ) {
      const c = text.charCodeAt(i);
      const next = i + 1 < size ? text.charCodeAt(i + 1) : 0;
      if (next >= 0x300 && isMark(next)) {
        let end = i + 2;
        while (end < size && isMark(text.charCodeAt(end)) && end - i < 16) end++;
        this.#compose(text.slice(i, end), i);
        i = end;
        continue;
      }
      if (c < 0x80) {
        if (c >= 0x61 && c <= 0x7a) this.#put(c, unitClass.lower, i);
        else if (c >= 0x41 && c <= 0x5a) this.#put(c + 32, unitClass.upper, i);
        else if (c >= 0x30 && c <= 0x39) this.#put(c, unitClass.digit, i);
        else if (c !== 0x20 || this.#run === 0 || !isKatakanaSource(next)) this.#put(c, unitClass.separator, i);
        i++;
      } else if (c >= 0x4e00 && c <= 0x9fff) {
        this.#put(c, unitClass.ideograph, i++);
      } else if (c >= 0x3041 && c <= 0x3096) {
        this.#put(c + 0x60, unitClass.hiragana, i++);
      } else if (c >= 0x30a1 && c <= 0x30fa) {
        this.#put(c, unitClass.katakana, i++);
      } else if (c === longVowel) {
        this.#long(i++);
      } else if (c === 0x3000) {
        if (this.#run === 0 || !isKatakanaSource(next)) this.#put(0x20, unitClass.separator, i);
        i++;
      } else if (c === 0x3001 || c === 0x3002) {
        this.#put(c, unitClass.separator, i++);
      } else {
        const pair = c >= 0xd800 && c <= 0xdbff && next >= 0xdc00 && next <= 0xdfff;
        this.#compose(pair ? text.slice(i, i + 2) : text.charAt(i), i);
        i += pair ? 2 : 1;
      }
    }
    this.#endRun();
    this.classes[this.length] = unitClass.separator;
    this.codes[this.length] = 0;
  }

  /** Original offset at which the origin of unit `index` ends (exclusive); a dropped ー belongs to the unit before it. */
  endOf(index: number): number {
    const start = this.starts[index] ?? 0;
    for (let i = index + 1; i < this.length; i++) {
      const at = this.starts[i] ?? 0;
      if (at !== start) return at;
    }
    return this.#sourceLength;
  }

  #grow(size: number): void {
    const capacity = Math.max(size, this.codes.length * 2);
    const codes = new Uint16Array(capacity);
    const classes = new Uint8Array(capacity);
    const starts = new Uint32Array(capacity);
    codes.set(this.codes.subarray(0, this.length));
    classes.set(this.classes.subarray(0, this.length));
    starts.set(this.starts.subarray(0, this.length));
    this.codes = codes;
    this.classes = classes;
    this.starts = starts;
  }

  #put(code: number, cls: number, at: number): void {
    if (cls === unitClass.katakana) this.#run++;
    else if (this.#run > 0) this.#endRun();
    const n = this.length++;
    this.codes[n] = code;
    this.classes[n] = cls;
    this.starts[n] = at;
  }

  /** A katakana word of three and more units loses its final long vowel mark. */
  #endRun(): void {
    if (this.#run >= 3 && this.codes[this.length - 1] === longVowel) this.length--;
    this.#run = 0;
  }

  #long(at: number): void {
    const before = this.length > 0 ? this.classes[this.length - 1] : unitClass.separator;
    if (before === unitClass.hiragana) this.#put(longVowel, unitClass.hiragana, at);
    else if (before === unitClass.katakana) this.#put(longVowel, unitClass.katakana, at);
    else this.#put(longVowel, unitClass.separator, at);
  }

  /** The slow way for everything that is not plain ASCII, kana or a common ideograph. */
  #compose(cluster: string, at: number): void {
    const composed = cluster.normalize('NFKC');
    if (this.codes.length < this.#sourceLength + this.length + composed.length * 3 + 16) {
      this.#grow(this.#sourceLength + this.length + composed.length * 3 + 16);
    }
    for (let i = 0; i < composed.length; i++) {
      const c = composed.charCodeAt(i);
      if (c >= 0x61 && c <= 0x7a) this.#put(c, unitClass.lower, at);
      else if (c >= 0x41 && c <= 0x5a) this.#put(c + 32, unitClass.upper, at);
      else if (c >= 0x30 && c <= 0x39) this.#put(c, unitClass.digit, at);
      else if (c >= 0x4e00 && c <= 0x9fff) this.#put(c, unitClass.ideograph, at);
      else if ((c >= 0x3041 && c <= 0x3096) || c === 0x309d || c === 0x309e) this.#put(c + 0x60, unitClass.hiragana, at);
      else if ((c >= 0x30a1 && c <= 0x30fa) || c === 0x30fd || c === 0x30fe) this.#put(c, unitClass.katakana, at);
      else if (c === longVowel) this.#long(at);
      else this.#rare(composed, i, c, at);
    }
  }

  #rare(text: string, index: number, c: number, at: number): void {
    if (c >= 0xd800 && c <= 0xdfff) {
      const point = text.codePointAt(c < 0xdc00 ? index : index - 1) ?? 0;
      const ideograph = point >= 0x20000 && point <= 0x3ffff;
      this.#put(c, ideograph ? unitClass.ideograph : unitClass.separator, at);
      return;
    }
    let cls = this.#classOf[c] ?? unknown;
    if (cls === unknown) {
      cls = classify(c);
      this.#classOf[c] = cls;
    }
    if (cls === invisible) return;
    if (cls !== unitClass.lower) {
      this.#put(c, cls, at);
      return;
    }
    const plain = String.fromCharCode(c).normalize('NFKD').toLowerCase();
    const first = plain.charCodeAt(0);
    if (first < 0x80) this.#put(first, unitClass.lower, at);
    else this.#put(String.fromCharCode(c).toLowerCase().charCodeAt(0), unitClass.lower, at);
  }
}

const shared = new Folder();

/** A text in folded form, with single spaces: what two spellings of the same have in common. */
export function foldedText(text: string): string {
  shared.fold(text);
  let folded = '';
  const { codes } = shared;
  for (let at = 0; at < shared.length; at += 8192) {
    folded += String.fromCharCode(...codes.subarray(at, Math.min(shared.length, at + 8192)));
  }
  return folded.replace(/\s+/g, ' ').trim();
}

/** Zero-width characters and soft hyphens leave no trace. */
const invisible = 254;

function classify(c: number): number {
  if ((c >= 0x200b && c <= 0x200f) || c === 0xfeff || c === 0xad || c === 0x2060 || (c >= 0xfe00 && c <= 0xfe0f)) return invisible;
  if ((c >= 0x2e80 && c <= 0x2fdf) || c === 0x3005 || c === 0x3006 || c === 0x3007) return unitClass.ideograph;
  if ((c >= 0x3400 && c <= 0x4dbf) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0xac00 && c <= 0xd7a3)) return unitClass.ideograph;
  const text = String.fromCharCode(c);
  if (/\p{L}/u.test(text)) return unitClass.lower;
  if (/\p{Nd}/u.test(text)) return unitClass.digit;
  return unitClass.separator;
}

/** Combining marks and the half-width voice marks, which belong to the character before them. */
function isMark(c: number): boolean {
  return (c >= 0x300 && c <= 0x36f) || c === 0x3099 || c === 0x309a || c === 0xff9e || c === 0xff9f;
}

function isKatakanaSource(c: number): boolean {
  return (c >= 0x30a1 && c <= 0x30fa) || (c >= 0xff66 && c <= 0xff9d);
}
