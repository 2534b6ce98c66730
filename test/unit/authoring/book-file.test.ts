import assert from 'node:assert/strict';
import { exampleProblems, fileProblems, openBookFile, runFile } from '../../../src/core/authoring/book-file';
import { loadBook, loadedLayers } from '../../../src/core/book/load';
import { filesBelow, memoryFolder } from '../book/folders';
import { layersOf, ruleFile, today } from './support';

const path = 'rules/hoshi.yaml';

/** Every problem of a text, as `code [word that is underlined]`. */
async function problemsIn(text: string, at = path): Promise<readonly string[]> {
  const file = openBookFile(await layersOf({ 'products/hato/overlay.yaml': 'format: 1\nproduct: hato\n' }), at, text, today);
  const problems = [...fileProblems(file), ...exampleProblems(await runFile(file, 'ja'))];
  for (const { message } of problems) assert.ok(message.text !== '' && (message.en ?? '') !== '');
  return problems.map(({ code, span }) => `${code} [${text.slice(span.start, span.end)}]`);
}

describe('a rule file while it is written', () => {
  it('has no problem when all is well', async () => {
    assert.deepEqual(await problemsIn(ruleFile()), []);
  });

  const wordy = { types: 'all', on: 'sentences', when: '', require: '', forbid: '{ words: [至急] }', message: 'x', message_en: '', good: '' };
  const mistakes: readonly (readonly [string, Readonly<Record<string, string>>, string])[] = [
    ['a key nobody knows', { severty: 'warning' }, 'book.unknown-key [severty]'],
    ['a type nobody knows', { types: '[isue-log]' }, 'rule.unknown-type [isue-log]'],
    ['a column nobody has', { require: '{ closd: filled }' }, 'rule.unknown-subject [closd]'],
    ['a word the column does not have', { when: '{ status: finishedd }' }, 'rule.unknown-word [finishedd]'],
    ['a table the type does not have', { on: '{ rows: isues }' }, 'rule.unknown-part [isues]'],
    ['a page that is missing', { guide: 'pages/none.md' }, 'book.guide-missing [pages/none.md]'],
    ['a heading that is missing', { guide: '"#ない見出し"' }, 'book.guide-anchor ["#ない見出し"]'],
    ['a value that only one language shows', { message_en: '"A row is done but has no date."' }, 'rule.message-values ["A row is done but has no date."]'],
    ['a message in one language', { message_en: '' }, 'book.message-language ["「{id}」は完了ですが、完了日が空です。"]'],
    ['what is asked for and ruled out at once', { unless: '{ status: done }' }, 'rule.never [unless]'],
    ['no type left', { except: '[issue-log]' }, 'rule.never [except]'],
    ['a level nobody knows', { level: 'L9' }, 'book.unknown-level [L9]'],
    ['a value that a message cannot show', { message: '"「{macth}」です。"', message_en: '' }, 'rule.unknown-value ["「{macth}」です。"]'],
    ['a title where the id of a value belongs', { message: '"「{状態}」です。"', message_en: '' }, 'rule.unknown-value ["「{状態}」です。"]'],
    ['a phase nobody knows', { applies: '{ phases: [youken] }' }, 'book.unknown-phase [youken]'],
    ['a gate nobody knows', { applies: '{ gates: [G12] }' }, 'book.unknown-gate [G12]'],
    ['a product that is nearly one of the Book', { stage: '{ pilot: [hatoo] }' }, 'book.unknown-product [hatoo]'],
    ['a mark on a column nobody has', { mark: 'closd' }, 'rule.unknown-name [closd]'],
    ['a fix of a column nobody has', { fix: '{ fill: { closd: ask } }', mark: 'closed' }, 'rule.unknown-name [closd]'],
    ['a fix of a section nobody has', { fix: '{ insert_section: decisons }' }, 'rule.unknown-name [decisons]'],
    ['a key of an example that is nearly a known one', { bad: '{ row: { id: I-001, status: 完了 }, find: 1 }' }, 'rule.unknown-example-key [find]'],
    ['a column of an example nobody has', { bad: '{ row: { id: I-001, status: 完了, closd: "" } }' }, 'rule.unknown-example-key [closd]'],
    ['a title where the column of an example belongs', { bad: '{ id: I-001, status: 完了, 担当: 佐藤 }' }, 'rule.unknown-example-key [担当]'],
    ['a word that is nearly a state', { require: '{ closed: fillled }' }, 'rule.like-state [fillled]'],
    ['a sentence where a state belongs', { require: '{ closed: 空でない }' }, 'rule.like-state [空でない]'],
    ['a state mistyped inside a collection', { on: 'document', when: '', require: '{ rows: { where: { owner: empyt }, at_most: 3 } }', good: '', bad: '' }, 'rule.like-state [empyt]'],
    ['a form asked of a name', { require: '{ closed: filled, owner: valid }' }, 'rule.valid-person [owner]'],
    ['a form asked of the cells of people', { on: '{ cells: owner }', when: '', require: '{ value: valid }', good: '', bad: '' }, 'rule.valid-person [value]'],
    ['a mark that is left open', { ...wordy, bad: '[《至急です]' }, 'rule.open-mark [《至急です]'],
    ['no mark in any bad example', { ...wordy, bad: '[至急です]' }, 'rule.no-mark [至急です]'],
    ['a good example that is flagged', { good: '{ id: I-001, status: 完了 }' }, 'book.example [{ id: I-001, status: 完了 }]'],
    ['a bad example that is not flagged', { bad: '{ id: I-001, status: 対応中 }' }, 'book.example [{ id: I-001, status: 対応中 }]'],
  ];
  for (const [what, change, expected] of mistakes) {
    it(`says at the word: ${what}`, async () => {
      const found = await problemsIn(ruleFile(change));
      assert.ok(found.includes(expected), found.join('\n'));
    });
  }

  it('says which name was meant', async () => {
    const messageOf = async (change: Readonly<Record<string, string>>, code: string) => fileProblems(openBookFile(await layersOf(), path, ruleFile(change), today)).find((one) => one.code === code)?.message.text ?? '';
    assert.match(await messageOf({ message: '"「{macth}」です。"', message_en: '' }, 'rule.unknown-value'), /「\{match\}」のことですか/u);
    assert.match(await messageOf({ message: '"「{状態}」です。"', message_en: '' }, 'rule.unknown-value'), /「\{status\}」のことですか/u);
    assert.match(await messageOf({ params: '{ days: 3 days }', message: '"{days}"', message_en: '' }, 'rule.unknown-value'), /「\{\$days\}」のことですか/u);
    assert.match(await messageOf({ bad: '{ id: I-001, status: 完了, 担当: 佐藤 }' }, 'rule.unknown-example-key'), /「owner」のことですか/u);
    assert.match(await messageOf({ applies: '{ phases: [youken] }' }, 'book.unknown-phase'), /「yoken」のことですか/u);
  });

  it('says the words that the mark of an example was expected on', async () => {
    const text = ruleFile({ on: 'sentences', when: '', require: '', forbid: '{ words: [なるべく] }', types: 'all', message: 'あいまいです。', message_en: 'Vague.', good: '11/28までに送ります。', bad: '《早めに》なるべく送ります。' });
    const file = openBookFile(await layersOf(), path, text, today);
    const [problem] = exampleProblems(await runFile(file, 'ja'));
    assert.match(problem?.message.text ?? '', /「早めに」に引かれるはずの線が「なるべく」に引かれました/);
  });

  it('says of a good example that is flagged what was found, in the language of whoever reads', async () => {
    const text = ruleFile({ good: '{ id: I-001, status: 完了 }' });
    const file = openBookFile(await layersOf(), path, text, today);
    const reason = async (language: 'ja' | 'en') => exampleProblems(await runFile(file, language))[0]?.message;
    assert.match((await reason('ja'))?.text ?? '', /「I-001」は完了ですが、完了日が空です/u);
    assert.match((await reason('en'))?.en ?? '', /A good example gives a finding: I-001 is done but has no date\./u);
  });

  it('tells a second rule of the same id in another file, and not in its own', async () => {
    const layers = await layersOf({ 'rules/other.yaml': ruleFile() });
    const text = ruleFile();
    const codes = (at: string) => fileProblems(openBookFile(layers, at, text, today)).map(({ code }) => code);
    assert.deepEqual(codes('rules/hoshi.yaml'), ['book.duplicate-rules']);
    assert.deepEqual(codes('rules/other.yaml'), []);
  });

  it('offers the near name for what is mistyped', async () => {
    const text = ruleFile({ types: '[isue-log]', severty: 'warning' });
    const file = openBookFile(await layersOf(), path, text, today);
    assert.deepEqual(fileProblems(file).flatMap(({ better }) => better ?? []), ['severity']);
    const typed = ruleFile({ types: '[isue-log]' });
    assert.deepEqual(fileProblems(openBookFile(await layersOf(), path, typed, today)).flatMap(({ better }) => better ?? []), ['issue-log']);
  });
});

