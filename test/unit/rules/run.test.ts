import assert from 'node:assert/strict';
import fc from 'fast-check';
import { effectiveSettings } from '../../../src/core/product/settings';
import { compileRules } from '../../../src/core/rules/compile';
import { contextOf } from '../../../src/core/rules/context';
import { readDocument } from '../../../src/core/document/read';
import { understand } from '../../../src/core/product/meaning';
import { checkDocument } from '../../../src/core/rules/run';
import { bookWith, check, table } from './rules';

const rule = (body: string) => `- id: TST-001\n  title: t\n  message: "{match}{missing}{value}"\n${body.split('\n').map((line) => `  ${line}`).join('\n')}`;

/** Words underlined by a rule on a document. */
async function underlined(body: string, text: string): Promise<readonly string[]> {
  return (await check(rule(body), text)).map((finding) => text.slice(finding.span.start, finding.span.end));
}

describe('conditions', () => {
  const due = ['ID', '内容', '期限', '状態'];

  it('do not judge what is empty', async () => {
    const text = table(due, ['X-001', 'a', '', '対応中'], ['X-002', 'b', '2026-11-01', '対応中']);
    assert.deepEqual(await underlined('on: rows\nforbid: { due: { before: today } }', text), ['2026-11-01']);
    assert.deepEqual(await underlined('on: rows\nrequire: { due: { not_before: today } }', text), ['2026-11-01']);
    assert.equal((await underlined('on: rows\nrequire: { due: filled }', text)).length, 1);
  });

  it('say the same of a thousand rows at most', async () => {
    const text = table(due, ...Array.from({ length: 1100 }, (_, i) => [`X-${String(i)}`, 'a', '2026-11-01', '対応中']));
    assert.equal((await underlined('on: rows\nforbid: { due: { before: today } }', text)).length, 1000);
  });

  it('do not judge a column the table lacks', async () => {
    assert.deepEqual(await underlined('on: rows\nrequire: { closed: filled }', table(due, ['X-001', 'a', '', '完了'])), []);
  });

  it('know groups of words, and decoration around them', async () => {
    const text = table(['ID', '状態'], ['X-001', '**対応中**'], ['X-002', '✓ 完了'], ['X-003', '完了 2025年5月']);
    assert.deepEqual(await underlined('on: rows\nforbid: { status: unfinished }', text), ['**対応中**']);
    assert.equal((await underlined('on: rows\nforbid: { status: done }', text)).length, 2);
  });

  it('compare a value with the sum of a column, without the rows of sums', async () => {
    const columns = ['ID', '内容', '予算'];
    const rows = [['X-001', '机', '1,200'], ['X-002', '椅子', '300'], ['合計', '', '1,500']] as const;
    const sheet = (last: string) => `上限：${last}\n\n${table(columns, ...rows)}`;
    const body = 'on: document\nrequire: { text: { sum_of: rows.planned } }';
    assert.deepEqual(await underlined(body, sheet('1')), [], 'a text is no number');
    assert.deepEqual(await underlined('on: rows\nrequire: { planned: { sum_of: rows.planned } }', table(columns, ['X-001', '机', '300'])), []);
    assert.deepEqual(await underlined('on: rows\nwhen: { title: 机 }\nrequire: { planned: { sum_of: rows.planned } }', table(columns, ...rows)), ['1,200']);
    assert.deepEqual(await underlined('on: rows\nwhen: { title: 机 }\nrequire: { planned: { sum_of: rows.planned } }', table(columns, ['X-001', '机', '300'], ['X-002', '椅子', 'なし予定'])), []);
  });

  it('compare ordered words, the first highest', async () => {
    const text = table(['ID', '優先度'], ['X-001', '高'], ['X-002', '中'], ['X-003', '低']);
    assert.deepEqual(await underlined('on: rows\nforbid: { level: { at_least: middle } }', text), ['高', '中']);
  });

  it('compute: a figure exceeds another by more than a share of it', async () => {
    const text = table(['ID', '予算', '実績'], ['X-001', '100', '110'], ['X-002', '1,000', '1,101'], ['X-003', '', '5']);
    assert.deepEqual(await underlined('on: rows\nparams: { tolerance: 10 }\nforbid: { actual: { exceeds: planned, by: $tolerance } }', text), ['1,101']);
  });

  it('combine with any, all and not', async () => {
    const text = table(['ID', '状態', '優先度'], ['X-001', '対応中', '高'], ['X-002', '完了', '高'], ['X-003', '完了', '低']);
    assert.equal((await check(rule('on: rows\nforbid: { all: [{ status: done }, { level: high }] }'), text)).length, 1);
    assert.equal((await check(rule('on: rows\nforbid: { any: [{ status: doing }, { level: low }] }'), text)).length, 2);
    assert.equal((await check(rule('on: rows\nforbid: { not: { status: done } }'), text)).length, 1);
  });

  it('count parts of a collection', async () => {
    const text = table(['ID', '状態'], ['X-001', '完了'], ['X-002', '対応中']);
    assert.equal((await check(rule('on: tables\nrequire: { rows: { where: { status: done }, exactly: 1 } }'), text)).length, 0);
    assert.equal((await check(rule('on: tables\nrequire: { rows: { every: { status: done } } }'), text)).length, 1);
    assert.equal((await check(rule('on: document\nrequire: { sections: required }'), text))[0]?.message, '（空欄）補足（空欄）');
  });

  it('ask for what a type requires only beside certain words', async () => {
    const text = table(['ID', '状態', '完了日'], ['X-001', '完了', ''], ['X-002', '対応中', ''], ['X-003', '完了', '2026-11-02']);
    const rows = await check(rule('on: { cells: required }\nrequire: { value: filled }'), text);
    assert.deepEqual(rows.map((finding) => finding.range.start.line), [2]);
    const head = (status: string, more = '') => check(rule('on: document\nrequire: { fields: required }'), `---\nowner: 佐藤\nstatus: ${status}\n${more}---\n# x\n`);
    assert.match((await head('承認済み'))[0]?.message ?? '', /承認者/u);
    assert.deepEqual([await head('下書き'), await head('承認済み', 'approver: 鈴木\n')], [[], []]);
  });

  it('make one finding of what is not filled in, and one for each key that fails else', async () => {
    const text = table(['ID', '内容', '担当', '期限'], ['X-001', 'a', '', '']);
    assert.deepEqual((await check(rule('on: rows\nrequire: { owner: filled, due: filled }'), text)).map((finding) => finding.message.includes('担当、期限')), [true]);
  });
});

