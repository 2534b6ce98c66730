import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { pageBlocks, type PageBlocksOptions } from '../../../src/core/book/page-blocks';
import type { PageBlock, PageInline } from '../../../src/core/book/page-tree';
import { readMarkdown } from '../../../src/core/document/markdown';
import { anchorsOf } from '../../../src/core/document/slug';
import { LineIndex } from '../../../src/core/text/position';

const pages = new Set(['pages/release/rollback.md', 'pages/release/plan.md', 'pages/index.md', 'pages/会議/議事録.md', 'pages/team/_index.md']);

function read(text: string, options: Partial<PageBlocksOptions> = {}) {
  return pageBlocks(text, { book: 'kobo', path: 'pages/release/plan.md', siteRoot: '', hasPage: (path) => pages.has(path), mark: undefined, ...options });
}

function blocksOf(text: string, options: Partial<PageBlocksOptions> = {}): readonly PageBlock[] {
  return read(text, options).blocks;
}

/** Inlines in a short notation: `*…*` strong, `/…/` emphasis, `~…~` strike, `{…}` code, `<target|…>` link, `^…^` mark, `⏎` break. */
function brief(inlines: readonly PageInline[]): string {
  return inlines
    .map((inline) => {
      switch (inline.kind) {
        case 'text':
          return inline.text;
        case 'mark':
          return `^${inline.text}^`;
        case 'code':
          return `{${inline.text}}`;
        case 'strong':
          return `*${brief(inline.inlines)}*`;
        case 'emphasis':
          return `/${brief(inline.inlines)}/`;
        case 'strike':
          return `~${brief(inline.inlines)}~`;
        case 'break':
          return '⏎';
        case 'link': {
          const { target } = inline;
          const to = target.kind === 'page' ? `${target.path}#${target.anchor}` : target.kind === 'web' ? target.url : 'dead';
          return `<${to}|${brief(inline.inlines)}>`;
        }
      }
    })
    .join('');
}

function line(text: string, options: Partial<PageBlocksOptions> = {}): string {
  const [block] = blocksOf(text, options);
  return block !== undefined && 'inlines' in block ? brief(block.inlines) : JSON.stringify(block);
}

/** Blocks in a short notation, one a line, indented by nesting. */
function outline(blocks: readonly PageBlock[], indent = ''): string[] {
  return blocks.flatMap((block): string[] => {
    switch (block.kind) {
      case 'heading':
        return [`${indent}h${block.level} #${block.anchor} ${brief(block.inlines)}`];
      case 'paragraph':
        return [`${indent}p ${brief(block.inlines)}`];
      case 'list':
        return block.items.flatMap((item, i) => [
          `${indent}${block.ordered ? `${block.start + i}.` : '-'}${item.checked === null ? '' : item.checked ? ' [x]' : ' [ ]'}`,
          ...outline(item.blocks, `${indent}  `),
        ]);
      case 'table':
        return [`${indent}| ${block.header.map(brief).join(' | ')}`, ...block.rows.map((row) => `${indent}| ${row.map(brief).join(' | ')}`)];
      case 'code':
        return [`${indent}code ${block.language} ${JSON.stringify(block.text)}`];
      case 'quote':
        return [`${indent}quote`, ...outline(block.blocks, `${indent}  `)];
      case 'line':
        return [`${indent}---`];
    }
  });
}

