import { CodeActionKind, type CodeAction, type Diagnostic, type TextEdit, type WorkspaceEdit } from 'vscode-languageserver';
import type { Finding, Fix } from '../core/rules/finding';
import type { ServerContext } from './context';
import { checkOne, guideAddress, type Checked } from './diagnostics';
import { uriOf } from './products';
import { canonicalUri } from './uri';
import { waiveEntries } from './waive';
import { say } from './words';

/** Kind of "fix everything that is safe". */
export const fixAllKind = 'source.fixAll.kobo';
const maxActions = 7;

/** Quick fixes: each carries an edit, so that it can be previewed and undone. Only `safe` fixes are applied in bulk. */
export function serveCodeActions(context: ServerContext): void {
  context.connection.onCodeAction(async ({ textDocument, context: asked }): Promise<CodeAction[]> => {
    const uri = canonicalUri(textDocument.uri);
    const checked = await checkOne(context, uri);
    if (checked === undefined) return [];
    const wants = (kind: string): boolean => asked.only === undefined || asked.only.some((only) => kind === only || kind.startsWith(`${only}.`));
    const actions: CodeAction[] = [];
    if (asked.only !== undefined && wants(fixAllKind)) actions.push(...fixAll(checked));
    if (wants(CodeActionKind.QuickFix)) for (const diagnostic of asked.diagnostics) actions.push(...quickFixes(checked, diagnostic, textDocument.uri));
    return actions;
  });
}

function quickFixes(checked: Checked, diagnostic: Diagnostic, uri: string): readonly CodeAction[] {
  const finding = checked.report.findings.find((one) => one.rule === diagnostic.code && sameRange(one, diagnostic));
  if (finding === undefined) return [];
  const language = checked.product.project.language;
  const fixes = finding.fixes.filter(doesSomething).sort((a, b) => Number(b.preferred) - Number(a.preferred));
  const actions = fixes.map(
    (fix): CodeAction => ({
      title: fix.title,
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      isPreferred: fix.preferred,
      edit: editOf(checked, finding, fix),
      command: { title: '', command: 'kobo.fixed', arguments: fix.ask === undefined ? [] : [fix.ask] },
    }),
  );
  const alike = safeFixes(checked, finding.rule);
  if (alike.length > 1) {
    actions.push({
      title: say(language, 'fixAllHere', finding.rule, alike.length),
      kind: CodeActionKind.QuickFix,
      diagnostics: [diagnostic],
      edit: merge(checked, alike),
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
  const waive = waiveEntries(checked, finding).map(({ title, scope }): CodeAction => ({
    title,
    kind: CodeActionKind.QuickFix,
    diagnostics: [diagnostic],
    command: { title: '', command: 'kobo.waive', arguments: [{ uri, rule: finding.rule, ...finding.range.start, scope }] },
  }));
  return [...actions.slice(0, maxActions - waive.length), ...waive];
}

/** Fixes that open or upgrade something have no edit; they are for hosts that know how. */
function doesSomething(fix: Fix): boolean {
  return fix.edits.length > 0 || fix.create !== undefined || fix.rename !== undefined;
}

function fixAll(checked: Checked): readonly CodeAction[] {
  const fixes = safeFixes(checked, undefined);
  return fixes.length === 0 ? [] : [{ title: fixAllKind, kind: fixAllKind, edit: merge(checked, fixes) }];
}

interface FindingFix {
  readonly finding: Finding;
  readonly fix: Fix;
}

function safeFixes(checked: Checked, rule: string | undefined): readonly FindingFix[] {
  return checked.report.findings.flatMap((finding) => {
    if (finding.suppression !== undefined || (rule !== undefined && finding.rule !== rule)) return [];
    const fix = finding.fixes.find((one) => one.safe && one.edits.length > 0);
    return fix === undefined ? [] : [{ finding, fix }];
  });
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

/** All edits in one; of two that overlap the first stays, the other is for the next run. */
function merge(checked: Checked, fixes: readonly FindingFix[]): WorkspaceEdit {
  const changes: Record<string, TextEdit[]> = {};
  for (const { finding, fix } of fixes) {
    const edits = checked.product.project.rangesOf(finding.path, fix.edits);
    const free = edits.every(({ path, range }) => !(changes[uriOf(checked.product, path)] ?? []).some((other) => overlaps(other.range, range)));
    if (!free) continue;
    for (const { path, range, text } of edits) (changes[uriOf(checked.product, path)] ??= []).push({ range, newText: text });
  }
  return { changes };
}

type LspRange = TextEdit['range'];

function overlaps(a: LspRange, b: LspRange): boolean {
  return isBefore(a.start, b.end) && isBefore(b.start, a.end);
}

function isBefore(a: LspRange['start'], b: LspRange['start']): boolean {
  return a.line < b.line || (a.line === b.line && a.character <= b.character);
}

function sameRange(finding: Finding, diagnostic: Diagnostic): boolean {
  const { start, end } = diagnostic.range;
  const own = finding.range;
  return own.start.line === start.line && own.start.character === start.character && own.end.line === end.line && own.end.character === end.character;
}
