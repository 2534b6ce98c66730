import assert from 'node:assert/strict';
import { checkBook } from '../../../src/core/book/check';
import { loadBook } from '../../../src/core/book/load';
import { packBook } from '../../../src/core/book/pack';
import { memoryFolder } from './folders';

type Files = Readonly<Record<string, string>>;

const head = (title: string, more = ''): string => `---\ntitle: ${title}\nowner: 全社PMO\nreviewed: 2026-11-01\nreview_cycle: 90d\n${more}---\n# ${title}\n\n`;

/** A sound Book: two pages that know each other, a type with a template and a guide, a rule with a guide, a term. */
const sound: Files = {
  'book.yaml': 'format: 1\nid: hoshi\nname: ほしブック\n',
  'pages/index.md': `${head('入口')}[会議](meetings.md#決まり)と[リスク](risks.md)。\n`,
  'pages/meetings.md': `${head('会議', 'aliases: [打ち合わせ]\n')}## 決まり\n50分で終わります。\n`,
  'pages/risks.md': `${head('リスク')}切り戻しを書きます。\n`,
  'types/minutes.yaml': 'type: minutes\ntitle: 議事録\ntemplate: minutes\nguide: meetings.md\n',
  'templates/minutes.md': '---\nversion: 1.0.0\ntype: minutes\ntitle: 議事録\n---\n# 議事録\n',
  'rules/all.yaml': 'group: all\ntitle: 全部\nguide: meetings.md\ntypes: [minutes]\nlevel: L1\ntrack: t\nseverity: hint\nrules:\n  - { id: AAA-001, title: 一, on: document, require: { text: filled }, message: だめです。, guide: "#決まり" }\n',
  'terms.yaml': 'terms:\n  - { preferred: 切り戻し, variants: [切戻し], meaning: 元に戻すこと。, page: risks.md }\n',
};

async function problemsOf(files: Files, today?: string, below?: Files): Promise<string[]> {
  const starter = below === undefined ? undefined : packBook(new Map(Object.entries(below)));
  const book = await loadBook(memoryFolder(new Map(Object.entries(files))), { starter });
  return checkBook(book, today).map(({ path, code, severity, span }) => {
    const text = (files[path] ?? '').slice(span.start, span.end);
    return `${path} ${severity} ${code}${text === '' ? '' : ` [${text}]`}`;
  });
}

/** The sound Book with one file changed. */
const changed = (path: string, from: string, to: string): Files => {
  const text = sound[path] ?? '';
  assert.ok(text.includes(from), `${path}: ${from}`);
  return { ...sound, [path]: text.replace(from, to) };
};

