import type { Book } from '../book/book';
import type { CheckContext } from '../rules/context';
import type { Finding } from '../rules/finding';
import type { RuleSet } from '../rules/rule';
import type { ProductCheck } from '../rules/run';
import type { TypedDocument } from './meaning';
import type { ProductSettings } from './product';
import type { ProductIndex } from './records';
import type { EffectiveSettings } from './settings';

/** What the comparison of a product with itself under other rules works with. */
export interface ProjectParts {
  readonly book: Book;
  readonly settings: ProductSettings | undefined;
  readonly effective: EffectiveSettings;
  readonly rules: RuleSet;
  readonly context: CheckContext;
  readonly index: ProductIndex;
  readonly past: Pick<ProductCheck, 'history' | 'readOld'>;
  /** By path, in code unit order. */
  readonly documents: ReadonlyMap<string, TypedDocument>;
  /** Marks what waivers and the baseline let pass in a document (`kobo.yaml` included). */
  suppress(findings: readonly Finding[], path: string): readonly Finding[];
}
