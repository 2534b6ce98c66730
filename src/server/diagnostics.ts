import { DiagnosticSeverity, DocumentDiagnosticReportKind, type Diagnostic, type DocumentDiagnosticReport } from 'vscode-languageserver';
import type { Severity } from '../core/book/book';
import type { Finding } from '../core/rules/finding';
import type { DocumentReport } from '../core/product/report';
import { LineIndex } from '../core/text/position';
import type { Authoring, LocatedBookFile } from './authoring';
import { inBackground } from './background';
import type { ServerContext } from './context';
import type { TableFormatting } from './formatting';
import { guideTarget, homeOf } from './guides';
import { uriOf, type Product } from './products';
import { methods, type DocumentState, type FindingData, type ProblemData, type ServerSettings } from './protocol';
import { canonicalUri } from './uri';
import { inLanguage, type Language } from './words';

/** Severities as numbers, the worst the lowest. */
export const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
const mostProblems = 100;
const order: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Serves pull diagnostics for the documents that are shown. */
export function serveDiagnostics(context: ServerContext, authoring: Authoring, formatting: TableFormatting): void {
  const last = new Map<string, string>();
  context.connection.languages.diagnostics.on(async ({ textDocument, previousResultId }): Promise<DocumentDiagnosticReport> => {
    const uri = canonicalUri(textDocument.uri);
    const open = context.documents.get(uri);
    if (open !== undefined && !open.saved && context.settings().run === 'onSave' && previousResultId !== undefined && last.get(uri) === previousResultId) {
      return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: previousResultId };
    }
    const found = await diagnosticsOf(context, authoring, formatting, uri);
    if (found.isBook) return { kind: DocumentDiagnosticReportKind.Full, items: found.items };
    const resultId = `${String(open?.version ?? 0)}:${String(context.platform.now())}`;
    last.set(uri, resultId);
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: found.items };
  });
}

/** Everything to be said about a document or a file of a Book, told to whoever shows its state. */
export async function diagnosticsOf(context: ServerContext, authoring: Authoring, formatting: TableFormatting, uri: string): Promise<{ readonly isBook: boolean; readonly items: Diagnostic[] }> {
  const open = context.documents.get(uri);
  const written = await authoring.locate(uri);
  if (written !== undefined) return { isBook: true, items: await bookDiagnostics(context, authoring, written) };
  const checked = await checkOne(context, uri);
  if (open !== undefined && context.documents.get(uri) !== undefined) formatting.offer(uri, open.languageId === 'markdown' && checked?.report.managed === true && checked.report.typed.document.tables.length > 0);
  if (checked !== undefined) void context.connection.sendNotification(methods.documentState, stateOf(uri, checked.report));
  return { isBook: false, items: checked === undefined ? [] : toDiagnostics(context, checked) };
}

/** What is wrong in a file of a Book, its examples run. */
async function bookDiagnostics(context: ServerContext, authoring: Authoring, written: LocatedBookFile): Promise<Diagnostic[]> {
  const { language } = context;
  const problems = await authoring.problems(written);
  const lines = new LineIndex(written.text);
  return problems.slice(0, mostProblems).map(({ span, severity, code, message, better }) => ({
    range: lines.rangeOf(span), severity: severities[severity], source: sourceOf(language), code, message: inLanguage(message, language),
    ...(better === undefined ? {} : { data: { better } satisfies ProblemData }),
  }));
}

/** A document's findings with its product. */
export interface Checked {
  readonly product: Product;
  readonly report: DocumentReport;
}

/**
 * Checks one document as it is in the editor (or on disk). The product's other documents are read in the background the
 * first time; until then only rules that look at this document alone speak.
 */
export async function checkOne(context: ServerContext, uri: string): Promise<Checked | undefined> {
  const located = await context.products.locate(uri);
  if (located === undefined) return undefined;
  const { product, path } = located;
  const open = context.documents.get(uri);
  if (open !== undefined) product.project.put(path, open.text);
  if (product.koboFile !== undefined && !product.isLoaded) inBackground(context.log, product.load().then(context.refresh));
  const report = await product.project.report(path, { network: product.isLoaded || product.koboFile === undefined });
  return report === undefined ? undefined : { product, report };
}

/** Findings as the editor shows them: suppressed ones and those below the wanted severity are left out. */
export function toDiagnostics(context: ServerContext, { product, report }: Checked): Diagnostic[] {
  const settings = context.settings();
  return report.findings.filter((finding) => isShown(finding, settings)).map((finding) => toDiagnostic(context, finding, product));
}

/** Severity of the worst of some findings; 0 without any. */
export function worstOf(findings: readonly Finding[]): number {
  return findings.length === 0 ? 0 : Math.min(...findings.map(({ severity }) => severities[severity]));
}

/** Whether the editor shows a finding. */
export function isShown(finding: Finding, settings: ServerSettings): boolean {
  return finding.suppression === undefined && order.indexOf(finding.severity) <= order.indexOf(settings.minimumSeverity);
}

function toDiagnostic(context: ServerContext, finding: Finding, product: Product): Diagnostic {
  const guide = finding.guide === undefined ? undefined : guideTarget(context, homeOf(product), finding.guide);
  const data: FindingData = { rule: finding.rule, guide: finding.guide ?? '' };
  return {
    range: finding.range,
    severity: severities[finding.severity],
    source: sourceOf(product.project.language),
    code: finding.rule,
    ...(guide === undefined ? {} : { codeDescription: { href: guide } }),
    message: finding.message,
    ...(finding.related.length === 0
      ? {}
      : {
          relatedInformation: finding.related.map((place) => ({
            location: { uri: uriOf(product, place.path), range: place.range },
            message: place.message,
          })),
        }),
    data,
  };
}

function sourceOf(language: Language): string {
  return language === 'ja' ? 'コボガイド' : 'Kobo Guide';
}

function stateOf(uri: string, report: DocumentReport): DocumentState {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const finding of report.findings) if (finding.suppression === undefined) counts[finding.severity]++;
  const { recognition, progress, typed } = report;
  return {
    uri,
    type: recognition.by === 'none' ? '' : recognition.type,
    typeTitle: typed.type === undefined ? '' : inLanguage(typed.type.title, report.language),
    recognition: recognition.by,
    filled: progress.filled,
    total: progress.total,
    counts,
    slowRule: report.slowRules[0] ?? '',
    hasBlanks: progress.blanks.length > 0,
  };
}
