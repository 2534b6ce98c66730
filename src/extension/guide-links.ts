import * as vscode from 'vscode';
import type { Middleware } from 'vscode-languageclient';
import { commandUri, readableUri } from './addresses';

/** Where a guide is: the server writes `kobo-book:/<book>/<path>#<anchor>`. */
export interface GuideAddress {
  readonly book: string;
  readonly path: string;
  readonly anchor: string;
}

const scheme = 'kobo-book';

/** Reads a guide address; `undefined` for anything that is not one, or whose path would leave the Book. */
export function parseGuideAddress(address: string): GuideAddress | undefined {
  const uri = vscode.Uri.parse(address);
  const [, book, ...rest] = uri.path.split('/');
  if (uri.scheme !== scheme || book === undefined || book === '' || rest.length === 0 || rest.includes('..')) return undefined;
  return { book, path: rest.join('/'), anchor: uri.fragment };
}

function guideUri(address: string): vscode.Uri {
  return commandUri('kobo.openGuide', [address]);
}

/**
 * Turns the server's guide addresses into links that open the panel, in Problems entries and in hovers, and tells when
 * a document's diagnostics were pulled.
 */
export function guideMiddleware(pulled: (uri: vscode.Uri) => void): Middleware {
  return {
    provideDiagnostics: async (document, previousResultId, token, next) => {
      const report = await next(document, previousResultId, token);
      if (report !== null && report !== undefined && 'items' in report) for (const item of report.items) linkGuide(item);
      pulled(document instanceof vscode.Uri ? document : document.uri);
      return report;
    },
    provideDocumentLinks: async (document, token, next) => {
      const links = await next(document, token);
      for (const link of links ?? []) if (link.target?.scheme === scheme) link.target = guideUri(readableUri(link.target));
      return links;
    },
    provideHover: async (document, position, token, next) => {
      const hover = await next(document, position, token);
      if (hover === null || hover === undefined) return hover;
      const contents = hover.contents.map((content) => (content instanceof vscode.MarkdownString ? trusted(content, document.uri) : content));
      return new vscode.Hover(contents, hover.range);
    },
  };
}

/** Makes the code of a finding open its guide. */
export function linkGuide(diagnostic: vscode.Diagnostic): void {
  const code = diagnostic.code;
  if (typeof code !== 'object' || code.target.scheme !== scheme) return;
  diagnostic.code = { value: code.value, target: guideUri(readableUri(code.target)) };
}

/** Hovers may run the commands of this list and no other; everything a document or Book says in them is escaped text. */
const hoverCommands = ['kobo.openGuide', 'kobo.waive'];

function trusted(content: vscode.MarkdownString, document: vscode.Uri): vscode.MarkdownString {
  const text = content.value
    .replace(/\]\((kobo-book:[^)\s]+)\)/g, (_, address: string) => `](${guideUri(address).toString()})`)
    .replace(/\]\(kobo-waive:\/([^/)\s]+)\/(\d+)\/(\d+)\)/g, (_, rule: string, line: string, character: string) => {
      const place = { uri: document.toString(), rule: decodeURIComponent(rule), line: Number(line), character: Number(character) };
      return `](${commandUri('kobo.waive', [place]).toString()})`;
    });
  const result = new vscode.MarkdownString(text);
  result.isTrusted = { enabledCommands: hoverCommands };
  result.supportThemeIcons = false;
  return result;
}
