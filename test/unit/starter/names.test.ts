import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import type { Finding } from '../../../src/core/rules/finding';
import { findingsIn } from './checked';
import { starterBook } from './starter-book';

describe('names of files and titles', () => {
  let book: Book;
  before(async () => (book = await starterBook()));

  async function of(rule: string, path: string, type: string, text: string): Promise<readonly Finding[]> {
    const found = await findingsIn(new Map([[path, text]]), book, '2026-11-30', { [path.replace(/[^/]+$/u, '*')]: type });
    return found.filter((finding) => finding.rule === rule);
  }

  /** The example of the message, and the name that the fix gives. */
  async function expected(path: string, type: string, text = '# 文書\n\n本文です。\n'): Promise<readonly (string | undefined)[]> {
    const [finding] = await of('NAM-001', path, type, text);
    return [/例：(.*?)）/u.exec(finding?.message ?? '')?.[1], finding?.fixes.find(({ rename }) => rename !== undefined)?.rename?.to.replace(/^.*\//u, '')];
  }

  const same = (name: string): readonly string[] => [name, name];

  it('keep the words of a document, with what the shape asks for put to them', async () => {
    assert.deepEqual(await expected('docs/release/本番切替.md', 'release-plan'), same('本番切替_plan.md'));
    assert.deepEqual(await expected('docs/release/本番切替plan.md', 'release-plan'), [undefined, undefined]);
    assert.deepEqual(await expected('docs/test/test.md', 'test-report'), same('test-report.md'));
    assert.deepEqual(await expected('docs/test/受付.md', 'test-report'), same('受付_report.md'));
    assert.deepEqual(await expected('docs/移行のメモ.md', 'migration-plan'), same('migration_移行のメモ.md'));
    assert.deepEqual(await expected('docs/Risk.md', 'risk-register'), same('risks.md'));
    assert.deepEqual(await expected('docs/受付と決済.csv', 'issue-log', 'ID,課題,担当,期限,状態\nI-001,遅い,佐藤,2026-12-04,対応中\n'), same('issues_受付と決済.csv'));
  });

  it('have one number, without the letters that stand in front of it elsewhere', async () => {
    assert.deepEqual(await expected('docs/adr/ADR-0003_受付番号の採番.md', 'adr', '# ADR-0003 受付番号の採番\n'), same('0003-受付番号の採番.md'));
    assert.deepEqual(await expected('docs/adr/受付番号の採番.md', 'adr', '---\nid: ADR-0012\n---\n# 受付番号の採番\n'), same('0012-受付番号の採番.md'));
    assert.deepEqual(await expected('docs/adr/12 受付番号 の採番.md', 'adr'), same('0012-受付番号_の採番.md'));
    assert.deepEqual(await expected('docs/adr/ADR-0003.md', 'adr', '# ADR-0003 受付番号を10桁の連番にする\n'), same('0003-受付番号を10桁の連番にする.md'));
    assert.deepEqual(await expected('docs/minutes/11月20日_定例.md', 'minutes', '---\ndate: 2026-11-20\n---\n# 定例\n'), same('2026-11-20_定例.md'));
    assert.deepEqual(await expected('docs/minutes/定例.md', 'minutes'), ['YYYY-MM-DD_定例.md', undefined]);
  });

  it('may say in Japanese what the shape asks for in English', async () => {
    for (const [name, type] of [['本番切替の計画と手順', 'release-plan'], ['リリース手順書', 'release-plan'], ['受付の試験計画', 'test-plan'], ['受付テスト結果報告', 'test-report'], ['データ移行計画書', 'migration-plan'], ['運用引継ぎ書', 'ops-handover']] as const) {
      assert.deepEqual(await of('NAM-001', `docs/x/${name}.md`, type, '# 文書\n\n本文です。\n'), [], name);
    }
    assert.equal((await of('NAM-001', 'docs/x/受付資料.md', 'ops-handover', '# 文書\n\n本文です。\n')).length, 1);
  });

  it('are not changed to the title where there are several top headings', async () => {
    const [one] = await of('CMP-007', 'docs/a.md', 'requirements', '---\ntitle: Principles\n---\n# When\n\nText is here.\n');
    assert.equal(one?.fixes.length, 1);
    const [several] = await of('CMP-007', 'docs/a.md', 'requirements', '---\ntitle: Principles\n---\n# When\n\nText is here.\n\n# Why\n\nText is here.\n');
    assert.deepEqual(several?.fixes, []);
  });

  it('are the title also with the number of the document in front', async () => {
    const adr = (title: string, heading: string, id = ''): Promise<readonly Finding[]> => of('CMP-007', 'docs/adr/0003-x.md', 'adr', `---\ntitle: ${title}\n${id}---\n# ${heading}\n\n本文です。\n`);
    assert.deepEqual(await adr('受付番号を10桁の連番にする', 'ADR-0003 受付番号を10桁の連番にする'), []);
    assert.deepEqual(await adr('ADR-0003：受付番号を10桁の連番にする', '受付番号を10桁の連番にする'), []);
    assert.equal((await adr('受付番号を10桁の連番にする', 'ADR-0003 受付番号を8桁の連番にする')).length, 1);
    assert.equal((await adr('受付番号を10桁の連番にする', 'CR-9 受付番号を10桁の連番にする', 'id: ADR-0003\n')).length, 1);
  });
});
