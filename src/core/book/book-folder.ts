/** What a path inside a Book folder is; `undefined` for files a Book does not read. */
export type BookPlace =
  | { readonly kind: 'book' | 'terms' | 'lifecycle' | 'page' | 'common' | 'rules' }
  | { readonly kind: 'type' | 'template' | 'template-head' | 'template-csv' | 'kit'; readonly id: string }
  | { readonly kind: 'overlay'; readonly product: string };

/** Decides by place alone (docs/formats.md); `.yml` counts as `.yaml`. */
export function placeOf(path: string): BookPlace | undefined {
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  const { stem, ext } = splitName(name);
  const yaml = ext === 'yaml' || ext === 'yml';
  const markdown = ext === 'md';
  if (parts.length === 1) {
    if (!yaml) return undefined;
    if (stem === 'book' || stem === 'terms' || stem === 'lifecycle') return { kind: stem };
    return undefined;
  }
  switch (parts[0]) {
    case 'pages':
      return markdown ? { kind: 'page' } : undefined;
    case 'products':
      if (markdown && parts.length > 2) return { kind: 'page' };
      return yaml && stem === 'overlay' && parts.length === 3 ? { kind: 'overlay', product: parts[1] ?? '' } : undefined;
    case 'types':
      if (!yaml || parts.length !== 2) return undefined;
      return stem === 'common' ? { kind: 'common' } : { kind: 'type', id: stem };
    case 'rules':
      return yaml ? { kind: 'rules' } : undefined;
    case 'templates':
      if (markdown) return { kind: 'template', id: stem };
      if (ext === 'csv') return { kind: 'template-csv', id: stem };
      return yaml ? { kind: 'template-head', id: stem } : undefined;
    case 'kits':
      return yaml && parts.length === 2 ? { kind: 'kit', id: stem } : undefined;
    default:
      return undefined;
  }
}

/** True for a folder (`path` ends in `/`) in which a Book keeps files, and for the Book's own (`./`). */
export function isFolderOfBook(path: string): boolean {
  return ['.', 'pages', 'products', 'types', 'rules', 'templates', 'kits'].includes(path.split('/')[0] ?? '');
}

/** True for Markdown, the only thing a plain folder gives to a Book of pages. */
export function isMarkdown(path: string): boolean {
  return path.toLowerCase().endsWith('.md');
}

function splitName(name: string): { readonly stem: string; readonly ext: string } {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? { stem: name, ext: '' } : { stem: name.slice(0, dot), ext: name.slice(dot + 1).toLowerCase() };
}
