import type { Span } from '../text/position';
import type { Link } from './document';

const link = /(?<!!)\[([^\][\n]{1,200})\]\(([^()\s<>]{1,500})\)/gu;

/**
 * The Markdown links in the values of a YAML or CSV document (`会議: "[定例](minutes/2026-11-20.md)"`), in order. Linear.
 *
 * @param from where the content begins
 * @param comments in order; what stands in one is no link
 */
export function plainLinks(text: string, from: number, comments: readonly Span[] = []): readonly Link[] {
  if (!text.includes('](', from)) return [];
  const links: Link[] = [];
  let comment = 0;
  for (const match of text.matchAll(link)) {
    const [whole, words = '', target = ''] = match;
    const start = match.index;
    const targetStart = start + whole.length - target.length - 1;
    while (comment < comments.length && (comments[comment]?.end ?? 0) <= start) comment++;
    if (start >= from && (comments[comment]?.start ?? Infinity) > start) links.push({ text: words, target, span: { start, end: start + whole.length }, targetSpan: { start: targetStart, end: targetStart + target.length }, image: false });
  }
  return links;
}
