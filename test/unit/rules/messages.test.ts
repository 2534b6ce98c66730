import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { filesBelow } from '../book/folders';
import { check, table } from './rules';

const rule = (ja: string, en: string, body: string) => `- id: TST-001\n  title: t\n  message: "${ja}"\n  message_en: "${en}"\n${body.split('\n').map((line) => `  ${line}`).join('\n')}`;
const said = async (rules: string, text: string, language: 'ja' | 'en' = 'ja'): Promise<readonly string[]> => (await check(rules, text, { language })).map(({ message }) => message);

describe('what a message says', () => {
  it('goes in English with one and with several, and reads the same in Japanese', async () => {
    const missing = rule('{missing}がありません。', 'The [column|columns] {missing} [is|are] empty. Fill [it|them] in.', 'on: rows\nrequire: { owner: filled, due: filled, closed: filled }');
    assert.deepEqual(await said(missing, table(['ID', '担当', '期限', '完了日'], ['X-001', '佐藤', '', '2026-11-01']), 'en'), ['The column 期限 is empty. Fill it in.']);
    assert.deepEqual(await said(missing, table(['ID', '担当', '期限', '完了日'], ['X-001', '', '', '']), 'en'), ['The columns 担当, 期限 and Closed on are empty. Fill them in.']);
    assert.deepEqual(await said(missing, table(['ID', '担当', '期限', '完了日'], ['X-001', '', '', ''])), ['担当、期限、完了日がありません。']);
    const late = rule('{days_past}日', '{days_past} [day|days]', 'on: rows\nforbid: { due: { before: today } }');
    assert.deepEqual(await said(late, table(['ID', '期限'], ['X-001', '2026-11-23'], ['X-002', '2026-11-13']), 'en'), ['1 day', '11 days']);
    const few = rule('{count}件', '{count} [row|rows]', 'on: tables\nrequire: { rows: { at_least: 3 } }');
    assert.deepEqual(await said(few, table(['ID', '内容'], ['X-001', 'a']), 'en'), ['1 row']);
    assert.deepEqual(await said(few, table(['ID', '内容'], ['X-001', 'a'], ['X-002', 'b']), 'en'), ['2 rows']);
  });

  it('puts さん behind the name of a person that has no title, and behind nothing else', async () => {
    const named = rule('{owner}さんが持っています。', '{owner} has it.', 'on: rows\nforbid: { owner: filled }');
    const names = ['佐藤', '佐藤さん', '高橋様', '阿部', '開発チーム', '営業部', '佐藤（営業）'];
    assert.deepEqual(await said(named, table(['ID', '担当'], ...names.map((name, i) => [`X-00${i}`, name]))), [
      '佐藤さんが持っています。', '佐藤さんが持っています。', '高橋様が持っています。', '阿部さんが持っています。', '開発チームが持っています。', '営業部が持っています。', '佐藤（営業）が持っています。',
    ]);
  });

  it('says how many are missing where a list of them would be too long, and no hint for one of several', async () => {
    const all = rule('「{missing}」がありません。{hint}', 'No {missing}. {hint}', 'on: rows\nrequire: { title: filled, owner: filled, due: filled, closed: filled, status: filled, planned: filled }');
    const empty = table(['ID', '内容', '担当', '期限', '完了日', '状態', '予算'], ['X-001', '', '', '', '', '', '']);
    assert.deepEqual(await said(all, empty), ['「内容、担当、期限など6つ」がありません。']);
    assert.deepEqual(await said(all, empty, 'en'), ['No 内容, 担当, 期限 and 3 more.']);
  });

  it('has a sentence of its own for each of several causes', async () => {
    const causes = `${rule('見落としです。', 'Overlooked.', 'on: rows\nrequire: { owner: filled, due: { not_before: today } }')}
  messages:
    - { of: due, when: { status: done }, message: "終わった行の期限です。", message_en: "Done." }
    - { of: due, message: "期限の{due}を過ぎています。", message_en: "Due on {due}." }`;
    const rows = table(['ID', '担当', '期限', '状態'], ['X-001', '', '2026-11-01', '完了'], ['X-002', '佐藤', '2026-11-01', '対応中'], ['X-003', '', '2026-12-01', '対応中']);
    assert.deepEqual([...await said(causes, rows)].sort(), ['期限の11/1（日）を過ぎています。', '終わった行の期限です。', '見落としです。', '見落としです。'].sort());
  });

  it('calls a blank that stands in brackets a blank, without brackets of its own', async () => {
    const blank = rule('「{title}」（{owner}）です。', '{title} ({owner}).', 'on: rows\nforbid: { due: { before: today } }');
    const row = table(['ID', '内容', '担当', '期限'], ['X-001', '', '', '2026-11-01']);
    assert.match((await said(blank, row)).join(), /（空欄）です。$/u);
    assert.doesNotMatch((await said(blank, row)).join(), /（（/u);
  });
});

describe('sentences of the starter Book for one of several causes', () => {
  interface Cause { readonly message: string; readonly message_en: string }
  const rules = [...filesBelow('templates/rules').values()].flatMap((text) => (parse(text) as { readonly rules: readonly { readonly id: string; readonly messages?: readonly Cause[] }[] }).rules);
  const values = (text: string): string => (text.match(/\{[^}]+\}/gu) ?? []).sort().join(' ');

  it('are as polite and short as the others, and say the same in both languages', () => {
    const causes = rules.flatMap(({ id, messages = [] }) => messages.map((cause) => ({ id, ...cause })));
    assert.ok(causes.length > 4);
    for (const { id, message, message_en: english } of causes) {
      assert.match(message, /ください。$/u, id);
      assert.ok(message.replace(/\{[^}]+\}/gu, '').length <= 45, `${id} ${message}`);
      assert.equal(values(message), values(english), id);
    }
  });
});
