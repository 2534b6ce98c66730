import { koboFileName } from '../core/product/product';
import { neverCancelled } from '../core/workspace';
import type { ServerContext } from './context';
import { say } from './words';

const bookFileName = 'book.yaml';

/**
 * Documents of a client that has no folder at all: each is judged by the product (or belongs to the Book) in whose folder it
 * lies. The search ends at the top of a git repository, as that of the command line does.
 */
export class LoneDocuments {
  readonly #context: Pick<ServerContext, 'products' | 'refresh' | 'log' | 'language'>;
  #isTold = false;

  constructor(context: Pick<ServerContext, 'products' | 'refresh' | 'log' | 'language'>) {
    this.#context = context;
  }

  /** Adds the folder of a document's product to those that are looked at; without one says so, once. */
  async opened(uri: string): Promise<void> {
    const { products, refresh, log, language } = this.#context;
    if (!uri.startsWith('file:') || products.folderOf(uri) !== undefined) return;
    const folder = await this.#folderAbove(uri);
    if (folder === undefined) {
      if (!this.#isTold) log(say(language, 'noFolder', koboFileName));
      this.#isTold = true;
      return;
    }
    products.setFolders([...products.folders, folder]);
    refresh();
  }

  async #folderAbove(uri: string): Promise<string | undefined> {
    for (let at = parentOf(uri); at.length > 'file://'.length; at = parentOf(at)) {
      const [kobo, book, git] = await this.#context.products.door(at).read([koboFileName, bookFileName, '.git'], neverCancelled);
      if (kobo?.ok === true || book?.ok === true) return at;
      // A folder cannot be read, but it is there.
      if (git?.ok === true || (git?.ok === false && git.code !== 'missing')) return undefined;
    }
    return undefined;
  }
}

function parentOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}
