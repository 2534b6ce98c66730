import assert from 'node:assert/strict';
import { packBook, unpackBook } from '../../../src/core/book/pack';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';

const book = unpackBook(packBook(new Map([
  ['book.yaml', 'id: small\nname: 小さなブック\n'],
  ['types/minutes.yaml', 'type: minutes\ntitle: 議事録\nsections: { decisions: { title: 決定事項, required: true } }\n'],
  ['rules/all.yaml', 'group: all\ntitle: すべて\ntypes: [minutes]\nlevel: L1\nseverity: warning\nrules:\n  - { id: AAA-001, title: 決定, on: document, require: { sections: decisions }, message: ありません。 }\n'],
])));

function project(waivers: string): Project {
  const koboText = `product: { id: navi }\ndocuments: { docs/*.md: minutes }\nwaivers:\n${waivers}`;
  const made = new Project({
    book, settings: readKoboFile(koboText).settings, koboText, files: ['kobo.yaml', 'docs/a.md'],
    editorRules: {}, clock: () => Date.parse('2026-11-24T03:00:00Z'), now: () => 0, history: undefined,
  });
  made.put('docs/a.md', '# 定例\n');
  return made;
}

const about = (rule: string) => `  - { rule: ${rule}, path: "**", reason: 合意ずみの理由です, approved_by: 鈴木, until: 2026-12-31 }\n`;

describe('waivers of kobo.yaml in a whole product', () => {
  it('are unused only when no document has the finding', async () => {
    const report = await project(about('AAA-001') + about('AAA-999')).reportAll();
    const unused = report.findings.filter((finding) => finding.rule === 'WVR-002');
    assert.deepEqual(unused.map((finding) => finding.range.start.line), [4]);
    assert.deepEqual(report.waivers.map(({ waiver, used }) => [waiver.rule, used]), [['AAA-001', true], ['AAA-999', false]]);
  });

  it('are not called unused while only kobo.yaml is looked at', async () => {
    const report = await project(about('AAA-001')).report('kobo.yaml', { network: true });
    assert.deepEqual(report?.findings.filter((finding) => finding.rule === 'WVR-002'), []);
  });
});
