import { countImpact, type ImpactCounts, type ImpactEntry } from '../../core/product/impact';
import { printable, printableSentence } from '../printable';

/** What a change does to one product; paths are relative to the working directory. */
export interface ProductImpact {
  readonly id: string;
  readonly name: string;
  readonly documents: number;
  readonly entries: readonly ImpactEntry[];
  /** Title of a rule in the language of findings; empty when nobody knows it. */
  readonly titleOf: (rule: string) => string;
}

export interface ImpactReport {
  readonly products: readonly ProductImpact[];
  readonly language: 'ja' | 'en';
}

const marks = { added: '+', removed: '-', changed: '~' } as const;

interface RuleImpact {
  readonly rule: string;
  readonly title: string;
  readonly counts: ImpactCounts;
  readonly products: readonly { readonly product: ProductImpact; readonly entries: readonly ImpactEntry[] }[];
}

/** By rule, then by product; rules in order of their ids. */
function byRule({ products }: ImpactReport): readonly RuleImpact[] {
  const ids = [...new Set(products.flatMap(({ entries }) => entries.map(({ finding }) => finding.rule)))].sort();
  return ids.map((rule) => {
    const parts = products.flatMap((product) => {
      const entries = product.entries.filter(({ finding }) => finding.rule === rule);
      return entries.length === 0 ? [] : [{ product, entries }];
    });
    return { rule, title: parts[0]?.product.titleOf(rule) ?? '', counts: countImpact(parts.flatMap(({ entries }) => entries)), products: parts };
  });
}

function countsText({ added, removed, changed }: ImpactCounts): string {
  return [`+${String(added)}`, `-${String(removed)}`, ...(changed === 0 ? [] : [`~${String(changed)}`])].join(' ');
}

function summaryText({ products, language }: ImpactReport): string {
  const { added, removed, changed } = countImpact(products.flatMap(({ entries }) => entries));
  const documents = products.reduce((sum, product) => sum + product.documents, 0);
  const n = String;
  return language === 'ja'
    ? `${n(products.length)} プロダクト、${n(documents)} 文書：新しい指摘 ${n(added)} 件 · なくなる指摘 ${n(removed)} 件 · 変わる指摘 ${n(changed)} 件`
    : `${n(products.length)} products, ${n(documents)} documents: ${n(added)} newly flagged · ${n(removed)} no longer flagged · ${n(changed)} changed`;
}

const nameOf = ({ name, id }: ProductImpact): string => (name === '' ? id : name);

/** For reading in a terminal: rule → product → place. */
export function impactText(report: ImpactReport): string {
  const lines = byRule(report).flatMap(({ rule, title, counts, products }) => [
    `${printable(`${rule}  ${title}`)}  ${countsText(counts)}`,
    ...products.flatMap(({ product, entries }) => [
      `  ${printable(nameOf(product))}  ${countsText(countImpact(entries))}`,
      ...entries.map(({ kind, finding, before }) => {
        const severity = before !== undefined && before.severity !== finding.severity ? `${before.severity} → ${finding.severity}` : finding.severity;
        return `    ${marks[kind]} ${printable(finding.path)}:${String(finding.range.start.line + 1)}  ${severity}  ${printableSentence(finding.message)}`;
      }),
    ]),
    '',
  ]);
  return `${[...lines, summaryText(report)].join('\n')}\n`;
}

/** `{ entries: [{ change, rule, severity, path, range, message, product }], rules, products, summary }`. */
export function impactJson(report: ImpactReport): string {
  const { products } = report;
  return `${JSON.stringify({
    entries: products.flatMap(({ id, entries }) => entries.map(({ kind, finding, before }) => ({
      change: kind, rule: finding.rule, severity: finding.severity, ...(kind === 'changed' ? { before: { severity: before?.severity, message: before?.message } } : {}),
      path: finding.path, range: finding.range, message: finding.message, product: id,
    }))),
    rules: byRule(report).map(({ rule, counts }) => ({ rule, ...counts })),
    products: products.map(({ id, documents, entries }) => ({ id, files: documents, ...countImpact(entries) })),
    summary: { products: products.length, files: products.reduce((sum, product) => sum + product.documents, 0), ...countImpact(products.flatMap(({ entries }) => entries)) },
  })}\n`;
}

/** For a comment on a change: counts by rule and product. */
export function impactMarkdown(report: ImpactReport): string {
  const ja = report.language === 'ja';
  const head = ja ? ['ルール', '決まり', 'プロダクト', '新しい', 'なくなる', '変わる'] : ['Rule', 'Title', 'Product', 'New', 'Gone', 'Changed'];
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => printable(cell.replaceAll('|', '\\|').replace(/\s+/g, ' '))).join(' | ')} |`;
  const rows = byRule(report).flatMap(({ rule, title, products }) => products.map(({ product, entries }) => {
    const { added, removed, changed } = countImpact(entries);
    return [rule, title, nameOf(product), String(added), String(removed), String(changed)];
  }));
  return `${[line(head), line(head.map(() => '---')), ...rows.map(line), '', summaryText(report)].join('\n')}\n`;
}
