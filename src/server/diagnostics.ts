import { DiagnosticSeverity, DocumentDiagnosticReportKind, type Diagnostic, type DocumentDiagnosticReport } from 'vscode-languageserver';
import type { Severity } from '../core/book/book';
import type { Finding } from '../core/rules/finding';
import type { DocumentReport } from '../core/product/project';
import type { ServerContext } from './context';
import { uriOf, type Product } from './products';
import { methods, type DocumentState, type FindingData, type ServerSettings } from './protocol';
import { canonicalUri } from './uri';
import { inLanguage } from './words';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};
const order: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** Serves pull diagnostics for the documents that are shown. */
export function serveDiagnostics(context: ServerContext): void {
  const last = new Map<string, string>();
  context.connection.languages.diagnostics.on(async ({ textDocument, previousResultId }): Promise<DocumentDiagnosticReport> => {
    const uri = canonicalUri(textDocument.uri);
    const open = context.documents.get(uri);
    if (open !== undefined && !open.saved && context.settings().run === 'onSave' && previousResultId !== undefined && last.get(uri) === previousResultId) {
      return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: previousResultId };
    }
    const checked = await checkOne(context, uri);
    const resultId = `${String(open?.version ?? 0)}:${String(context.platform.now())}`;
    last.set(uri, resultId);
    if (checked !== undefined) void context.connection.sendNotification(methods.documentState, stateOf(uri, checked.report));
    return { kind: DocumentDiagnosticReportKind.Full, resultId, items: checked === undefined ? [] : toDiagnostics(checked, context.settings()) };
  });
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
  if (product.koboFile !== undefined && !product.isLoaded) void product.load().then(context.refresh);
  const report = await product.project.report(path, { network: product.isLoaded || product.koboFile === undefined });
  return report === undefined ? undefined : { product, report };
}

/** Findings as the editor shows them: suppressed ones and those below the wanted severity are left out. */
export function toDiagnostics({ product, report }: Checked, settings: ServerSettings): Diagnostic[] {
  return report.findings.filter((finding) => isShown(finding, settings)).map((finding) => toDiagnostic(finding, product));
}

function isShown(finding: Finding, settings: ServerSettings): boolean {
  return finding.suppression === undefined && order.indexOf(finding.severity) <= order.indexOf(settings.minimumSeverity);
}

function toDiagnostic(finding: Finding, product: Product): Diagnostic {
  const guide = finding.guide === undefined ? undefined : guideAddress(product, finding.guide);
  const data: FindingData = { rule: finding.rule, guide: finding.guide ?? '' };
  return {
    range: finding.range,
    severity: severities[finding.severity],
    source: product.project.language === 'ja' ? 'コボガイド' : 'Kobo Guide',
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

/** Address of a guide that clients understand: `kobo-book:/<book>/<path>#<anchor>`. */
export function guideAddress(product: Product, guide: string): string {
  const hash = guide.indexOf('#');
  const path = hash < 0 ? guide : guide.slice(0, hash);
  const anchor = hash < 0 ? '' : `#${encodeURIComponent(guide.slice(hash + 1))}`;
  return `kobo-book:/${encodeURIComponent(product.shelved.book.id)}/${path.split('/').map(encodeURIComponent).join('/')}${anchor}`;
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
    blanks: progress.blanks.slice(0, 100).map((span) => typed.document.lines.positionAt(span.start)),
  };
}
