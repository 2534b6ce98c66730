import type { Page, PageKind } from './book';
import { textOf, wordsOf } from './data';
import type { PageHead } from './front-matter';

const kinds: readonly string[] = ['tutorial', 'how-to', 'reference', 'explanation'];

/** Makes a page of a Markdown text whose front matter has been read. Title: front matter, else first heading, else file name. */
export function readPage(path: string, text: string, head: PageHead, layer: string): Page {
  const { data } = head;
  const kind = textOf(data.kind);
  return {
    path,
    title: textOf(data.title) || firstHeading(text, head.bodyStart) || fileTitle(path),
    summary: textOf(data.summary) || textOf(data.description),
    owner: textOf(data.owner),
    reviewed: textOf(data.reviewed),
    reviewCycle: textOf(data.review_cycle),
    audience: wordsOf(data.audience),
    phase: wordsOf(data.phase),
    kind: kinds.includes(kind) ? (kind as PageKind) : undefined,
    tags: wordsOf(data.tags),
    aliases: wordsOf(data.aliases),
    product: productOf(path),
    text,
    origin: { layer, path, span: { start: 0, end: 0 } },
  };
}

function productOf(path: string): string | undefined {
  const parts = path.split('/');
  return parts[0] === 'products' && parts.length > 2 ? parts[1] : undefined;
}

/** The first `# heading` outside fences, without closing marks; empty if there is none in the first 200 lines. */
function firstHeading(text: string, from: number): string {
  let at = from;
  let fence = '';
  for (let line = 0; line < 200 && at < text.length; line++) {
    const next = text.indexOf('\n', at);
    const end = next < 0 ? text.length : next;
    const trimmed = text.slice(at, Math.min(end, at + 500)).trim();
    const mark = trimmed.slice(0, 3);
    if (fence) {
      if (mark === fence) fence = '';
    } else if (mark === '```' || mark === '~~~') {
      fence = mark;
    } else if (trimmed.startsWith('# ')) {
      return plainHeading(trimmed.slice(2));
    }
    at = end + 1;
  }
  return '';
}

function plainHeading(heading: string): string {
  let end = heading.length;
  while (end > 0 && (heading[end - 1] === '#' || heading[end - 1] === ' ')) end--;
  return heading.slice(0, end).replaceAll('**', '').replaceAll('`', '').trim();
}

function fileTitle(path: string): string {
  const parts = path.split('/');
  const name = parts.at(-1) ?? path;
  const stem = name.toLowerCase().endsWith('.md') ? name.slice(0, -3) : name;
  const folder = parts.at(-2);
  return (stem === 'index' || stem === '_index' || stem.toLowerCase() === 'readme') && folder ? folder : stem;
}
