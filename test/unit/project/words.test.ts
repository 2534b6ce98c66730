import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import ts from 'typescript';
import { filesBelow, readJson } from './files';

type Words = Readonly<Record<string, string>>;

const english = readJson('package.nls.json') as Words;
const japanese = readJson('package.nls.ja.json') as Words;
const bundle = readJson('l10n/bundle.l10n.ja.json') as Words;
/** The name of the Book may stand in one language only: English says "the Book" where Japanese calls it by its name. */
const placeholders = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).filter((name) => name !== '{book}').sort();

/** Every literal that the extension hands to `l10n.t`; a call without one is listed as what it says. */
function translated(): readonly string[] {
  const found: string[] = [];
  for (const { path, text } of filesBelow('src', /\.ts$/)) {
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && /(?:^|\.)l10n\.t$/.test(node.expression.getText())) {
        const [first] = node.arguments;
        if (first !== undefined && ts.isStringLiteralLike(first)) found.push(first.text);
        else if (first !== undefined && ts.isConditionalExpression(first)) {
          for (const branch of [first.whenTrue, first.whenFalse]) found.push(ts.isStringLiteralLike(branch) ? branch.text : `${path}: ${branch.getText()}`);
        } else found.push(`${path}: ${node.getText()}`);
      }
      node.forEachChild(visit);
    };
    visit(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
  }
  return [...new Set(found)];
}

describe('the words of the manifest', () => {
  const manifest = JSON.stringify(readJson('package.json'));
  const used = [...new Set([...manifest.matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key ?? ''))].sort();

  it('are used', () => {
    assert.ok(used.length > 10);
  });
  it('exist in English, and no others', () => {
    assert.deepEqual(Object.keys(english).sort(), used);
  });
  it('exist in Japanese, and no others', () => {
    assert.deepEqual(Object.keys(japanese).sort(), used);
  });
  it('are not empty, and Japanese where the language is Japanese', () => {
    const empty = [...Object.entries(english), ...Object.entries(japanese)].filter(([, text]) => text.trim() === '').map(([key]) => key);
    assert.deepEqual(empty, []);
    const untranslated = Object.entries(japanese).filter(([key, text]) => text === english[key] && /[a-z]{4,} [a-z]{2,}/.test(text)).map(([key]) => key);
    assert.deepEqual(untranslated, []);
  });
  it('explain the steps of the walkthrough in both languages', () => {
    const steps = filesBelow('media/walkthrough', /\.md$/).map(({ path }) => path);
    const plain = steps.filter((path) => !path.endsWith('.nls.ja.md'));
    assert.ok(plain.length > 0);
    assert.deepEqual(plain.filter((path) => !existsSync(path.replace(/\.md$/, '.nls.ja.md'))), []);
  });
});

describe('the words of the extension', () => {
  const messages = translated();

  it('are found', () => {
    assert.ok(messages.length > 10);
  });
  it('have a Japanese sentence each', () => {
    assert.deepEqual(messages.filter((message) => !Object.hasOwn(bundle, message)), []);
  });
  it('leave no Japanese sentence without a use', () => {
    const known = new Set(messages);
    assert.deepEqual(Object.keys(bundle).filter((message) => !known.has(message)), []);
  });
  it('fill the same places in both languages', () => {
    const different = Object.entries(bundle).filter(([message, sentence]) => placeholders(message).join() !== placeholders(sentence).join());
    assert.deepEqual(different.map(([message]) => message), []);
  });
});
