import type { ProjectDocument } from './document';

/** Everything GitHub drops from a heading: neither letter, mark, digit, connector, hyphen nor space. */
const dropped = /[^\p{Alphabetic}\p{M}\p{Nd}\p{Pc}\- ]/gu;

/**
 * The anchor GitHub gives a heading of these words: lower case, punctuation dropped, spaces as hyphens. Japanese stays
 * as it is and is not normalised. Without the number that tells equal headings apart; see {@link anchorsOf}.
 */
export function githubSlug(title: string): string {
  return title.trim().toLowerCase().replace(dropped, '').replaceAll(' ', '-');
}

/**
 * The anchors that programs which make a site of Markdown pages give a heading, where they differ from GitHub's: the
 * defaults of markdown-it-anchor 9 (punctuation stays), Python-Markdown and GitLab (hyphens in a row are one), Pandoc and
 * kramdown (what stands before the first letter is dropped) and VitePress 1 (punctuation becomes a hyphen).
 */
export function siteSlugs(title: string): readonly string[] {
  const lower = title.trim().toLowerCase();
  const joined = githubSlug(title).replace(/-{2,}/gu, '-').replace(/^-|-$/gu, '');
  const hyphened = lower.normalize('NFKD').replace(/[\u0300-\u036f]/gu, '').replace(/[\s!-/:-@[-`{-~“”‘’]+/gu, '-').replace(/^-|-$/gu, '').replace(/^(?=\d)/u, '_');
  return [lower.replace(/\s+/gu, '-'), joined, joined.replace(/^[^\p{L}]+/u, ''), hyphened];
}

/**
 * The anchor of every section of a document, aligned with `sections`: `{#id}` where the heading names its own, else the
 * GitHub slug with `-1`, `-2` … behind the second, third … of equal ones. Label sections have none: an empty string.
 */
export function anchorsOf(document: Pick<ProjectDocument, 'sections' | 'text'>): readonly string[] {
  const taken = new Map<string, number>();
  return document.sections.map((section) => {
    if (section.kind === 'label') return '';
    const own = /^\s*\{#([^{}\s]{1,100})\}/u.exec(document.text.slice(section.titleSpan.end, section.titleSpan.end + 110))?.[1];
    if (own !== undefined) return own;
    const slug = githubSlug(section.title);
    let count = taken.get(slug) ?? 0;
    let anchor = count === 0 ? slug : `${slug}-${count}`;
    // `a`, `a`, `a-1`: the third is not the second's.
    while (count > 0 && taken.has(anchor)) anchor = `${slug}-${++count}`;
    taken.set(slug, count + 1);
    if (anchor !== slug) taken.set(anchor, 1);
    return anchor;
  });
}
