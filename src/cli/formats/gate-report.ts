import { documentMessage, type GateDocument, type GateFinding, type GateReport } from '../../core/product/gate';
import { koboFileName } from '../../core/product/product';
import type { Project } from '../../core/product/project';
import type { RelatedPlace } from '../../core/rules/finding';
import { reported } from '../reported-product';
import type { ReportedFinding } from './report';

/** A document of a gate as a report tells of it; its path is relative to the working directory. */
export interface ReportedGateDocument extends Omit<GateDocument, 'path'> {
  readonly path: string | undefined;
  readonly message: string;
  /** What makes it; `undefined` for one that is there, and where no template does. */
  readonly command: string | undefined;
}

/** A finding of a gate as a report tells of it. */
export interface ReportedGateFinding extends ReportedFinding {
  readonly blocks: boolean;
  /** Where a person looks, relative to the working directory. */
  readonly place: GateFinding['place'];
  /** What makes the document that would settle it. */
  readonly command: string | undefined;
  /** Places that it speaks of, relative to the working directory. */
  readonly related: readonly Pick<RelatedPlace, 'path' | 'range' | 'message'>[];
}

/** What `kobo gate` says of one product; paths are relative to the working directory. */
export interface ReportedGate extends Pick<GateReport, 'label' | 'day' | 'ready' | 'left' | 'questions' | 'summary' | 'size' | 'language'> {
  readonly product: { readonly id: string; readonly name: string; readonly path: string };
  readonly gate: { readonly id: string; readonly title: string };
  /** Its `kobo.yaml`. */
  readonly koboPath: string;
  readonly documents: readonly ReportedGateDocument[];
  readonly findings: readonly ReportedGateFinding[];
}

/**
 * A report of a gate as the command line tells of it.
 * @param shown path of the product → path relative to the working directory
 * @param book `--book`, which the commands named need too
 */
export function reportedGate(report: GateReport, project: Project, product: { readonly id: string; readonly name: string }, shown: (path: string) => string, book: string | undefined): ReportedGate {
  const { gate, label, day, ready, left, questions, summary, size, language } = report;
  const root = shown(koboFileName).slice(0, -koboFileName.length).replace(/\/$/u, '');
  const path = root === '' ? '.' : root;
  const { templates } = project.book;
  const make = (name: string): string => ['kobo new', quoted(name), '--out', quoted(path), ...(book === undefined ? [] : ['--book', quoted(book)])].join(' ');
  const commandFor = ({ type, state }: GateDocument): string | undefined =>
    (state === 'missing' && templates.some((template) => template.type === type && template.kind === 'document') ? make(type) : undefined);
  return {
    product: { ...product, path }, gate: { id: gate.id, title: language === 'en' ? (gate.title.en ?? gate.title.text) : gate.title.text },
    label, day, ready, left, questions, summary, size, language,
    koboPath: shown(koboFileName),
    documents: report.documents.map((document) => ({
      ...document, path: document.path === undefined ? undefined : shown(document.path), message: documentMessage(document, language), command: commandFor(document),
    })),
    findings: report.findings.map(({ finding, place, template, blocks }) => ({
      ...reported(finding), path: shown(finding.path), blocks, place: { ...place, path: shown(place.path) }, command: template === undefined ? undefined : make(template), related: finding.related.map(({ path: other, range, message }) => ({ path: shown(other), range, message })),
    })),
  };
}

/** A word as every shell takes it for one: names of folders may hold anything. */
function quoted(word: string): string {
  const safe = word.startsWith('-') ? `./${word}` : word;
  if (/^[\p{L}\p{N}\p{M}_./@%+,:=-]+$/u.test(safe)) return safe;
  return /["$`\\!]/u.test(safe) ? `'${safe.replaceAll("'", "'\\''")}'` : `"${safe}"`;
}
