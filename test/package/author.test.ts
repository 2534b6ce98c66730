import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');

describe('what a rule author asks the command line', function () {
  this.timeout(60_000);
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-author-'));
    for (const folder of ['book/rules', 'book/types', 'book/products/navi', 'navi']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'book/book.yaml'), [
      'format: 1', 'id: hoshi', 'name: ほしブック', 'name_en: Hoshi Book', 'extends: starter', 'adjust:', '  REG-019: { severity: warning, params: { days: 7 days }, add: { words: [いい感じに] } }', '',
    ].join('\n'));
    writeFileSync(join(root, 'book/types/asaichi.yaml'), [
      'format: 1', 'type: asaichi', 'title: 朝市報告', 'title_en: Morning report', 'aliases: [朝市メモ]', 'class: record', 'fields:', '  held: { title: 開催日, kind: date, required: true }', 'sections:', '  result: { title: 結果, required: true }',
      'tables:', '  stalls:', '    main: true', '    columns:', '      shop: { title: 店, kind: text, required: true }', '      state: { title: 様子, kind: status, words: status }', '      tidied: { title: 片付け, kind: date, required_when: { state: done } }', '',
    ].join('\n'));
    writeFileSync(join(root, 'book/rules/hoshi.yaml'), [
      'format: 1', 'group: hoshi', 'title: ほし', 'guide: pages/a.md', 'rules:', '  - id: HOS-001', '    title: 店がある', '    types: [asaichi]', '    on: { rows: stalls }', '    stage: { pilot: [other] }',
      '    when: { state: "完了, 済" }', '    require: { shop: filled }', '    message: 店がありません。', '',
    ].join('\n'));
    writeFileSync(join(root, 'book/products/navi/overlay.yaml'), 'format: 1\nproduct: navi\nrules: { REG-019: error }\n');
    writeFileSync(join(root, 'navi/kobo.yaml'), 'book: ../book\nproduct: { id: navi, name: ナビ }\nlevel: L2\nwords: { status: { doing: [仕込み中] } }\nrules: { REG-019: { params: { days: 3 days } }, REG-013: hint }\n');
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const kobo = (cwd: string, language: 'ja_JP' | 'en_US', ...args: readonly string[]) => {
    const locale = `${language}.UTF-8`;
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: join(root, cwd), encoding: 'utf8', env: { ...process.env, LANG: locale, LC_ALL: locale } });
    return { status, out: stdout, err: stderr };
  };

  describe('kobo types', () => {
    it('lists the types of the Book with id, name and other names', () => {
      for (const args of [['types'], ['types', 'list']]) {
        const { status, out } = kobo('navi', 'ja_JP', ...args);
        assert.equal(status, 0);
        assert.match(out, /^asaichi +朝市報告 +朝市メモ$/mu);
        assert.match(out, /^minutes +議事録 +会議録、/mu);
      }
      assert.match(kobo('navi', 'en_US', 'types').out, /^asaichi +Morning report +朝市メモ$/mu);
      const rows = JSON.parse(kobo('navi', 'ja_JP', 'types', '--json').out) as readonly { id: string; title: string; title_en: string; class: string; aliases: readonly string[] }[];
      assert.deepEqual(rows.find(({ id }) => id === 'asaichi'), { id: 'asaichi', title: '朝市報告', title_en: 'Morning report', class: 'record', aliases: ['朝市メモ'] });
    });

    it('shows what a type has, by its id or the name people use', () => {
      for (const name of ['asaichi', '朝市報告', '朝市メモ']) {
        const { status, out } = kobo('navi', 'ja_JP', 'types', 'show', name);
        assert.equal(status, 0);
        assert.match(out, /^ {2}held +開催日 +date +必須$/mu);
        assert.match(out, /^見出し（sections）：id、名前\n {2}result +結果 +必須$/mu);
        assert.match(out, /^表 stalls（この種類の中心の表）：列の id、名前、値の種類\n {2}shop +店 +text +必須\n {2}state +様子 +status: status\n {2}tidied +片付け +date +\{ state: done \} のとき必須$/mu);
        assert.match(out, /^言葉 status：id、書き方\n[^]*^ {2}doing .*仕込み中$[^]*^ {2}unfinished +open、doing、hold、review のまとめ名$/mu);
      }
      assert.match(kobo('navi', 'en_US', 'types', 'show', 'minutes').out, /^Table actions \(the main table\): id of the column, name, kind\n[^]*^ {2}due +Due +date +required$/mu);
      const shown = JSON.parse(kobo('navi', 'ja_JP', 'types', 'show', 'asaichi', '--json').out) as {
        tables: readonly { id: string; main: boolean; columns: readonly Record<string, unknown>[] }[]; sections: readonly unknown[]; words: Record<string, unknown>;
      };
      assert.deepEqual(shown.sections, [{ id: 'result', title: '結果', aliases: [], required: true }]);
      assert.deepEqual(shown.tables[0]?.columns[2], { id: 'tidied', title: '片付け', aliases: [], kind: 'date', words: null, required: false, required_when: { state: 'done' } });
      assert.ok('status' in shown.words);
    });

    it('says which type was meant, and how the command is written', () => {
      const wrong = kobo('navi', 'ja_JP', 'types', 'show', 'minuts');
      assert.equal(wrong.status, 2);
      assert.match(wrong.err, /「minuts」という文書の種類はありません。「minutes」のことですか。/u);
      for (const args of [['show'], ['list', 'minutes'], ['minutes'], ['show', 'a', 'b']]) assert.equal(kobo('navi', 'ja_JP', 'types', ...args).status, 2, args.join(' '));
      assert.match(kobo('navi', 'ja_JP', 'types', '--help').out, /kobo types \[list\] .*--json.*\n +kobo types show TYPE/u);
    });
  });

  describe('kobo rules explain', () => {
    it('tells in words what a rule asks, who changed it, and why it gives no finding', () => {
      const { out } = kobo('navi', 'ja_JP', 'rules', 'explain', 'REG-019');
      assert.equal(out.split('\n').slice(2).join('\n'), [
        '', '決まりの中身', '  どの文書（types）：リスク登録簿（risk-register）、課題管理表（issue-log）', '  何を調べるか（on）：行を1つずつ（rows）', '  このときだけ（when）：{ status: unfinished }',
        '  あってはいけないこと（forbid）：{ updated: { older_than: $days } }', '  変えられる数値（params）：days = 14 days（リスク登録簿では 30 days）', '',
        'どこで何が決まっているか（下ほど強い）', '  付属のコボブックの rules/registers.yaml：情報（info）', '  コボブック「ほしブック」の book.yaml：警告（warning）、days = 7 days、いい感じに も探す（言葉を探す決まりではないので、効きません）',
        '  コボブックの、このプロダクトだけの設定 products/navi/overlay.yaml：エラー（error）', '  プロダクトの設定 kobo.yaml：days = 3 days', '', 'ここでは：指摘を出します。重さはエラー（error）、days = 3 days。', '',
      ].join('\n'));
      assert.match(kobo('.', 'ja_JP', 'rules', 'explain', 'REG-019').out, /^ここでは：水準 L2 以上のプロダクトで指摘を出します（ここには kobo\.yaml がありません）。重さは情報（info）/mu);
      assert.match(kobo('navi', 'ja_JP', 'rules', 'explain', 'TRC-001').out, /^ここでは：指摘を出しません。水準 L3 からの決まりで、このプロダクトの水準は L2 だからです。/mu);
      assert.match(kobo('navi', 'ja_JP', 'rules', 'explain', 'REG-013').out, /：エラー（error）、変えることも見送ることもできない（locked）\n {2}プロダクトの設定 kobo\.yaml：ヒント（hint）（locked の決まりなので、効きません）\n/u);
    });

    it('shows a rule on trial, and quotes words that would not be read back', () => {
      const { out } = kobo('navi', 'ja_JP', 'rules', 'explain', 'HOS-001');
      assert.match(out, /何を調べるか（on）：行を1つずつ（rows: stalls）\n {2}このときだけ（when）：\{ state: "完了, 済" \}\n/u);
      assert.match(out, /コボブック「ほしブック」の rules\/hoshi\.yaml：/u);
      assert.match(out, /^ここでは：ほかのプロダクト（other）で試している決まりなので、指摘を出しません。/mu);
    });

    it('says the same in English', () => {
      const { out } = kobo('navi', 'en_US', 'rules', 'explain', 'REG-019');
      assert.match(out, /^ {2}only if \(when\): \{ status: unfinished \}$/mu);
      assert.match(out, /^ {2}the starter Book, rules\/registers\.yaml: info\n {2}the Book "Hoshi Book", book\.yaml: warning, days = 7 days, also looks for いい感じに \(no effect: the rule looks for no words\)$/mu);
      assert.match(out, /^Here: Gives findings\. Severity: error, days = 3 days\.$/mu);
    });

    it('gives a long condition a line for each of its parts', () => {
      assert.match(kobo('.', 'ja_JP', 'rules', 'explain', 'CMP-003').out, /^ {2}このときは調べない（unless）：\n {4}any:\n {6}- \{ document\.class: record, document\.written: \{ older_than: \$old \} \}\n {6}- \{ status: \[obsolete, closed\] \}$/mu);
    });
  });
});
