/** The typed tree of a page as elements. Every text becomes a text node; a link carries its target as data. */
import type { Block, Inline } from '../../server/protocol';
import { el, icon, type Child, type View } from './dom';
import { link, type Look } from './look';

/** @param canPreview the page can be shown in the editor's own preview, which draws diagrams */
export function renderBlocks(blocks: readonly Block[], look: Look, canPreview: boolean): View[] {
  return blocks.map((block) => renderBlock(block, look, canPreview));
}

function renderBlock(block: Block, look: Look, canPreview: boolean): View {
  switch (block.kind) {
    case 'heading':
      // The page has one h1, its title.
      return el(`h${Math.min(6, Math.max(2, block.level))}`, { id: anchorId(block.anchor), tabindex: -1 }, renderInlines(block.inlines));
    case 'paragraph':
      return el('p', {}, renderInlines(block.inlines));
    case 'list':
      return el(
        block.ordered ? 'ol' : 'ul',
        { start: block.ordered && block.start !== 1 ? block.start : undefined, class: block.items.some((item) => item.checked !== null) ? 'tasks' : undefined },
        block.items.map((item) =>
          el(
            'li',
            { class: item.checked === null ? undefined : 'task' },
            item.checked !== null && el('input', { type: 'checkbox', disabled: true, checked: item.checked }),
            el('div', { class: 'item' }, renderBlocks(item.blocks, look, canPreview)),
          ),
        ),
      );
    case 'table':
      return el(
        'div',
        { class: 'table', role: 'region', tabindex: 0, 'aria-label': look.strings.table },
        el(
          'table',
          {},
          block.header.length > 0 && el('thead', {}, el('tr', {}, block.header.map((cell) => el('th', { scope: 'col' }, renderInlines(cell))))),
          el('tbody', {}, block.rows.map((cells) => el('tr', {}, cells.map((cell) => el('td', {}, renderInlines(cell)))))),
        ),
      );
    case 'code':
      return isDiagram(block.language) ? diagram(block.text, look, canPreview) : el('pre', { tabindex: 0 }, el('code', {}, block.text));
    case 'quote':
      return el('blockquote', {}, renderBlocks(block.blocks, look, canPreview));
    case 'line':
      return el('hr');
  }
}

function isDiagram(language: string): boolean {
  return language.toLowerCase() === 'mermaid';
}

/** A diagram stands as it is written: to draw it takes a script that the panel's policy does not let in. The editor's preview has one. */
function diagram(text: string, look: Look, canPreview: boolean): View {
  const { strings } = look;
  return el(
    'figure',
    { class: 'diagram', lang: look.language },
    el('figcaption', { class: 'diagram-head' }, icon('type-hierarchy'), el('span', { class: 'diagram-name' }, strings.diagram), canPreview && link('pageSide', {}, strings.showDiagram)),
    el('pre', { tabindex: 0, 'aria-label': strings.diagram }, el('code', {}, text)),
  );
}

export function renderInlines(inlines: readonly Inline[]): Child[] {
  return inlines.map((inline): Child => {
    switch (inline.kind) {
      case 'text':
        return inline.text;
      case 'mark':
        return el('mark', {}, inline.text);
      case 'code':
        return el('code', {}, inline.text);
      case 'strong':
        return el('strong', {}, renderInlines(inline.inlines));
      case 'emphasis':
        return el('em', {}, renderInlines(inline.inlines));
      case 'strike':
        return el('s', {}, renderInlines(inline.inlines));
      case 'break':
        return el('br');
      case 'link':
        return renderLink(inline);
    }
  });
}

function renderLink(link: Extract<Inline, { readonly kind: 'link' }>): View {
  const { target } = link;
  switch (target.kind) {
    case 'page':
      return el('a', { href: '#', 'data-do': 'open', 'data-path': target.path, 'data-anchor': target.anchor }, renderInlines(link.inlines));
    case 'web':
      return el('a', { href: target.url, 'data-do': 'web', 'data-url': target.url, title: target.url }, renderInlines(link.inlines), icon('link-external', 'external'));
    case 'dead':
      return el('span', { class: 'dead' }, renderInlines(link.inlines));
  }
}

/** Id of a heading in the page of the panel; never equal to an id of the panel itself. */
export function anchorId(anchor: string): string {
  return `section:${anchor}`;
}
