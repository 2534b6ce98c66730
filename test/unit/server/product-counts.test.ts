import assert from 'node:assert/strict';
import type { ServerContext } from '../../../src/server/context';
import { ProductCounts } from '../../../src/server/product-counts';

describe('the counts of a product, in a workspace that cannot be looked through', function () {
  this.timeout(10_000);

  it('are told of in the log, and the server lives on', async () => {
    const escaped: unknown[] = [];
    const take = (error: unknown): void => void escaped.push(error);
    const before = process.listeners('unhandledRejection');
    process.removeAllListeners('unhandledRejection');
    process.on('unhandledRejection', take);
    try {
      const told = await new Promise<string>((resolve) => {
        const context = { client: { isExtension: true }, products: { all: () => Promise.reject(new Error('no answer')) }, log: resolve } as unknown as ServerContext;
        new ProductCounts(context).changed();
        setTimeout(() => resolve('nothing'), 4000);
      });
      assert.match(told, /no answer/u);
      assert.deepEqual(escaped, []);
    } finally {
      process.off('unhandledRejection', take);
      for (const listener of before) process.on('unhandledRejection', listener);
    }
  });
});
