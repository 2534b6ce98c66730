import type { CodeLens } from 'vscode-languageserver';
import { actualText, expectedText } from '../core/authoring/example-text';
import type { ExampleRun } from '../core/authoring/book-file';
import { placeOf } from '../core/book/book-folder';
import { LineIndex } from '../core/text/position';
import { neverCancelled } from '../core/workspace';
import type { Authoring, LocatedBookFile } from './authoring';
import type { ServerContext } from './context';
import { methods, type ExampleTest, type RuleTestFile, type RuleTestsParams } from './protocol';
import { canonicalUri, encodePath } from './uri';
import { inLanguage, say } from './words';

/** The examples of rules: above each rule how they behave, and what the test view shows. */
export function serveRuleTests(context: ServerContext, authoring: Authoring): void {
  const { connection, language } = context;
  connection.onCodeLens(async ({ textDocument }): Promise<CodeLens[]> => {
    const located = await authoring.locate(canonicalUri(textDocument.uri));
    if (located === undefined) return [];
    const lines = new LineIndex(located.text);
    return (await authoring.runs(located)).map(({ rule, span, examples }): CodeLens => {
      const good = examples.filter((one) => one.ok).length;
      const title = examples.length === 0 ? say(language, 'examplesNone') : good === examples.length ? say(language, 'examplesGood', good) : say(language, 'examplesBad', examples.length, examples.length - good);
      return { range: lines.rangeOf(span), command: { title, command: 'kobo.showExamples', arguments: [textDocument.uri, rule.id] } };
    });
  });

  connection.onRequest(methods.ruleTests, async ({ uri, run, rules }: RuleTestsParams): Promise<RuleTestFile[]> => {
    const files = uri === '' ? await ruleFiles(context, authoring) : [canonicalUri(uri)];
    const found: RuleTestFile[] = [];
    for (const file of files) {
      const located = await authoring.locate(file);
      if (located === undefined) continue;
      found.push(await testFile(context, authoring, file, located, run, rules));
    }
    return found;
  });
}

async function testFile(
  { language }: ServerContext, authoring: Authoring, uri: string, located: LocatedBookFile, run: boolean, rules: readonly string[] | undefined,
): Promise<RuleTestFile> {
  const lines = new LineIndex(located.text);
  const runs = await authoring.runs(located);
  const test = (example: ExampleRun): ExampleTest => ({
    kind: example.kind,
    index: example.index,
    label: say(language, example.kind === 'good' ? 'goodExample' : 'badExample', example.index + 1),
    range: lines.rangeOf(example.span),
    ok: run ? example.ok : null,
    reason: run ? (language === 'ja' ? example.reason : example.reasonEn) : '',
    expected: run ? expectedText(example.result, language) : '',
    actual: run ? actualText(example.result, language) : '',
  });
  return {
    uri,
    path: located.path,
    rules: runs.filter(({ rule }) => rules === undefined || rules.includes(rule.id)).map(({ rule, span, examples }) => ({
      id: rule.id, title: inLanguage(rule.title, language), range: lines.rangeOf(span), examples: examples.map(test),
    })),
  };
}

/** URIs of the rule files of the workspace's Books. */
async function ruleFiles({ products }: ServerContext, authoring: Authoring): Promise<readonly string[]> {
  const files: string[] = [];
  for (const folder of await authoring.books()) {
    const entries = await products.door(folder).list(neverCancelled).catch(() => []);
    const own = entries.filter(({ sameAs }) => sameAs === undefined).map(({ path }) => path).filter((path) => ['rules', 'overlay'].includes(placeOf(path)?.kind ?? ''));
    files.push(...own.sort().map((path) => `${folder}/${encodePath(path)}`));
  }
  return files;
}
