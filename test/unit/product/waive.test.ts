import assert from 'node:assert/strict';
import { readDocument } from '../../../src/core/document/read';
import { applyEdits } from '../../../src/core/product/edits';
import { extendComment, reasonFault, removeComment, untilFault, waiveInDocument, waiveScopes, type WaiverWords } from '../../../src/core/product/waive';
import { readWaiverComments } from '../../../src/core/product/waiver-comments';
import { finding } from './books';

const words: WaiverWords = { rule: 'REG-013', reason: '表示だけの不具合で、次のリリースで直す', approvedBy: '鈴木', until: '2026-12-31' };

function waive(path: string, text: string, line: number, scope: 'row' | 'document', more: Partial<WaiverWords> = {}): string | undefined {
  const document = readDocument(path, text);
  const edit = waiveInDocument(document, finding('REG-013', path, line, document), scope, { ...words, ...more });
  return edit === undefined ? undefined : applyEdits(text, [edit]);
}

const comment = '<!-- kobo:waive REG-013 reason="表示だけの不具合で、次のリリースで直す" by="鈴木" until=2026-12-31 -->';
const fileComment = comment.replace('REG-013', 'REG-013 file');

describe('waiving in a document', () => {
  it('stands in the last cell of a table row, with and without a last pipe', () => {
    const table = '| ID | 内容 |\n|---|---|\n| R-001 | a |\n| R-002 | |\n';
    assert.equal(waive('a.md', table, 2, 'row'), table.replace('| a |', `| a ${comment} |`));
    assert.equal(waive('a.md', table, 3, 'row'), table.replace('| R-002 | |', `| R-002 | ${comment} |`));
    const bare = 'ID | 内容\n---|---\nR-001 | a\n';
    assert.equal(waive('a.md', bare, 2, 'row'), bare.replace('| a', `| a ${comment}`));
  });

  it('stands behind a line of prose and above a heading', () => {
    assert.equal(waive('a.md', '# 題\n\n- 項目  \n- 次\n', 2, 'row'), `# 題\n\n- 項目 ${comment}  \n- 次\n`);
    assert.equal(waive('a.md', '# 題\n\n## 節\n', 2, 'row'), `# 題\n\n${comment}\n## 節\n`);
  });

  it('stands with # in YAML and front matter', () => {
    const hash = '# kobo:waive REG-013 reason="表示だけの不具合で、次のリリースで直す" by="鈴木" until=2026-12-31';
    assert.equal(waive('a.md', '---\ntitle: a\nowner:\n---\n# a\n', 2, 'row'), `---\ntitle: a\n${hash}\nowner:\n---\n# a\n`);
    assert.equal(waive('a.yaml', 'list:\n  - ID: M1\n    期限: x\n', 2, 'row'), `list:\n  - ID: M1\n    ${hash}\n    期限: x\n`);
    assert.equal(waive('a.yaml', 'a: 1\n', 0, 'document'), `${hash.replace('REG-013', 'REG-013 file')}\na: 1\n`);
  });

  it('covers a whole document from below its head, keeping line ends and the byte order mark', () => {
    assert.equal(waive('a.md', '---\r\ntitle: a\r\n---\r\n# a\r\n', 3, 'document'), `---\r\ntitle: a\r\n---\r\n${fileComment}\r\n# a\r\n`);
    assert.equal(waive('a.md', '\ufeff# a\n', 0, 'document'), `\ufeff${fileComment}\n# a\n`);
  });

  it('lets no reason end the quotes, the comment or the cell', () => {
    const text = '| ID | 内容 |\n|---|---|\n| R-001 | a |\n';
    const after = waive('a.md', text, 2, 'row', { reason: '彼は "はい" と言った --> | 次の列\nそして' });
    assert.ok(after !== undefined);
    const document = readDocument('a.md', after);
    assert.deepEqual(document.tables[0]?.rows[0]?.cells.map((cell) => cell.text.trim()), ['R-001', 'a']);
    const [read] = readWaiverComments(document);
    assert.equal(read?.reason, '彼は ”はい” と言った ‐‐> ｜ 次の列 そして');
    assert.equal(read.until, '2026-12-31');
  });

  it('is not offered where nothing can be written', () => {
    const csv = readDocument('a.csv', 'ID,内容\nR-001,a\n');
    assert.deepEqual(waiveScopes(csv, finding('REG-013', 'a.csv', 1, csv)), ['document', 'product']);
    const marked = readDocument('課題{済,未}.csv', csv.text);
    assert.deepEqual(waiveScopes(marked, finding('REG-013', '課題{済,未}.csv', 1, marked)), ['product']);
    const fenced = readDocument('a.md', '---\ntitle: a\n---\n# a\n');
    assert.deepEqual(waiveScopes(fenced, finding('REG-013', 'a.md', 0, fenced)), ['document', 'product']);
    const code = readDocument('a.md', '# a\n\n```\nx\ny\n```\n');
    assert.deepEqual(waiveScopes(code, finding('REG-013', 'a.md', 4, code)), ['document', 'product']);
  });
});

describe('a waiver comment', () => {
  const text = `# a\n\n<!-- kobo:waive REG-013,REG-014 reason="合意 until=x" by="鈴木" until=2026-12-31 -->\n- 項目\n`;
  const document = readDocument('a.md', text);
  const inside = text.indexOf('kobo:waive');

  it('gets another last day', () => {
    assert.equal(applyEdits(text, extendComment(document, inside, '2027-03-31') ?? []), text.replace('2026-12-31', '2027-03-31'));
    const open = '# a\n<!-- kobo:waive REG-013 reason="合意" by="鈴木" -->\n- 項目\n';
    assert.match(applyEdits(open, extendComment(readDocument('a.md', open), 8, '2027-03-31') ?? []), /by="鈴木" until=2027-03-31 -->/);
  });

  it('loses one rule, or goes with its line', () => {
    const one = applyEdits(text, removeComment(document, inside, 'REG-013') ?? []);
    assert.equal(one, text.replace('REG-013,', ''));
    assert.equal(applyEdits(one, removeComment(readDocument('a.md', one), inside, 'REG-014') ?? []), '# a\n\n- 項目\n');
    const inline = '- 項目 <!-- kobo:waive REG-013 reason="合意" by="鈴木" until=2026-12-31 -->\n';
    assert.equal(applyEdits(inline, removeComment(readDocument('a.md', inline), 12, 'REG-013') ?? []), '- 項目\n');
    assert.equal(removeComment(document, 0, 'REG-013'), undefined);
  });
});

describe('what a waiver needs', () => {
  it('is a reason a reader can judge by', () => {
    for (const reason of ['', '短い理由', 'あいう']) assert.equal(reasonFault(reason), 'short', reason);
    for (const reason of ['あとで', '「あとで」'.slice(1, -1), 'あとで。。。。。。。。', '後で 直します', 'TODO', 'ああああああああああああ']) assert.equal(reasonFault(reason), 'later', reason);
    assert.equal(reasonFault('表示だけの不具合なので'), undefined);
    assert.equal(reasonFault('あとで直すが、次のリリースまでに済ませる'), undefined);
  });

  it('is a last day within six months', () => {
    const today = '2026-11-24';
    assert.deepEqual(['2026-11-24', '2027-05-24', '2027-05-25', '2026-11-23', '2026-11-31', '明日'].map((until) => untilFault(until, today)),
      [undefined, undefined, 'too_late', 'past', 'no_day', 'no_day']);
  });
});
