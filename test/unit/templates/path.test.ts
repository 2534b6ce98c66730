import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { DocumentType, Template } from '../../../src/core/book/book';
import { answersWithName, safePath, suggestPath, titleOf } from '../../../src/core/templates/path';

const origin = { layer: 'starter', path: '', span: { start: 0, end: 0 } };
const template: Template = {
  id: 'minutes', title: { text: '議事録', en: undefined }, description: '', version: '1', type: 'minutes', kind: 'document', prefix: '',
  asks: [{ id: 'meeting', title: { text: '会議', en: undefined }, kind: 'text', default: '定例会議' }], format: 'markdown', body: '', phase: [], origin,
};

function type(folder: string, file: string): DocumentType {
  return {
    id: 'x', title: { text: 'x', en: undefined }, aliases: [], class: 'record', guide: undefined, template: undefined, owner: '',
    places: { folder, file }, idShape: undefined, date: undefined, series: undefined, fields: [], sections: [], tables: [], words: new Map(), origin,
  };
}
const parts = { today: '2026-11-24', title: '定例会議', existing: [] as string[] };

describe('what the name of a new document says inside it', () => {
  const ask = (id: string, kind: 'text' | 'date' = 'text') => ({ id, title: { text: id, en: undefined }, kind, default: id === 'number' ? '0001' : '' });
  const adr: Template = { ...template, asks: [ask('number'), ask('subject')], body: '---\nid: ADR-{{number}}\n---\n# {{subject}} {{today}}\n' };

  it('is its number, and the title where the heading asks for words', () => {
    const at = (path: string, answers: Readonly<Record<string, string>>) => answersWithName(adr, type('docs/adr', 'NNNN-*.md'), path, answers);
    assert.deepEqual(at('docs/adr/0109-Use-X.md', { title: 'Use X' }), { number: '0109', subject: 'Use X', title: 'Use X' });
    assert.deepEqual(at('docs/adr/0109-Use-X.md', { title: 'Use X', subject: 'Y', number: '7' }), { number: '7', subject: 'Y', title: 'Use X' });
    assert.deepEqual(answersWithName(adr, type('docs', 'risks*.md'), 'docs/2026.md', {}), {});
    assert.deepEqual(answersWithName({ ...adr, asks: [ask('title'), ask('subject')] }, undefined, 'docs/a.md', { title: 'X' }), { title: 'X' });
  });
});

describe('where a new document goes', () => {
  it('fills the shape of its type', () => {
    assert.equal(suggestPath(template, type('docs/minutes', 'YYYY-MM-DD_*.md'), parts), 'docs/minutes/2026-11-24_定例会議.md');
    assert.equal(suggestPath(template, type('docs', 'risks*.md'), parts), 'docs/risks.md');
    assert.equal(suggestPath(template, undefined, parts), 'docs/定例会議.md');
    assert.equal(titleOf(template, {}), '定例会議');
    assert.equal(titleOf(template, { meeting: '判定会' }), '判定会');
  });

  it('takes the letters of other words for no day and no number', () => {
    assert.equal(suggestPath(template, type('docs', 'COMMON_YYYYMMDD_*.md'), parts), 'docs/COMMON_20261124_定例会議.md');
    assert.equal(suggestPath(template, type('docs', 'ANNUAL-YYYY.md'), parts), 'docs/ANNUAL-2026.md');
    assert.equal(suggestPath(template, type('docs', 'ANNEX-NN.md'), parts), 'docs/ANNEX-01.md');
    assert.equal(suggestPath(template, type('docs', 'COMMON_ADD.md'), parts), 'docs/COMMON_ADD.md');
    assert.equal(suggestPath(template, type('docs', 'YYYY-*.md'), { ...parts, title: '$& MM' }), 'docs/2026-$&-MM.md');
  });

  it('counts numbered documents on and never takes an existing name', () => {
    assert.equal(suggestPath(template, type('docs/adr', 'NNNN-*.md'), { ...parts, existing: ['docs/adr/0001-a.md', 'docs/adr/0007-b.md'] }), 'docs/adr/0008-定例会議.md');
    assert.equal(suggestPath(template, type('docs', 'risks*.md'), { ...parts, existing: ['docs/risks.md', 'docs/risks-2.md'] }), 'docs/risks-3.md');
  });

  it('counts only documents of the folder itself, and takes no day for a number', () => {
    const at = (...existing: readonly string[]): string => suggestPath(template, type('docs/adr', 'NNNN-*.md'), { ...parts, title: 'a', folder: '', existing });
    const two = ['0001-a.md', '0002-b.md'];
    for (const beside of ['2025/x.md', '2025', '20261111_週次.md', '2026-11-11_週次.md', '202611_月次.md', '2026-11.md', '2026年の計画.md', '123456-番号.md', '9-本/0009-c.md']) {
      assert.equal(at(...two, beside), '0003-a.md', beside);
    }
    // Fewer digits, and one more than fit.
    assert.equal(at('001-a.md', '002-b.md'), '0003-a.md');
    assert.equal(at('9999-a.md', '10000-b.md'), '10001-a.md');
  });

  it('leaves a folder that no system takes for the place of the type, where it takes no existing path either', () => {
    const minutes = type('docs', 'minutes.md');
    const existing: string[] = [];
    for (const expected of ['docs/minutes.md', 'docs/minutes-2.md', 'docs/minutes-3.md']) {
      const path = suggestPath(template, minutes, { ...parts, folder: '議事録: 定例', existing });
      assert.equal(path, expected);
      existing.push(path);
    }
    // Nor where the type itself names no place that can be.
    const nowhere = type('a:b', 'minutes.md');
    assert.equal(suggestPath(template, nowhere, { ...parts, existing: ['docs/minutes.md'] }), 'docs/minutes-2.md');
  });

  it('refuses to leave the folder', () => {
    for (const path of ['../a.md', 'a/../../b.md', '/etc/a.md', 'C:/a.md', '.git/a.md', 'a/.b/c.md', 'a.exe', 'a', '', 'a\u0000.md']) {
      assert.equal(safePath(path), undefined, path);
    }
    assert.equal(safePath('./docs//a.md'), 'docs/a.md');
    assert.equal(safePath('docs\\a.csv'), 'docs/a.csv');
  });

  it('gives a safe path whatever the title (property)', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (title) => {
        const path = suggestPath(template, type('docs/minutes', 'YYYY-MM-DD_*.md'), { ...parts, title });
        assert.equal(safePath(path), path);
        assert.ok(path.startsWith('docs/'));
      }),
    );
  });
});
