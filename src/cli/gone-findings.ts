import { formatOf } from '../core/document/format';
import { practiceRule } from '../core/product/kobo-findings';
import type { Finding } from '../core/rules/finding';
import { textAtCommit } from '../host/git-history';
import { namedBaseline, type NamedBaseline } from './checker';
import { isListedFor, type GoneFiles } from './changes';
import type { ReportedFinding } from './formats/report';
import type { ProductsOptions } from './options';
import type { ProductPlace } from './places';
import { ProductReader } from './products';
import { reported } from './reported-product';

/**
 * What files that are no more have left behind: findings that are not there when the product is checked with these files.
 * @returns those of all documents; paths are relative to the root
 */
export async function goneFindings(found: ProductPlace, gone: GoneFiles, options: ProductsOptions & { readonly baseline: NamedBaseline | undefined }): Promise<readonly ReportedFinding[]> {
  const reader = new ProductReader(options);
  const place = reader.knownPlace(found);
  const files = await reader.files(place);
  const lost = gone.paths.filter((path) => isListedFor(path, files.files));
  if (lost.length === 0) return [];
  const contents = [];
  for (const path of lost.filter((one) => formatOf(one) !== undefined)) {
    const text = await textAtCommit(place.root, gone.base, path);
    if (text !== undefined) contents.push({ path, ok: true as const, bytes: Buffer.from(text, 'utf8') });
  }
  const after = await findingsOf(files);
  const before = new Set((await findingsOf({
    ...files, contents: [...files.contents, ...contents], files: { ...files.files, own: [...files.files.own, ...lost].sort() },
  })).map(keyOf));
  // How many documents work in a way changes with each of them.
  return after.filter((finding) => finding.rule !== practiceRule && !before.has(keyOf(finding))).map(reported);

  async function findingsOf(these: typeof files): Promise<readonly Finding[]> {
    const { project } = await reader.read(place, undefined, these);
    if (options.baseline !== undefined) project.replaceBaseline(namedBaseline(options.baseline));
    return (await project.reportAll()).findings;
  }
}

function keyOf({ path, rule, range: { start, end }, message }: Finding): string {
  return JSON.stringify([path, rule, start, end, message]);
}
