import assert from 'node:assert/strict';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';
import type { Finding } from '../../../src/core/rules/finding';
import { starterBook } from '../starter/starter-book';

describe('what is missing of a product', () => {
  it('say at kobo.yaml what is missing of the product, and once, while the file is open', async () => {
    const koboText = 'format: 1\nproduct: { id: a, name: a }\nphase: test\nlevel: L2\n';
    const project = new Project({ book: await starterBook(), settings: readKoboFile(koboText).settings, koboText, files: ['kobo.yaml', 'docs/x.md'], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
    project.put('docs/x.md', '---\ntype: minutes\n---\n# 定例\n');
    const gates = (findings: readonly Finding[]): readonly string[] => findings.filter(({ path }) => path === 'kobo.yaml').map(({ rule }) => rule);
    const all = gates((await project.reportAll()).findings);
    assert.ok(all.includes('GAT-001'), all.join(' '));
    project.put('kobo.yaml', koboText);
    assert.deepEqual(gates((await project.report('kobo.yaml', { network: true }))?.findings ?? []), all);
    assert.deepEqual(gates((await project.reportAll()).findings), all);
  });
});
