import assert from 'node:assert/strict';
import { adjustmentFaults, looksForWords } from '../../../src/core/book/adjustment-faults';
import { noAdjustment } from '../../../src/core/book/adjustment';
import { loadBook } from '../../../src/core/book/load';
import { packBook, type PackedBook } from '../../../src/core/book/pack';
import type { Book } from '../../../src/core/book/book';
import { checkKoboFile } from '../../../src/core/product/kobo-check';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { effectiveSettings } from '../../../src/core/product/settings';
import { compileRule } from '../../../src/core/rules/compile';
import { WordScanner } from '../../../src/core/rules/words';
import { filesBelow, memoryFolder } from './folders';

let starter: PackedBook | undefined;

const packed = function (this: Mocha.Context): void {
  this.timeout(60_000);
  starter ??= packBook(filesBelow('templates', (path) => !path.startsWith('samples/')));
};

async function bookWith(adjust: string, more: Readonly<Record<string, string>> = {}): Promise<{ readonly book: Book; readonly told: readonly string[] }> {
  const text = `id: own\nname: 自分\nextends: starter\nadjust:\n${adjust}`;
  const files = new Map(Object.entries({ 'book.yaml': text, ...more }));
  const book = await loadBook(memoryFolder(files), { starter });
  return { book, told: book.problems.map(({ path, code, span, message }) => `${code} [${(files.get(path) ?? '').slice(span.start, span.end)}] ${message.text}`) };
}

describe('a change of a rule', function () {
  this.timeout(20_000);
  before(packed);
  const wrong: readonly (readonly [line: string, at: string, words: RegExp])[] = [
    ['REG-019: { params: { days: V } }', 'V', /「V」は期間として読めません.*14 days のまま/u],
    ['REG-019: { params: { days: 3 } }', '3', /単位がありません。「3 days」/u],
    ['REG-019: { params: { day: 3 days } }', '3 days', /「day」という数値がありません。「days」のことですか/u],
    ['VAG-001: { params: { days: 3 days } }', '3 days', /変えられる数値のない決まり/u],
    ['VAG-010: { params: { longest: long } }', 'long', /「long」は数として読めません/u],
    ['VAG-010: { params: { longest: 3 days } }', '3 days', /数として読めません/u],
    ['REG-019: { types: { add: [risk-registr] } }', 'risk-registr', /「risk-register」のことですか/u],
    ['REG-019: { types: { remove: risk-registr } }', 'risk-registr', /「risk-register」のことですか/u],
    ['REG-019: { add: { words: [いい感じに] } }', 'add', /言葉を探す決まりではない/u],
    ['VAG-001: { remove: { words: [適宣] } }', '適宣', /「適宜」のことですか/u],
  ];
  for (const [line, at, words] of wrong) {
    it(`that can do nothing is told at its place: ${line}`, async () => {
      const { book, told } = await bookWith(`  ${line}\n`);
      assert.equal(told.length, 1, told.join('\n'));
      assert.ok(told[0]?.includes(`[${at}]`), told[0]);
      assert.match(told[0] ?? '', words);
      // The rule goes on with its own values.
      const id = line.slice(0, 7);
      const { params, state } = effectiveSettings(book, { ...readKoboFile('level: L3\n').settings }, '2026-11-24').ruleSetting(id) ?? {};
      assert.deepEqual([params, state], [{}, 'on']);

      const kobo = `rules:\n  ${line}\n`;
      const { settings } = readKoboFile(kobo);
      const plain = await loadBook(memoryFolder(new Map([['book.yaml', 'name: 自分\nextends: starter\n']])), { starter });
      const found = checkKoboFile(kobo, settings, plain);
      assert.deepEqual(found.map(({ span, message }) => `[${kobo.slice(span.start, span.end)}] ${message.text}`), told.map((one) => one.slice(one.indexOf('['))));
    });
  }

  it('that a rule can do is no problem', async () => {
    const { told } = await bookWith([
      'REG-019: { severity: warning, params: { days: 7日 }, types: { add: [schedule, record], remove: [risk-register] } }', 'FRS-006: { params: { slack: 90 days } }',
      'VAG-001: { add: { words: [いい感じに] }, remove: { words: 適宜 } }', 'VAG-010: { params: { longest: 80 } }',
    ].map((line) => `  ${line}\n`).join(''));
    assert.deepEqual(told, []);
  });

  it('takes words away that the Book has added', async () => {
    const { book } = await bookWith('  VAG-001: { add: { words: [いい感じに] } }\n');
    const kobo = 'rules: { VAG-001: { remove: { words: [いい感じに] } } }\n';
    assert.deepEqual(checkKoboFile(kobo, readKoboFile(kobo).settings, book), []);
  });

  it('adds words where the compiled rule looks for them, and only there', async function () {
    this.timeout(60_000);
    const { book } = await bookWith('  VAG-001: off\n');
    const settings = effectiveSettings(book, undefined, '2026-11-24');
    for (const rule of book.rules) {
      const setting = settings.ruleSetting(rule.id);
      assert.ok(setting);
      const scanner = new WordScanner();
      compileRule(rule, { ...setting, addWords: ['zzzz'] }, scanner, settings);
      assert.equal(scanner.has('zzzz'), looksForWords(rule), rule.id);
      // What the rules of this Book say of themselves is no fault of theirs.
      assert.deepEqual(adjustmentFaults(rule, { ...noAdjustment, params: setting.params }, new Set()), []);
    }
  });
});

describe('a lock of a Book', function () {
  this.timeout(20_000);
  before(packed);
  it('holds for a rule of the Book below: overlay, kobo.yaml and waivers cannot change it', async () => {
    const overlay = 'product: navi\nrules: { REG-009: off }\n';
    const { book, told } = await bookWith('  REG-009: { severity: error, locked: true }\n', { 'products/navi/overlay.yaml': overlay });
    assert.deepEqual(told, ['book.locked [REG-009] 「REG-009」は変えられない決まりです。この行を消してください。']);
    const kobo = 'product: { id: navi }\nrules: { REG-009: off }\n';
    const { settings } = readKoboFile(kobo);
    assert.deepEqual(checkKoboFile(kobo, settings, book).map(({ code }) => code), ['book.locked']);
    const effective = effectiveSettings(book, settings, '2026-11-24');
    assert.equal(effective.rules.find(({ id }) => id === 'REG-009')?.locked, true);
    assert.equal(effective.ruleSetting('REG-009')?.severity, 'error');
    assert.deepEqual(effective.explain('REG-009').map(({ layer, refused }) => [layer, refused]), [['rule', false], ['book', false], ['kobo', true]]);
  });

  it('cannot be taken off, and is not written in kobo.yaml or an overlay', async () => {
    assert.match((await bookWith('  REG-013: { locked: false }\n')).told.join('\n'), /変えられない決まり[^]*「false」は使えません/u);
    const { problems } = readKoboFile('rules: { REG-009: { locked: true } }\n');
    assert.deepEqual(problems.map(({ message }) => message.text), ['「locked」は、コボブックの book.yaml の adjust にだけ書けます。この行を消してください。']);
    const { told } = await bookWith('  VAG-001: off\n', { 'products/navi/overlay.yaml': 'product: navi\nrules: { REG-009: { locked: true } }\n' });
    assert.match(told.join('\n'), /book\.yaml の adjust にだけ/u);
  });

  it('of a place says what to write instead', () => {
    const { problems } = readKoboFile('rules: { SEC-004: { severity: off, path: "docs/legal/**" } }\n');
    assert.match(problems.map(({ message }) => message.text).join('\n'), /「path」は書けません。.*waivers.*none/u);
  });
});
