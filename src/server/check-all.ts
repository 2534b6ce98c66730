import type { CancellationToken, Diagnostic } from 'vscode-languageserver';
import { koboFileName } from '../core/product/product';
import { addSummaries, emptySummary } from '../core/product/summary';
import type { ServerContext } from './context';
import { checkOne, toDiagnostics } from './diagnostics';
import { eachProduct } from './each-product';
import type { ProductCounts } from './product-counts';
import { uriOf } from './products';
import { methods, type CheckAllParams, type CheckAllResult, type CheckFileParams, type CheckProgress } from './protocol';
import { canonicalUri } from './uri';
import { cancellationOf } from './cancellation';

/** "Check all project documents" and the check of one file that need not be shown. */
export function serveCheckAll(context: ServerContext, counts: ProductCounts): void {
  const { connection, products } = context;
  connection.onRequest(methods.checkAll, async ({ folder }: CheckAllParams, token: CancellationToken): Promise<CheckAllResult> => {
    const cancellation = cancellationOf(token);
    await products.settled();
    const wanted = folder === '' ? await products.all() : (await products.all()).filter((product) => `${product.root}/`.startsWith(`${canonicalUri(folder)}/`));
    const files: { uri: string; diagnostics: readonly Diagnostic[] }[] = [];
    let summary = emptySummary;
    let untyped = 0;
    let most = { count: 0, kobo: '' };
    const progress = (done: number, total: number): void => void connection.sendNotification(methods.checkProgress, { done, total } satisfies CheckProgress);
    await eachProduct(context, wanted, () => token.isCancellationRequested, async (product) => {
      await product.load(cancellation, progress);
      products.takeOpen(product);
      const all = await product.project.reportAll({ cancellation, breath: context.platform.breath, progress });
      for (const report of all.documents) {
        files.push({ uri: uriOf(product, report.path), diagnostics: toDiagnostics(context, { product, report }) });
      }
      summary = addSummaries(summary, all.summary);
      const count = all.documents.filter((report) => report.untyped).length;
      untyped += count;
      if (count > most.count) most = { count, kobo: uriOf(product, koboFileName) };
      if (!token.isCancellationRequested) counts.known(product, all);
    });
    return { files, summary, untyped, untypedKobo: most.kobo, cancelled: token.isCancellationRequested };
  });
  connection.onRequest(methods.checkFile, async ({ uri }: CheckFileParams): Promise<Diagnostic[]> => {
    await products.settled();
    const checked = await checkOne(context, canonicalUri(uri));
    return checked === undefined ? [] : toDiagnostics(context, checked);
  });
}
