import type { Link, OpaqueSpan } from './document';
import { isKnownTag, tagEnd, tagName } from './html';
import { normaliseLabel, type Definitions } from './markdown-blocks';

/** A part of a leaf that its plain text leaves out or puts differently. */
interface Cut {
  readonly start: number;
  readonly end: number;
  readonly instead: string;
}

interface Bracket {
  /** Offset of `[`. */
  readonly at: number;
  readonly image: boolean;
  /** False inside a link: links hold no links. */
  active: boolean;
  /** Another bracket stands inside, so this one names no reference. */
  nested: boolean;
}

interface Run {
  readonly at: number;
  length: number;
}

interface Found {
  readonly link: Link;
  readonly textStart: number;
  readonly textEnd: number;
}

/** 1 for the ASCII characters that may begin something; `w` and `:` only where an address may stand. */
const special = new Uint8Array(128);
for (const c of '`*_~[]<&\\:w') special[c.charCodeAt(0)] = 1;

const mostBrackets = 100;
const longestBackticks = 80;
const longestTarget = 100_000;

/** Whether the words of a leaf are its text as it stands. */
export function isPlain(text: string, start: number, end: number): boolean {
  return firstSpecial(text, start, end) >= end;
}

function firstSpecial(text: string, start: number, end: number): number {
  let at = start;
  for (; at < end; at++) {
    const c = text.charCodeAt(at);
    if (c < 128 && special[c] === 1 && !isOrdinary(text, c, at)) break;
  }
  return at;
}

/** `:` and `w` outside addresses. */
function isOrdinary(text: string, c: number, at: number): boolean {
  if (c === 58) return text.charCodeAt(at + 1) !== 47 || text.charCodeAt(at + 2) !== 47;
  if (c === 119) return text.charCodeAt(at + 1) !== 119 || text.charCodeAt(at + 2) !== 119 || text.charCodeAt(at + 3) !== 46;
  return false;
}

/**
 * Reads the inside of one leaf after the other: code spans, comments, tags, links, emphasis. Everything a search could
 * look for twice is remembered, so that the whole is linear. Links and opaque spans gather in `links` and `opaque`.
 */
export class InlineReader {
  readonly links: Link[] = [];
  readonly opaque: OpaqueSpan[] = [];
  readonly #text: string;
  readonly #definitions: Definitions;
  readonly #next = new Map<string, number>();
  #cuts: Cut[] = [];
  #brackets: Bracket[] = [];
  #found: Found[] = [];
  #stars: Run[] = [];
  #bars: Run[] = [];
  #tildes: Run[] = [];
  #unclosed = new Set<number>();
  #sorted = true;

  constructor(text: string, definitions: Definitions) {
    this.#text = text;
    this.#definitions = definitions;
  }

