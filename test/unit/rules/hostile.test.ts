import assert from 'node:assert/strict';
import { readDocument } from '../../../src/core/document/read';
import { hostiles } from './hostile';
import { cleanProducts, type Product } from './mutation-product';

describe('Hostile documents', function () {
  this.timeout(120_000);
  let product: Product | undefined;
  before(async () => {
    [product] = await cleanProducts();
  });

  async function rulesOf(path: string, text: string): Promise<readonly string[]> {
    assert.ok(product);
    const { project, documents } = product;
    project.putDocument(readDocument(path, text));
    const report = await project.report(path, { network: true });
    const original = documents.get(path)?.document;
    if (original === undefined) project.remove(path);
    else project.putDocument(original);
    assert.ok(report);
    return report.findings.map((finding) => finding.rule);
  }

  for (const { name, path, text, says } of hostiles(10_000)) {
    it(says === undefined ? `${name}: never a crash, never a flood` : `${name}: ${says.join(' ') || 'nothing'}`, async () => {
      const rules = await rulesOf(path, text());
      assert.ok(rules.length <= 101, String(rules.length));
      if (says !== undefined) assert.deepEqual(rules, says);
    });
  }

  it('line ends of Windows and mixed ones change nothing', async () => {
    for (const [path, { document }] of product?.documents ?? []) {
      let line = 0;
      assert.deepEqual(await rulesOf(path, document.text.replace(/\n/gu, '\r\n')), [], `${path} CRLF`);
      assert.deepEqual(await rulesOf(path, document.text.replace(/\n/gu, () => (line++ % 3 === 0 ? '\r\n' : '\n'))), [], `${path} mixed`);
    }
  });
});
