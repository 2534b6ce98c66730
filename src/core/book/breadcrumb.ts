
/** The pages of a Book, of which only path and title count here. */
export interface TitledPages {
  readonly pages: readonly { readonly path: string; readonly title: string }[];
}

/** Titles of the index pages above a page, outermost first; a folder without an index page goes by its own name. */
export function breadcrumb(book: TitledPages, path: string): readonly string[] {
  const titles = titlesOf(book);
  const parts = path.split('/').slice(0, -1);
  const crumbs: string[] = [];
  for (let i = 1; i <= parts.length; i++) {
    const folder = parts.slice(0, i).join('/');
    if (folder === 'pages' || path === `${folder}/index.md`) continue;
    crumbs.push(titles.get(`${folder}/index.md`) ?? titles.get(`${folder}/_index.md`) ?? titles.get(`${folder}/README.md`) ?? parts[i - 1] ?? '');
  }
  return crumbs;
}

const known = new WeakMap<object, ReadonlyMap<string, string>>();

function titlesOf(book: TitledPages): ReadonlyMap<string, string> {
  let titles = known.get(book.pages);
  if (titles === undefined) {
    titles = new Map(book.pages.map((page) => [page.path, page.title]));
    known.set(book.pages, titles);
  }
  return titles;
}
