import { anchorsOf as headingAnchors, githubSlug, siteSlugs } from '../document/slug';
import type { TypedDocument } from './meaning';

/** What the files of a product tell of the program that makes a site of its pages. */
export interface Site {
  /** One is there, and its anchors may not be those of GitHub. */
  readonly own: boolean;
  /** A label of one page (`(label)=`) leads there from every other, as in MyST and Sphinx. */
  readonly labels: boolean;
}

const generators = /(?:^|\/)(?:mkdocs\.ya?ml|book\.toml|_config\.ya?ml|_quarto\.ya?ml|antora\.ya?ml|SUMMARY\.md|_sidebar\.md|hugo\.(?:toml|ya?ml|json)|(?:eleventy|docusaurus|astro)\.config\.[cm]?[jt]s)$/u;
const labelling = /(?:^|\/)(?:myst\.ya?ml|_toc\.ya?ml|conf\.py)$/u;

/** @param files paths of a product */
export function siteOf(files: Iterable<string>): Site {
  let own = false;
  for (const file of files) {
    if (labelling.test(file)) return { own: true, labels: true };
    own ||= generators.test(file);
  }
  return { own, labels: false };
}

/** Everything in a Markdown document that a link can lead to, without `#`. */
export function anchorsOf({ document }: TypedDocument, site: Site): ReadonlySet<string> {
  const anchors = new Set(headingAnchors(document));
  // Headings inside quotes and list items open no section, but have an anchor.
  for (const match of document.text.matchAll(/^(?: {0,3}(?:>[ \t]?){1,9}|[ \t]{0,12}(?:[-*+]|\d{1,3}[.)])[ \t]+|[ \t]{1,12})#{1,6}[ \t]+([^\r\n]{1,300})/gmu)) anchors.add(githubSlug((match[1] ?? '').replace(/[ \t]#+[ \t]*$/u, '')));
  for (const match of document.text.matchAll(/<(?:a\s[^>]{0,80}name|[a-z][a-z0-9]{0,20}\s(?:[^>]{0,80}\s)?id)=["']?([^"'\s>]{1,100})/giu)) anchors.add(match[1] ?? '');
  for (const match of document.text.matchAll(/^\(([^()\s]{1,100})\)=[ \t]*$/gmu)) anchors.add(match[1] ?? '');
  for (const section of document.sections) {
    if (section.kind !== 'heading') continue;
    // The words of a heading lead to it too where it names its anchor itself (`{#id}`), as some sites do.
    anchors.add(githubSlug(section.title));
    if (site.own) for (const slug of siteSlugs(section.title)) anchors.add(slug);
  }
  anchors.delete('');
  return anchors;
}

/** A place that is told by its lines, as code hosts and editors link to it (`#L12`, `#L12-L20`, `#L12-20`), inside of the document. */
export function isLineOf({ document }: TypedDocument, anchor: string): boolean {
  const line = /^L(\d{1,6})(?:C\d{1,4})?(?:-L?\d{1,6}(?:C\d{1,4})?)?$/u.exec(anchor)?.[1];
  return line !== undefined && Number(line) >= 1 && Number(line) <= document.lines.count;
}

/**
 * Whether an anchor that GitHub would not make leads to a heading nevertheless: the same characters in another width or
 * decomposed (`カ` and a mark for `ガ`), the `_` VitePress puts before a digit, and a heading that only stands behind a fence nobody has
 * closed, which other programs read as one.
 */
export function hasAnchorElsewhere({ document }: TypedDocument, anchors: ReadonlySet<string>, anchor: string): boolean {
  const wanted = anchor.normalize('NFKC').toLowerCase();
  if (/[^\0-\x7f]/u.test(anchor) && [...anchors].some((known) => known.normalize('NFKC') === wanted)) return true;
  if (/^_\d/u.test(wanted) && document.sections.some((section) => section.kind === 'heading' && siteSlugs(section.title).some((slug) => slug.normalize('NFKC') === wanted))) return true;
  return headingsBehindOpenFence(document).some((title) => githubSlug(title) === wanted);
}

function headingsBehindOpenFence(document: TypedDocument['document']): readonly string[] {
  const last = document.opaque.at(-1);
  if (last === undefined || last.end < document.text.trimEnd().length) return [];
  const code = document.text.slice(last.start, last.end);
  const opening = /^[ \t]*(`{3,}|~{3,})/u.exec(code)?.[1];
  if (opening === undefined || code.trimEnd().endsWith(opening)) return [];
  return [...code.matchAll(/^ {0,3}#{1,6}[ \t]+([^\r\n]{1,300})/gmu)].map((match) => match[1] ?? '');
}
