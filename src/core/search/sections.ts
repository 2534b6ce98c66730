import { closesFence, openingFence, plainLine, plainText } from './plain';

/** A stretch of a page under one heading (sub-headings begin their own). Offsets are UTF-16 into the page's text. */
export interface PageSection {
  /** Plain text; empty for the top of the page (before the first heading, or under the heading that is the title). */
  readonly heading: string;
  /** 0 for the top. */
  readonly level: number;
  /** Earlier headings of the page with the same slug: the number GitHub appends. */
  readonly repeat: number;
  /** Where the words under the heading begin and end. */
  readonly start: number;
  readonly end: number;
}

/** What the splitter reads from a page. */
export interface PageText {
  readonly title: string;
  /** The first H1, which may be worded otherwise than the title; empty when there is none. */
  readonly headline: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  readonly sections: readonly PageSection[];
}

/**
 * Splits a Markdown page into sections and reads the front matter that search uses (`title`, `summary` or `description`,
 * `tags` or `keywords`, `aliases`). The title is the front matter's, else the first H1, else the file name. Linear.
 */
export function readPage(text: string, path: string): PageText {
  const front = frontMatter(text);
  const headings = findHeadings(text, front.end);
  const first = headings[0];
  const h1 = headings.find((heading) => heading.level === 1);
  const stem = path.slice(path.lastIndexOf('/') + 1).replace(/\.[A-Za-z0-9]+$/, '');
  const sections: PageSection[] = [];
  const seen = new Map<string, number>();
  // An H1 that opens the page is its title: what follows is the top of the page.
  const opens = first?.level === 1 && text.slice(front.end, first.start).trim() === '';
  const top = { heading: '', level: 0, repeat: 0, start: front.end };
  if (first === undefined || !opens) sections.push({ ...top, end: first?.start ?? text.length });
  headings.forEach((heading, i) => {
    const key = slug(heading.title);
    const repeat = seen.get(key) ?? 0;
    seen.set(key, repeat + 1);
    const end = headings[i + 1]?.start ?? text.length;
    if (i === 0 && opens) sections.push({ ...top, start: heading.end, end });
    else sections.push({ heading: heading.title, level: heading.level, repeat, start: heading.end, end });
  });
  return {
    title: front.title || h1?.title || stem,
    headline: h1?.title ?? '',
    summary: front.summary,
    tags: front.tags,
    aliases: front.aliases,
    sections,
  };
}

/** Prose and code of a section. */
export function sectionText(text: string, section: Pick<PageSection, 'start' | 'end'>): { readonly prose: string; readonly code: string } {
  return plainText(text.slice(section.start, section.end));
}

/** Words of the file name (or of the id after `#`): people name files in English where the text is Japanese. */
export function pathWords(path: string): string {
  return path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('#')) + 1).replace(/\.[A-Za-z0-9]+$/, '').replace(/[-_]+/g, ' ');
}

/** GitHub's slug of a heading (letters, marks, digits, connectors kept; spaces as `-`), without the repeat number. */
function slug(heading: string): string {
  return heading
    .toLowerCase()
    .trim()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replace(/ /g, '-');
}

/** Anchor of a section as GitHub makes it; empty for the top of the page. */
export function anchorOf(heading: string, repeat: number): string {
  if (heading === '') return '';
  return repeat === 0 ? slug(heading) : `${slug(heading)}-${repeat}`;
}

interface Heading {
  readonly level: number;
  readonly title: string;
  /** Start of the heading line. */
  readonly start: number;
  /** Start of the line after the heading. */
  readonly end: number;
}