describe('parts in messages', () => {
  const asks = '- id: TST-001\n  title: t\n  message: "[{missing}][{column}]"\n  message_en: "[{missing}][{column}]"\n  on: rows\n  require: { closed: filled }\n  fix: { fill: { closed: ask } }';
  const said = async (header: string, language: 'ja' | 'en' = 'ja'): Promise<readonly unknown[]> => {
    const [finding] = await check(asks, table(['ID', '内容', header], ['X-001', 'a', '']), { language });
    return [finding?.message, finding?.fixes[0]?.title];
  };

  it('are called what the document calls them', async () => {
    assert.deepEqual(await said('**実施日**'), ['[実施日][実施日]', '「実施日」を書く']);
    assert.deepEqual(await said('完了日'), ['[完了日][完了日]', '「完了日」を書く']);
    assert.deepEqual((await said('closed on'))[0], '[closed on][closed on]');
    assert.deepEqual((await said('実施日', 'en'))[0], '[Closed on][完了日]');
    const head = async (text: string): Promise<string | undefined> => (await check('- id: TST-001\n  title: t\n  message: "[{missing}]"\n  on: document\n  require: { fields: required }', text))[0]?.message;
    assert.equal(await head('---\nowner: 佐藤\nstatus: 承認済み\n---\n# x\n\n決裁者：\n'), '[決裁者]');
    assert.equal(await head('---\nowner: 佐藤\nstatus: 承認済み\napprover:\n---\n# x\n'), '[承認者]');
    assert.equal(await head('---\nowner: 佐藤\nstatus: 承認済み\n決裁者:\n---\n# x\n'), '[決裁者]');
  });
});