describe('other files of a Book while they are written', () => {
  it('says what is wrong in a type file', async () => {
    const found = await problemsIn('type: hoshi\ntitle: ほし\nclas: register\n', 'types/hoshi.yaml');
    assert.ok(found.includes('book.unknown-key [clas]'), found.join('\n'));
  });

  it('says what is wrong in book.yaml', async () => {
    const text = 'format: 1\nid: hoshi\nname: ほし\nextends: starter\nadjust:\n  VAG-0001: off\n  VAG-001: of\n';
    const found = await problemsIn(text, 'book.yaml');
    assert.ok(found.some((one) => one.endsWith('[of]')) && found.some((one) => one.endsWith('[VAG-0001]')), found.join('\n'));
  });
});

describe('the files of the starter Book', () => {
  it('give no problem when they are opened one by one', async () => {
    const files = filesBelow('templates', (one) => !one.startsWith('samples/'));
    const layers = loadedLayers(await loadBook(memoryFolder(files), { starter: undefined })) ?? [];
    assert.equal(layers.length, 1);
    const found = [...files].filter(([at]) => /^(?:rules|types|kits)\/.*\.yaml$|^[a-z]+\.yaml$/u.test(at)).flatMap(([at, text]) =>
      fileProblems(openBookFile(layers, at, text, today)).map(({ code, message }) => `${at} ${code} ${message.text}`));
    assert.deepEqual(found, []);
  });
});
