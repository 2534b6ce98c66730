import assert from 'node:assert/strict';
import fc from 'fast-check';
import { plainText } from '../../../src/core/search/plain';
import { anchorOf, readPage, sectionText } from '../../../src/core/search/sections';

describe('search sections', () => {
  it('takes the title from front matter, else H1, else the file name', () => {
    assert.equal(readPage('---\ntitle: "あ: い"\n---\n# 別\n', 'x/y.md').title, 'あ: い');
    assert.equal(readPage('# 見出し **太字**\n本文', 'x/y.md').title, '見出し 太字');
    assert.equal(readPage('本文だけ', 'x/release-plan.md').title, 'release-plan');
  });

  it('reads tags, aliases and summary in either list form, CRLF too', () => {
    const read = readPage('---\r\ntags: [a, "b c"]\r\naliases:\r\n  - 別名\r\n  - other\r\ndescription: 短い\r\n---\r\n本文\r\n', 'p.md');
    assert.deepEqual([read.tags, read.aliases, read.summary], [['a', 'b c'], ['別名', 'other'], '短い']);
    assert.equal(read.sections.length, 1);
  });

  it('splits at every heading, gives GitHub anchors and repeats', () => {
    const text = '# 題\n序\n## 手順\n一\n### Step (1)!\n二\n## 手順\n三\n```\n# not a heading\n```\nSetext\n---\n四\n';
    const read = readPage(text, 'p.md');
    assert.deepEqual(
      read.sections.map((section) => [section.heading, anchorOf(section.heading, section.repeat), sectionText(text, section).prose]),
      [['', '', '序'], ['手順', '手順', '一'], ['Step (1)!', 'step-1', '二'], ['手順', '手順-1', '三'], ['Setext', 'setext', '四']],
    );
    assert.equal(sectionText(text, read.sections[3]!).code, '# not a heading\n');
  });

  it('reduces Markdown to words', () => {
    const text = '- [ ] **太字**と[リンク](http://x.example/a_(b))、![図](a.png)\n> 引用 `code` &amp; &#x3042;\n| a | b |\n|---|:-:|\n| 1 | <b>2</b> |\n<!-- 秘密\n続き -->残り\nhttps://example.com/x を見る\n> [!NOTE]\n> 注意';
    assert.equal(plainText(text).prose, '太字とリンク、図\n引用 code & あ\na | b\n1 | 2\n残り\nを見る\n注意');
  });

  it('covers the text without gaps or overlaps, whatever it is', () => {
    const line = fc.constantFrom('# あ', '## い', 'text', '', '```', '---', '===', '- x', '| a |', '<!--', '-->', '\r', '    code');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), (lines) => {
        const text = lines.join('\n');
        const { sections } = readPage(text, 'p.md');
        let before = 0;
        for (const { start, end } of sections) {
          assert.ok(start >= before && end >= start && end <= text.length);
          before = end;
        }
        assert.equal(sections.at(-1)?.end, text.length);
      }),
    );
  });
});
