import { MessageType, ShowMessageNotification } from 'vscode-languageserver';
import { decodePath } from './uri';
import type { ServerContext } from './context';
import type { Product } from './products';
import { say } from './words';

/**
 * Does some work for every product that has a `kobo.yaml`, one after the other. Those whose files cannot be had are left out, and the
 * person is told which; the work for them may have been begun.
 * @param isEnough asked before each: the rest is not wanted any more
 * @throws what stopped the first where it went well for none: then there is nothing to show
 */
export async function eachProduct(context: ServerContext, wanted: readonly Product[], isEnough: () => boolean, work: (product: Product) => Promise<void>): Promise<void> {
  const failed: { readonly product: Product; readonly error: unknown }[] = [];
  let done = 0;
  for (const product of wanted) {
    if (product.koboFile === undefined) continue;
    if (isEnough()) break;
    try {
      await work(product);
      done++;
    } catch (error) {
      failed.push({ product, error });
    }
  }
  if (done === 0 && failed[0] !== undefined) throw failed[0].error;
  for (const { product, error } of failed) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = say(context.language, 'productFailed', decodePath(product.root), reason);
    void context.connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
  }
}
