// A product with a Book of its own beside it: rules in every stage, one whose example misbehaves, waivers of every kind.
import { cp, mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { root } from '../../host/paths.mjs';

const head = ['format: 1', 'group: ours', 'title: ここの決まり', 'guide: pages/ours.md', 'rules:'];

/** A rule about who owns a row; `more` are further lines of it. */
function ownerRule(id: string, good: string, ...more: readonly string[]): readonly string[] {
  return [
    `  - id: ${id}`, '    title: 担当が「だれか」でない', '    title_en: Somebody is nobody', '    types: [register]', '    on: { cells: owner }',
    '    forbid: { owner: { is: [全員, 各自] } }', '    severity: warning', '    level: L1', ...more,
    '    message: "「{match}」ではだれも動きません。1人を書いてください。"', '    message_en: "“{match}” is nobody. Name one person."',
    '    why: 1人に決まっていない仕事は、だれも始めません。', '    why_en: Work that belongs to nobody is started by nobody.',
    `    good: ${good}`, '    bad: 《全員》', '',
  ];
}

/** A day this many days from today. */
function day(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** The day of the next gate, which the waive flow offers: always to come. */
export const gateDay = day(10);

/**
 * Writes the folder: `product/` is the sample "trouble" with findings in a language, `book/` the Book it uses.
 * @returns its path; whoever asked removes it
 */
export async function rulesWorkspace(language: 'ja' | 'en'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kobo-rules-'));
  await cp(resolve(root, 'templates/samples/trouble'), join(folder, 'product'), { recursive: true });
  const put = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  const sample = (path: string): Promise<string> => readFile(join(folder, 'product', path), 'utf8');
  await put('book/book.yaml', 'format: 1\nid: ours\nname: コボブック\nname_en: Our Book\nextends: starter\n');
  await put('book/pages/ours.md', '---\ntitle: ここの決まり\nowner: 全社PMO\nreviewed: 2026-11-01\n---\n# ここの決まり\n\n担当は1人にします。\n');
  await put('book/rules/ours.yaml', [...head, ...ownerRule('OUR-001', '佐藤')].join('\n'));
  await put('book/rules/failing.yaml', [...head, ...ownerRule('OUR-002', '全員')].join('\n'));
  await put('book/rules/stages.yaml', [...head, ...ownerRule('OUR-003', '佐藤', '    stage: { pilot: [shift-navi] }'), ...ownerRule('OUR-004', '佐藤', `    stage: { announced: ${day(30)} }`)].join('\n'));
  await put('product/docs/memo.md', '# メモ\n\n打ち合わせの前に見ておくこと。\n');
  const minutes = 'docs/minutes/2026-11-10_定例.md';
  await put(`product/${minutes}`, `${await sample(minutes)}\nマイルストンの日付を決めた。マイルストンは来月にする。\n`);
  await put('product/docs/schedule.yaml', (await sample('docs/schedule.yaml')).replaceAll('2026-12-04', gateDay));
  const because = 'reason: 次のリリースで直すことに合意した, approved_by: 鈴木';
  await put('product/kobo.yaml', [
    'book: ../book', (await sample('kobo.yaml')).replace('level: L1', 'level: L2').replace('language: ja', `language: ${language}`).trimEnd(), 'waivers:',
    `  - { rule: REG-006, path: "**", ${because}, until: ${day(7)} }`, `  - { rule: FRS-002, path: "**", ${because}, until: ${day(120)} }`,
    `  - { rule: REG-008, path: none/**, ${because}, until: ${day(120)} }`, `  - { rule: REG-009, path: "**", ${because}, until: ${day(-20)} }`, '',
  ].join('\n'));
  return folder;
}
