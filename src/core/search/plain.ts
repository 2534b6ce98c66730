/** Words of Markdown without its marks: prose for search and snippets, code apart from it. */
export interface PlainText {
  readonly prose: string;
  readonly code: string;
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };
/** How far a link target, a tag or an entity may reach before it is taken for plain text. */
const reach = 2000;

/** Reduces Markdown (a section or a page without front matter) to its words; linear, line structure kept as `\n`. */
export function plainText(markdown: string): PlainText {
  let prose = '';
  let code = '';
  let fence = '';
  let comment = false;
  for (let at = 0; at < markdown.length; ) {
    let end = markdown.indexOf('\n', at);
    if (end < 0) end = markdown.length;
    const line = markdown.slice(at, end);
    at = end + 1;
    if (fence !== '') {
      if (closesFence(line, fence)) fence = '';
      else code += `${line.trim()}\n`;
      continue;
    }
    let rest = line;
    if (comment) {
      const close = line.indexOf('-->');
      if (close < 0) continue;
      comment = false;
      rest = line.slice(close + 3);
    }
    const opened = openingFence(rest);
    if (opened !== '') {
      fence = opened;
      continue;
    }
    const open = rest.lastIndexOf('<!--');
    if (open >= 0 && !rest.includes('-->', open)) {
      comment = true;
      rest = rest.slice(0, open);
    }
    const words = plainLine(rest);
    if (words !== '') prose += prose === '' ? words : `\n${words}`;
  }
  return { prose, code };
}

/** The marks of a code fence when `line` opens one, else the empty string. */
export function openingFence(line: string): string {
  let i = 0;
  while (i < line.length && i < 12 && (line.charCodeAt(i) === 0x20 || line.charCodeAt(i) === 0x3e)) i++;
  const c = line.charCodeAt(i);
  if (c !== 0x60 && c !== 0x7e) return '';
  let end = i;
  while (line.charCodeAt(end) === c) end++;
  if (end - i < 3 || (c === 0x60 && line.includes('`', end))) return '';
  return line.slice(i, end);
}

/** Whether `line` closes a fence that `fence` opened. */
export function closesFence(line: string, fence: string): boolean {
  const words = line.trim().replace(/^(?:> ?)+/, '');
  return words.startsWith(fence) && words.length < fence.length + 40 && words === fence.charAt(0).repeat(words.length);
}

/** One line of prose without list marks, quote marks, table pipes and inline marks. */
export function plainLine(line: string): string {
  let i = 0;
  const n = line.length;
  for (; i < n; i++) {
    const c = line.charCodeAt(i);
    if (c !== 0x20 && c !== 0x09 && c !== 0x3e && c !== 0x0d) break;
  }
  const c = line.charCodeAt(i);
  const next = line.charCodeAt(i + 1);
  if ((c === 0x2d || c === 0x2a || c === 0x2b) && (next === 0x20 || next === 0x09)) {
    i += 2;
    if (line.charCodeAt(i) === 0x5b && line.charCodeAt(i + 2) === 0x5d) i += 3;
  } else if (c === 0x23) {
    while (line.charCodeAt(i) === 0x23) i++;
  }
  if (c === 0x5b && next === 0x21) {
    const alert = /^\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION)\]/.exec(line.slice(i, i + 14));
    if (alert !== null) i += alert[0].length;
  }
  const table = line.charCodeAt(i) === 0x7c;
  if ((table || c === 0x2d || c === 0x3d || c === 0x3a) && isRuleLine(line, i)) return '';
  return inline(line, i, table);
}

/** A thematic break, a setext underline or a table's delimiter row. */
function isRuleLine(line: string, from: number): boolean {
  for (let i = from; i < line.length; i++) {
    const c = line.charCodeAt(i);
    if (c !== 0x2d && c !== 0x3d && c !== 0x7c && c !== 0x3a && c !== 0x20 && c !== 0x0d && c !== 0x09) return false;
  }
  return true;
}

