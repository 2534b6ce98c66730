import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { pipesInCode } from '../../../src/core/rules/code-pipes';
import { findingsIn } from '../starter/checked';
import { starterBook } from '../starter/starter-book';
import { applied } from './apply';

describe('pipes in code in a table', () => {
  let book: Book;
  before(async () => (book = await starterBook()));

  it('are seen inside backticks only, and not where they are escaped', () => {
    const found = (row: string): string => pipesInCode(row).join(' ');
    assert.equal(found('| `a|b` | c |'), '4');
    assert.equal(found('| `a\\|b` | c |'), '');
    assert.equal(found('| ``a|`b|c`` | `d|e` |'), '5 8 17');
    assert.equal(found('| a | b` | c |'), '');
  });

  it('are what a row with cells too many is told about, and a fix escapes them where they stand', async () => {
    const text = (cell: string) => `---\ntype: design\n---\n# 画面\n\n| 操作 | 呼び出し | 備考 |\n|---|---|---|\n| 登録 | ${cell} | 送信する |\n`;
    const findings = async (cell: string) => (await findingsIn(new Map([['x.md', text(cell)]]), book, '2026-11-24')).filter(({ rule }) => rule === 'REG-002');
    const [finding] = await findings('`signup(id, name || id)`');
    assert.match(finding?.message ?? '', /数をそろえてください。コードの中の「\|」は「\\\|」と書くと、列を分けません。$/u);
    const [fix] = finding?.fixes ?? [];
    assert.ok(fix !== undefined);
    assert.equal(applied(text('`signup(id, name || id)`'), fix), text('`signup(id, name \\|\\| id)`'));
    assert.deepEqual(await findings('`signup(id, name \\|\\| id)`'), []);
    const [other] = await findings('登録 | する');
    assert.match(other?.message ?? '', /数をそろえてください。$/u);
    const below = `---\ntype: design\n---\n# 画面\n\n| 操作 | 備考 |\n|---|---|\n| 登録 | 送信 |\n※ 遷移は次の図のとおり。\n`;
    const [line] = (await findingsIn(new Map([['x.md', below]]), book, '2026-11-24')).filter(({ rule }) => rule === 'REG-002');
    assert.match(line?.message ?? '', /表の行でなければ、上に空行を入れてください。$/u);
  });
});