  /** Reads the leaf `start`-`end` and gives its words. */
  read(start: number, end: number): string {
    const at = firstSpecial(this.#text, start, end);
    if (at >= end) return this.#text.slice(start, end);
    this.#scan(at, end);
    const plain = this.#plain(start, end);
    for (const { link, textStart, textEnd } of this.#found) this.links.push({ ...link, text: this.#plain(textStart, textEnd) });
    this.#reset();
    return plain;
  }

  /** Reads a leaf whose words no one asks for: collects links and opaque spans only. */
  collect(start: number, end: number): void {
    const at = firstSpecial(this.#text, start, end);
    if (at >= end) return;
    this.#scan(at, end);
    for (const { link, textStart, textEnd } of this.#found) this.links.push({ ...link, text: this.#plain(textStart, textEnd) });
    this.#reset();
  }

  /** The words of a part that has been or will be read as part of its leaf: collects nothing. */
  words(start: number, end: number): string {
    const at = firstSpecial(this.#text, start, end);
    if (at >= end) return this.#text.slice(start, end);
    const opaque = this.opaque.length;
    this.#scan(at, end);
    const plain = this.#plain(start, end);
    this.#reset();
    this.opaque.length = opaque;
    return plain;
  }

  #reset(): void {
    if (this.#cuts.length > 0) this.#cuts = [];
    if (this.#brackets.length > 0) this.#brackets = [];
    if (this.#found.length > 0) this.#found = [];
    if (this.#stars.length > 0) this.#stars = [];
    if (this.#bars.length > 0) this.#bars = [];
    if (this.#tildes.length > 0) this.#tildes = [];
    if (this.#unclosed.size > 0) this.#unclosed = new Set();
    this.#sorted = true;
  }

  #scan(from: number, end: number): void {
    const text = this.#text;
    for (let at = from; at < end; ) {
      const c = text.charCodeAt(at);
      if (c >= 128 || special[c] === 0) {
        at++;
        continue;
      }
      switch (c) {
        case 92:
          at = this.#escape(at, end);
          break;
        case 96:
          at = this.#code(at, end);
          break;
        case 42:
        case 95:
        case 126:
          at = this.#emphasis(c, at, from, end);
          break;
        case 91:
          at = this.#open(at);
          break;
        case 93:
          at = this.#close(at, end);
          break;
        case 60:
          at = this.#angle(at, end);
          break;
        case 38:
          at = this.#entity(at, end);
          break;
        default:
          at = isOrdinary(this.#text, c, at) ? at + 1 : this.#address(c, at, from, end);
      }
    }
  }

  #cut(start: number, end: number, instead: string): void {
    const last = this.#cuts[this.#cuts.length - 1];
    if (last !== undefined && last.start > start) this.#sorted = false;
    this.#cuts.push({ start, end, instead });
  }

  #escape(at: number, end: number): number {
    if (at + 1 >= end) return at + 1;
    const c = this.#text.charCodeAt(at + 1);
    if (c === 10 || c === 13) this.#cut(at, at + 1, '');
    else if (isPunctuation(c)) this.#cut(at, at + 1, '');
    else return at + 1;
    return at + 2;
  }

  /** Code between runs of as many backticks (CommonMark, Code spans). */
  #code(at: number, end: number): number {
    const text = this.#text;
    let run = at;
    while (run < end && text.charCodeAt(run) === 96) run++;
    const length = run - at;
    if (length > longestBackticks || this.#unclosed.has(length)) return run;
    for (let i = run; i < end; ) {
      if (text.charCodeAt(i) !== 96) {
        i++;
        continue;
      }
      const close = i;
      while (i < end && text.charCodeAt(i) === 96) i++;
      if (i - close !== length) continue;
      this.opaque.push({ kind: 'inline', start: at, end: i });
      this.#cut(at, run, '');
      // In a table cell a pipe is escaped inside code too.
      for (let k = run; k + 1 < close; k++) if (text.charCodeAt(k) === 92 && text.charCodeAt(k + 1) === 124) this.#cut(k, k + 1, '');
      this.#cut(close, i, '');
      return i;
    }
    this.#unclosed.add(length);
    return run;
  }

  /**
   * Emphasis, more lenient than CommonMark beside Japanese punctuation: `**日時：**11月` is bold to the one who wrote it,
   * whatever the flanking rules say.
   */
  #emphasis(c: number, at: number, from: number, end: number): number {
    const text = this.#text;
    let run = at;
    while (run < end && text.charCodeAt(run) === c) run++;
    const before = at > from ? text.charCodeAt(at - 1) : 32;
    const after = run < end ? text.charCodeAt(run) : 32;
    let opens = !isSpace(after);
    let closes = !isSpace(before);
    if (c === 95 && isWord(before) && isWord(after)) return run;
    if (c === 95 && closes && isWord(after)) closes = false;
    if (c === 95 && opens && isWord(before)) opens = false;
    if (c === 126 && run - at > 2) return run;
    const open = c === 42 ? this.#stars : c === 95 ? this.#bars : this.#tildes;
    let start = at;
    while (closes && start < run) {
      const opener = open[open.length - 1];
      if (opener === undefined) break;
      const used = c === 126 ? (opener.length === run - at ? opener.length : 0) : Math.min(opener.length, run - start);
      if (used === 0) break;
      this.#cut(opener.at + opener.length - used, opener.at + opener.length, '');
      this.#sorted = false;
      this.#cut(start, start + used, '');
      opener.length -= used;
      start += used;
      if (opener.length === 0) open.pop();
    }
    if (opens && start < run && open.length < mostBrackets) open.push({ at: start, length: run - start });
    return run;
  }

  #open(at: number): number {
    const enclosing = this.#brackets[this.#brackets.length - 1];
    if (enclosing !== undefined) enclosing.nested = true;
    if (this.#brackets.length < mostBrackets) {
      this.#brackets.push({ at, image: at > 0 && this.#text.charCodeAt(at - 1) === 33, active: true, nested: false });
    }
    return at + 1;
  }

  #close(at: number, end: number): number {
    const opener = this.#brackets.pop();
    if (opener?.active !== true) return at + 1;
    const text = this.#text;
    const next = at + 1 < end ? text.charCodeAt(at + 1) : 0;
    const inline = next === 40 ? this.#inlineTarget(at + 2, end) : undefined;
    if (inline !== undefined) return this.#addLink(opener, at, inline.end, inline.start, inline.stop);
    if (this.#definitions.size === 0) return at + 1;
    if (next === 91) {
      let close = at + 2;
      while (close < end && close - at < 1000 && text.charCodeAt(close) !== 93 && text.charCodeAt(close) !== 91) {
        close += text.charCodeAt(close) === 92 ? 2 : 1;
      }
      if (close < end && text.charCodeAt(close) === 93) {
        const label = close === at + 2 ? text.slice(opener.at + 1, at) : text.slice(at + 2, close);
        const target = label.length > 999 ? undefined : this.#definitions.get(normaliseLabel(label));
        if (target !== undefined) return this.#addLink(opener, at, close + 1, target.start, target.end);
      }
    }
    if (opener.nested || at - opener.at > 1000) return at + 1;
    const target = this.#definitions.get(normaliseLabel(text.slice(opener.at + 1, at)));
    return target === undefined ? at + 1 : this.#addLink(opener, at, at + 1, target.start, target.end);
  }

  #addLink(opener: Bracket, textEnd: number, end: number, targetStart: number, targetEnd: number): number {
    const start = opener.image ? opener.at - 1 : opener.at;
    this.#found.push({
      link: {
        text: '',
        target: this.#text.slice(targetStart, targetEnd),
        span: { start, end },
        targetSpan: { start: targetStart, end: targetEnd },
        image: opener.image,
      },
      textStart: opener.at + 1,
      textEnd,
    });
    this.#cut(start, opener.at + 1, '');
    this.#sorted = false;
    this.#cut(textEnd, end, '');
    if (!opener.image) for (const bracket of this.#brackets) if (!bracket.image) bracket.active = false;
    return end;
  }

  /** Reads `target "title")` from behind the opening bracket (CommonMark, Links). */
  #inlineTarget(from: number, end: number): { start: number; stop: number; end: number } | undefined {
    const text = this.#text;
    let at = skipSpace(text, from, end);
    let start = at;
    let stop: number;
    if (text.charCodeAt(at) === 60 && at < end) {
      start = ++at;
      for (; at < end; at++) {
        const c = text.charCodeAt(at);
        if (c === 92) at++;
        else if (c === 62) break;
        else if (c === 60 || c === 10 || c === 13) return undefined;
      }
      if (at >= end) return undefined;
      stop = at++;
    } else {
      let depth = 0;
      for (; at < end && at - start < longestTarget; at++) {
        const c = text.charCodeAt(at);
        if (c === 92 && at + 1 < end && isPunctuation(text.charCodeAt(at + 1))) at++;
        else if (c === 40) {
          if (++depth > 32) return undefined;
        } else if (c === 41) {
          if (depth-- === 0) break;
        } else if (c <= 32) break;
      }
      at = Math.min(at, end);
      if (depth > 0) return undefined;
      stop = at;
    }
    const gap = at;
    at = skipSpace(text, at, end);
    if (at < end && at > gap) {
      const quote = text.charAt(at);
      if (quote === '"' || quote === "'" || quote === '(') {
        const close = this.#titleEnd(quote === '(' ? ')' : quote, at + 1, end);
        if (close < 0) return undefined;
        at = skipSpace(text, close + 1, end);
      }
    }
    return at < end && text.charCodeAt(at) === 41 ? { start, stop, end: at + 1 } : undefined;
  }

  /** The next unescaped quote; the search is remembered, so that titles that never end cost nothing twice. */
  #titleEnd(quote: string, from: number, end: number): number {
    const known = this.#next.get(quote);
    let at = known !== undefined && known >= from ? known : this.#text.indexOf(quote, from);
    while (at > 0 && this.#text.charCodeAt(at - 1) === 92) at = this.#text.indexOf(quote, at + 1);
    this.#next.set(quote, at < 0 ? Number.MAX_SAFE_INTEGER : at);
    return at >= 0 && at < end ? at : -1;
  }

  #angle(at: number, end: number): number {
    const text = this.#text;
    if (text.startsWith('<!--', at)) {
      const known = this.#next.get('-->');
      let close = known !== undefined && known >= at + 4 ? known : text.indexOf('-->', at + 4);
      if (close < 0) close = Number.MAX_SAFE_INTEGER;
      this.#next.set('-->', close);
      if (close + 3 > end) return at + 1;
      this.opaque.push({ kind: 'comment', start: at, end: close + 3 });
      this.#cut(at, close + 3, '');
      return close + 3;
    }
    const auto = this.#autolink(at, end);
    if (auto > 0) return auto;
    if (!isKnownTag(text, at, end)) return at + 1;
    const close = tagEnd(text, at, end);
    if (close < 0) return at + 1;
    this.opaque.push({ kind: 'inline', start: at, end: close });
    this.#cut(at, close, tagName(text, at, end) === 'br' ? '\n' : '');
    return close;
  }

  /** `<https://…>` and `<name@example.com>`; 0 when it is neither. */
  #autolink(at: number, end: number): number {
    const text = this.#text;
    let stop = at + 1;
    let colon = -1;
    let mail = -1;
    for (; stop < end; stop++) {
      const c = text.charCodeAt(stop);
      if (c <= 32 || c === 60) return 0;
      if (c === 62) break;
      if (c === 58 && colon < 0 && mail < 0) colon = stop;
      if (c === 64 && mail < 0) mail = stop;
      if (colon < 0 && mail < 0 && stop - at > 64) return 0;
    }
    if (stop >= end) return 0;
    const inside = text.slice(at + 1, Math.min(stop, at + 400));
    const scheme = colon > 0 && /^[A-Za-z][A-Za-z0-9+.-]{1,31}:/.test(inside);
    if (!scheme && !(mail > 0 && /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,250}$/.test(inside))) return 0;
    this.#pushAddress(at + 1, stop, at, stop + 1);
    this.#cut(at, at + 1, '');
    this.#cut(stop, stop + 1, '');
    return stop + 1;
  }

  #pushAddress(targetStart: number, targetEnd: number, start: number, end: number): void {
    const target = this.#text.slice(targetStart, targetEnd);
    this.#found.push({
      link: { text: target, target, span: { start, end }, targetSpan: { start: targetStart, end: targetEnd }, image: false },
      textStart: targetStart,
      textEnd: targetEnd,
    });
  }

  /** A bare `https://…` or `www.…` (GFM, Autolinks (extension)), which ends before Japanese text and closing punctuation. */
  #address(c: number, at: number, from: number, end: number): number {
    const text = this.#text;
    let start = at;
    if (c === 58) {
      if (text.startsWith('https', at - 5) && at - 5 >= from) start = at - 5;
      else if (text.startsWith('http', at - 4) && at - 4 >= from) start = at - 4;
      else return at + 1;
    }
    const before = start > from ? text.charCodeAt(start - 1) : 32;
    if (isWord(before) && before < 128) return at + 1;
    // Inside `[text](…)` the target is read with its bracket; here the text of a link may hold an address: no link of its own.
    const first = c === 58 ? at + 3 : at + 4;
    let stop = first;
    while (stop < end && isAddressPart(text.charCodeAt(stop))) stop++;
    stop = trimAddress(text, first, stop);
    if (stop === first) return at + 1;
    this.#pushAddress(start, stop, start, stop);
    return stop;
  }

  /** The words between two offsets, from what was cut. */
  #plain(start: number, end: number): string {
    if (!this.#sorted) {
      this.#cuts.sort((a, b) => a.start - b.start || b.end - a.end);
      this.#sorted = true;
    }
    const cuts = this.#cuts;
    let low = 0;
    let high = cuts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((cuts[middle]?.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    let plain = '';
    let at = start;
    for (let i = low; i < cuts.length; i++) {
      const cut = cuts[i];
      if (cut === undefined || cut.start >= end) break;
      if (cut.start < at) continue;
      plain += this.#text.slice(at, cut.start) + cut.instead;
      at = Math.min(cut.end, end);
    }
    return plain + this.#text.slice(at, end);
  }

  #entity(at: number, end: number): number {
    const text = this.#text;
    let stop = at + 1;
    while (stop < end && stop - at < 12 && text.charCodeAt(stop) !== 59) stop++;
    if (stop >= end || text.charCodeAt(stop) !== 59) return at + 1;
    const character = entityCharacter(text.slice(at + 1, stop));
    if (character === undefined) return at + 1;
    this.#cut(at, stop + 1, character);
    return stop + 1;
  }
}

