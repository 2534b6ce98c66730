import assert from 'node:assert/strict';
import type { ProjectDocument } from '../../../src/core/document/document';
import { readDocument } from '../../../src/core/document/read';
import { rereadRow } from '../../../src/core/document/reread';
import { pick, seeded } from '../rules/mutation';

const front = '---\ntype: risk-register\ntitle: リスク登録簿\n---\n\n# リスク登録簿\n\n所有者：木村\n\n';
const head = '| ID | 内容 | 期限 |\n| --- | --- | --- |\n';
const rows = Array.from({ length: 12 }, (_, i) => `| R-${String(i)} | 要員${String(i)}名の交代 | 2026-12-${String(10 + i)} |\n`).join('');
const tail = '\n- [ ] [次の手](next.md)を`確認`する\n\n## 記録\n\n決定事項：なし\n\n```\n| a | b |\n```\n\n> | ID | 値 |\n> | --- | --- |\n> | 1 | 2 |\n\n段落の**強調**。\n';

const documents: readonly string[] = [
  `${front}${head}${rows}${tail}`,
  `${head}${rows}`.trimEnd(),
  `${front}${head}| R-1 | \`x\` | [a](b.md) |\n${rows}| R-9 | **太字** | \\| |\n${tail}`,
  `${front}> ${head.replace('\n', '\n> ')}${rows.replace(/^/gmu, '> ').slice(0, -2)}\n${tail}`,
  `${front}| 属性 | 値 |\n| --- | --- |\n| 版 | 1.0 |\n| 所有者 | 木村 |\n\n${head}${rows}${tail}`,
  `${front}${head}${rows}${tail}`.replaceAll('\n', '\r\n'),
];
const pieces = ['あ', 'x', '|', ' | ', ' ', '12/5', '`', '**', '[x](y.md)', '\\', '\n', '\r', '\0', '\uFFFD', '<!-- -->', ':', '://', '_', '　', '\ud83d'];

/** A document with what is only read when asked for. */
function whole({ text, lines, tables, ...rest }: ProjectDocument): unknown {
  const row = ({ span, cells }: ProjectDocument['tables'][number]['header']) => ({ span, cells });
  return {
    ...rest, text,
    starts: Array.from({ length: lines.count + 1 }, (_, line) => lines.startOf(line)),
    tables: tables.map((table) => ({ ...table, header: row(table.header), rows: table.rows.map(row) })),
  };
}

describe('A document after an edit in a row', () => {
  it('is read as the whole of it is', () => {
    const random = seeded(11);
    let taken = 0;
    for (const text of documents) {
      let before = readDocument('risks.md', text);
      for (let step = 0; step < 400; step++) {
        const from = Math.floor(random() * (before.text.length + 1));
        const to = Math.min(before.text.length, from + (random() < 0.5 ? 0 : Math.floor(random() * 6)));
        const edited = before.text.slice(0, from) + (random() < 0.3 ? '' : (pick(random, pieces) ?? '')) + before.text.slice(to);
        if (rereadRow(before, edited) !== undefined) taken++;
        const after = readDocument('risks.md', edited, before);
        assert.deepEqual(whole(after), whole(readDocument('risks.md', edited)), JSON.stringify([before.text, edited]));
        before = after.problems.length > 0 || step % 40 === 39 ? readDocument('risks.md', text) : after;
      }
    }
    assert.ok(taken > 300, String(taken));
  });
});