describe('ids', () => {
  const odd = (...ids: readonly string[]) => underlined('on: rows\nrequire: { id: valid }', table(['ID', '内容'], ...ids.map((id) => [id, 'a'])));

  it('have the shape of their type, or the one their register keeps to itself', async () => {
    assert.deepEqual(await odd('X-001', 'X-2', '課題3'), ['X-2', '課題3']);
    assert.deepEqual(await odd('K-01', 'K-02', 'K-03'), []);
    assert.deepEqual(await odd('K-01', 'K-02', 'K-03', 'K-04', '課題5'), ['課題5']);
    assert.deepEqual(await odd('1', '2', '3'), []);
    assert.deepEqual(await odd('1', '1.1', '1.1.2', '2'), []);
    assert.deepEqual(await odd('A1', 'B-2', '三'), ['A1', 'B-2', '三']);
  });
});

describe('scopes', () => {
  it('see words in prose, never in code or comments', async () => {
    assert.deepEqual(await underlined('on: sentences\nforbid: { words: [適宜] }', '適宜。`適宜` <!-- 適宜 -->\n\n- 適宜見る\n\n```\n適宜\n```\n'), ['適宜', '適宜']);
  });

  it('see everything where a rule says so', async () => {
    assert.equal((await underlined('on: lines\nin: everywhere\nforbid: { words: [適宜] }', '適宜\n\n```\n適宜\n```\n')).length, 2);
  });

  it('see table rows as lines, and not in sentences', async () => {
    const text = `適宜\n\n${table(['ID', '内容'], ['X-001', '適宜'])}`;
    assert.equal((await underlined('on: lines\nforbid: { words: [適宜] }', text)).length, 2);
    assert.equal((await underlined('on: sentences\nforbid: { words: [適宜] }', text)).length, 1);
  });

  it('find ASCII words at word boundaries only', async () => {
    assert.deepEqual(await underlined('on: sentences\nforbid: { words: [ok] }', 'OK と token と ｏｋ。\n'), ['OK', 'ｏｋ']);
  });
});

describe('a check', () => {
  it('gives one finding for a document with a merge conflict', async () => {
    const text = '<<<<<<< a\n適宜\n=======\nb\n>>>>>>> c\n';
    assert.deepEqual((await check(rule('on: lines\nforbid: { words: [適宜] }'), text)).map((finding) => finding.rule), ['DOC-001']);
  });

  it('gives one hint for a guessed type, whatever is wrong', async () => {
    const book = await bookWith(rule('on: lines\nforbid: { words: [適宜] }'));
    const settings = effectiveSettings(book, undefined, '2026-11-24');
    const typed = understand(readDocument('a.md', '適宜\n'), settings.types.get('register-x'), settings.common, true);
    const { findings } = checkDocument(compileRules(book, settings), typed, contextOf({ today: '2026-11-24' }));
    assert.deepEqual(findings.map((finding) => [finding.rule, finding.severity]), [['DOC-005', 'hint']]);
  });

  it('says so when only the passing of days made a finding', async () => {
    const text = table(['ID', '期限'], ['X-001', '2026-11-01']);
    const late = await check(rule('on: rows\nforbid: { due: { before: today } }'), text);
    const early = await check(rule('on: rows\nrequire: { due: { before: 2026-10-01 } }'), text);
    assert.deepEqual([...late, ...early].map((finding) => finding.timeOnly), [true, false]);
  });

  it('leaves the blanks of a draft alone, and reports them at a gate', async () => {
    const body = rule('on: lines\nforbid: { has: placeholder }');
    const text = '---\nstatus: 下書き\n---\n# x\n\n担当は【記入】です。\n';
    assert.equal((await check(body, text)).length, 0);
    assert.equal((await check(body, text, { gate: 'G1' })).length, 1);
    assert.equal((await check(body, text.replace('下書き', '承認済み'))).length, 1);
  });

  it('shortens long lists and says how many more there are', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => [`X-${i}`, '']);
    const found = await check(rule('on: rows\nrequire: { title: filled }'), table(['ID', '内容'], ...rows), { caps: { file: 100, rule: 20 } });
    assert.equal(found.length, 21);
    assert.equal(found.at(-1)?.message, 'TST-001 はほかに 10 件あります。');
  });

  it('stops a rule that is over its budget and names it', async () => {
    const rows = Array.from({ length: 200 }, (_, i) => [`X-${i}`, '']);
    const book = await bookWith(rule('on: rows\nrequire: { title: filled }'));
    const settings = effectiveSettings(book, undefined, '2026-11-24');
    const typed = understand(readDocument('a.md', table(['ID', '内容'], ...rows)), settings.types.get('register-x'), settings.common);
    let now = 0;
    const result = checkDocument(compileRules(book, settings), typed, contextOf({ today: '2026-11-24', clock: () => (now += 10), budget: 25 }));
    assert.deepEqual(result.stopped, ['TST-001']);
    assert.ok(result.findings.length < 200);
  });

  it('keeps values of a message on one line, short and without control characters', async () => {
    const [finding] = await check(rule('on: rows\nforbid: { title: { words: [適宜] } }'), table(['ID', '内容'], ['X-001', `適宜<br>${'長'.repeat(80)}\u0007`]));
    assert.ok(finding !== undefined && finding.message.length < 90);
    assert.doesNotMatch(finding.message, /\p{Cc}/u);
  });
});

