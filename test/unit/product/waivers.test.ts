import assert from 'node:assert/strict';
import type { ProjectDocument } from '../../../src/core/document/document';
import { LineIndex } from '../../../src/core/text/position';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { readWaiverComments, rowTextsAt } from '../../../src/core/product/waiver-comments';
import type { WaiverContext } from '../../../src/core/product/waivers';
import { applyWaivers } from '../../../src/core/product/waivers';
import type { Finding } from '../../../src/core/rules/finding';
import { finding, readDocument } from './books';

const file = (waivers: string) => `waivers:\n${waivers}\n`;
const good = 'reason: 合意した, approved_by: 鈴木, until: 2026-12-31';

function context(koboText: string, documents: readonly ProjectDocument[] = [], more: Partial<WaiverContext> = {}): WaiverContext {
  const byPath = new Map(documents.map((document) => [document.path, document]));
  return {
    today: '2026-11-24', language: 'ja', guide: 'pages/waivers.md', isLocked: (rule) => rule === 'SEC-001', isJudged: () => true,
    rowOf: (one) => {
      const document = byPath.get(one.path);
      return document ? rowTextsAt(document, one.span.start) : [];
    },
    linesOf: (path) => (path === 'kobo.yaml' ? new LineIndex(koboText) : byPath.get(path)?.lines),
    ...more,
  };
}

const shown = (findings: readonly Finding[]) => findings.map((one) => `${one.rule} ${one.path}${one.suppression ? ` ${one.suppression.kind}` : ''}${one.timeOnly ? ' time' : ''}`);

describe('waivers of kobo.yaml', () => {
  it('let pass what rule and path say, and carry reason, approver and last day', () => {
    const text = file(`  - { rule: REG-001, path: docs/**, ${good} }`);
    const found = applyWaivers([finding('REG-001', 'docs/a.md', 1), finding('REG-001', 'x.md', 1), finding('REG-002', 'docs/a.md', 1)],
      readKoboFile(text).settings.waivers, context(text));
    assert.deepEqual(shown(found), ['REG-001 docs/a.md waiver', 'REG-001 x.md', 'REG-002 docs/a.md']);
    assert.deepEqual(found[0]?.suppression, { kind: 'waiver', reason: '合意した', approvedBy: '鈴木', until: '2026-12-31' });
  });

  it('are narrowed to rows by id', () => {
    const document = readDocument('docs/r.md', '| ID | 内容 |\n|---|---|\n| Ｒ-001 | a |\n| R-002 | b |\n');
    const text = file(`  - { rule: REG-001, path: docs/r.md, only: [R-001], ${good} }`);
    const found = applyWaivers([finding('REG-001', 'docs/r.md', 2, document), finding('REG-001', 'docs/r.md', 3, document)],
      readKoboFile(text).settings.waivers, context(text, [document]));
    assert.deepEqual(shown(found), ['REG-001 docs/r.md waiver', 'REG-001 docs/r.md']);
  });

  it('of a day in another form, or of no rule, say just that', () => {
    const document = readDocument('docs/a.md', '# 題\n\n<!-- kobo:waive REG-001 reason="a" by="鈴木" until=12/31/2026 -->\n文。\n\n<!-- kobo:waive NOPE-003 reason="a" by="鈴木" until=2026-12-31 -->\n文。\n\n<!-- kobo:waive REG-020 reason="a" by="鈴木" until=2026-12-31 -->\n文。\n');
    const said = (language: 'ja' | 'en') => applyWaivers([], readWaiverComments(document), context('', [document], { language, ruleIds: () => ['REG-001', 'REG-002'] })).map(({ rule, message }) => `${rule} ${message}`);
    assert.deepEqual(said('ja'), [
      'WVR-004 「REG-001」の見送りの期限「12/31/2026」が日付の形になっていません。2026-12-31 のように書いてください。書き直すまで見送りになりません。',
      'WVR-002 「NOPE-003」という決まりはありません。id を直すか、この見送りを消してください。',
      'WVR-002 「REG-020」という決まりはありません。「REG-002」のことですか。id を直すか、この見送りを消してください。',
    ]);
    assert.match(said('en').join('\n'), /"12\/31\/2026" is no day.*until=2026-12-31[^]*There is no rule NOPE-003\. Correct[^]*Did you mean REG-002\?/u);
  });

  it('that are expired, unused, of a locked rule or incomplete are findings', () => {
    const text = file([
      '  - { rule: REG-001, path: a.md, reason: x, approved_by: y, until: 2026-11-23 }', `  - { rule: REG-002, path: a.md, ${good} }`,
      `  - { rule: SEC-001, path: a.md, ${good} }`, '  - { rule: REG-003, path: a.md, reason: x, until: 2026-02-30 }'].join('\n'));
    const findings = ['REG-001', 'SEC-001', 'REG-003'].map((rule) => finding(rule, 'a.md', 0));
    const found = applyWaivers(findings, readKoboFile(text).settings.waivers, context(text));
    // What comes back because a day passed is marked so.
    assert.deepEqual(shown(found), ['REG-001 a.md time', 'SEC-001 a.md', 'REG-003 a.md',
      'WVR-001 kobo.yaml time', 'WVR-002 kobo.yaml', 'WVR-003 kobo.yaml', 'WVR-004 kobo.yaml']);
    assert.deepEqual(found.slice(3).map((one) => [one.severity, one.range.start.line, text.slice(one.span.start, one.span.end)]),
      [['warning', 1, 'REG-001'], ['info', 2, 'REG-002'], ['error', 3, 'SEC-001'], ['warning', 4, 'REG-003']]);
    assert.ok(found[6]?.message.includes('承認した人・期限'));
    assert.ok(applyWaivers(findings, readKoboFile(text).settings.waivers, context(text, [], { language: 'en' }))[6]?.message.includes('an approver, a last day'));
  });

  it('hold on their last day', () => {
    const text = file('  - { rule: REG-001, path: a.md, reason: x, approved_by: y, until: 2026-11-24 }');
    assert.deepEqual(shown(applyWaivers([finding('REG-001', 'a.md', 0)], readKoboFile(text).settings.waivers, context(text))), ['REG-001 a.md waiver']);
  });

  it('are not called unused where not everything was checked', () => {
    const text = file(`  - { rule: REG-001, path: docs/**, ${good} }`);
    assert.deepEqual(applyWaivers([], readKoboFile(text).settings.waivers, context(text, [], { isJudged: () => false })), []);
  });
});

