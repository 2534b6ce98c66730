import assert from 'node:assert/strict';
import { linesOf, maskOpaque, sentencesOf } from '../../../src/core/document/prose';
import { readDocument } from '../../../src/core/document/read';
import { anchorsOf, githubSlug } from '../../../src/core/document/slug';

const sentences = (text: string): string[] => {
  const document = readDocument('a.md', text);
  return sentencesOf(document).map(({ span }) => text.slice(span.start, span.end));
};

describe('sentences', () => {
  it('end at Japanese and Latin full stops, not in numbers, code, links, quotations or addresses', () => {
    assert.deepEqual(sentences('一つ目。二つ目！三つ目？\n'), ['一つ目。', '二つ目！', '三つ目？']);
    assert.deepEqual(sentences('Version 1.2.3 is out. See `a. B` and https://e.com/a.b now. Next\n'), ['Version 1.2.3 is out.', 'See `a. B` and https://e.com/a.b now.', 'Next']);
    assert.deepEqual(sentences('「はい。」と答えた。次。\n'), ['「はい。」と答えた。', '次。']);
    assert.deepEqual(sentences('[題。名](a.md)を読む。次。\n'), ['[題。名](a.md)を読む。', '次。']);
    assert.deepEqual(sentences('See e.g. the plan. 以上。\n'), ['See e.g. the plan.', '以上。']);
  });

  it('run over soft line ends, and stop at hard ones and beside label lines', () => {
    assert.deepEqual(sentences('前半と\n後半。\n'), ['前半と\n後半。']);
    assert.deepEqual(sentences('一行目  \n二行目\n'), ['一行目', '二行目']);
    assert.deepEqual(sentences('日時：11月\n場所：A\n本文\n'), ['日時：11月', '場所：A', '本文']);
  });

  it('come from items and know their section, never from code, tables or comments', () => {
    const text = '# A\n- 点一。点二。\n\n```\n文。\n```\n<!-- 文。 -->\n\n| a |\n| - |\n| 文。 |\n';
    const document = readDocument('a.md', text);
    assert.deepEqual(sentencesOf(document).map((s) => [text.slice(s.span.start, s.span.end), s.section, s.kind]), [['点一。', 0, 'item'], ['点二。', 0, 'item']]);
  });
});

describe('lines', () => {
  it('are prose lines, items and rows in order', () => {
    const text = '# A\n一\n二\n\n> 引用\n> 続き\n\n- 点\n\n| a |\n| - |\n| x |\n';
    const document = readDocument('a.md', text);
    assert.deepEqual(linesOf(document).map((l) => [l.kind, text.slice(l.span.start, l.span.end)]), [
      ['prose', '一'], ['prose', '二'], ['prose', '引用'], ['prose', '続き'], ['item', '点'], ['row', '| x |'],
    ]);
  });
});

describe('the masked text', () => {
  it('has the length and line ends of the text, and no code', () => {
    const text = '---\na: b\n---\n本文 `秘密` <b>x</b>\n\n```\ncode 😀\n```\n';
    const masked = maskOpaque(readDocument('a.md', text));
    assert.equal(masked.length, text.length);
    assert.equal(masked.split('\n').length, text.split('\n').length);
    assert.equal(masked.replace(/\s+/g, ' '), ' 本文 x ');
  });
});

describe('anchors', () => {
  it('are GitHub slugs: Japanese stays, punctuation goes, equal ones are numbered', () => {
    assert.equal(githubSlug('1. 目的・背景（v2.0）のまとめ'), '1-目的背景v20のまとめ');
    assert.equal(githubSlug('Hello, World_x - Ｙ！'), 'hello-world_x---ｙ');
    const document = readDocument('a.md', '# A\n## A\n## A-1\n**太字**\n\n## A\n## 見出し {#own}\n');
    assert.deepEqual(anchorsOf(document), ['a', 'a-1', 'a-1-1', '', 'a-2', 'own']);
  });
});