describe('problems of rules', () => {
  const problems = async (body: string) => {
    const book = await bookWith(rule(body));
    return [...book.problems, ...compileRules(book, effectiveSettings(book, undefined, '2026-11-24')).problems].map((problem) => problem.message.text).join('\n');
  };

  it('are found, never thrown', async () => {
    assert.match(await problems('on: rows\nrequire: { dua: { before: today } }'), /「dua」/u);
    assert.match(await problems('on: rows\nforbid: { due: { before: today + $x } }'), /\$x/u);
    assert.match(await problems('on: rows\nforbid: { due: { before: today - 3 moons } }'), /期間|moons/u);
    assert.match(await problems('on: rows\nrequire: { title: filled }\nfix: { fill: { status: done }, safe: true }'), /safe/u);
  });
});

describe('findings', () => {
  const words = fc.constantFrom('適宜', '完了', '対応中', '2026-11-01', '2026-12-01', '', 'a|b', '佐藤', '全員', '１２', '🟢 高');
  const rows = fc.array(fc.tuple(words, words, words, words), { maxLength: 12 });
  const rules = `${rule('on: rows\nforbid: { due: { before: today } }')}
- id: TST-002
  title: t
  message: m
  on: { cells: all }
  forbid: { has: full_width_digit }
- id: TST-003
  title: t
  message: "{missing}"
  on: rows
  require: { title: filled, owner: filled }
`;
  const text = (list: readonly (readonly string[])[]) => table(['ID', '内容', '担当', '期限', '状態'], ...list.map((cells, i) => [`X-${i}`, ...cells.map((cell) => cell.replace('|', '\\|'))]));

  it('lie inside the text, in order, the same each time, and a further row changes none', async function () {
    this.timeout(60_000);
    await fc.assert(fc.asyncProperty(rows, fc.tuple(words, words, words, words), async (list, more) => {
      const short = text(list);
      const first = await check(rules, short);
      assert.deepEqual(await check(rules, short), first);
      for (const finding of first) assert.ok(finding.span.start >= 0 && finding.span.start <= finding.span.end && finding.span.end <= short.length);
      const longer = await check(rules, text([...list, more]));
      const plain = (findings: typeof first) => findings.filter((finding) => finding.span.start < short.length).map((finding) => `${finding.rule} ${finding.span.start} ${finding.message}`);
      assert.deepEqual(plain(longer).filter((line) => plain(first).includes(line)), plain(first));
    }), { numRuns: 15 });
  });
});
