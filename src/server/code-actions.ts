import { CodeActionKind, type CodeAction, type Diagnostic, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import { bulkFixes, type BulkFix } from '../core/product/bulk-fixes';
import type { Finding, Fix } from '../core/rules/finding';
import { readingRules } from '../core/rules/reading';
import { decodeText, type TextEncoding } from '../core/text/decode';
import { neverCancelled } from '../core/workspace';
import { LineIndex } from '../core/text/position';
import type { Authoring, LocatedBookFile } from './authoring';
import type { ClientAbilities } from './client-abilities';
import type { ServerContext } from './context';
import { checkOne, type Checked } from './diagnostics';
import { guideAddress } from './guides';
import { filesOf } from './fixes';
import { uriOf } from './products';
import { canonicalUri } from './uri';
import { waiveEntries } from './waive';
import { say } from './words';

/** Kind of "fix everything that is safe". */
export const fixAllKind = 'source.fixAll.kobo';
const maxActions = 7;
const bulkAnnotation = 'kobo.bulk';

/** Quick fixes: each carries an edit, so that it can be previewed and undone. Only `safe` fixes are applied in bulk. */
export function serveCodeActions(context: ServerContext, authoring: Authoring): void {
  context.connection.onCodeAction(async ({ textDocument, context: asked }): Promise<CodeAction[]> => {
    const uri = canonicalUri(textDocument.uri);
    const written = await authoring.locate(uri);
    if (written !== undefined) return asked.diagnostics.flatMap((one) => nearestName(context, written, one, textDocument.uri));
    const checked = await checkOne(context, uri);
    if (checked === undefined) return [];
    const wants = (kind: string): boolean => asked.only === undefined || asked.only.some((only) => kind === only || kind.startsWith(`${only}.`));
    const actions: CodeAction[] = [];
    if (asked.only !== undefined && wants(fixAllKind)) actions.push(...fixAll(context, checked));
    const [first] = asked.diagnostics;
    if (asked.only?.some((kind) => kind === CodeActionKind.Refactor || kind === '') === true && first !== undefined) actions.push(...ruleFrom(context, checked, first, textDocument.uri));
    if (wants(CodeActionKind.QuickFix)) {
      for (const diagnostic of asked.diagnostics) actions.push(...(await reopening(context, checked, diagnostic, textDocument.uri)), ...quickFixes(context, checked, diagnostic, textDocument.uri));
    }
    return context.client.isExtension ? actions : actions.flatMap(withoutCommand);
  });
}

/** The commands are the extension's: elsewhere only the edits of an action can be made. */
function withoutCommand({ command, ...action }: CodeAction): readonly CodeAction[] {
  return command === undefined || action.edit !== undefined ? [action] : [];
}

/** In a file of a Book: the known name that a mistyped one is nearest to. */
function nearestName({ language }: ServerContext, { text }: LocatedBookFile, diagnostic: Diagnostic, uri: string): readonly CodeAction[] {
  const better = betterOf(diagnostic.data);
  if (better === undefined) return [];
  const lines = new LineIndex(text);
  const written = text.slice(lines.offsetAt(diagnostic.range.start), lines.offsetAt(diagnostic.range.end));
  const quote = /^(["'])[^]*\1$/u.exec(written)?.[1] ?? '';
  const edit = { changes: { [uri]: [{ range: diagnostic.range, newText: `${quote}${better}${quote}` }] } };
  return [{ title: say(language, 'replaceBy', better), kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], isPreferred: true, edit }];
}

function betterOf(data: unknown): string | undefined {
  return typeof data === 'object' && data !== null && 'better' in data && typeof data.better === 'string' ? data.better : undefined;
}

/** A rule that asks for something alike: begins with this document's type and the finding's guide. */
function ruleFrom({ language }: ServerContext, { report }: Checked, diagnostic: Diagnostic, uri: string): readonly CodeAction[] {
  const finding = report.findings.find((one) => one.rule === diagnostic.code && sameRange(one, diagnostic));
  if (finding === undefined) return [];
  return [{ title: say(language, 'newRuleFrom'), kind: CodeActionKind.Refactor, command: { title: '', command: 'kobo.newRule', arguments: [uri, finding.guide ?? ''] } }];
}

/** Encodings as people and VS Code call them. */
const encodings: Readonly<Record<Exclude<TextEncoding, 'utf-8'>, readonly [name: string, id: string]>> = {
  shift_jis: ['Shift_JIS', 'shiftjis'], 'windows-1252': ['Windows-1252', 'windows1252'], 'utf-16le': ['UTF-16LE', 'utf16le'], 'utf-16be': ['UTF-16BE', 'utf16be'],
};

/** A garbled text whose file is in another encoding only has to be opened again: nothing in it is broken. */
async function reopening(context: ServerContext, { product, report }: Checked, diagnostic: Diagnostic, uri: string): Promise<readonly CodeAction[]> {
  if (diagnostic.code !== readingRules.encoding) return [];
  const [content] = await context.products.door(product.root).read([report.path], neverCancelled);
  const encoding = content?.ok === true ? decodeText(content.bytes).encoding : 'utf-8';
  if (encoding === 'utf-8') return [];
  const [name, id] = encodings[encoding];
  return [{
    title: say(product.project.language, 'reopenWith', name),
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    isPreferred: true,
    command: { title: '', command: 'kobo.reopen', arguments: [uri, id] },
  }];
}

function quickFixes(context: ServerContext, checked: Checked, diagnostic: Diagnostic, uri: string): readonly CodeAction[] {
  const finding = checked.report.findings.find((one) => one.rule === diagnostic.code && sameRange(one, diagnostic));
  if (finding === undefined) return [];
  const language = checked.product.project.language;
  const fixes = finding.fixes.filter((fix) => doesSomething(fix, context.client)).sort((a, b) => Number(b.preferred) - Number(a.preferred));
  const actions = fixes.map(
    (fix): CodeAction => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      isPreferred: fix.preferred,
      edit: editOf(checked, finding, fix),
      command: { title: '', command: 'kobo.fixed', arguments: [fix.ask ?? null, elsewhere(checked, finding, fix)] },
    }),
  );
  const alike = bulkFixes(checked.report.uncapped, finding.rule);
  const isOne = alike.length === 1 && checked.product.koboFile !== undefined;
  if (alike.length > 1) {
    const title = say(language, 'fixAllHere', finding.rule, alike.length);
    actions.push({ title, kind: CodeActionKind.QuickFix, diagnostics: [diagnostic], edit: bulkEdit(context, checked, alike, title) });
  } else if (isOne) {
    actions.push({
      title: say(language, 'fixAllProduct', finding.rule),
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      command: { title: '', command: 'kobo.fixAllInProduct', arguments: [{ uri, rule: finding.rule }] },
    });
  }
  if (finding.guide !== undefined) {
    actions.push({
      title: say(language, 'openGuide', checked.product.project.guideTitle(finding.guide)),
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      command: { title: '', command: 'kobo.openGuide', arguments: [guideAddress(checked.product, finding.guide)] },
    });
  }
  const waive = (context.client.isExtension ? waiveEntries(checked, finding) : []).map(({ title, scope }): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title: '', command: 'kobo.waive', arguments: [{ uri, rule: finding.rule, ...finding.range.start, scope }] },
  }));
  const propose: readonly CodeAction[] = checked.product.project.rule(finding.rule) === undefined
    ? []
    : [{
        title: say(language, 'proposeChange'),
        kind: CodeActionKind.QuickFix,
        diagnostics: [diagnostic],
        command: { title: '', command: 'kobo.proposeRuleChange', arguments: [{ uri, rule: finding.rule, ...finding.range.start }] },
      }];
  const room = maxActions - waive.length;
  return [...actions.slice(0, room), ...propose.slice(0, Math.max(0, room - actions.length)), ...waive];
}

