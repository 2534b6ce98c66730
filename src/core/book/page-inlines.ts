import { isKnownTag, tagEnd, tagName } from '../document/html';
import type { PageInline } from './page-tree';

/** What the inside of a paragraph needs to know about the page around it. */
export interface InlineContext {
  /** Makes a link of a target as written and what stands in the link. */
  readonly link: (target: string, inlines: readonly PageInline[]) => PageInline;
  /** Target of a `[label]: target` definition, or `undefined`. */
  readonly definition: (label: string) => string | undefined;
  /** Turns a run of text into text and marks. */
  readonly text: (text: string) => readonly PageInline[];
}

type Style = 'strong' | 'emphasis' | 'strike';

/** A run of `*`, `_` or `~` that may open or close a style; `length` shrinks as it is used. */
interface Delimiter {
  readonly mark: string;
  readonly length: number;
  readonly opens: boolean;
  readonly closes: boolean;
}
type Piece = { readonly inline: PageInline } | { readonly delimiter: Delimiter };

interface Bracket {
  /** Index of the first piece inside. */
  readonly inside: number;
  readonly image: boolean;
  /** Offset behind the bracket. */
  readonly from: number;
}

const mostBrackets = 100;
/** Opening runs that wait for a partner at the same time: more nesting than this is no one's emphasis. */
const mostOpen = 100;
const longestTarget = 2000;
const longestLabel = 1000;
const punctuation = /[\p{P}\p{S}]/u;
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff00-\uffef]/u;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0', copy: '©', hellip: '…', mdash: '—', ndash: '–', rarr: '→', larr: '←' };

/**
 * Reads the words of a paragraph, heading or cell: CommonMark 0.31 inlines with GFM strikethrough and bare addresses.
 * Beside Japanese characters emphasis opens and closes as written (`**「語」**は`), which the standard's rule for
 * punctuation would forbid. Tags are dropped, `<br>` breaks the line; pictures become their alternative text. Linear:
 * whatever looks back or ahead does so within fixed limits.
 *
 * @param source lines joined by `\n`, without container marks
 */
export function readInlines(source: string, context: InlineContext): readonly PageInline[] {
  return new Reader(source, context).read();
}

class Reader {
  readonly #source: string;
  readonly #context: InlineContext;
  readonly #pieces: Piece[] = [];
  readonly #brackets: Bracket[] = [];
  /** Brackets below this index stand around a finished link and can be no link themselves. */
  #barrier = 0;
  #plain = '';
  #at = 0;
  /** By length of a run of backticks: where to look for the next such run. */
  #backticks: Map<number, number[]> | undefined;

  constructor(source: string, context: InlineContext) {
    this.#source = source;
    this.#context = context;
  }

  read(): readonly PageInline[] {
    const source = this.#source;
    while (this.#at < source.length) {
      const c = source.charAt(this.#at);
      if (!this.#special(c)) {
        this.#plain += c;
        this.#at++;
      }
    }
    this.#plain = this.#plain.trimEnd();
    this.#flush();
    return styled(this.#pieces);
  }

  /** Takes what begins at the cursor; false when it is plain text. */
  #special(c: string): boolean {
    switch (c) {
      case '\\':
        return this.#escape();
      case '`':
        return this.#code();
      case '<':
        return this.#angle();
      case '&':
        return this.#entity();
      case '\n':
        return this.#lineEnd();
      case '*':
      case '_':
      case '~':
        return this.#delimiter(c);
      case '!':
        return this.#source.charAt(this.#at + 1) === '[' && this.#open(true);
      case '[':
        return this.#open(false);
      case ']':
        return this.#close();
      case 'h':
      case 'w':
        return this.#address();
      default:
        return false;
    }
  }

  #flush(): void {
    if (this.#plain === '') return;
    for (const inline of this.#context.text(this.#plain)) this.#pieces.push({ inline });
    this.#plain = '';
  }

  #push(inline: PageInline): void {
    this.#flush();
    this.#pieces.push({ inline });
  }

  #escape(): boolean {
    const next = this.#source.charAt(this.#at + 1);
    if (next === '\n') {
      this.#push({ kind: 'break' });
      this.#at += 2;
      return true;
    }
    const code = next.charCodeAt(0);
    if (next === '' || code > 126 || !punctuation.test(next)) return false;
    this.#plain += next;
    this.#at += 2;
    return true;
  }