function inline(line: string, from: number, table: boolean): string {
  let out = '';
  let kept = from;
  const n = line.length;
  const skip = (to: number, at: number, put = ''): number => {
    out += line.slice(kept, at) + put;
    kept = to;
    return to;
  };
  for (let i = from; i < n; ) {
    const c = line.charCodeAt(i);
    // The marks of Markdown are ASCII: everything else is passed over quickly.
    if (c > 0x7e || (c >= 0x61 && c <= 0x7a && c !== 0x68) || (c >= 0x41 && c <= 0x5a) || (c >= 0x30 && c <= 0x39) || c === 0x20) {
      i++;
    } else if (c === 0x5c && i + 1 < n && isPunctuation(line.charCodeAt(i + 1))) {
      i = skip(i + 1, i) + 1;
    } else if (c === 0x2a || c === 0x60 || c === 0x0d) {
      i = skip(i + 1, i);
    } else if (c === 0x5f && line.charCodeAt(i + 1) === 0x5f) {
      i = skip(i + 2, i);
    } else if (c === 0x7e && line.charCodeAt(i + 1) === 0x7e) {
      i = skip(i + 2, i);
    } else if (c === 0x21 && line.charCodeAt(i + 1) === 0x5b) {
      i = skip(i + 2, i);
    } else if (c === 0x5b) {
      i = skip(i + 1, i);
    } else if (c === 0x5d) {
      const next = line.charCodeAt(i + 1);
      const close = next === 0x28 ? closing(line, i + 2) : next === 0x5b ? line.indexOf(']', i + 2) : -1;
      i = close >= 0 && close - i < reach ? skip(close + 1, i) : skip(i + 1, i);
    } else if (c === 0x3c) {
      const close = tagEnd(line, i);
      i = close > 0 ? skip(close, i, line.startsWith('<br', i) ? ' ' : '') : i + 1;
    } else if (c === 0x26) {
      const semicolon = line.indexOf(';', i + 1);
      const decoded = semicolon > 0 && semicolon - i < 12 ? entity(line.slice(i + 1, semicolon)) : undefined;
      i = decoded === undefined ? i + 1 : skip(semicolon + 1, i, decoded);
    } else if (c === 0x7b && (line.charCodeAt(i + 1) === 0x23 || line.charCodeAt(i + 1) === 0x3a)) {
      const close = line.indexOf('}', i);
      i = close > 0 && close - i < 200 ? skip(close + 1, i) : i + 1;
    } else if (c === 0x68 && (line.startsWith('https://', i) || line.startsWith('http://', i))) {
      let end = i;
      while (end < n && isUrlUnit(line.charCodeAt(end))) end++;
      i = skip(end, i);
    } else if (c === 0x7c && table) {
      i = skip(i + 1, i, '|');
    } else {
      i++;
    }
  }
  const words = out + line.slice(kept);
  return table ? words.split('|').map((cell) => cell.trim()).filter((cell) => cell !== '').join(' | ') : words.trim();
}

/** Index of the parenthesis that closes a link target, -1 when none does. */
function closing(line: string, from: number): number {
  let depth = 0;
  const end = Math.min(line.length, from + reach);
  for (let i = from; i < end; i++) {
    const c = line.charCodeAt(i);
    if (c === 0x28) depth++;
    else if (c === 0x29 && depth-- === 0) return i;
  }
  return -1;
}

/** End of an HTML tag, comment or autolink that begins at `from`, -1 when it is a plain `<`. */
function tagEnd(line: string, from: number): number {
  const next = line.charCodeAt(from + 1);
  if (line.startsWith('<!--', from)) {
    const close = line.indexOf('-->', from + 4);
    return close < 0 ? line.length : close + 3;
  }
  const letter = (next >= 0x61 && next <= 0x7a) || (next >= 0x41 && next <= 0x5a) || next === 0x2f;
  if (!letter) return -1;
  const close = line.indexOf('>', from + 1);
  return close < 0 || close - from > reach ? -1 : close + 1;
}

function entity(name: string): string | undefined {
  if (name.charCodeAt(0) !== 0x23) return Object.hasOwn(entities, name) ? entities[name] : undefined;
  const hex = name.charAt(1) === 'x' || name.charAt(1) === 'X';
  const point = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
  return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : undefined;
}

function isPunctuation(c: number): boolean {
  return (c >= 0x21 && c <= 0x2f) || (c >= 0x3a && c <= 0x40) || (c >= 0x5b && c <= 0x60) || (c >= 0x7b && c <= 0x7e);
}

function isUrlUnit(c: number): boolean {
  return c > 0x20 && c < 0x7f && c !== 0x29 && c !== 0x3e && c !== 0x5d && c !== 0x22 && c !== 0x7c;
}