function findHeadings(text: string, from: number): Heading[] {
  const headings: Heading[] = [];
  let fence = '';
  let comment = false;
  let before = '';
  let beforeStart = from;
  for (let at = from; at < text.length; ) {
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    const start = at;
    at = Math.min(end + 1, text.length);
    const c = text.charCodeAt(start);
    // Most lines are plain prose: only a few first characters can matter.
    const line = mayMatter(c) || fence !== '' || comment ? text.slice(start, end) : '';
    if (fence !== '') {
      if (closesFence(line, fence)) fence = '';
      continue;
    }
    if (comment) {
      if (line.includes('-->')) comment = false;
      continue;
    }
    if (line === '') {
      before = end > start ? text.slice(start, end).trim() : '';
      beforeStart = start;
      if (end + 1 > text.length) break;
      continue;
    }
    fence = openingFence(line);
    if (fence !== '') continue;
    if (line.startsWith('<!--') && !line.includes('-->')) {
      comment = true;
      continue;
    }
    const words = line.trimEnd();
    const atx = /^ {0,3}(#{1,6})(?:[ \t]+|$)/.exec(words);
    if (atx?.[1] !== undefined) {
      const title = plainLine(words.slice(atx[0].length).replace(/[ \t]+#+$/, ''));
      if (title !== '') headings.push({ level: atx[1].length, title, start, end: at });
      before = '';
    } else if (before !== '' && /^(?:=+|-{2,})$/.test(words)) {
      const title = plainLine(before);
      if (title !== '' && !before.startsWith('|')) headings.push({ level: c === 0x3d ? 1 : 2, title, start: beforeStart, end: at });
      before = '';
    } else {
      // A list, quote or table line never becomes a setext heading.
      before = c === 0x20 ? words.trim() : '';
      beforeStart = start;
    }
    if (end + 1 > text.length) break;
  }
  return headings;
}

function mayMatter(c: number): boolean {
  return c === 0x23 || c === 0x60 || c === 0x7e || c === 0x20 || c === 0x3e || c === 0x3c || c === 0x3d || c === 0x2d || c === 0x7c;
}

interface Front {
  readonly end: number;
  readonly title: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
}

/** The few front matter keys that search uses, read line by line: a page with broken YAML is still found. */
function frontMatter(text: string): Front {
  const none: Front = { end: text.charCodeAt(0) === 0xfeff ? 1 : 0, title: '', summary: '', tags: [], aliases: [] };
  if (!/^\ufeff?---[ \t]*\r?\n/.test(text.slice(0, 20))) return none;
  const close = /\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)/g;
  close.lastIndex = text.indexOf('\n') - 1;
  const match = close.exec(text);
  if (match === null || match.index > 100_000) return none;
  const values = new Map<string, string[]>();
  let current: string[] | undefined;
  for (const line of text.slice(text.indexOf('\n') + 1, match.index).split('\n')) {
    const pair = /^([A-Za-z_]+):(?:[ \t]+(.*))?$/.exec(line.trimEnd());
    const item = /^[ \t]*-[ \t]+(.*)$/.exec(line.trimEnd());
    if (pair?.[1] !== undefined) {
      current = scalarOrList(pair[2] ?? '');
      values.set(pair[1].toLowerCase(), current);
    } else if (item?.[1] !== undefined) {
      current?.push(unquote(item[1]));
    } else if (/^[ \t]+\S/.test(line) && current?.length === 1) {
      current[0] = `${current[0] ?? ''} ${unquote(line.trim())}`.trim();
    }
  }
  const all = (...keys: readonly string[]): string[] => keys.flatMap((key) => values.get(key) ?? []).filter((value) => value !== '');
  return {
    end: match.index + match[0].length,
    title: plainLine(all('title').join(' ')),
    summary: plainLine(all('summary', 'description').join(' ')),
    tags: all('tags', 'keywords'),
    aliases: all('aliases'),
  };
}

function scalarOrList(value: string): string[] {
  const words = value.trim();
  if (words === '' || words === '>' || words === '|' || words === '>-' || words === '|-') return words === '' ? [] : [''];
  if (words.startsWith('[') && words.endsWith(']') && !words.startsWith('[!')) {
    return words.slice(1, -1).split(',').map(unquote);
  }
  return [unquote(words)];
}

function unquote(value: string): string {
  const words = value.trim();
  const quote = words.charAt(0);
  return words.length >= 2 && (quote === '"' || quote === "'") && words.endsWith(quote) ? words.slice(1, -1) : words;
}
