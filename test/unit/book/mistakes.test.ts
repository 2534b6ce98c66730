import assert from 'node:assert/strict';
import { checkBook } from '../../../src/core/book/check';
import { loadBook } from '../../../src/core/book/load';
import { packBook } from '../../../src/core/book/pack';
import { nearest, yamlProblem } from '../../../src/core/book/problems';
import { mistakeAt } from '../../../src/core/book/yaml-mistake';
import { readYaml } from '../../../src/core/book/yaml-source';
import { memoryFolder } from './folders';

describe('a YAML text that cannot be read', () => {
  const head = 'format: 1\ngroup: a\nrules:\n';
  /** What was done, the text below the head, line, what is underlined, and what is said. */
  const cases: readonly (readonly [string, string, number, string, RegExp])[] = [
    ['a tab', '  - id: X\n\ttitle: a\n    on: rows\n', 5, '\t', /タブ/u],
    ['a tab after spaces', '  - id: X\n    title: a\n    \ton: rows\n', 6, '\t', /タブ/u],
    ['a full-width colon', '  - id: X\n    title： a\n    on: rows\n', 5, '：', /全角の「：」/u],
    ['full-width spaces before a key', '  - id: X\n\u3000\u3000title: a\n    on: rows\n', 5, '\u3000\u3000', /全角の空白/u],
    ['a full-width space after the colon', '  - id: X\n    title:\u3000a\n    on: rows\n', 5, '\u3000', /全角の空白/u],
    ['a key at the first column', '  - id: X\ntitle: a\n    on: rows\n    types: all\n', 5, 'title: a', /字下げ/u],
    ['a key one column off', '  - id: X\n   title: a\n    on: rows\n', 5, 'title: a', /字下げ/u],
    ['a key too deep', '  - id: X\n    title: a\n      on: rows\n    types: all\n', 6, 'on: rows', /字下げ/u],
    ['keys below the dash', '  - id: X\n  title: a\n  on: rows\n', 5, 'title: a', /字下げ/u],
    ['no space after the colon', '  - id: X\n    title:a\n    on: rows\n', 5, 'title:', /「title:」の後ろに空白がありません/u],
    ['an open square bracket', '  - id: X\n    types: [a, b\n    on: rows\n    message: x\n', 5, '[', /「\[」が閉じていません.*「\]」/u],
    ['an open curly bracket', '  - id: X\n    require: { a: filled\n    on: rows\n', 5, '{', /「\{」が閉じていません/u],
    ['a text that begins with a bracket', '  - id: X\n    message: {id} は空です\n    on: rows\n', 5, '{id} は空です', /「\{」で始まる文.*「"」で囲んで/u],
    ['a colon inside a text', '  - id: X\n    message: 理由: 空です\n    on: rows\n', 5, ': ', /文の中に「: 」.*「"」で囲んで/u],
    ['a full-width number sign', '  - id: X\n＃ コメント\n    on: rows\n', 5, '＃', /全角の「＃」/u],
    ['an open quote', '  - id: X\n    title: "a\n    on: rows\n    message: b\n', 5, '"', /引用符（"）が閉じていません/u],
    ['words behind the quote', '  - id: X\n    title: "a" b\n    on: rows\n', 5, 'b', /引用符で囲んだ後ろ/u],
    ['a reserved beginning', '  - id: X\n    title: @a\n    on: rows\n', 5, '@a', /「@」で始まる文/u],
    ['an alias of nothing', '  - id: X\n    title: *重要\n', 5, '*重要', /「\*」で始まる文/u],
    ['a full-width dash', '  － id: X\n    title: a\n', 4, '－', /全角の「－」/u],
    ['no space after the dash', '  -id: X\n    title: a\n', 4, '-', /「-」の後ろに空白がありません/u],
  ];
  for (const [what, below, line, underlined, said] of cases) {
    it(`is told by what was done: ${what}`, () => {
      for (const text of [head + below, (head + below).replaceAll('\n', '\r\n')]) {
        const [found, ...others] = readYaml(text).problems.map((one) => yamlProblem('rules/a.yaml', one));
        assert.ok(found !== undefined && others.length === 0);
        assert.deepEqual([text.slice(0, found.span.start).split('\n').length, text.slice(found.span.start, found.span.end)], [line, underlined]);
        assert.match(found.message.text, said);
        assert.match(found.message.text, /このファイルは全体を読み込みません/u);
        assert.ok(!/[\u3040-\u30ff]/u.test(found.message.en?.replace(/\(.*\)/u, '') ?? 'あ'));
      }
    });
  }

  /** What was done, the whole text, line, what is underlined, and what is said. */
  const settings: readonly (readonly [string, string, number, string, RegExp])[] = [
    ['no space behind a path', 'documents:\n  docs/charter.md:project-charter\n  docs/risks.md: risk-register\n', 2, 'docs/charter.md:', /「docs\/charter\.md:」の後ろに空白/u],
    ['no space behind the last path', 'documents:\n  docs/risks.md: risk-register\n  docs/charter.md:project-charter\nlevel: L1\n', 3, 'docs/charter.md:', /「docs\/charter\.md:」の後ろに空白/u],
    ['a colon in a text inside braces', 'product: { id: navi, name: シフト: ナビ }\nphase: test\n', 1, 'シフト: ナビ', /「: 」（コロンと空白）/u],
    ['a colon in the first text inside braces', 'product: { name: シフト: ナビ, id: navi }\nphase: test\n', 1, 'シフト: ナビ', /「: 」（コロンと空白）/u],
    ['a pattern without quotes', 'documents:\n  docs/risks.md: risk-register\n  **/minutes/*: minutes\n', 3, '**/minutes/*', /「\*」で始まる名前は引用符.*「"\*\*\/minutes\/\*":」/u],
    ['a list item in a map', 'type: order\nsections:\n  purpose: { title: 目的 }\n  - 目的\n', 4, '- 目的', /「名前: 値」を並べる場所/u],
    ['a list item in a map of plain values', 'documents:\n  docs/a.md: minutes\n  - docs/b.md\nlevel: L1\n', 3, '- docs/b.md', /「名前: 値」を並べる場所/u],
    ['a Japanese comma in braces', 'bad: { owner: 佐藤、status: done }\ngood: a\n', 1, '、', /全角の「、」.*半角の「, 」/u],
    ['a Japanese comma and a colon more', 'bad: { owner: 佐藤、status: done, due: 2026-01-01 }\ngood: a\n', 1, '、', /全角の「、」/u],
    ['a line too deep behind a shorter part', 'product:\n  id: a\nphase: test\n    level: L1\nlanguage: ja\n', 4, 'level: L1', /字下げ/u],
    ['a line too deep in the middle', 'book: a\nproduct:\n  id: a\n  name: b\nphase: test\nlevel: L1\nlanguage: ja\npeople: x.md\nbaseline: y.json\ndocuments:\n  docs/a.md: minutes\n    docs/b.md: minutes\n  docs/c.md: minutes\n', 12, 'docs/b.md: minutes', /字下げ/u],
    ['a line too deep among keys in braces', 'type: order\ntitle: 作業依頼\nfields:\n  a: { title: 甲 }\n    b: { title: 乙 }\n  c: { title: 丙 }\n', 5, 'b: { title: 乙 }', /字下げ/u],
    ['a top line too deep', 'type: order\n  title: 作業依頼\nclass: record\n', 2, 'title: 作業依頼', /字下げ/u],
  ];
  for (const [what, text, line, underlined, said] of settings) {
    it(`is told by what was done: ${what}`, () => {
      const [found, ...others] = readYaml(text).problems.map((one) => yamlProblem('kobo.yaml', one));
      assert.ok(found !== undefined && others.length === 0);
      assert.deepEqual([text.slice(0, found.span.start).split('\n').length, text.slice(found.span.start, found.span.end)], [line, underlined], found.message.text);
      assert.match(found.message.text, said);
    });
  }

  it('says of the head of a page that only the head is not read', () => {
    const [found] = readYaml('title: a: b\n', 4).problems;
    assert.ok(found !== undefined);
    assert.match(yamlProblem('pages/a.md', found).message.text, /文の中に「: 」.*先頭の --- の中は読み込みません/u);
    assert.deepEqual(found.span, { start: 12, end: 14 });
  });

  it('is looked at quickly, whatever it is', () => {
    const started = performance.now();
    for (const text of ['a: [{'.repeat(20_000), `${'x: "a'.repeat(30_000)}\n: [`, `- a: ${' '.repeat(200_000)}\n\t: {`, 'a: "\n'.repeat(40_000), `${'- '.repeat(100_000)}x`]) {
      for (const at of [0, text.length >> 1, text.length]) mistakeAt(text, at);
    }
    assert.ok(performance.now() - started < 2000);
  });
});

describe('what a Book is told of its files', () => {
  const starter = packBook(new Map([
    ['book.yaml', 'format: 1\nid: starter\nname: 付属\n'], ['pages/guide.md', '---\ntitle: 説明\n---\n# 説明\n\n## 言葉\nあ\n'],
    ['types/risks.yaml', 'type: risks\ntitle: リスク登録簿\naliases: [リスク表]\nclass: register\nsections: { plan: { title: 対応策 } }\ntables: { risks: { main: true, columns: { impact: { title: 影響度 }, response: { title: 対応策 } } } }\n'],
    ['rules/all.yaml', 'group: all\ntitle: すべて\nguide: guide.md\nrules:\n  - { id: TRC-007, title: a, types: [risks], on: rows, require: { response: filled }, message: x }\n'],
  ]));
  const ruleHead = 'format: 1\ngroup: own\ntitle: 自分\nguide: guide.md\nrules:\n';
  const keys = { id: 'OWN-001', title: 'a', types: '[risks]', on: 'rows', require: '{ response: filled }', message: 'x', guide: '"#言葉"' };
  const rule = (changes: Readonly<Record<string, string>>) => `${ruleHead}  - ${Object.entries({ ...keys, ...changes }).map(([key, value]) => `${key}: ${value}`).join('\n    ')}\n`;
  /** `code [underlined] message` of every problem of one file. */
  const told = async (path: string, text: string, bookYaml = 'format: 1\nid: own\nname: 自分\nextends: starter\n'): Promise<readonly string[]> => {
    const book = await loadBook(memoryFolder(new Map([['book.yaml', bookYaml], [path, text]])), { starter });
    return checkBook(book, undefined).filter((one) => one.path === path).map((one) => `${one.code} [${text.slice(one.span.start, one.span.end)}] ${one.message.text}`);
  };

  it('one message where the keys of a rule stand outside of it', async () => {
    const found = await told('rules/own.yaml', `${ruleHead}- id: OWN-001\n${Object.entries(keys).slice(1).map(([key, value]) => `${key}: ${value}\n`).join('')}`);
    assert.equal(found.length, 1, found.join('\n'));
    assert.match(found[0] ?? '', /^book\.outside-rule \[on\] .*OWN-001.*「- id:」より2文字深く/u);
  });

  it('that what follows # is a comment', async () => {
    assert.match((await told('rules/own.yaml', rule({ guide: '#言葉' }))).join('\n'), /「#」から後ろはコメント.*guide: "#言葉"/u);
  });

  it('the id where a title is written', async () => {
    for (const [change, at, id] of [
      [{ types: 'リスク登録簿' }, 'リスク登録簿', 'risks'], [{ types: '[リスク表]' }, 'リスク表', 'risks'], [{ require: '{ 対応策: filled }' }, '対応策', 'response'],
      [{ when: '{ 影響度: 高 }' }, '影響度', 'impact'], [{ on: 'document', require: '{ sections: 対応策 }' }, '対応策', 'plan'],
    ] as const) {
      assert.deepEqual(await told('rules/own.yaml', rule(change)), [`book.form [${at}] 「${at}」は id で「${id}」と書きます。`]);
    }
  });

  it('all forms of stage, and the word of the file for a word of people', async () => {
    assert.match((await told('rules/own.yaml', rule({ stage: '試行' }))).join('\n'), /draft.*pilot: \[.*announced.*in_force.*retired/u);
    assert.match((await told('rules/own.yaml', rule({ severity: '警告' }))).join('\n'), /「警告」は使えません。「warning」のことですか/u);
  });

  it('that a page or a template does not close its head', async () => {
    assert.match((await told('pages/a.md', '---\ntitle: 題\nowner: PMO\n\n# 題\n')).join('\n'), /book\.unclosed-head \[---\] .*閉じる「---」の行がありません/u);
    assert.match((await told('templates/a.md', '---\ntitle: 題\nversion: 1.0.0\n\n# 題\n')).join('\n'), /book\.unclosed-head \[---\]/u);
    assert.doesNotMatch((await told('pages/a.md', '---\n\n# 題\n')).join('\n'), /unclosed/u);
  });

  it('that a spelling is rejected and used at once', async () => {
    const found = await told('terms.yaml', 'terms:\n  - { preferred: 常盤審査, aliases: [TR], variants: [常盤審査, TR, ときわ審査] }\n');
    assert.equal(found.length, 2, found.join('\n'));
    assert.match(found.join('\n'), /「常盤審査」は使う形（preferred）と同じ[^]*「TR」が aliases（.*）と variants/u);
  });

  it('one thing where extends is mistyped', async () => {
    const book = await loadBook(memoryFolder(new Map([['book.yaml', 'id: own\nname: 自分\nextends: starters\nadjust: { TRC-007: off }\n'], ['rules/own.yaml', rule({})]])), { starter });
    assert.deepEqual(checkBook(book, undefined).map((one) => one.message.text), ['「starters」は使えません。「starter」のことですか。']);
  });

  it('no far guess', async () => {
    const bookYaml = 'id: own\nname: 自分\nextends: starter\nadjust: { TKW-007: off }\n';
    const found = await told('book.yaml', bookYaml, bookYaml);
    assert.match(found.join('\n'), /「TKW-007」という決まりはありません/u);
    assert.doesNotMatch(found.join('\n'), /TRC/u);
    assert.equal(nearest('TRC-070', ['TRC-007']), 'TRC-007');
    assert.equal(nearest('TKC-007', ['TRC-007']), 'TRC-007');
    assert.equal(nearest('L9', ['L0', 'L1']), undefined);
    assert.equal(nearest('中', ['S', 'M', 'L']), undefined);
    assert.equal(nearest('aks', ['ask']), 'ask');
  });
});
