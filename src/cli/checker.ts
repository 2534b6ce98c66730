import { readBaseline, type Baseline } from '../core/product/baseline';
import { koboFileName } from '../core/product/product';
import { historyState } from '../host/git-history';
import { UsageError } from './args';
import { bookFolder } from './book-place';
import type { KeptReports } from './kept-report';
import type { ProductsOptions } from './options';
import type { ProductPlace } from './places';
import { ProductReader } from './products';
import { reportOf, type ReportedProduct } from './reported-product';

interface CheckerOptions extends ProductsOptions {
  /** Where reports are kept, if they are. */
  readonly kept: KeptReports | undefined;
  /** `--baseline`. */
  readonly baseline: NamedBaseline | undefined;
}

/** The file that `--baseline` names. */
export interface NamedBaseline {
  readonly name: string;
  readonly text: string;
}

/** @throws UsageError for a file that is no baseline: without it a check would fail for what was there before */
export function namedBaseline({ name, text }: NamedBaseline): Baseline {
  const { baseline, problems: [problem] } = readBaseline(text, name);
  if (problem !== undefined) throw new UsageError(`${problem.message.text} / ${problem.message.en ?? ''}`);
  return baseline;
}

/**
 * Checks products one after the other and keeps the reports.
 * @returns takes a place and the documents that are reported; what is said at `kobo.yaml` takes all of them
 */
export function checker({ kept, baseline, ...options }: CheckerOptions): (place: ProductPlace, asked: ReadonlySet<string>) => Promise<ReportedProduct> {
  const reader = new ProductReader(options);
  return async (found, asked) => {
    const place = reader.knownPlace(found);
    // As it is before it is read: a change made meanwhile is one.
    const before = await kept?.state(place, { book: place.koboFile?.settings.book, baseline: place.koboFile?.settings.baseline });
    const folder = bookFolder(place.book.address, place.book.from);
    const files = await reader.files(place);
    const { project } = await reader.read(place, undefined, files);
    if (baseline !== undefined) project.replaceBaseline(namedBaseline(baseline));
    if (!asked.has(koboFileName) && place.koboFile !== undefined) return await reportOf(project, folder, asked);
    const history = before !== undefined && project.usesHistory ? await historyState(place.root) : undefined;
    const report = await reportOf(project, folder, undefined);
    // What was stopped for taking too long may get further next time, and what this person may not open, another may.
    if (before !== undefined && files.contents.every((content) => content.ok || content.code === 'too_large') && !files.files.own.some((path) => path.endsWith('/')) && report.documents.every((document) => document.slowRules.length === 0)) await kept?.write(before, files.contents, history, report);
    return report;
  };
}
