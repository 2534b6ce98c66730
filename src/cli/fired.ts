import { summarise } from '../core/product/summary';
import type { Finding, FindingSummary } from '../core/rules/finding';
import { displayWidth } from '../core/text/width';
import { UsageError } from './args';
import type { CommandIo, ExitStatus } from './io';
import type { ProductsOptions } from './options';
import { findPlaces } from './places';
import { printable } from './printable';
import { ProductReader } from './products';

/** How often a rule speaks in some products. */
interface FiredRule extends Omit<FindingSummary, 'files' | 'not_judged'> {
  readonly rule: string;
  readonly title: string;
  readonly open: number;
  readonly products: readonly { readonly product: string; readonly open: number; readonly waived: number; readonly baselined: number }[];
}

/**
 * `kobo rules list --fired [PATH…]`: which rules speak how often in the products below the paths, what is waived and what stands in the
 * baseline; the rule that speaks most comes first.
 * @throws UsageError where no product is
 */
export async function firedRules(paths: readonly string[], options: ProductsOptions, asJson: boolean, io: CommandIo): Promise<ExitStatus> {
  const reader = new ProductReader(options);
  const byRule = new Map<string, { title: string; readonly findings: Map<string, Finding[]> }>();
  let products = 0;
  for (const found of await findPlaces(paths, options.cwd)) {
    const place = reader.knownPlace(found);
    if (place.koboFile === undefined) continue;
    products++;
    const { project, asked } = await reader.read(place);
    const { documents } = await project.reportAll({ only: new Set(asked) });
    const { name, id } = place.koboFile.settings;
    const product = name || id || place.root.split(/[\\/]/u).at(-1) || '';
    for (const finding of documents.flatMap(({ uncapped }) => uncapped)) {
      const rule = project.rule(finding.rule);
      const fired = byRule.get(finding.rule) ?? { title: (io.language === 'ja' ? rule?.title.text : (rule?.title.en ?? rule?.title.text)) ?? '', findings: new Map<string, Finding[]>() };
      fired.findings.set(product, [...(fired.findings.get(product) ?? []), finding]);
      byRule.set(finding.rule, fired);
    }
  }
  if (products === 0) throw new UsageError('kobo.yaml のあるフォルダーを指定してください。複数でもかまいません。 / Name a folder that has a kobo.yaml, or several.');
  const rules = [...byRule].map(([rule, { title, findings }]): FiredRule => {
    const counts = (list: readonly Finding[]) => {
      const { errors, warnings, infos, hints, waived, baselined } = summarise(list, 0, 0);
      return { open: errors + warnings + infos + hints, errors, warnings, infos, hints, waived, baselined };
    };
    const parts = [...findings].map(([product, list]) => {
      const { open, waived, baselined } = counts(list);
      return { product, open, waived, baselined };
    });
    return { rule, title, ...counts([...findings.values()].flat()), products: parts };
  }).sort((a, b) => b.open - a.open || b.waived - a.waived || b.baselined - a.baselined || (a.rule < b.rule ? -1 : 1));
  io.out(asJson ? `${JSON.stringify(rules)}\n` : table(rules, products, io));
  return 0;
}

function table(rules: readonly FiredRule[], products: number, { language }: CommandIo): string {
  const ja = language === 'ja';
  const head = ja ? ['決まり', 'いま', '見送り', '前から', 'プロダクト', '題'] : ['rule', 'open', 'waived', 'baseline', 'products', 'title'];
  const rows = [head, ...rules.map(({ rule, open, waived, baselined, products: parts, title }) => [rule, String(open), String(waived), String(baselined),
    parts.map((part) => `${part.product} ${String(part.open + part.waived + part.baselined)}`).join(ja ? '、' : ', '), title].map(printable))];
  const widths = head.map((_, column) => Math.max(...rows.map((row) => displayWidth(row[column] ?? ''))));
  const padded = (text: string, column: number): string => {
    const gap = ' '.repeat((widths[column] ?? 0) - displayWidth(text));
    return column >= 1 && column <= 3 ? gap + text : text + gap;
  };
  const all = rules.reduce((sum, each) => ({ open: sum.open + each.open, waived: sum.waived + each.waived, baselined: sum.baselined + each.baselined }), { open: 0, waived: 0, baselined: 0 });
  const last = ja
    ? `${String(products)} プロダクト：いまの指摘 ${String(all.open)} 件 · 見送り ${String(all.waived)} 件 · 前からの指摘 ${String(all.baselined)} 件`
    : `${String(products)} products: ${String(all.open)} open · ${String(all.waived)} waived · ${String(all.baselined)} in the baseline`;
  return `${rows.map((row) => row.map(padded).join('  ').trimEnd()).join('\n')}\n\n${last}\n`;
}
