import assert from 'node:assert/strict';
import type { DocumentReport } from '../../../src/core/product/report';
import { changeBetween } from '../../../src/core/text/change';
import { changed } from './changes';
import { pick, seeded } from './mutation';
import { cleanProducts } from './mutation-product';

/** A text long enough that an edit leaves most of it alone. */
function long(text: string, path: string): string {
  const lines = text.split('\n');
  const body = lines.slice(Math.floor(lines.length / 2), -1);
  if (path.endsWith('.yaml') || body.length === 0) return text;
  return [...lines.slice(0, -1), ...Array.from({ length: 40 }, () => body).flat(), ''].join('\n');
}

describe('A check after an edit', function () {
  this.timeout(120_000);

  it('finds what a check of the whole text finds', async () => {
    const products = await cleanProducts();
    const fresh = await cleanProducts();
    for (const [n, { project, documents }] of products.entries()) {
      const other = fresh[n]?.project ?? project;
      assert.notEqual(other, project);
      const texts = [...documents.values()].map((document) => document.document.text);
      for (const [path, { document }] of [...documents].filter((_, i) => i % 3 === n % 3)) {
        const random = seeded(path.length * 7919 + n);
        let text = long(document.text, path);
        for (let step = 0; step < 9; step++) {
          project.put(path, text);
          other.remove(path);
          other.put(path, text);
          const incremental = await project.report(path, { network: false });
          const whole = await other.report(path, { network: false });
          assert.deepEqual(incremental?.findings, whole?.findings, `${path}, step ${String(step)} of seed ${String(n)}: ${JSON.stringify(text)}`);
          assert.deepEqual(incremental?.progress, whole?.progress);
          text = changed(random, text, texts);
          if (text.length > 200_000) text = text.slice(0, 100_000);
        }
        project.put(path, document.text);
        other.put(path, document.text);
      }
    }
  });

  it('finds the same while a column is filled in and emptied again, row by row', async () => {
    const first = (await cleanProducts())[0]?.project;
    const second = (await cleanProducts())[0]?.project;
    assert.ok(first);
    assert.ok(second);
    const table = (owners: readonly string[]) => `---\ntype: issue-log\n---\n# 課題\n\n## 課題一覧\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n${owners.map((owner, i) => `| I-9${String(i).padStart(2, '0')} | 画面${String(i)}が遅い | ${owner} | | 対応中 |\n`).join('')}`;
    let owners: readonly string[] = Array<string>(12).fill('');
    const counts = new Set<number>();
    for (const [row, owner] of [[-1, ''], [3, '佐藤'], [7, '鈴木'], [0, '田中'], [7, ''], [3, ''], [0, ''], [11, '佐藤'], [11, '-']] as const) {
      owners = owners.map((each, i) => (i === row ? owner : each));
      for (const project of [first, second]) {
        if (project === second) project.remove('docs/blank.md');
        project.put('docs/blank.md', table(owners));
      }
      const incremental: DocumentReport | undefined = await first.report('docs/blank.md', { network: false });
      const whole: DocumentReport | undefined = await second.report('docs/blank.md', { network: false });
      assert.deepEqual(incremental?.findings, whole?.findings, owners.join());
      counts.add(whole?.findings.filter(({ rule }) => rule === 'OWN-001').length ?? 0);
    }
    assert.ok(counts.has(1) && counts.size > 1, [...counts].join());
  });

  it('finds the same while the states of rows are taken out and put back', async () => {
    const first = (await cleanProducts())[0]?.project;
    const second = (await cleanProducts())[0]?.project;
    assert.ok(first);
    assert.ok(second);
    const table = (states: readonly string[]) => `---\ntype: issue-log\n---\n# 課題\n\n## 課題一覧\n\n| ID | 課題 | 担当 | 期限 | 優先度 | 状態 |\n|---|---|---|---|---|---|\n${states.map((state, i) => `| I-9${String(i).padStart(2, '0')} | 画面${String(i)}が遅い | 佐藤 | 2020-01-06 | ${state === '' ? '高' : 'A'} | ${state} |\n`).join('')}`;
    let states: readonly string[] = Array<string>(6).fill('対応中');
    const counts = new Set<string>();
    for (const [row, state] of [[-1, ''], [3, ''], [5, ''], [3, '完了'], [0, ''], [5, '完了'], [0, '完了'], [1, '']] as const) {
      states = states.map((each, i) => (i === row ? state : each));
      for (const project of [first, second]) {
        if (project === second) project.remove('docs/blank.md');
        project.put('docs/blank.md', table(states));
      }
      const incremental: DocumentReport | undefined = await first.report('docs/blank.md', { network: false });
      const whole: DocumentReport | undefined = await second.report('docs/blank.md', { network: false });
      assert.deepEqual(incremental?.findings, whole?.findings, states.join());
      counts.add(['REG-025', 'REG-007', 'FRS-001'].map((id) => whole?.findings.filter(({ rule }) => rule === id).length ?? 0).join());
    }
    assert.ok(counts.size > 3, [...counts].join(' '));
  });

  it('knows the smallest change between two texts', () => {
    const random = seeded(3);
    for (let i = 0; i < 300; i++) {
      const before = Array.from({ length: Math.floor(random() * 9000) }, () => pick(random, ['a', 'b', '\n']) ?? '').join('');
      const after = changed(random, before, [before]);
      const { start, oldEnd, newEnd } = changeBetween(before, after);
      assert.ok(start <= oldEnd && start <= newEnd);
      assert.equal(before.slice(0, start) + after.slice(start, newEnd) + before.slice(oldEnd), after);
      assert.ok(oldEnd - start <= before.length && (start === oldEnd || start === newEnd || before.charAt(oldEnd - 1) !== after.charAt(newEnd - 1)));
    }
  });
});