describe('the check of a Book', () => {
  it('has nothing to say about a sound one', async () => {
    assert.deepEqual(await problemsOf(sound, '2026-11-24'), []);
  });

  const cases: readonly (readonly [name: string, files: Files, expected: readonly string[]])[] = [
    ['a link to no page', changed('pages/risks.md', '切り戻し', '[切り戻し](nowhere.md)'), ['pages/risks.md warning book.dead-link [nowhere.md]']],
    ['a link to no heading', changed('pages/index.md', '#決まり', '#きまり'), ['pages/index.md warning book.dead-anchor [meetings.md#きまり]']],
    ['a guide to no heading', changed('rules/all.yaml', '#決まり', '#きまり'), ['rules/all.yaml warning book.guide-anchor [AAA-001]']],
    ['a guide to an empty heading', changed('pages/meetings.md', '50分で終わります。\n', ''), ['pages/meetings.md warning book.guide-empty [決まり]']],
    ['a rule without a guide', {
      ...sound,
      'products/navi/overlay.yaml': 'product: navi\nadd_rules:\n  - { id: NAVI-001, title: 一, types: [minutes], on: document, require: { text: filled }, severity: info, message: だめです。 }\n',
    }, ['products/navi/overlay.yaml warning book.no-guide [NAVI-001]']],
    ['a name for a part that no type has', { ...sound, 'products/navi/overlay.yaml': 'product: navi\naliases: { minutes: { nobody: x }, minuts: { owner: x } }\n' },
      ['products/navi/overlay.yaml warning book.unknown-part [navi]', 'products/navi/overlay.yaml warning book.unknown-type [navi]']],
    ['an alias of two pages', changed('pages/risks.md', 'review_cycle: 90d\n', 'review_cycle: 90d\naliases: [打ち合わせ]\n'), ['pages/risks.md warning book.alias-twice [打ち合わせ]']],
    ['an alias that is the title of another page', changed('pages/meetings.md', '打ち合わせ', 'リスク'), ['pages/meetings.md warning book.alias-twice [リスク]']],
    ['a page without owner', changed('pages/risks.md', 'owner: 全社PMO\n', ''), ['pages/risks.md warning book.no-owner']],
    ['a page without review date', changed('pages/risks.md', 'reviewed: 2026-11-01\n', ''), ['pages/risks.md warning book.no-review-date']],
    ['a page nothing leads to', { ...sound, 'pages/lost.md': `${head('迷子')}だれも来ません。\n` }, ['pages/lost.md warning book.orphan']],
    ['a rejected spelling', changed('pages/meetings.md', '50分', '切戻しは50分'), ['pages/meetings.md warning book.term [切戻し]']],
    ['a type without a template', { ...changed('types/minutes.yaml', 'template: minutes\n', ''), 'templates/minutes.md': '---\nversion: 1.0.0\nkind: snippet\nprefix: m\ntitle: 一行\n---\n- x\n' }, ['types/minutes.yaml warning book.no-template']],
    ['a type whose template is missing', changed('types/minutes.yaml', 'template: minutes', 'template: memo'), ['types/minutes.yaml warning book.unknown-template']],
    ['a kit named like a template', { ...sound, 'kits/minutes.yaml': 'kit: minutes\ntitle: 会議の一式\nitems: [{ template: minutes, path: docs/m.md }]\n' }, ['kits/minutes.yaml warning book.same-id']],
  ];
  for (const [name, files, expected] of cases) {
    it(`tells of ${name}`, async () => {
      const found = await problemsOf(files, '2026-11-24');
      for (const line of expected) assert.ok(found.some((one) => one.startsWith(line)), found.join('\n'));
      assert.equal(found.length, expected.length, found.join('\n'));
    });
  }

  it('tells of late reviews only for a given day, as information', async () => {
    assert.deepEqual(await problemsOf(sound, '2026-11-24'), []);
    assert.deepEqual(await problemsOf(sound), []);
    assert.deepEqual(await problemsOf(sound, '2027-02-01'), ['pages/index.md', 'pages/meetings.md', 'pages/risks.md'].map((path) => `${path} info book.review-overdue`));
  });

  it('tells once of what two pages both say: three paragraphs in a row, or a table of five rows', async () => {
    const paragraphs = ['会議の前に議題を書き、参加者に送っておきます。', '会議の間は、決まったことだけを画面に映します。', '会議の後に、担当と期限を読み上げて確かめます。'];
    const table = `| 日 | 数 |\n| --- | --- |\n${[1, 2, 3, 4, 5].map((n) => `| ${String(n)} | ${String(n * n)} |`).join('\n')}\n`;
    const both = (extra: string): Files => ({ ...sound, 'pages/meetings.md': `${sound['pages/meetings.md'] ?? ''}\n${extra}`, 'pages/risks.md': `${sound['pages/risks.md'] ?? ''}\n${extra}` });
    for (const extra of [paragraphs.join('\n\n'), paragraphs.map((one) => `- ${one}`).join('\n'), table]) {
      const found = await problemsOf(both(extra));
      assert.deepEqual(found.map((one) => one.split(' ').slice(0, 3).join(' ')), ['pages/risks.md warning book.duplicate'], found.join('\n'));
    }
    assert.deepEqual(await problemsOf(both(paragraphs.slice(1).join('\n\n'))), []);
    assert.deepEqual(await problemsOf(both(table.replace('| 5 | 25 |\n', ''))), []);
  });

  it('lets rejected spellings be in code, front matter, addresses, on the page of the term and beside the preferred form', async () => {
    for (const [path, line] of [
      ['pages/meetings.md', '`切戻し` と書きません。'], ['pages/meetings.md', '切戻し → 切り戻し'], ['pages/risks.md', '切戻しとは書きません。'],
      ['pages/meetings.md', '[場所](https://example.com/切戻し)'],
    ] as const) {
      assert.deepEqual(await problemsOf({ ...sound, [path]: `${sound[path] ?? ''}\n${line}\n` }), [], line);
    }
  });

  it('tells a Book over the starter of what it breaks below, at its own page, and of nothing else there', async () => {
    const below: Files = { ...sound, 'book.yaml': 'format: 1\nid: starter\nname: 付属\n', 'pages/lost.md': '# 迷子\n' };
    const own: Files = { 'book.yaml': 'format: 1\nid: hoshi\nname: ほしブック\nextends: starter\n' };
    assert.deepEqual(await problemsOf(own, '2027-06-01', below), []);
    const replaced = { ...own, 'pages/meetings.md': `${head('会議')}好きなだけ話します。\n` };
    assert.deepEqual(await problemsOf(replaced, undefined, below), ['pages/meetings.md warning book.dead-anchor', 'pages/meetings.md warning book.guide-anchor']);
  });
});
