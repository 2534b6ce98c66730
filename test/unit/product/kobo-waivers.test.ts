import assert from 'node:assert/strict';
import { applyEdits } from '../../../src/core/product/edits';
import { addKoboWaiver, extendKoboWaiver, removeKoboWaiver } from '../../../src/core/product/kobo-waivers';
import { readKoboFile } from '../../../src/core/product/kobo-file';

const waiver = { rule: 'REG-013', path: '**', reason: '表示だけの"不具合": 次で直す', approvedBy: '鈴木', until: '2026-12-31' };
const line = '{ rule: REG-013, path: "**", reason: "表示だけの\\"不具合\\": 次で直す", approved_by: "鈴木", until: 2026-12-31 }';

function added(text: string): string | undefined {
  const edit = addKoboWaiver(text, waiver);
  return edit === undefined ? undefined : applyEdits(text, [edit]);
}

describe('a waiver in kobo.yaml', () => {
  it('begins a list where there is none', () => {
    assert.equal(added('format: 1 # 版\nlevel: L1'), `format: 1 # 版\nlevel: L1\n\nwaivers:\n  - ${line}\n`);
    assert.equal(added('level: L1\nwaivers:  # なし\nphase: test\n'), `level: L1\nwaivers:  # なし\n  - ${line}\nphase: test\n`);
    assert.equal(added('waivers: []\nphase: test\n'), `waivers: \n  - ${line}\nphase: test\n`);
    assert.equal(added(''), `waivers:\n  - ${line}\n`);
  });

  it('stands behind the others in their manner, comments and line ends kept', () => {
    const flow = 'waivers: # 見送り\r\n    - { rule: A-1, reason: x }   # 会議で決めた\r\n# 次\r\nphase: test\r\n';
    assert.equal(added(flow), flow.replace('会議で決めた\r\n', `会議で決めた\r\n    - ${line}\r\n`));
    const block = 'waivers:\n- rule: AAA-001\n  path: docs/**\n  until: 2026-12-31\n\n# 次\nphase: test\n';
    const after = added(block);
    assert.match(after ?? '', /until: 2026-12-31\n- rule: REG-013\n {2}path: "\*\*"\n {2}reason: .*\n {2}approved_by: "鈴木"\n {2}until: 2026-12-31\n\n# 次\nphase: test\n$/);
    assert.equal(added('waivers: [{ rule: AAA-001 }]\n'), `waivers: [{ rule: AAA-001 }, ${line}]\n`);
    assert.equal(added('waivers:\n  - { rule: AAA-001 }'), `waivers:\n  - { rule: AAA-001 }\n  - ${line}\n`);
  });

  it('is not written into a file that cannot be read', () => {
    for (const text of ['a: [', 'waivers: 3\n', 'format: 99\n', '- a\n']) assert.equal(added(text), undefined, text);
  });

  const text = 'phase: test\nwaivers:  # 見送り\n  # 一つ目\n  - { rule: AAA-001, path: a, until: 2026-12-31 } # あ\n  # 二つ目\n  - rule: AAA-002\n    path: b\nlevel: L1\n';
  const rules = (edited: string) => readKoboFile(edited).settings.waivers.map(({ rule, until }) => `${rule} ${until}`.trim());

  it('gets another last day, written or not', () => {
    assert.equal(applyEdits(text, extendKoboWaiver(text, text.indexOf('AAA-001'), '2027-01-31') ?? []), text.replace('2026-12-31', '2027-01-31'));
    assert.deepEqual(rules(applyEdits(text, extendKoboWaiver(text, text.indexOf('AAA-002'), '2027-01-31') ?? [])), ['AAA-001 2026-12-31', 'AAA-002 2027-01-31']);
    assert.equal(extendKoboWaiver(text, 0, '2027-01-31'), undefined);
  });

  it('is taken out alone', () => {
    const first = applyEdits(text, removeKoboWaiver(text, text.indexOf('AAA-001')) ?? []);
    assert.equal(first, text.replace(/ {2}- \{.*\n/, ''));
    const second = applyEdits(first, removeKoboWaiver(first, first.indexOf('AAA-002')) ?? []);
    assert.equal(second, 'phase: test\nwaivers: []  # 見送り\n  # 一つ目\n  # 二つ目\nlevel: L1\n');
    assert.deepEqual(readKoboFile(second).problems, []);
    const flow = 'waivers: [{ rule: AAA-001 }, { rule: AAA-002 }]\n';
    assert.equal(applyEdits(flow, removeKoboWaiver(flow, flow.indexOf('AAA-001')) ?? []), 'waivers: [{ rule: AAA-002 }]\n');
    assert.equal(applyEdits(flow, removeKoboWaiver(flow, flow.indexOf('AAA-002')) ?? []), 'waivers: [{ rule: AAA-001 }]\n');
  });
});
