/** The parts of HTML that Markdown documents use, read by hand: no regular expression runs over text of a stranger's length. */

/** Elements whose tag begins a block of HTML (CommonMark 0.31, HTML blocks, condition 6). */
const blockElements = new Set(
  (
    'address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset figcaption figure ' +
    'footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link main menu menuitem nav noframes ol optgroup option p ' +
    'param search section summary table tbody td tfoot th thead title tr track ul'
  ).split(' '),
);

/** Elements that are raw text to the end tag (condition 1). */
const rawElements = new Set(['script', 'pre', 'style', 'textarea']);

/** Tags that are marks, not words. Anything else in angle brackets may be a blank to fill in (`<product name>`). */
const inlineElements = new Set(
  'a abbr b bdi bdo big br cite code data del dfn em font i img input ins kbd label mark picture q rp rt ruby s samp small source span strike strong sub sup time tt u var video wbr button svg path'.split(
    ' ',
  ),
);

const longestName = 24;

function isLetter(c: number): boolean {
  return (c >= 65 && c <= 90) || (c >= 97 && c <= 122);
}

function isNamePart(c: number): boolean {
  return isLetter(c) || (c >= 48 && c <= 57) || c === 45;
}

function isSpace(c: number): boolean {
  return c === 32 || c === 9 || c === 10 || c === 13;
}

/** The element name behind `<` or `</` at `at`, lower case; empty when there is none. */
function nameAt(text: string, at: number, limit: number): string {
  const start = text.charCodeAt(at + 1) === 47 ? at + 2 : at + 1;
  if (start >= limit || !isLetter(text.charCodeAt(start))) return '';
  let end = start + 1;
  while (end < limit && end - start < longestName && isNamePart(text.charCodeAt(end))) end++;
  return text.slice(start, end).toLowerCase();
}

/** Whether the `<` at `at` opens or closes an element that HTML defines (not `<担当者>`, not `<your name>`). */
export function isKnownTag(text: string, at: number, limit: number): boolean {
  const name = nameAt(text, at, limit);
  return name !== '' && (blockElements.has(name) || inlineElements.has(name) || rawElements.has(name));
}

/** Element name of a known tag, for `<br>`. */
export function tagName(text: string, at: number, limit: number): string {
  return nameAt(text, at, limit);
}

/** End of the open or closing tag that begins at `at`, -1 when it is none (CommonMark, Raw HTML). Linear. */
export function tagEnd(text: string, at: number, limit: number): number {
  const closing = text.charCodeAt(at + 1) === 47;
  let i = closing ? at + 2 : at + 1;
  if (i >= limit || !isLetter(text.charCodeAt(i))) return -1;
  while (i < limit && isNamePart(text.charCodeAt(i))) i++;
  for (;;) {
    const gap = i;
    while (i < limit && isSpace(text.charCodeAt(i))) i++;
    if (i >= limit) return -1;
    const c = text.charCodeAt(i);
    if (c === 62) return i + 1;
    if (closing) return -1;
    if (c === 47) return text.charCodeAt(i + 1) === 62 && i + 1 < limit ? i + 2 : -1;
    if (gap === i || !(isLetter(c) || c === 95 || c === 58)) return -1;
    while (i < limit && isAttributePart(text.charCodeAt(i))) i++;
    let equals = i;
    while (equals < limit && isSpace(text.charCodeAt(equals))) equals++;
    if (text.charCodeAt(equals) !== 61 || equals >= limit) continue;
    i = equals + 1;
    while (i < limit && isSpace(text.charCodeAt(i))) i++;
    const quote = text.charCodeAt(i);
    if (quote === 34 || quote === 39) {
      i++;
      while (i < limit && text.charCodeAt(i) !== quote) i++;
      if (i >= limit) return -1;
      i++;
    } else {
      const value = i;
      while (i < limit && isUnquotedPart(text.charCodeAt(i))) i++;
      if (i === value) return -1;
    }
  }
}

function isAttributePart(c: number): boolean {
  return isNamePart(c) || c === 95 || c === 46 || c === 58;
}

function isUnquotedPart(c: number): boolean {
  return !isSpace(c) && c !== 34 && c !== 39 && c !== 61 && c !== 60 && c !== 62 && c !== 96;
}

/** How a block of HTML ends: at a line that holds the string, or at a blank line. `comment` blocks are of no interest to readers. */
export interface HtmlStart {
  readonly kind: 'comment' | 'raw' | 'html';
  /** Empty: ends before a blank line. */
  readonly terminators: readonly string[];
}

const byBlank: HtmlStart = { kind: 'html', terminators: [] };
const rawStart: HtmlStart = { kind: 'raw', terminators: ['</script>', '</pre>', '</style>', '</textarea>'] };
const commentStart: HtmlStart = { kind: 'comment', terminators: ['-->'] };
const instructionStart: HtmlStart = { kind: 'comment', terminators: ['?>'] };
const dataStart: HtmlStart = { kind: 'comment', terminators: [']]>'] };
const declarationStart: HtmlStart = { kind: 'comment', terminators: ['>'] };

/** Whether the `<` at `at` begins a block of HTML; `inParagraph` leaves out what may not interrupt one (condition 7). */
export function htmlStart(text: string, at: number, lineEnd: number, inParagraph: boolean): HtmlStart | undefined {
  const next = text.charCodeAt(at + 1);
  if (next === 33) {
    if (text.startsWith('<!--', at)) return commentStart;
    if (text.startsWith('<![CDATA[', at)) return dataStart;
    return isLetter(text.charCodeAt(at + 2)) ? declarationStart : undefined;
  }
  if (next === 63) return instructionStart;
  const name = nameAt(text, at, lineEnd);
  if (name === '') return undefined;
  const nameEnd = at + name.length + (next === 47 ? 2 : 1);
  const after = nameEnd >= lineEnd ? 32 : text.charCodeAt(nameEnd);
  if (rawElements.has(name) && next !== 47 && (isSpace(after) || after === 62)) return rawStart;
  if (blockElements.has(name) && (isSpace(after) || after === 62 || (after === 47 && text.charCodeAt(nameEnd + 1) === 62))) return byBlank;
  if (inParagraph || rawElements.has(name)) return undefined;
  const end = tagEnd(text, at, lineEnd);
  if (end < 0) return undefined;
  for (let i = end; i < lineEnd; i++) if (!isSpace(text.charCodeAt(i))) return undefined;
  return byBlank;
}