describe('page as a typed tree', () => {
  describe('blocks', () => {
    it('leaves out front matter and comments', () => {
      assert.deepEqual(outline(blocksOf('---\ntitle: 題\n---\n\n<!-- 編集者へ -->\n\n# 題\n\n本文\n')), ['h1 #題 題', 'p 本文']);
    });

    it('gives headings the anchors of GitHub, numbered where they repeat', () => {
      assert.deepEqual(outline(blocksOf('# A B!\n## 書き方\n## 書き方\n### **太字** と `code`\n## 自分の {#own}\n')), [
        'h1 #a-b A B!', 'h2 #書き方 書き方', 'h2 #書き方-1 書き方', 'h3 #太字-と-code *太字* と {code}', 'h2 #own 自分の',
      ]);
    });

    it('nests lists, keeps numbers and check boxes', () => {
      const text = '- 一\n  - 二\n    続き\n  - 三\n\n    段落\n- 四\n\n3. 三番\n4. 四番\n\n- [ ] まだ\n- [x] 済んだ **こと**\n';
      assert.deepEqual(outline(blocksOf(text)), [
        '-', '  p 一', '  -', '    p 二続き', '  -', '    p 三', '    p 段落', '-', '  p 四', '3.', '  p 三番', '4.', '  p 四番', '- [ ]', '  p まだ', '- [x]', '  p 済んだ *こと*',
      ]);
    });

    it('reads tables with empty and missing cells and escaped pipes', () => {
      const text = '| 条件 | 時刻 | 人 |\n| --- | --- | --- |\n| a\\|b | `x` |\n| **c** |  | d | e |\n';
      assert.deepEqual(outline(blocksOf(text)), ['| 条件 | 時刻 | 人', '| a|b | {x} | ', '| *c* |  | d']);
    });

    it('keeps code as it is, also inside lists and quotes', () => {
      const text = '```ts title="x"\nconst a = "<b>";\n  two\n```\n\n- 手順\n\n  ~~~\n  kobo check\n    deeper\n  ~~~\n\n> ```\n> quoted\n> ```\n\n    indented\n';
      assert.deepEqual(outline(blocksOf(text)), [
        'code ts "const a = \\"<b>\\";\\n  two"', '-', '  p 手順', '  code  "kobo check\\n  deeper"', 'quote', '  code  "quoted"', 'code  "indented"',
      ]);
    });

    it('groups quoted lines and what stands in them', () => {
      assert.deepEqual(outline(blocksOf('> 一\n> 二\n>\n> - 三\n\n本文\n\n> 別\n')), ['quote', '  p 一二', '  -', '    p 三', 'p 本文', 'quote', '  p 別']);
      assert.deepEqual(outline(blocksOf('- 項目\n  > 引用\n- 次\n')), ['-', '  p 項目', '  quote', '    p 引用', '-', '  p 次']);
    });

    it('reduces HTML to its words and drops scripts', () => {
      assert.deepEqual(outline(blocksOf('<details><summary>くわしく</summary>\n本文 <b>太字</b>\n</details>\n\n<script>alert(1)</script>\n\n<img src="x" onerror="alert(1)">\n\n---\n')), [
        'p くわしく本文 太字', '---',
      ]);
    });
  });

  describe('inlines', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['**太い** *斜め* ~~消す~~ `code` 普通', '*太い* /斜め/ ~消す~ {code} 普通'],
      ['***両方*** と **中に *斜め* あり**', '/*両方*/ と *中に /斜め/ あり*'],
      ['これは**「切り戻し」**のこと。', 'これは*「切り戻し」*のこと。'],
      ['snake_case_name と 2*3*4', 'snake_case_name と 2/3/4'],
      ['約3~5日、10~20件', '約3~5日、10~20件'],
      ['** 開かない ** と *閉じない', '** 開かない ** と *閉じない'],
      ['`` a`b `` と ` 閉じない', '{a`b} と ` 閉じない'],
      ['一行目  \n二行目\\\n三行目<br>四行目', '一行目⏎二行目⏎三行目⏎四行目'],
      ['日本語の\n改行と English\nwords', '日本語の改行と English words'],
      ['&lt;b&gt; &amp; &#12354; &unknown;', '<b> & あ &unknown;'],
      ['\\*そのまま\\* \\a', '*そのまま* \\a'],
      ['<担当者> を書く <b>太字</b>', '<担当者> を書く 太字'],
      ['前<!-- 隠す -->後', '前後'],
      ['[ ] 角かっこ [だけ]', '[ ] 角かっこ [だけ]'],
    ];
    for (const [source, expected] of cases) {
      it(JSON.stringify(source), () => {
        assert.equal(line(source), expected);
      });
    }
  });

  describe('links', () => {
    const cases: readonly (readonly [string, string])[] = [
      ['[計画](rollback.md)', '<pages/release/rollback.md#|計画>'],
      ['[計画](./rollback#条件 "題")', '<pages/release/rollback.md#条件|計画>'],
      ['[計画](rollback.md#%E6%9D%A1%E4%BB%B6)', '<pages/release/rollback.md#条件|計画>'],
      ['[上](../index.md) [組](../team/)', '<pages/index.md#|上> <pages/team/_index.md#|組>'],
      ['[会議](</pages/会議/議事録.md>)', '<pages/会議/議事録.md#|会議>'],
      ['[ここ](#書き方)', '<pages/release/plan.md#書き方|ここ>'],
      ['[本](kobo-book:/kobo/pages/index.md#a)', '<pages/index.md#a|本>'],
      ['[よその本](kobo-book:/other/pages/index.md)', '<dead|よその本>'],
      ['[参照][計画] [計画] [計画][]\n\n[計画]: rollback.md', '<pages/release/rollback.md#|参照> <pages/release/rollback.md#|計画> <pages/release/rollback.md#|計画>'],
      ['[**太い** 語](https://example.com/a_(b))', '<https://example.com/a_(b)|*太い* 語>'],
      ['<https://example.com> <a@example.com>', '<https://example.com|https://example.com> <mailto:a@example.com|a@example.com>'],
      ['資料はhttps://example.com/a?b=1を参照。', '資料は<https://example.com/a?b=1|https://example.com/a?b=1>を参照。'],
      ['www.example.com.', '<https://www.example.com|www.example.com>.'],
      ['![図の説明](figure.png)', '図の説明'],
      ['[![絵](a.png)](rollback.md)', '<pages/release/rollback.md#|絵>'],
      ['[外 [中](rollback.md)](plan.md)', '[外 <pages/release/rollback.md#|中>](plan.md)'],
    ];
    for (const [source, expected] of cases) {
      it(JSON.stringify(source), () => {
        assert.equal(line(source), expected);
      });
    }

    it('are dead where no one may follow', () => {
      for (const target of [
        'javascript:alert(1)', 'JavaScript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'command:workbench.action.quit', 'vscode://x/y', '//example.com/x',
        '../../../etc/passwd', '../../missing.md', 'missing.md', 'kobo-book:/kobo/../secret.md', 'java&#10;script:alert(1)',
      ]) {
        const text = line(`[語](${target})`);
        assert.match(text, /^<dead\|語>$/, target);
      }
    });

    it('reads site-root links inside the Book and refuses others', () => {
      const options = { siteRoot: '/handbook/', hasPage: (path: string) => path === 'team/index.md' };
      assert.equal(line('[組](/handbook/team/)', options), '<team/index.md#|組>');
      assert.equal(line('[組](/other/team/)', options), '<dead|組>');
      assert.equal(line('[組](/handbookx/team/)', options), '<dead|組>');
    });
  });

  describe('marks', () => {
    const mark = (text: string): [number, number][] => {
      const ranges: [number, number][] = [];
      for (let at = text.indexOf('切り戻し'); at >= 0; at = text.indexOf('切り戻し', at + 4)) ranges.push([at, at + 4]);
      return ranges;
    };

    it('stand in headings, words, links and cells, and are counted', () => {
      const text = '# 切り戻しの条件\n\nまず**切り戻し**を、次に[切り戻し](rollback.md)を。`切り戻し`\n\n| 切り戻し |\n| --- |\n| なし |\n';
      const { blocks, matches } = read(text, { mark });
      assert.deepEqual(outline(blocks), ['h1 #切り戻しの条件 ^切り戻し^の条件', 'p まず*^切り戻し^*を、次に<pages/release/rollback.md#|^切り戻し^>を。{切り戻し}', '| ^切り戻し^', '| なし']);
      assert.equal(matches, 4);
    });
  });

  describe('anything at all', () => {
    it('is read without a throw, and every anchor is the one other rooms know', () => {
      const pieces = ['# ', '## a', '- ', '> ', '1. ', '    ', '```', '| a | b |\n| - | - |\n', '[x](y)', '![', '**', '_', '~~', '`', '<b>', '<!--', '\\', '\n', '\n\n', '切り戻し', '[ ] ', '&amp;', 'http://a.b'];
      fc.assert(
        fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (parts) => {
          const text = parts.join('');
          const found = outline(blocksOf(text)).filter((entry) => /^h\d/.test(entry)).map((entry) => entry.split(' ')[1]);
          const { sections } = readMarkdown(text, new LineIndex(text));
          const anchors = anchorsOf({ sections, text });
          const wanted = sections.flatMap((section, i) => (section.kind === 'heading' ? [`#${anchors[i] ?? ''}`] : []));
          assert.deepEqual(found, wanted);
        }),
      );
    });

    it('keeps every word of plain text', () => {
      const word = fc.stringMatching(/^[a-zぁ-ん]{1,8}$/);
      fc.assert(
        fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (words) => {
          assert.equal(line(`x ${words.join(' ')}`), `x ${words.join(' ')}`);
        }),
      );
    });

    it('is read in one pass however it is nested', () => {
      for (const pattern of ['[a](b', '**a*', '`', '[', '*a_b ', '![a', '> ', '- ', '<a ', '[a][', '_a*', 'http://a(', '~~a', '|a']) {
        read(pattern.repeat(10_000));
      }
      const nested = read(`${'*a '.repeat(5_000)}${'b* '.repeat(5_000)}`).blocks;
      // Deep enough to overflow a stack, were nothing capped.
      assert.ok(JSON.stringify(nested).length > 0);
    }).timeout(60_000);

    it('reads every page of a real handbook', function () {
      const folder = join(process.env.KOBO_SHARED ?? '../shared', 'corpora', 'kyama0__gitlab-handbook-ja');
      let names: string[];
      try {
        names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.md'));
      } catch {
        process.stdout.write('skipped: no corpora\n');
        this.skip();
      }
      const every = Math.max(1, Math.floor(names.length / 300));
      const known = new Set(names);
      let links = 0;
      names.filter((_, i) => i % every === 0).forEach((name) => {
        const { blocks } = pageBlocks(readFileSync(join(folder, name), 'utf8'), { book: 'h', path: name, siteRoot: '', hasPage: (path) => known.has(path), mark: undefined });
        links += JSON.stringify(blocks).split('"target":{"kind":"web"').length - 1;
      });
      assert.ok(links > 0);
    }).timeout(60_000);
  });
});