/** Fixes that open or upgrade something have no edit; they are for hosts that know how. Files are made only by clients that can. */
function doesSomething(fix: Fix, { createsFiles, renamesFiles }: ClientAbilities): boolean {
  if (fix.rename !== undefined) return renamesFiles;
  return fix.create === undefined ? fix.edits.length > 0 : createsFiles;
}

function fixAll(context: ServerContext, checked: Checked): readonly CodeAction[] {
  const fixes = bulkFixes(checked.report.uncapped, undefined);
  return fixes.length === 0 ? [] : [{ title: fixAllKind, kind: fixAllKind, edit: bulkEdit(context, checked, fixes, undefined) }];
}

/** Files besides the document at hand that a fix writes into: the editor leaves them unsaved where nobody looks. */
function elsewhere({ product }: Checked, finding: Finding, fix: Fix): readonly string[] {
  const paths = [...fix.edits.map(({ path }) => path ?? finding.path), ...(fix.create === undefined ? [] : [fix.create.path])];
  return [...new Set(paths)].filter((path) => path !== finding.path).map((path) => uriOf(product, path));
}

function editOf(checked: Checked, finding: Finding, fix: Fix): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { path, range, text } of checked.product.project.rangesOf(finding.path, fix.edits)) {
    (changes[uriOf(checked.product, path)] ??= []).push({ range, newText: text });
  }
  if (fix.rename !== undefined) {
    return { documentChanges: [{ kind: 'rename', oldUri: uriOf(checked.product, finding.path), newUri: uriOf(checked.product, fix.rename.to), options: { overwrite: false } }] };
  }
  if (fix.create === undefined) return { changes };
  const text = checked.product.project.render(fix.create.template)?.text ?? '';
  const uri = uriOf(checked.product, fix.create.path);
  return {
    documentChanges: [
      { kind: 'create', uri, options: { overwrite: false, ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: text }] },
    ],
  };
}

/** Edits of several fixes as one; with `label` the editor shows them before it makes them, where it can. */
function bulkEdit(context: ServerContext, { product }: Checked, fixes: readonly BulkFix[], label: string | undefined): WorkspaceEdit {
  const files = filesOf(context, product, fixes);
  if (label === undefined || !context.client.previewsEdits) return { changes: Object.fromEntries(files.map(({ uri, edits }) => [uri, [...edits]])) };
  return {
    changeAnnotations: { [bulkAnnotation]: { label, needsConfirmation: true } },
    documentChanges: files.map(({ uri, version, edits }) => ({ textDocument: { uri, version }, edits: edits.map((edit) => ({ ...edit, annotationId: bulkAnnotation })) })),
  };
}

function sameRange(finding: Finding, diagnostic: Diagnostic): boolean {
  const { start, end } = diagnostic.range;
  const own = finding.range;
  return own.start.line === start.line && own.start.character === start.character && own.end.line === end.line && own.end.character === end.character;
}
