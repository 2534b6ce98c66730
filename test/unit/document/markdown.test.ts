import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { ProjectDocument } from '../../../src/core/document/document';
import { formatOf } from '../../../src/core/document/format';
import { readDocument } from '../../../src/core/document/read';
import type { Span } from '../../../src/core/text/position';

const read = (text: string): ProjectDocument => readDocument('docs/a.md', text);
const at = (document: ProjectDocument, span: Span): string => document.text.slice(span.start, span.end);

describe('Markdown documents', () => {
  describe('front matter', () => {
    it('gives its fields with exact spans, lists and blanks included', () => {
      const document = read(readFileSync('test/fixtures/documents/minutes.md', 'utf8'));
      const fields = document.fields.filter((field) => field.source === 'front_matter');
      assert.deepEqual(
        fields.map((field) => [field.name, field.value, at(document, field.nameSpan)]),
        [
          ['type', 'minutes', 'type'],
          ['title', 'シフトナビ 定例会', 'title'],
          ['tags', '定例、議事録', 'tags'],
          ['people', '山田、佐藤', 'people'],
          ['owner', '', 'owner'],
        ],
      );
      assert.equal(at(document, fields[1]!.valueSpan), 'シフトナビ 定例会');
      assert.deepEqual(fields[3]!.values, ['山田', '佐藤']);
      assert.ok(document.text.startsWith('---\n# シフト', document.frontMatter!.insertAt));
    });

    it('reads what is more than flat with the same result', () => {
      const document = read('---\ntitle: "a \\"b\\""\nowner: &o 山田\nteam: { name: 開発, lead: 佐藤 }\n---\n');
      assert.deepEqual(document.fields.map((f) => [f.name, f.value]), [
        ['title', 'a "b"'],
        ['owner', '山田'],
        ['team.name', '開発'],
        ['team.lead', '佐藤'],
      ]);
      assert.equal(at(document, document.fields[1]!.valueSpan), '山田');
    });

    it('reports broken front matter and keeps the body', () => {
      const document = read('---\ntitle: [a\n---\n# 見出し\n');
      assert.equal(document.problems[0]?.kind, 'front_matter');
      assert.equal(document.sections[0]?.title, '見出し');
    });

    it('is none between two lines drawn around a title', () => {
      const document = read('---\n\n# 設計書\n\n> 技術：Next.js\n> 納期: 12/1\n\n---\n\n## 概要\n');
      assert.equal(document.frontMatter, undefined);
      assert.deepEqual(document.problems, []);
      assert.deepEqual(document.sections.map(({ title }) => title), ['設計書', '概要']);
      assert.notEqual(read('---\n\ntitle: a\n---\n').frontMatter, undefined);
    });

    it('is none without a closing fence, or below the first line', () => {
      assert.equal(read('---\ntitle: a\n').frontMatter, undefined);
      assert.equal(read('\n---\ntitle: a\n---\n').frontMatter, undefined);
    });
  });

  describe('sections', () => {
    it('nest, and reduce titles to words', () => {
      const document = read('# A **b** `c` [d](e.md) ##\ntext\n## B\n### C\n## D\n# E\n');
      assert.deepEqual(
        document.sections.map((s) => [s.level, s.title, s.parent, s.empty]),
        [
          [1, 'A b c d', -1, false],
          [2, 'B', 0, true],
          [3, 'C', 1, true],
          [2, 'D', 0, true],
          [1, 'E', -1, true],
        ],
      );
      assert.equal(at(document, document.sections[1]!.span), '## B\n### C\n');
      assert.equal(at(document, document.sections[1]!.bodySpan), '### C\n');
      assert.equal(at(document, document.sections[0]!.titleSpan), 'A **b** `c` [d](e.md)');
    });

    it('are not empty where a number below theirs follows, written as deep', () => {
      const document = read('## 8. Functions\n## 8.1 Sign in\ntext\n## 9. Data\n## 10. Rest\n### 10.1 More\n## 1 A\n## 11 B\n');
      assert.deepEqual(document.sections.map((s) => s.empty), [false, false, true, true, true, true, true]);
    });

    it('are not empty where their only line is bold', () => {
      const document = read('## 決定\n\n**案2を採用**\n\n## 理由\n\n## 次\n');
      assert.deepEqual(document.sections.filter((s) => s.kind === 'heading').map((s) => s.empty), [false, true, true]);
    });

    it('are not empty either where one without a number follows a numbered part', () => {
      const document = read('#### 8.4.2 Restore\n#### Database\n1. Start\n#### 8.4.3 Drill\n#### 8.4.4 Logs\n#### Rest\n## 9 Next\n## Annex\ntext\n');
      assert.deepEqual(document.sections.map((s) => s.empty), [false, false, true, true, true, true, false]);
    });

    it('are empty when only comments stand below', () => {
      const document = read('## A\n<!-- x\n\ny -->\n## B\n<!-- x --> words\n## C\n- \n## D\n![](a.png)\n');
      assert.deepEqual(document.sections.map((s) => s.empty), [true, false, true, false]);
    });

    it('come from bold lines, ■ lines, 【】 and labels over a list, at level 7', () => {
      const document = read('# 会議\n\n**決定事項**\n- a\n\n■ 次回\n12月\n\n【連絡】\n\n宿題：\n- b\n\n- **議題**\n  - c\n');
      assert.deepEqual(
        document.sections.map((s) => [s.level, s.title, s.kind, s.parent, s.empty]),
        [
          [1, '会議', 'heading', -1, false],
          [7, '決定事項', 'label', 0, false],
          [7, '次回', 'label', 0, false],
          [7, '連絡', 'label', 0, true],
          [7, '宿題', 'label', 0, false],
          [7, '議題', 'label', 4, false],
        ],
      );
      assert.equal(at(document, document.sections[1]!.titleSpan), '決定事項');
      assert.deepEqual(document.items.map((item) => document.sections[item.section]?.title), ['決定事項', '宿題', '議題', '議題']);
    });

    it('do not come from sentences, times, addresses or points marked with ■', () => {
      const document = read('次の手順で進めます：\n- a\n\n10:30 開始\n\nhttps://example.com\n\n■ 一つ目\n■ 二つ目\n\n**とても長い太字の文は見出しの代わりではありません**\n');
      assert.deepEqual(document.sections, []);
      assert.deepEqual(document.fields, []);
    });
  });

  describe('fields', () => {
    it('come from label lines in all their forms', () => {
      const document = read(
        '日時：2026-11-24\n場所: 会議室 A\n**議長:** 山田\n**書記**：佐藤\n■目的：確認\n【形式】オンライン\n時間:10:00\n欠席：\n\n- 版: 1.2\n- **状態:** 下書き\n',
      );
      assert.deepEqual(
        document.fields.map((f) => [f.name, f.value, at(document, f.valueSpan), f.source]),
        [
          ['日時', '2026-11-24', '2026-11-24', 'label'],
          ['場所', '会議室 A', '会議室 A', 'label'],
          ['議長', '山田', '山田', 'label'],
          ['書記', '佐藤', '佐藤', 'label'],
          ['目的', '確認', '確認', 'label'],
          ['形式', 'オンライン', 'オンライン', 'label'],
          ['時間', '10:00', '10:00', 'label'],
          ['欠席', '', '', 'label'],
          ['版', '1.2', '1.2', 'label'],
          ['状態', '下書き', '下書き', 'label'],
        ],
      );
    });

    it('stand beside each other where wide blanks part them, and behind the words of a cover line', () => {
      const pairs = (text: string) => read(text).fields.map((f) => [f.name, f.value]);
      assert.deepEqual(pairs('# 表\n\n最終更新：令和8年11月5日　更新者：佐藤\n'), [['最終更新', '令和8年11月5日'], ['更新者', '佐藤']]);
      assert.deepEqual(pairs('日時：　場所：会議室 A  **記録:** 田中\n'), [['日時', ''], ['場所', '会議室 A'], ['記録', '田中']]);
      assert.deepEqual(pairs('- 担当：山田　期限：2026-11-20\n'), [['担当', '山田'], ['期限', '2026-11-20']]);
      assert.deepEqual(pairs('# 計画\n\n第1.1版 2026年6月30日　作成：佐藤　承認：高木\n'), [['作成', '佐藤'], ['承認', '高木']]);
      assert.deepEqual(pairs('■日時　11月17日 10:00～11:30\n■出席者　佐藤、田中\n■日　時：11/18\n'), [['日時', '11月17日 10:00～11:30'], ['出席者', '佐藤、田中'], ['日　時', '11/18']]);
      assert.deepEqual(pairs('# 会議\n\n## 議事\n\n■第1章　概要\n・手順書の修正　担当：田中　期限：11/20\n'), []);
      // A mark between them parts bold ones only: elsewhere it belongs to the value.
      assert.deepEqual(pairs('**Owner:** Sato · **Last reviewed:** 2026-05-30 | **Phase:** 2\n'), [['Owner', 'Sato'], ['Last reviewed', '2026-05-30'], ['Phase', '2']]);
      assert.deepEqual(pairs('# x\n\n**作成: 2026-08-08 / 最終更新: 2026-08-09 / 状態: レビュー中**\n'), [['作成', '2026-08-08'], ['最終更新', '2026-08-09'], ['状態', 'レビュー中']]);
      assert.deepEqual(pairs('**日時: 2026-11-20**\n'), [['日時', '2026-11-20']]);
      assert.deepEqual(pairs('担当：佐藤 / 田中・場所：会議室\n'), [['担当', '佐藤 / 田中・場所：会議室']]);
      assert.deepEqual(pairs('目的： とても  長い文です。例：これ\n'), [['目的', 'とても  長い文です。例：これ']]);
    });

    it('take the list right below a label as their values, though its items are labels too', () => {
      const fields = (text: string) => read(text).fields.map((f) => [f.name, f.value]);
      assert.deepEqual(fields('参加者：\n- 司会：佐藤\n- 書記：鈴木\n'), [['参加者', '司会：佐藤、書記：鈴木'], ['司会', '佐藤'], ['書記', '鈴木']]);
      assert.deepEqual(fields('- **テストケース**:\n\n| # | 期待 |\n|---|---|\n| 1 | 0件 |\n').map(([name, value]) => [name, value !== '']), [['テストケース', true]]);
    });

    it('take the list below a label as their values', () => {
      const document = read('参加者：\n- 山田\n- 佐藤\n');
      assert.deepEqual(document.fields.map((f) => [f.name, f.values, at(document, f.valueSpan)]), [['参加者', ['山田', '佐藤'], '山田\n- 佐藤']]);
    });

    it('come from an attribute table near the top, and from no other table', () => {
      const document = read('# A\n\n| 属性 | 値 |\n| --- | --- |\n| 責任者 | 山田 |\n| 承認日 | |\n\n## B\n\n| 項目 | 値 |\n| --- | --- |\n| x | y |\n');
      assert.deepEqual(document.fields.map((f) => [f.name, f.value, f.source]), [
        ['責任者', '山田', 'table'],
        ['承認日', '', 'table'],
      ]);
    });
  });

  describe('tables', () => {
    it('have a span for every cell, short and long rows as they are', () => {
      const document = read(readFileSync('test/fixtures/documents/minutes.md', 'utf8'));
      const table = document.tables[0]!;
      assert.deepEqual(table.header.cells.map((c) => c.text), ['ID', '内容', '担当', '期限', '状態']);
      assert.deepEqual(table.rows.map((r) => r.cells.length), [5, 5, 6, 2]);
      assert.equal(table.rows[0]!.cells[1]!.text, '手順書を直す（a|b の節）');
      assert.equal(at(document, table.rows[0]!.cells[1]!.span), '手順書を直す（`a\\|b` の節）');
      assert.equal(table.rows[1]!.cells[1]!.text, '告知文を 作る');
      assert.equal(table.rows[1]!.cells[2]!.text, '');
      assert.equal(at(document, table.rows[1]!.cells[2]!.span), '|  ');
      assert.equal(document.sections[table.section]?.title, 'アクション');
    });

    it('break no lines but <br>', () => {
      assert.equal(read('| a |\n| - |\n| x<br>y &amp; z |\n').tables[0]?.rows[0]?.cells[0]?.text, 'x\ny & z');
    });

    it('need a delimiter row of the same width', () => {
      assert.deepEqual(read('| a | b |\n| - |\n| c | d |\n').tables, []);
    });

    it('do not make up the cells a row lacks', () => {
      const wide = `${'| a '.repeat(2000)}|\n${'| - '.repeat(2000)}|\n${'| x |\n'.repeat(2000)}`;
      const table = read(wide).tables[0];
      assert.equal(table?.rows.reduce((sum, row) => sum + row.cells.length, 0), 2000);
    });
  });

  describe('items', () => {
    it('are bullets, tasks and steps with depth and words', () => {
      const document = read('- [ ] やる\n  - [x] 子 `c`\n* 点\n  続き\n\n  別の段落\n1. 一\n2) 二\n- [ ]\n');
      assert.deepEqual(
        document.items.map((i) => [i.kind, i.checked, i.depth, i.text]),
        [
          ['task', false, 0, 'やる'],
          ['task', true, 1, '子 c'],
          ['bullet', false, 0, '点\n続き'],
          ['step', false, 0, '一'],
          ['step', false, 0, '二'],
          ['task', false, 0, ''],
        ],
      );
      assert.equal(at(document, document.items[1]!.span), '子 `c`');
      assert.deepEqual(document.paragraphs.map((p) => at(document, p.span)), ['別の段落']);
    });
  });

  describe('links', () => {
    it('are inline, reference, automatic and bare, with their targets', () => {
      const document = read('[a **b**](<x y.md> "t") ![絵](p.png) [r][k] [k] <https://e.com/a> https://e.com/b。 `[no](c)` [空]()\n\n[k]: ./k.md "K"\n');
      assert.deepEqual(
        document.links.map((l) => [l.text, l.target, at(document, l.targetSpan), l.image]),
        [
          ['a b', 'x y.md', 'x y.md', false],
          ['絵', 'p.png', 'p.png', true],
          ['r', './k.md', './k.md', false],
          ['k', './k.md', './k.md', false],
          ['https://e.com/a', 'https://e.com/a', 'https://e.com/a', false],
          ['https://e.com/b', 'https://e.com/b', 'https://e.com/b', false],
          ['空', '', '', false],
        ],
      );
    });
  });

  describe('what is no prose', () => {
    it('is opaque: code, comments, tags; blanks in angle brackets are not', () => {
      const document = read('`a` <b>x</b> <!-- c --> <担当者名> <your name>\n\n```\nd\n```\n\n    e\n');
      assert.deepEqual(
        document.opaque.map((o) => [o.kind, at(document, o)]),
        [
          ['inline', '`a`'],
          ['inline', '<b>'],
          ['inline', '</b>'],
          ['comment', '<!-- c -->'],
          ['fence', '```\nd\n```'],
          ['indented', 'e'],
        ],
      );
    });
  });

  it('know their format by the ending', () => {
    assert.deepEqual(['a.md', 'A.MARKDOWN', 'b.yml', 'c.YAML', 'd.csv', 'e.txt', 'md'].map(formatOf), ['markdown', 'markdown', 'yaml', 'yaml', 'csv', undefined, undefined]);
  });

  it('have the same structure with every line end', () => {
    const text = readFileSync('test/fixtures/documents/minutes.md', 'utf8');
    const shape = (document: ProjectDocument): unknown => ({
      fields: document.fields.map((f) => [f.name, f.value]),
      sections: document.sections.map((s) => [s.level, s.title, s.parent, s.empty]),
      tables: document.tables.map((t) => t.rows.map((r) => r.cells.map((c) => c.text))),
      items: document.items.map((i) => [i.kind, i.text, i.depth, i.section]),
      links: document.links.map((l) => l.target),
      opaque: document.opaque.map((o) => o.kind),
    });
    assert.deepEqual(shape(read(text.replaceAll('\n', '\r\n'))), shape(read(text)));
    assert.deepEqual(shape(read(text.replaceAll('\n', '\r'))), shape(read(text)));
  });
});

