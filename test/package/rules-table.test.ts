import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');

describe('what a manager asks of rules and templates', function () {
  this.timeout(120_000);
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-manager-'));
    for (const folder of ['book/rules', 'book/pages', 'book/templates', 'navi/docs', 'calendar/docs']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'book/book.yaml'), 'format: 1\nid: hoshi\nname: ほしブック\nextends: starter\nadjust: { REG-009: { locked: true } }\n');
    writeFileSync(join(root, 'book/rules/own.yaml'), 'group: own\ntitle: 自分\nguide: guide.md\ntypes: all\nrules:\n  - id: HOS-001\n    title: 一\n    on: lines\n    forbid: { words: [至急] }\n    message: だめです。\n  # 二つめのわけ\n  - id: HOS-002\n    # 中の説明\n    title: 二\n    on: lines\n    forbid: { words: [大至急] }\n    message: だめです。\n');
    writeFileSync(join(root, 'book/pages/guide.md'), '---\ntitle: 案内\n---\n# 案内\n');
    writeFileSync(join(root, 'book/templates/order.md'), '---\ntitle: 依頼   # 当社の\nversion: 1.0.0\n---\n# 依頼\n');
    for (const name of ['navi', 'calendar']) writeFileSync(join(root, name, 'kobo.yaml'), `format: 1\nbook: ../book\nproduct: { id: ${name}, name: ${name} }\ndocuments: { "docs/*.md": meeting-notes }\n`.replace('meeting-notes', 'minutes'));
    writeFileSync(join(root, 'navi/docs/2026-11-20_a.md'), '# 会議\n\n至急。\n\n<!-- kobo:waive HOS-001 reason="前任の記録" by="鈴木" until=2026-12-31 -->\n至急。\n');
    writeFileSync(join(root, 'calendar/docs/2026-11-20_a.md'), '# 会議\n\n至急。\n');
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const kobo = (cwd: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: join(root, cwd), encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8', XDG_CACHE_HOME: join(root, 'cache') } });
    return { status, out: stdout, err: stderr };
  };

  it('a rule is printed as it is written, as a file by itself', () => {
    const own = kobo('book', 'rules', 'show', 'HOS-002');
    assert.equal(own.out, 'group: own\ntitle: 自分\nguide: guide.md\ntypes: all\nrules:\n  # 二つめのわけ\n  - id: HOS-002\n    # 中の説明\n    title: 二\n    on: lines\n    forbid: { words: [大至急] }\n    message: だめです。\n', own.err);
    const starter = kobo('book', 'rules', 'show', 'VAG-001');
    assert.match(starter.out, /^# [^\n]+\nformat: 1\n[^]*\nrules:\n {2}- id: VAG-001\n {4}title: /u);
    assert.equal(starter.out.match(/- id:/gu)?.length, 1);
    assert.match(starter.err, /付属のコボブックの rules\/wording\.yaml/u);
    // What is printed is a rule file that stands in a Book of one's own.
    writeFileSync(join(root, 'book/rules/wording.yaml'), starter.out);
    assert.equal(kobo('book', 'rules', 'test', 'VAG-001').status, 0);
    rmSync(join(root, 'book/rules/wording.yaml'));
    assert.equal(kobo('book', 'rules', 'show', 'VAG-999').status, 2);
  });

  it('so is a template', () => {
    assert.equal(kobo('book', 'templates', 'show', 'order').out, '---\ntitle: 依頼   # 当社の\nversion: 1.0.0\n---\n# 依頼\n');
    const starter = kobo('book', 'templates', 'show', 'minutes');
    writeFileSync(join(root, 'book/templates/minutes.md'), starter.out);
    assert.match(kobo('book', 'book', 'check').out, /^template minutes: templates\/minutes\.md → starter\/templates\/minutes\.md$/mu);
    assert.equal(kobo('book', 'templates', 'show', 'minutes').out, starter.out);
    rmSync(join(root, 'book/templates/minutes.md'));
    assert.match(kobo('book', 'templates', 'show', 'minuts').err, /「minutes」のことですか/u);
  });

  it('a lock of the Book shows where it was made', () => {
    assert.match(kobo('book', 'rules', 'explain', 'REG-009').out, /ほしブック」の book\.yaml：変えることも見送ることもできない（locked）/u);
  });

  it('one table says which rules speak, in which products, and what is waived', () => {
    const { status, out, err } = kobo('.', 'rules', 'list', '--fired', 'navi', 'calendar', '--today', '2026-11-24');
    assert.equal(status, 0, err);
    assert.match(out, /^決まり +いま +見送り +前から +プロダクト/u);
    assert.match(out, /HOS-001 +2 +1 +0 +(?:calendar 1、navi 2|navi 2、calendar 1) +一/u);
    assert.match(out, /2 プロダクト：いまの指摘 \d+ 件 · 見送り 1 件/u);
    const rows = JSON.parse(kobo('.', 'rules', 'list', '--fired', '--json', '--today', '2026-11-24').out) as { rule: string; open: number; waived: number }[];
    assert.deepEqual(rows.filter(({ rule }) => rule === 'HOS-001').map(({ open, waived }) => [open, waived]), [[2, 1]]);
    assert.equal(kobo('book', 'rules', 'list', '--fired').status, 2);
  });
});
