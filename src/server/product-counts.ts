import type { ProductReport } from '../core/product/report';
import type { Cancellation } from '../core/workspace';
import { inBackground } from './background';
import type { ServerContext } from './context';
import type { Product } from './products';
import { methods, type ProductCountsState } from './protocol';

/** Milliseconds without an edit after which the findings of a product are counted: at first, and again when something has changed. */
const firstAfter = 1500;
const againAfter = 8000;
/** Between two slices of work, which the core makes 10 ms long. */
const rest = 10;

/**
 * How many findings every product has, found out unasked for the status bar: once the editor is quiet, with as much rest as
 * work, and given up when somebody types.
 */
export class ProductCounts {
  readonly #context: ServerContext;
  readonly #counted = new WeakSet<Product>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #run = 0;
  #hasCounted = false;
  #stopped = false;

  constructor(context: ServerContext) {
    this.#context = context;
  }

  /** Something may come out differently now. What is being counted is given up. */
  changed(): void {
    if (this.#stopped || !this.#context.client.isExtension) return;
    this.#run++;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => inBackground(this.#context.log, this.#count()), this.#hasCounted ? againAfter : firstAfter);
  }

  /** Everything was checked because a person asked for it: there is nothing left to find out. */
  known(product: Product, { summary, documents }: ProductReport): void {
    this.#tell(product, { counts: summary, untyped: documents.filter((report) => report.untyped).length, isCounting: false });
    this.#counted.add(product);
  }

  stop(): void {
    this.#stopped = true;
    this.#run++;
    clearTimeout(this.#timer);
  }

  async #count(): Promise<void> {
    const run = ++this.#run;
    const isCancelled = (): boolean => run !== this.#run;
    const cancellation: Cancellation = {
      get isCancelled() {
        return isCancelled();
      },
    };
    const { products, documents, log } = this.#context;
    for (const product of await products.all()) {
      if (isCancelled()) return;
      if (product.koboFile === undefined) continue;
      try {
        // Whoever opens a document meanwhile waits for the same reading: it is not given up, and goes at full speed.
        await product.load();
        for (const { uri, text } of documents.all()) {
          const located = await products.locate(uri);
          // A file that was deleted may be open for a moment more: it does not come back.
          if (located?.product === product && product.project.textOf(located.path) !== undefined) product.project.put(located.path, text);
        }
        const report = await product.project.reportAll({ cancellation, breath: () => new Promise((resolve) => setTimeout(resolve, rest)) });
        if (isCancelled()) return;
        this.known(product, report);
      } catch (error) {
        log(`counting ${product.root}: ${String(error)}`);
        if (!this.#counted.has(product)) this.#tell(product, { counts: null, untyped: 0, isCounting: false });
      }
    }
    this.#hasCounted = true;
  }

  #tell(product: Product, state: Omit<ProductCountsState, 'folder' | 'name'>): void {
    if (this.#stopped) return;
    void this.#context.connection.sendNotification(methods.productCounts, { folder: product.root, name: product.koboFile?.settings.name ?? '', ...state } satisfies ProductCountsState);
  }
}