  #code(): boolean {
    const source = this.#source;
    const start = this.#at;
    let open = start;
    while (source.charAt(open) === '`') open++;
    const length = open - start;
    this.#backticks ??= runsOf(source);
    const runs = this.#backticks.get(length) ?? [];
    // Runs are listed last first: those passed by are done with.
    while ((runs[runs.length - 1] ?? Infinity) < open) runs.pop();
    const close = runs[runs.length - 1];
    if (close === undefined) {
      this.#plain += source.slice(start, open);
      this.#at = open;
      return true;
    }
    const inside = source.slice(open, close).replaceAll('\n', ' ');
    const padded = inside.startsWith(' ') && inside.endsWith(' ') && inside.trim() !== '';
    this.#push({ kind: 'code', text: padded ? inside.slice(1, -1) : inside });
    this.#at = close + length;
    return true;
  }

  #angle(): boolean {
    const source = this.#source;
    const at = this.#at;
    if (source.startsWith('<!--', at)) {
      const end = source.indexOf('-->', at + 4);
      // An unfinished comment hides the rest, as a browser would.
      this.#at = end < 0 ? source.length : end + 3;
      return true;
    }
    const limit = Math.min(source.length, at + longestTarget);
    if (isKnownTag(source, at, limit)) {
      const end = tagEnd(source, at, limit);
      if (end >= 0) {
        if (tagName(source, at, limit) === 'br') this.#push({ kind: 'break' });
        this.#at = end;
        return true;
      }
    }
    const end = source.slice(at, limit).indexOf('>');
    const inside = end < 0 ? '' : source.slice(at + 1, at + end);
    const mail = isMail(inside);
    if (!mail && !isAbsolute(inside)) return false;
    this.#flush();
    this.#push(this.#context.link(mail ? `mailto:${inside}` : inside, this.#context.text(inside)));
    this.#at = at + end + 1;
    return true;
  }

  #entity(): boolean {
    const end = this.#source.slice(this.#at, this.#at + 12).indexOf(';');
    if (end < 2) return false;
    const name = this.#source.slice(this.#at + 1, this.#at + end);
    const character = entities[name] ?? numbered(name);
    if (character === undefined) return false;
    this.#plain += character;
    this.#at += end + 1;
    return true;
  }

  /** Two blanks before a line end break the line; else it is a blank, or nothing between Japanese characters. */
  #lineEnd(): boolean {
    const hard = this.#plain.endsWith('  ');
    this.#plain = this.#plain.trimEnd();
    const before = this.#plain.charAt(this.#plain.length - 1);
    this.#at++;
    while (this.#source.charAt(this.#at) === ' ') this.#at++;
    if (hard) this.#push({ kind: 'break' });
    else if (!(before !== '' && cjk.test(before) && cjk.test(this.#source.charAt(this.#at)))) this.#plain += ' ';
    return true;
  }

  #delimiter(mark: string): boolean {
    const source = this.#source;
    let end = this.#at;
    while (source.charAt(end) === mark) end++;
    const length = end - this.#at;
    const before = characterBefore(source, this.#at);
    const after = String.fromCodePoint(source.codePointAt(end) ?? 32);
    const left = flanks(after, before);
    const right = flanks(before, after);
    const within = mark === '_' && left && right;
    const opens = left && (!within || isPunctuation(before));
    const closes = right && (!within || isPunctuation(after));
    // A single tilde is a range in Japanese (`3~5 日`).
    if ((mark === '~' && length !== 2) || (!opens && !closes)) {
      this.#plain += source.slice(this.#at, end);
    } else {
      this.#flush();
      this.#pieces.push({ delimiter: { mark, length, opens, closes } });
    }
    this.#at = end;
    return true;
  }

  #open(image: boolean): boolean {
    if (this.#brackets.length >= mostBrackets) return false;
    this.#flush();
    const mark = image ? '![' : '[';
    this.#pieces.push({ inline: { kind: 'text', text: mark } });
    this.#at += mark.length;
    this.#brackets.push({ inside: this.#pieces.length, image, from: this.#at });
    return true;
  }

  #close(): boolean {
    const bracket = this.#brackets.pop();
    if (bracket === undefined) return false;
    const alone = !bracket.image && this.#brackets.length < this.#barrier;
    this.#barrier = Math.min(this.#barrier, this.#brackets.length);
    const target = alone ? undefined : (this.#inlineTarget() ?? this.#reference(bracket));
    if (target === undefined) return false;
    this.#flush();
    const inlines = styled(this.#pieces.splice(bracket.inside));
    this.#pieces.pop();
    if (bracket.image) this.#pieces.push(...plainWords(inlines).map((inline) => ({ inline })));
    else {
      this.#pieces.push({ inline: this.#context.link(target.target, inlines) });
      this.#barrier = this.#brackets.length;
    }
    this.#at = target.end;
    return true;
  }

  /** `](target "title")`; the cursor is at the bracket. */
  #inlineTarget(): { readonly target: string; readonly end: number } | undefined {
    const source = this.#source;
    if (source.charAt(this.#at + 1) !== '(') return undefined;
    const limit = Math.min(source.length, this.#at + longestTarget);
    let at = skipSpace(source, this.#at + 2, limit);
    const start = at;
    let target: string;
    if (source.charAt(at) === '<') {
      while (at < limit && source.charAt(at) !== '>' && source.charAt(at) !== '\n') at += source.charAt(at) === '\\' ? 2 : 1;
      if (source.charAt(at) !== '>') return undefined;
      target = source.slice(start + 1, at);
      at++;
    } else {
      let depth = 0;
      for (; at < limit; at++) {
        const c = source.charAt(at);
        if (c === ' ' || c === '\n' || c === '\t') break;
        if (c === '\\') at++;
        else if (c === '(') depth++;
        else if (c === ')' && depth-- === 0) break;
      }
      target = source.slice(start, at);
    }
    at = skipSpace(source, at, limit);
    const quote = source.charAt(at);
    if (quote === '"' || quote === "'" || quote === '(') {
      const closing = quote === '(' ? ')' : quote;
      at++;
      while (at < limit && source.charAt(at) !== closing) at += source.charAt(at) === '\\' ? 2 : 1;
      at = skipSpace(source, at + 1, limit);
    }
    return source.charAt(at) === ')' && at < limit ? { target: unescaped(target), end: at + 1 } : undefined;
  }

  /** `][label]`, `][]` or `]` alone; the cursor is at the bracket. */
  #reference(bracket: Bracket): { readonly target: string; readonly end: number } | undefined {
    const source = this.#source;
    const own = source.slice(bracket.from, Math.min(this.#at, bracket.from + longestLabel));
    let label = own;
    let end = this.#at + 1;
    if (source.charAt(end) === '[') {
      const close = source.slice(end, end + longestLabel).indexOf(']');
      if (close >= 0) {
        label = close === 1 ? own : source.slice(end + 1, end + close);
        end += close + 1;
      }
    }
    const target = this.#context.definition(label);
    return target === undefined ? undefined : { target, end };
  }

  /** A bare web address. It ends before anything that is not ASCII: Japanese text follows without a blank. */
  #address(): boolean {
    const source = this.#source;
    const at = this.#at;
    const before = source.charAt(at - 1);
    const whole = source.startsWith('https://', at) || source.startsWith('http://', at);
    if ((!whole && !source.startsWith('www.', at)) || (before !== '' && /[A-Za-z0-9_/.@-]/.test(before))) return false;
    // Within a link the words of the link are shown, not another link.
    if (this.#brackets.length > this.#barrier) return false;
    const limit = Math.min(source.length, at + longestTarget);
    let end = at;
    let depth = 0;
    for (; end < limit; end++) {
      const c = source.charCodeAt(end);
      if (c <= 32 || c > 126 || c === 60 || c === 62 || c === 34 || c === 96 || c === 124) break;
      if (c === 40) depth++;
      else if (c === 41 && depth-- === 0) break;
    }
    while (end > at && '?!.,:;*_~\'"'.includes(source.charAt(end - 1))) end--;
    const address = source.slice(at, end);
    if (!address.slice(whole ? 8 : 4).includes('.') && !address.includes('localhost')) return false;
    this.#flush();
    this.#push(this.#context.link(whole ? address : `https://${address}`, this.#context.text(address)));
    this.#at = end;
    return true;
  }
}

/** An open run of delimiters and what has been read since. */
interface Frame {
  readonly mark: string;
  length: number;
  /** Length of the run as written. */
  readonly written: number;
  readonly closes: boolean;
  out: PageInline[];
}

/** Turns pieces into inlines: delimiters that find a partner become styles, the others their characters. */
function styled(pieces: readonly Piece[]): readonly PageInline[] {
  const base: Frame = { mark: '', length: 0, written: 0, closes: false, out: [] };
  const frames: Frame[] = [base];
  const top = (): Frame => frames[frames.length - 1] ?? base;
  for (const piece of pieces) {
    if ('inline' in piece) {
      add(top().out, piece.inline);
      continue;
    }
    const { mark, opens, closes } = piece.delimiter;
    let left = piece.delimiter.length;
    while (closes && left > 0) {
      const at = partner(frames, piece.delimiter, left);
      const frame = frames[at];
      if (frame === undefined) break;
      collapse(frames, at);
      const used = mark === '~' ? left : Math.min(2, left, frame.length);
      const style: Style = mark === '~' ? 'strike' : used === 2 ? 'strong' : 'emphasis';
      const inline: PageInline = { kind: style, inlines: frame.out };
      left -= used;
      frame.length -= used;
      if (frame.length > 0) frame.out = [inline];
      else {
        frames.pop();
        add(top().out, inline);
      }
    }
    if (left === 0) continue;
    if (opens && frames.length <= mostOpen) frames.push({ mark, length: left, written: piece.delimiter.length, closes, out: [] });
    else add(top().out, { kind: 'text', text: mark.repeat(left) });
  }
  collapse(frames, 0);
  return base.out;
}

/** Index of the frame that a closing run matches, -1 for none (CommonMark, emphasis rules 9 and 10). */
function partner(frames: readonly Frame[], delimiter: Delimiter, left: number): number {
  for (let i = frames.length - 1; i > 0; i--) {
    const frame = frames[i];
    if (frame?.mark !== delimiter.mark) continue;
    if (delimiter.mark === '~') {
      if (frame.length === left) return i;
      continue;
    }
    const both = frame.closes || delimiter.opens;
    if (!both || (frame.written + delimiter.length) % 3 !== 0 || (frame.written % 3 === 0 && delimiter.length % 3 === 0)) return i;
  }
  return -1;
}

/** Frames above `at` found no partner: their characters are text again. */
function collapse(frames: Frame[], at: number): void {
  const target = frames[at];
  if (target === undefined) return;
  for (const frame of frames.splice(at + 1)) {
    add(target.out, { kind: 'text', text: frame.mark.repeat(frame.length) });
    for (const inline of frame.out) add(target.out, inline);
  }
}

/** Adds an inline; text joins the text before it. */
function add(out: PageInline[], inline: PageInline): void {
  const last = out[out.length - 1];
  if (inline.kind === 'text' && last?.kind === 'text') out[out.length - 1] = { kind: 'text', text: last.text + inline.text };
  else out.push(inline);
}

/** The words of inlines as text and marks, for the alternative text of pictures. */
function plainWords(inlines: readonly PageInline[]): readonly PageInline[] {
  return inlines.flatMap((inline): readonly PageInline[] => {
    if ('inlines' in inline) return plainWords(inline.inlines);
    if (inline.kind === 'break') return [{ kind: 'text', text: ' ' }];
    return inline.kind === 'code' ? [{ kind: 'text', text: inline.text }] : [inline];
  });
}

/** Starts of the runs of backticks by their length, last first. */
function runsOf(source: string): Map<number, number[]> {
  const runs = new Map<number, number[]>();
  for (let at = source.length - 1; at >= 0; at--) {
    if (source.charAt(at) !== '`') continue;
    let start = at;
    while (start > 0 && source.charAt(start - 1) === '`') start--;
    const length = at - start + 1;
    const list = runs.get(length);
    if (list === undefined) runs.set(length, [start]);
    else list.push(start);
    at = start;
  }
  return runs;
}

/** Whether a run leans on the text on its `inner` side. */
function flanks(inner: string, outer: string): boolean {
  if (inner.trim() === '') return false;
  return !isPunctuation(inner) || outer.trim() === '' || isPunctuation(outer) || cjk.test(inner) || cjk.test(outer);
}

function isPunctuation(character: string): boolean {
  return punctuation.test(character);
}

function characterBefore(source: string, at: number): string {
  if (at === 0) return ' ';
  const low = source.charCodeAt(at - 1);
  return at > 1 && low >= 0xdc00 && low <= 0xdfff ? source.slice(at - 2, at) : source.charAt(at - 1);
}

function skipSpace(source: string, from: number, limit: number): number {
  let at = from;
  while (at < limit && (source.charAt(at) === ' ' || source.charAt(at) === '\n' || source.charAt(at) === '\t')) at++;
  return at;
}

function unescaped(target: string): string {
  if (!target.includes('\\')) return target;
  let out = '';
  for (let i = 0; i < target.length; i++) {
    const next = target.charAt(i + 1);
    if (target.charAt(i) === '\\' && next !== '' && next.charCodeAt(0) < 127 && punctuation.test(next)) out += target.charAt(++i);
    else out += target.charAt(i);
  }
  return out;
}

function numbered(name: string): string | undefined {
  if (!name.startsWith('#')) return undefined;
  const hexadecimal = name.charAt(1).toLowerCase() === 'x';
  const digits = name.slice(hexadecimal ? 2 : 1);
  if (digits === '' || !(hexadecimal ? /^[0-9a-f]+$/i : /^[0-9]+$/).test(digits)) return undefined;
  const code = parseInt(digits, hexadecimal ? 16 : 10);
  return code >= 32 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : undefined;
}

function isMail(text: string): boolean {
  const at = text.indexOf('@');
  return at > 0 && at < text.length - 3 && text.includes('.', at) && !/[\s<>:]/.test(text) && !text.includes('@', at + 1);
}

function isAbsolute(text: string): boolean {
  const colon = text.indexOf(':');
  return colon > 1 && colon < 33 && /^[A-Za-z][A-Za-z0-9+.-]*$/.test(text.slice(0, colon)) && !/[\s<>]/.test(text);
}
