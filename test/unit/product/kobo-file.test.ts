import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { checkKoboFile, checkKoboPaths, koboProblems } from '../../../src/core/product/kobo-check';
import { defaultSettings, readKoboFile } from '../../../src/core/product/kobo-file';
import { shared } from '../book/folders';
import { smallBook } from './books';

const placed = (text: string, problems: ReturnType<typeof readKoboFile>['problems']) =>
  problems.map((one) => `${one.code} ${text.slice(one.span.start, one.span.end)}`);

describe('kobo.yaml', () => {
  it('is read whole', () => {
    const text = [
      'format: 1', 'book: ../kobo-book', 'product: { id: shift-navi, name: シフトナビ, size: M }', 'phase: test', 'documents:',
      '  docs/risks.md: risk-register', '  "docs/minutes/**": minutes', '  "**/README.md": none', 'level: L2', 'language: en', 'timezone: Europe/Berlin',
      'people: docs/members.md', 'baseline: .kobo-baseline.json',
      'rules:', '  VAG-010: off', '  REG-013: error', '  REG-019: { severity: warning, params: { days: 7 days } }', '  VAG-002: { add: { words: [いい感じに] }, remove: { words: 極力 } }',
      'words: { status: { doing: [ベンダー対応中] } }', 'places: { minutes: { file: "YYYYMMDD_*.md" } }', 'aliases: { minutes: { attendees: [顔ぶれ, Attending], next: つぎ } }',
      'waivers:', '  - { rule: GAT-008, path: docs/**, only: [I-014, 15], until: 2026-12-31, reason: 軽い, approved_by: 鈴木 }', ''].join('\r\n');
    const { settings, problems } = readKoboFile(text);
    assert.deepEqual(problems, []);
    assert.deepEqual([settings.book, settings.id, settings.name, settings.size, settings.phase, settings.level, settings.language, settings.timezone],
      ['../kobo-book', 'shift-navi', 'シフトナビ', 'M', 'test', 'L2', 'en', 'Europe/Berlin']);
    assert.deepEqual(settings.documents.map((one) => [one.pattern, one.type, text.slice(one.span.start, one.span.end)]), [
      ['docs/risks.md', 'risk-register', 'docs/risks.md'], ['docs/minutes/**', 'minutes', '"docs/minutes/**"'], ['**/README.md', 'none', '"**/README.md"']]);
    assert.equal(settings.rules.get('VAG-010')?.off, true);
    assert.equal(settings.rules.get('REG-013')?.severity, 'error');
    assert.deepEqual(settings.rules.get('REG-019')?.params, { days: '7 days' });
    assert.deepEqual([settings.rules.get('VAG-002')?.addWords, settings.rules.get('VAG-002')?.removeWords], [['いい感じに'], ['極力']]);
    assert.deepEqual(settings.words.get('status')?.words.get('doing'), ['ベンダー対応中']);
    assert.deepEqual(settings.places.get('minutes'), { file: 'YYYYMMDD_*.md' });
    assert.deepEqual([...(settings.aliases.get('minutes') ?? [])], [['attendees', ['顔ぶれ', 'Attending']], ['next', ['つぎ']]]);
    const [waiver] = settings.waivers;
    assert.deepEqual([waiver?.only, waiver?.until, waiver?.source, text.slice(waiver?.span.start, waiver?.span.end)], [['I-014', '15'], '2026-12-31', 'kobo.yaml', 'GAT-008']);
  });

  it('may be empty, or have blanks', () => {
    assert.deepEqual(readKoboFile('phase:\nbook: ""\nwaivers:\n'), { settings: defaultSettings, problems: [] });
    assert.deepEqual(readKoboFile(''), { settings: defaultSettings, problems: [] });
    assert.deepEqual(readKoboFile('product: { id: a, name: A }\n').settings.level, 'L1');
  });

  it('that is broken gives the defaults and says where', () => {
    for (const text of ['a: [', '- a', 'format: 9\nphase: test', `x: "${'a'.repeat(1_000_001)}"`, 'a: "\0"']) {
      const { settings, problems } = readKoboFile(text);
      assert.deepEqual(settings, defaultSettings, text.slice(0, 20));
      assert.equal(problems.length, 1, text.slice(0, 20));
      assert.equal(problems[0]?.severity, 'error');
    }
  });

  it('names unknown keys and wrong values with what was meant', () => {
    const text = 'product: { id: a, nmae: A }\nwaviers: []\nrules: { REG-13: error, REG-001: eror }\nlanguage: fr\ntimezone: Asia/Tokio\n';
    const { problems } = readKoboFile(text);
    assert.deepEqual(placed(text, problems), [
      'book.unknown-key nmae', 'book.unknown-key waviers', 'book.form REG-13', 'book.not-allowed eror', 'book.not-allowed fr', 'book.timezone Asia/Tokio']);
    assert.ok(problems.some((one) => one.message.text.includes('「waivers」のことですか')));
  });

  it('takes 小 中 大 for the sizes they are', () => {
    for (const [written, size] of [['小', 'S'], ['中', 'M'], ['大', 'L']] as const) {
      assert.match(readKoboFile(`product: { id: a, name: A, size: ${written} }\n`).problems[0]?.message.text ?? '', new RegExp(`「${written}」は使えません。「${size}」のことですか`, 'u'));
    }
  });

  it('is compared with the Book', () => {
    const text = [
      'product: { id: alpha, name: A }', 'phase: kikak', 'level: L9', 'documents: { a.md: minuts, b.md: none, c.md: adr }',
      'rules: { AAA-099: off, AAA-003: off, AAA-001: { params: { days: 11, weeks: 1 } }, ALP-001: error }',
      'places: { issuelog: { folder: x } }', 'aliases: { minuts: { owner: x }, minutes: { atendees: x } }', 'waivers: [{ rule: AAB-001, path: x }]', ''].join('\n');
    const problems = checkKoboFile(text, readKoboFile(text).settings, smallBook());
    assert.deepEqual(placed(text, problems), [
      'book.unknown-type minuts', 'book.unknown-type issuelog', 'book.unknown-type minuts', 'book.unknown-part atendees', 'book.unknown-phase kikak', 'book.unknown-level L9',
      'book.unknown-rule AAA-099', 'book.locked AAA-003', 'book.param 11', 'book.param 1', 'book.unknown-rule AAB-001']);
    assert.ok(problems[0]?.message.text.includes('「minutes」のことですか。この行の文書は確かめていません。'));
    // What leaves documents unchecked fails; what only says less than it could does not.
    assert.deepEqual(problems.filter(({ severity }) => severity === 'error').map(({ code }) => code), ['book.unknown-type', 'book.locked']);
  });

  it('says the id of a type that is called by its title, and that once', () => {
    const text = 'documents:\n  docs/members.md: 名簿\n  docs/a.md: 名なし\n';
    const book = smallBook();
    const [id, type] = [...book.types][0] ?? [];
    assert.ok(id !== undefined && type !== undefined);
    const own = text.replace('名簿', type.title.text);
    const found = koboProblems(own, readKoboFile(own).settings, book);
    assert.deepEqual(placed(own, found), [`book.unknown-type ${type.title.text}`, 'book.unknown-type 名なし']);
    assert.equal(found[0]?.message.text, `「${type.title.text}」は id で「${id}」と書きます。この行の文書は確かめていません。`);
  });

  it('tells what it names that no file is, as information', () => {
    const text = 'people: docs/member.md\ndocuments:\n  "docs/minutes/**": minutes\n  "docs/risk.md": risk-register\n  "**/README.md": none\n';
    const { settings } = readKoboFile(text);
    const found = checkKoboPaths(text, settings, ['docs/members.md', 'docs/minutes/a.md', 'docs/risks.md']);
    assert.deepEqual(placed(text, found), ['book.missing-file docs/member.md', 'book.no-documents "docs/risk.md"']);
    assert.ok(found.every(({ severity }) => severity === 'info'));
    assert.match(found[0]?.message.text ?? '', /「docs\/members\.md」のことですか/u);
    assert.deepEqual(checkKoboPaths(text, settings, ['docs/member.md', 'docs/minutes/a.md', 'docs/risk.md']), []);
  });

  it('of the reference material has no problem', function () {
    const path = `${shared}/rule-language/product/kobo.yaml`;
    if (!existsSync(path)) {
      process.stdout.write('skipped: no corpora\n');
      this.skip();
    }
    const { settings, problems } = readKoboFile(readFileSync(path, 'utf8'));
    assert.deepEqual(problems, []);
    assert.equal(settings.waivers.length, 2);
  });
});
