import type { SyntaxNode, Tree } from '@lezer/common';
import { parser, Strikethrough, Table, TaskList } from '@lezer/markdown';
import type { ProjectDocument } from '../../../src/core/document/document';

/** The facts about a Markdown document that both readers must agree on, each as one comparable line. */
export interface Facts {
  readonly headings: readonly string[];
  readonly fences: readonly string[];
  readonly indented: readonly string[];
  readonly tables: readonly string[];
  readonly items: readonly string[];
  readonly tasks: readonly string[];
  readonly links: readonly string[];
}

const gfm = parser.configure([Table, TaskList, Strikethrough]);

/**
 * Reads with @lezer/markdown. What it does not know is blanked out first: front matter, a byte order mark, and the pipe
 * that ends a delimiter row with spaces behind (GFM allows them).
 */
export function lezerFacts(document: ProjectDocument): Facts {
  const { text, frontMatter, lines } = document;
  const from = frontMatter?.span.end ?? (text.startsWith('\uFEFF') ? 1 : 0);
  const rest = text.slice(from).replace(/^([ >]*\|?[ \t]*:?-[-: |\t]*)\|([ \t]+)$/gm, '$1 $2');
  const source = text.slice(0, from).replace(/[^\n]/g, ' ') + rest;
  const tree: Tree = gfm.parse(source);
  const facts = { headings: [] as string[], fences: [] as string[], indented: [] as string[], tables: [] as string[], items: [] as string[], tasks: [] as string[], links: [] as string[] };
  const walk = (node: SyntaxNode, contained: boolean): void => {
    const heading = /^(?:ATX|Setext)Heading(\d)$/.exec(node.name);
    if (heading !== null && !contained) facts.headings.push(`${heading[1] ?? ''}@${String(lines.lineAt(node.from))}`);
    else if (node.name === 'FencedCode') facts.fences.push(fence(source, node.from, node.to));
    else if (node.name === 'CodeBlock') facts.indented.push(String(lines.lineAt(node.from)));
    else if (node.name === 'Table') facts.tables.push(tableOf(node, source));
    else if (node.name === 'ListItem') facts.items.push(String(node.from));
    else if (node.name === 'TaskMarker') facts.tasks.push(`${String(node.from)}${source.slice(node.from, node.to).toLowerCase()}`);
    else if (node.name === 'Link' || node.name === 'Image' || node.name === 'Autolink') {
      const url = node.getChild('URL');
      // A reference link has no target of its own, a definition is no link.
      if (url !== null) facts.links.push(`${String(node.from)}-${String(node.to)} ${source.slice(url.from, url.to).replace(/^<|>$/g, '')}`);
    }
    const inside = contained || node.name === 'Blockquote' || node.name === 'ListItem';
    for (let child = node.firstChild; child !== null; child = child.nextSibling) walk(child, inside);
  };
  walk(tree.topNode, false);
  return sorted(facts);
}

/** A fence without the blank lines an unclosed one may or may not end with. */
function fence(text: string, from: number, to: number): string {
  return `${String(from)}-${String(from + text.slice(from, to).trimEnd().length)}`;
}

function tableOf(table: SyntaxNode, source: string): string {
  const rows: string[] = [];
  for (let row = table.firstChild; row !== null; row = row.nextSibling) {
    if (row.name !== 'TableHeader' && row.name !== 'TableRow') continue;
    rows.push(row.getChildren('TableCell').map((cell) => `${String(cell.from)}-${String(cell.from + source.slice(cell.from, cell.to).replace(/[ \t]+$/, '').length)}`).join(','));
  }
  return rows.join('/');
}

/** The same facts from our reading. */
export function ourFacts(document: ProjectDocument): Facts {
  const { text, lines } = document;
  return sorted({
    headings: document.sections.filter((s) => s.kind === 'heading').map((s) => `${String(s.level)}@${String(lines.lineAt(s.titleSpan.start))}`),
    fences: document.opaque.filter((o) => o.kind === 'fence' && text[o.start] !== '<').map((o) => fence(text, o.start, o.end)),
    indented: document.opaque.filter((o) => o.kind === 'indented').map((o) => String(lines.lineAt(o.start))),
    tables: document.tables.map((table) =>
      [table.header, ...table.rows].map((row) => row.cells.filter((c) => text[c.span.start] !== '|').map((c) => `${String(c.span.start)}-${String(c.span.end)}`).join(',')).join('/'),
    ),
    items: document.items.map((item) => String(lines.lineAt(item.span.start))),
    tasks: document.items.filter((item) => item.kind === 'task').map((item) => {
      const open = text.lastIndexOf('[', item.span.start - 1);
      return `${String(open)}${text.slice(open, open + 3).toLowerCase()}`;
    }),
    links: document.links
      .filter((l) => l.targetSpan.start > l.span.start && l.targetSpan.end < l.span.end)
      .map((l) => `${String(l.span.start)}-${String(l.span.end)} ${l.target}`),
  });
}

function sorted(facts: Facts): Facts {
  const order = (list: readonly string[]): string[] => [...list].sort((a, b) => parseInt(a.split('@').pop() ?? '', 10) - parseInt(b.split('@').pop() ?? '', 10));
  return {
    headings: order(facts.headings),
    fences: order(facts.fences),
    indented: order(facts.indented),
    tables: order(facts.tables),
    items: facts.items,
    tasks: order(facts.tasks),
    links: order(facts.links),
  };
}