describe('Documents that cannot be read', () => {
  const only = (text: string, path = 'a.md'): unknown => {
    const { problems, sections, fields, tables, items, paragraphs } = readDocument(path, text);
    assert.deepEqual([sections, fields, tables, items, paragraphs], [[], [], [], [], []]);
    return problems.map((problem) => problem.kind);
  };

  it('have that one problem: merge conflict, lost characters, NUL, too large', () => {
    assert.deepEqual(only('# a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n'), ['conflict']);
    assert.deepEqual(only('id,x\r\n<<<<<<< HEAD\r\nb,1\r\n=======\r\nb,2\r\n>>>>>>> main\r\n', 'a.csv'), ['conflict']);
    assert.deepEqual(only('# \uFFFD\uFFFD'), ['encoding']);
    assert.deepEqual(only('# a\0'), ['binary']);
    assert.deepEqual(only('x'.repeat(3_000_001)), ['too_large']);
  });

  it('are too large with more lines or parts than people write, but not for a long register or an image in a line', function () {
    this.timeout(20_000);
    for (const text of ['- a\n'.repeat(50_001), '## a\n'.repeat(10_001), '[a](b) '.repeat(20_001), 'a\n'.repeat(100_001), `| a |\n| - |\n|${' a |'.repeat(5001)}`]) {
      assert.deepEqual(only(text), ['too_large'], text.slice(0, 10));
    }
    for (const text of [`| ID | 内容 |\n| --- | --- |\n${'| R-1 | a |\n'.repeat(27_000)}`, `# a\n\n![図](data:image/png;base64,${'iVBORw0KGgo='.repeat(200_000)})\n`]) {
      assert.deepEqual(readDocument('a.md', text).problems, []);
    }
  });

  it('keep the front matter above, so that the problem is told of a document that says itself what it is', () => {
    for (const text of ['a\n'.repeat(100_001), '\0', '\uFFFD', 'x'.repeat(3_000_001)]) {
      const document = read(`---\ntype: minutes\n---\n# a\n\n状態：下書き\n${text}`);
      assert.deepEqual([document.problems.length, document.fields.map((f) => f.name), document.sections], [1, ['type'], []]);
    }
  });

  it('keep the front matter above a conflict, so that their kind is known', () => {
    const document = read('---\ntype: minutes\n---\n# a\n\n状態：下書き\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n');
    assert.deepEqual([document.problems.map((p) => p.kind), document.fields.map((f) => f.name), document.sections], [['conflict'], ['type'], []]);
    assert.deepEqual(read('---\ntype: minutes\n<<<<<<< HEAD\nid: 1\n=======\nid: 2\n>>>>>>> main\n---\n# a\n').fields, []);
  });

  it('are not those that only show conflict markers in a code block', () => {
    const document = readDocument('a.md', '# 直し方\n\n```\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> main\n```\n');
    assert.deepEqual(document.problems, []);
    assert.equal(document.sections.length, 1);
  });
});
