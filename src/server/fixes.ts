import type { TextEdit } from 'vscode-languageserver';
import { bulkFixes, mergedEdits, type BulkFix } from '../core/product/bulk-fixes';
import type { Finding } from '../core/rules/finding';
import type { ServerContext } from './context';
import { checkOne } from './diagnostics';
import { versionOf } from './edits';
import { uriOf, type Product } from './products';
import { methods, type FileEdit, type FixableParams, type FixableRule, type FixAllParams, type FixAllResult } from './protocol';
import { canonicalUri } from './uri';
import { titleOf } from './waive';

/** Fixes of a whole document or product at once: only those that state no fact for a person. */
export function serveFixes(context: ServerContext): void {
  const { connection, language } = context;
  connection.onRequest(methods.fixAll, async ({ uri, rule, where }: FixAllParams): Promise<FixAllResult> => {
    const checked = await checkOne(context, canonicalUri(uri));
    if (checked === undefined) return { files: [], fixes: 0 };
    const { product } = checked;
    const findings = where === 'document' ? checked.report.uncapped : await findingsOf(context, product);
    const fixes = bulkFixes(findings, rule === '' ? undefined : rule);
    return { files: filesOf(context, product, fixes), fixes: fixes.length };
  });
  connection.onRequest(methods.fixable, async ({ uri }: FixableParams): Promise<FixableRule[]> => {
    const product = (await context.products.locate(canonicalUri(uri)))?.product ?? (await context.products.locateOrFirst(''));
    if (product?.koboFile === undefined) return [];
    const byRule = new Map<string, BulkFix[]>();
    for (const one of bulkFixes(await findingsOf(context, product), undefined)) byRule.set(one.finding.rule, [...(byRule.get(one.finding.rule) ?? []), one]);
    return [...byRule]
      .map(([rule, fixes]) => ({ rule, title: titleOf(product, rule, language), fixes: fixes.length, documents: new Set(fixes.map(({ finding }) => finding.path)).size }))
      .sort((a, b) => b.fixes - a.fixes || (a.rule < b.rule ? -1 : 1));
  });
}

async function findingsOf(context: ServerContext, product: Product): Promise<readonly Finding[]> {
  await product.load();
  context.products.takeOpen(product);
  return (await product.project.reportAll({ breath: context.platform.breath })).uncapped;
}

/** The edits of fixes as an editor takes them. */
export function filesOf(context: ServerContext, product: Product, fixes: readonly BulkFix[]): readonly FileEdit[] {
  return [...mergedEdits(fixes)].map(([path, edits]) => ({
    uri: uriOf(product, path),
    version: versionOf(context, uriOf(product, path), product.project.textOf(path) ?? product.koboText ?? ''),
    edits: product.project.rangesOf(path, edits).map(({ range, text }): TextEdit => ({ range, newText: text })),
  }));
}
