import type { Breath, Cancellation } from '../workspace';
import type { Finding } from '../rules/finding';
import type { ProductSettings } from './product';
import type { Project } from './project';
import { unmanaged } from './recognise';
import type { ReportCounts, SetupLine } from './setup';
import { summarise } from './summary';

/**
 * Proposed lines with what is found in their documents: the same check that follows, so that nobody is promised other numbers
 * than those that come. Lines that are ticked are counted as they stand, the others as if all were in force.
 * @param settings those of the `kobo.yaml` to be, without its lines
 */
export async function countedLines(
  project: Project, lines: readonly SetupLine[], settings: ProductSettings, options: { readonly breath?: Breath; readonly cancellation?: Cancellation } = {},
): Promise<readonly SetupLine[]> {
  const countsWith = async (inForce: readonly SetupLine[]): Promise<ReadonlyMap<string, ReportCounts>> => {
    const documents = inForce.map(({ pattern, type }) => ({ pattern, type, span: { start: 0, end: 0 } }));
    const { documents: reports } = await project.withSettings({ ...settings, documents }).reportAll(options);
    return new Map(reports.map(({ path, findings }) => [path, countsOf(findings)]));
  };
  const ticked = lines.filter((line) => line.ticked);
  const asTheyStand = await countsWith(ticked);
  const all = ticked.length === lines.length ? asTheyStand : await countsWith(lines);
  return lines.map((line) => ({
    ...line, counts: line.type === unmanaged ? undefined : line.files.map((path) => (line.ticked ? asTheyStand : all).get(path) ?? none).reduce(sum, none),
  }));
}

/** How many findings there are of each severity; those that are let pass do not count. */
export function countsOf(findings: readonly Pick<Finding, 'severity' | 'suppression'>[]): ReportCounts {
  const { errors, warnings, infos, hints } = summarise(findings, 0, 0);
  return { errors, warnings, infos, hints };
}

const none: ReportCounts = { errors: 0, warnings: 0, infos: 0, hints: 0 };

function sum(a: ReportCounts, b: ReportCounts): ReportCounts {
  return { errors: a.errors + b.errors, warnings: a.warnings + b.warnings, infos: a.infos + b.infos, hints: a.hints + b.hints };
}