const entities: Readonly<Record<string, string>> = {
  amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', copy: '©', reg: '®', hellip: '…', mdash: '—', ndash: '–', yen: '¥', times: '×',
};

function entityCharacter(name: string): string | undefined {
  if (Object.hasOwn(entities, name)) return entities[name];
  const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(name);
  if (number === null) return undefined;
  const code = number[1] === undefined ? Number(number[2]) : parseInt(number[1], 16);
  return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code < 0xe000) ? String.fromCodePoint(code) : undefined;
}

function isPunctuation(c: number): boolean {
  return (c >= 33 && c <= 47) || (c >= 58 && c <= 64) || (c >= 91 && c <= 96) || (c >= 123 && c <= 126);
}

function isSpace(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13) || c === 0x3000 || c === 0xa0;
}

/** Letters and digits of any script, roughly: what `_` inside a word stands between. */
function isWord(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || (c > 0xbf && !(c >= 0x2000 && c < 0x3040) && !(c >= 0xff00 && c <= 0xff0f));
}

function skipSpace(text: string, from: number, end: number): number {
  let at = from;
  while (at < end) {
    const c = text.charCodeAt(at);
    if (c !== 32 && c !== 9 && c !== 10 && c !== 13) break;
    at++;
  }
  return at;
}

function isAddressPart(c: number): boolean {
  return c > 32 && c < 127 && c !== 60 && c !== 62 && c !== 34 && c !== 96 && c !== 93 && c !== 91 && c !== 124 && c !== 92;
}

function trimAddress(text: string, from: number, stop: number): number {
  let end = stop;
  let open = 0;
  for (let i = from; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c === 40) open++;
    else if (c === 41) open--;
  }
  for (; end > from; end--) {
    const c = text.charAt(end - 1);
    if (c === ')' && open < 0) open++;
    else if (!/[?!.,:*_~'"]/.test(c)) break;
  }
  return end;
}
