import * as vscode from 'vscode';
import type { ExampleTest, RuleTest, RuleTestFile } from '../../server/protocol';
import type { GuideClient } from '../client';

const scheme = 'kobo-example';
const typingPause = 400;
const isRuleFile = (uri: vscode.Uri): boolean => /\/(?:rules\/.+|overlay)\.ya?ml$/u.test(uri.path);

/**
 * The examples of rules in the test view: rule file → rule → examples. Kept in step with what is typed; run with the play
 * button, or at every change with the view's own "continuous run". `kobo.showExamples` lists them for one rule.
 */
export function registerRuleTests(client: GuideClient): vscode.Disposable {
  const controller = vscode.tests.createTestController('kobo.rules', vscode.l10n.t('Kobo Guide: examples of rules'));
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const watched = new Set<vscode.TestRunRequest>();

  const read = async (uri: string): Promise<void> => {
    const files = await client.ruleTests({ uri, run: false });
    if (uri === '') controller.items.replace(files.map((file) => fileItem(controller, file)));
    else for (const file of files) controller.items.add(fileItem(controller, file));
  };
  controller.resolveHandler = async (item) => {
    if (item === undefined) await read('');
  };
  controller.refreshHandler = () => read('');

  const run = async (request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> => {
    const wanted = itemsOf(controller, request);
    const run = controller.createTestRun(request);
    for (const [uri, items] of byFile(wanted)) {
      if (token.isCancellationRequested) break;
      for (const item of items) run.started(item);
      const [file] = await client.ruleTests({ uri, run: true });
      for (const item of items) report(run, item, file);
    }
    run.end();
  };
  const profile = controller.createRunProfile(vscode.l10n.t('Run'), vscode.TestRunProfileKind.Run, async (request, token) => {
    if (request.continuous !== true) return run(request, token);
    watched.add(request);
    token.onCancellationRequested(() => watched.delete(request));
    await run(request, token);
  }, true, undefined, true);

  const changed = (document: vscode.TextDocument): void => {
    if (!client.started || !isRuleFile(document.uri)) return;
    const uri = document.uri.toString();
    clearTimeout(timers.get(uri));
    timers.set(uri, setTimeout(() => {
      void read(uri).then(async () => {
        const source = new vscode.CancellationTokenSource();
        for (const request of watched) await run(new vscode.TestRunRequest(request.include, request.exclude, profile, true), source.token);
      });
    }, typingPause));
  };

  const texts = new Map<string, string>();
  return vscode.Disposable.from(
    controller,
    vscode.workspace.onDidChangeTextDocument(({ document }) => changed(document)),
    vscode.workspace.onDidOpenTextDocument(changed),
    vscode.workspace.registerTextDocumentContentProvider(scheme, { provideTextDocumentContent: (uri) => texts.get(uri.toString()) ?? '' }),
    vscode.commands.registerCommand('kobo.showExamples', async (uri: unknown, rule: unknown) => {
      if (typeof uri !== 'string' || typeof rule !== 'string') return;
      const [file] = await client.ruleTests({ uri, run: true, rules: [rule] });
      const found = file?.rules[0];
      if (found !== undefined) await showExamples(uri, found, texts);
    }),
    new vscode.Disposable(() => timers.forEach((timer) => clearTimeout(timer))),
  );
}

function rangeOf({ start, end }: ExampleTest['range']): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

function fileItem(controller: vscode.TestController, file: RuleTestFile): vscode.TestItem {
  const uri = vscode.Uri.parse(file.uri);
  const item = controller.createTestItem(file.uri, file.path, uri);
  item.children.replace(file.rules.map((rule) => {
    const ruleItem = controller.createTestItem(`${file.uri} ${rule.id}`, rule.title, uri);
    ruleItem.description = rule.id;
    ruleItem.range = rangeOf(rule.range);
    ruleItem.children.replace(rule.examples.map((example) => {
      const one = controller.createTestItem(`${file.uri} ${rule.id} ${example.kind} ${String(example.index)}`, example.label, uri);
      one.range = rangeOf(example.range);
      return one;
    }));
    return ruleItem;
  }));
  return item;
}

/** The examples a request is about. */
function itemsOf(controller: vscode.TestController, request: vscode.TestRunRequest): readonly vscode.TestItem[] {
  const found: vscode.TestItem[] = [];
  const excluded = new Set(request.exclude?.map(({ id }) => id));
  const add = (item: vscode.TestItem): void => {
    if (excluded.has(item.id)) return;
    if (item.children.size === 0) found.push(item);
    else item.children.forEach(add);
  };
  if (request.include === undefined) controller.items.forEach(add);
  else for (const item of request.include) add(controller.items.get(item.id) ?? item);
  return found;
}

function byFile(items: readonly vscode.TestItem[]): ReadonlyMap<string, readonly vscode.TestItem[]> {
  const found = new Map<string, vscode.TestItem[]>();
  for (const item of items) {
    const uri = item.uri?.toString() ?? '';
    found.set(uri, [...(found.get(uri) ?? []), item]);
  }
  return found;
}

function report(run: vscode.TestRun, item: vscode.TestItem, file: RuleTestFile | undefined): void {
  const [, rule = '', kind = '', index = ''] = item.id.split(' ');
  const example = file?.rules.find(({ id }) => id === rule)?.examples.find((one) => one.kind === kind && String(one.index) === index);
  if (example === undefined) {
    run.skipped(item);
    return;
  }
  if (example.ok === true) {
    run.passed(item);
    return;
  }
  // No diff: the editor would write both sides into the line, cut off in the middle. The examples of the rule show it in full.
  const message = new vscode.TestMessage(example.reason);
  if (item.uri !== undefined) message.location = new vscode.Location(item.uri, rangeOf(example.range));
  run.failed(item, message);
}

/** Lists a rule's examples; one that does not behave opens as expected beside actual, any other at its place. */
async function showExamples(uri: string, rule: RuleTest, texts: Map<string, string>): Promise<void> {
  const items = rule.examples.map((example) => ({
    label: `$(${example.ok === true ? 'pass' : 'error'}) ${example.label}`,
    description: example.ok === true ? vscode.l10n.t('behaves') : vscode.l10n.t('does not behave'),
    detail: example.reason,
    example,
  }));
  const picked = await vscode.window.showQuickPick(items, { title: `${rule.id} ${rule.title}`, placeHolder: vscode.l10n.t('Open an example: what was expected beside what came out') });
  if (picked === undefined) return;
  const { example } = picked;
  if (example.ok === true) {
    await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: rangeOf(example.range) });
    return;
  }
  const side = (name: string, text: string): vscode.Uri => {
    const page = vscode.Uri.from({ scheme, path: `/${rule.id} ${example.label} ${name}.md` });
    texts.set(page.toString(), text);
    return page;
  };
  await vscode.commands.executeCommand('vscode.diff', side(vscode.l10n.t('expected'), example.expected), side(vscode.l10n.t('actual'), example.actual), vscode.l10n.t('{0} {1}: expected ↔ actual', rule.id, example.label));
}
