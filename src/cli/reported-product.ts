import type { Severity } from '../core/book/book';
import type { Project } from '../core/product/project';
import type { Finding } from '../core/rules/finding';
import type { BookError } from './book-errors';
import { bookErrorsOf } from './book-places';
import type { ReportedFinding, RuleText } from './formats/report';

/** What a check said about one document. */
interface ReportedDocument {
  readonly path: string;
  readonly managed: boolean;
  /** It reads like a document of the product, but nothing says of which type. */
  readonly untyped: boolean;
  readonly notJudged: number;
  readonly slowRules: readonly string[];
  readonly findings: readonly ReportedFinding[];
  /** How many open warnings there are, with those that the list of findings leaves out. */
  readonly warnings: number;
  /** Severities of open findings, with those that the list leaves out. What only time made is not among them: it never turns a build red. */
  readonly failing: readonly Severity[];
}

/** What a check said about a product, as much as a report tells of it; paths are relative to its root. */
export interface ReportedProduct {
  readonly documents: readonly ReportedDocument[];
  /** What of `kobo.yaml` and of the baseline cannot be used; lines from 1. */
  readonly unreadable: readonly { readonly path: string; readonly line: number; readonly message: string }[];
  /** Parts of the Book that cannot be read. */
  readonly bookErrors: readonly BookError[];
  /** Rules that the findings are of, as far as the Book has them. */
  readonly rules: readonly RuleText[];
  readonly language: 'ja' | 'en';
  readonly today: string;
  readonly timezone: string;
}

/**
 * Checks all documents of a product, or some of them.
 * @param folder of its Book, `undefined` for the starter Book
 */
export async function reportOf(project: Project, folder: string | undefined, only: ReadonlySet<string> | undefined): Promise<ReportedProduct> {
  const { documents } = await project.reportAll(only === undefined ? {} : { only });
  return {
    documents: documents.map(({ path, managed, untyped, notJudged, slowRules, findings, uncapped }) => {
      const open = uncapped.filter(({ suppression }) => suppression === undefined);
      return {
        path, managed, untyped, notJudged, slowRules, findings: findings.map(reported), warnings: open.filter(({ severity }) => severity === 'warning').length,
        failing: [...new Set(open.filter(({ timeOnly }) => !timeOnly).map(({ severity }) => severity))],
      };
    }),
    rules: ruleTexts(project, new Set(documents.flatMap(({ findings }) => findings.map(({ rule }) => rule)))),
    unreadable: project.unreadable, bookErrors: await bookErrorsOf(project.bookErrors, project.book, folder, project.language), language: project.language, today: project.today, timezone: project.timezone,
  };
}

function ruleTexts(project: Project, ids: ReadonlySet<string>): readonly RuleText[] {
  const words = (text: { readonly text: string; readonly en?: string | undefined } | undefined): string => (project.language === 'en' ? (text?.en ?? text?.text) : text?.text) ?? '';
  return project.rules.filter(({ id }) => ids.has(id)).map(({ id, title, why, guide }) => ({ id, title: words(title), why: words(why), guide }));
}

/** As much of a finding as a report tells. */
export function reported({ rule, severity, path, range, message, guide, suppression, timeOnly, fixes }: Finding): ReportedFinding {
  return { rule, severity, path, range, message, guide, suppression, timeOnly, fixable: fixes.length > 0 };
}
