import type { Breath, Cancellation } from '../workspace';
import type { ProductSettings } from './product';
import type { Project } from './project';
import { unmanaged } from './recognise';
import type { ReportCounts, SetupLine } from './setup';

/**
 * Proposed lines with what is found in their documents when all of them are in force: the same check that follows, so that
 * nobody is promised other numbers than those that come.
 * @param settings those of the `kobo.yaml` to be, without its lines
 */
export async function countedLines(
  project: Project, lines: readonly SetupLine[], settings: ProductSettings, options: { readonly breath?: Breath; readonly cancellation?: Cancellation } = {},
): Promise<readonly SetupLine[]> {
  const documents = lines.map(({ pattern, type }) => ({ pattern, type, span: { start: 0, end: 0 } }));
  const { findings } = await project.withSettings({ ...settings, documents }).reportAll(options);
  const byPath = new Map<string, ReportCounts>();
  for (const { path, severity } of findings) {
    const { errors, warnings, others } = byPath.get(path) ?? none;
    byPath.set(path, { errors: errors + Number(severity === 'error'), warnings: warnings + Number(severity === 'warning'), others: others + Number(severity !== 'error' && severity !== 'warning') });
  }
  return lines.map((line) => ({ ...line, counts: line.type === unmanaged ? undefined : line.files.map((path) => byPath.get(path) ?? none).reduce(sum, none) }));
}

const none: ReportCounts = { errors: 0, warnings: 0, others: 0 };

function sum(a: ReportCounts, b: ReportCounts): ReportCounts {
  return { errors: a.errors + b.errors, warnings: a.warnings + b.warnings, others: a.others + b.others };
}