describe('waivers in a document', () => {
  const rest = 'reason="合意 した" by=鈴木 until=2026-12-31';
  const check = (text: string, lines: readonly number[], path = 'a.md', rule = 'REG-001') => {
    const document = readDocument(path, text);
    const found = applyWaivers(lines.map((line) => finding(rule, path, line, document)), readWaiverComments(document), context('', [document]));
    return found.map((one) => (one.suppression ? 'waived' : one.rule));
  };

  it('stand before a line, in a line, or for the file', () => {
    assert.deepEqual(check(`<!-- kobo:waive REG-001 ${rest} -->\n\n本文\n本文\n`, [2, 3]), ['waived', 'REG-001']);
    assert.deepEqual(check(`本文 <!-- kobo:waive REG-001 ${rest} -->\n本文\n`, [0, 1]), ['waived', 'REG-001']);
    assert.deepEqual(check(`| A |\n|---|\n| x <!-- kobo:waive REG-001 ${rest} --> |\n| y |\n`, [2, 3]), ['waived', 'REG-001']);
    assert.deepEqual(check(`本文\n\n<!-- kobo:waive REG-001 file ${rest} -->\n`, [0]), ['waived']);
    assert.deepEqual(check(`<!-- kobo:waive REG-001 only=x,y ${rest} -->\n\n| A |\n|---|\n| x |\n| z |\n`, [4, 5]), ['waived', 'REG-001']);
  });

  it('may name several rules, use Japanese quotes and break lines', () => {
    const document = readDocument('a.md', '<!--\n  kobo:waive REG-001, REG-002 file\n  reason=「a b」 by="鈴木 花子"\n  until=2026-12-31\n-->\n本文\n');
    assert.deepEqual(readWaiverComments(document).map((one) => [one.rule, one.reason, one.approvedBy, one.until]),
      [['REG-001', 'a b', '鈴木 花子', '2026-12-31'], ['REG-002', 'a b', '鈴木 花子', '2026-12-31']]);
  });

  it('begin with # in YAML and in front matter, and do not exist in code, prose and CSV', () => {
    assert.deepEqual(check(`# kobo:waive REG-001 ${rest}\na: 1\nb: 2 # kobo:waive REG-001 ${rest}\nc: 3\n`, [1, 2, 3], 'a.yaml'), ['waived', 'waived', 'REG-001']);
    assert.deepEqual(check(`---\nowner: x # kobo:waive REG-001 ${rest}\nstatus: y\n---\n本文\n`, [1, 2]), ['waived', 'REG-001']);
    for (const [path, text] of [['a.md', `\`\`\`\n<!-- kobo:waive REG-001 file ${rest} -->\n\`\`\`\n`], ['a.md', `kobo:waive REG-001 file ${rest}\n`], ['a.csv', `# kobo:waive REG-001 file ${rest}\n`]] as const) {
      assert.deepEqual(check(text, [0], path), ['REG-001'], text);
    }
  });

  it('without reason, approver and last day have no effect', () => {
    assert.deepEqual(check('本文 <!-- kobo:waive REG-001 -->\n', [0]), ['REG-001', 'WVR-004']);
    assert.deepEqual(check(`本文 <!-- kobo:waive REG-009 ${rest} -->\n`, [0]), ['REG-001', 'WVR-002']);
    assert.deepEqual(check(`本文 <!-- kobo:waive SEC-001 ${rest} -->\n`, [0], 'a.md', 'SEC-001'), ['SEC-001', 'WVR-003']);
  });
});
