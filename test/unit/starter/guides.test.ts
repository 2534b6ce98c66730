import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { pageBlocks } from '../../../src/core/book/page-blocks';
import type { PageBlock } from '../../../src/core/book/page-tree';
import { Project } from '../../../src/core/product/project';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { ownGuides } from '../../../src/core/rules/reading';
import { findingsIn } from './checked';
import { filesBelow } from '../book/folders';
import { starterBook } from './starter-book';

/** What a reader sees below the heading that a guide opens; `undefined` when it opens none. */
function opened(book: Book, guide: string): readonly PageBlock[] | undefined {
  const [path = '', anchor = ''] = guide.split('#');
  const page = book.pages.find((one) => one.path === path);
  if (page === undefined) return undefined;
  const hasPage = (target: string): boolean => book.pages.some((one) => one.path === target);
  const { blocks } = pageBlocks(page.text, { book: book.id, path, siteRoot: book.siteRoot, hasPage, mark: undefined });
  if (anchor === '') return blocks.slice(1);
  const from = blocks.findIndex((block) => block.kind === 'heading' && block.anchor === anchor);
  if (from < 0) return undefined;
  const next = blocks.findIndex((block, index) => index > from && block.kind === 'heading');
  return blocks.slice(from + 1, next < 0 ? undefined : next);
}

/** The words of the section a rule's guide opens, as they are written. */
function sectionText(book: Book, guide: string): string {
  const [path = '', anchor = ''] = guide.split('#');
  const text = book.pages.find((one) => one.path === path)?.text ?? '';
  return text.split(/^## /mu).find((part) => part.split('\n')[0]?.toLowerCase().replaceAll(' ', '-') === anchor) ?? '';
}

const badDocuments: Readonly<Record<string, string>> = {
  'docs/conflict.md': '---\ntype: project-plan\n---\n# 計画\n\n<<<<<<< HEAD\n1\n=======\n2\n>>>>>>> other\n',
  'docs/head.md': '---\ntype: [minutes\n---\n# 会議\n',
  'docs/schedule.yaml': 'type: schedule\n  milestones: x\n bad: - y\n',
};

describe('guides of the starter Book', function () {
  this.timeout(60_000);
  let book: Book;

  before(async () => {
    book = await starterBook();
  });

  it('open a section that says something, for every rule', () => {
    for (const { id, guide = '' } of book.rules) {
      assert.match(guide, /#./u, id);
      assert.ok((opened(book, guide) ?? []).length > 0, `${id} ${guide}`);
    }
  });

  it('answer there: what is asked and why, how to comply, an example, when it does not apply, how to get an exception', () => {
    for (const guide of new Set(book.rules.flatMap((rule) => rule.guide ?? []))) {
      const text = sectionText(book, guide);
      const [asked = ''] = text.split('\n').slice(1);
      assert.match(asked, /。/u, `${guide} ${asked}`);
      for (const part of ['直し方', '例', '当てはまらないとき', '見送り']) assert.match(text, new RegExp(`^- ${part}：.{4}`, 'mu'), `${guide} ${part}`);
    }
  });

  it('open a page that says something, for every type, term, phase and gate', () => {
    const guides = [
      ...[...book.types].map(([id, type]): [string, string | undefined] => [id, type.guide]),
      ...[...book.lifecycle.phases, ...book.lifecycle.gates].map((one): [string, string | undefined] => [one.id, one.page]),
    ];
    for (const [id, guide] of guides) assert.ok((opened(book, guide ?? '') ?? []).length > 1, `${id} ${guide ?? ''}`);
    for (const { preferred, page } of book.terms) if (page !== undefined) assert.ok((opened(book, page) ?? []).length > 0, `${preferred} ${page}`);
  });

  it('are there for the findings that belong to no rule of the Book', async () => {
    for (const guide of Object.values(ownGuides)) assert.ok((opened(book, guide) ?? []).length > 0, guide);
    const findings = await findingsIn(new Map(Object.entries(badDocuments)), book, '2026-11-24', { 'docs/conflict.md': 'project-plan' });
    const own = findings.filter(({ rule }) => rule.startsWith('DOC-'));
    assert.ok(new Set(own.map(({ rule }) => rule)).size >= 2, own.map(({ rule }) => rule).join(' '));
    for (const { rule, guide } of own) assert.equal(guide, ownGuides.unreadable, rule);
  });

  it('are there for what is wrong in kobo.yaml and in waivers, and for every finding of the sample in trouble', async () => {
    const files = filesBelow('templates/samples/trouble');
    const koboText = `${files.get('kobo.yaml') ?? ''}rules: { REG-013: off, REG-999: off }\nwaivers:\n  - { rule: REG-009, until: 2026-10-30, reason: 運用チームの返事を待っているため, approved_by: 鈴木 }\n`;
    const project = new Project({
      book, settings: readKoboFile(koboText).settings, koboText, files: ['kobo.yaml', ...files.keys()], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24',
    });
    for (const path of project.wanted()) project.put(path, path === 'kobo.yaml' ? koboText : (files.get(path) ?? ''));
    const { findings } = await project.reportAll();
    const rules = new Set(findings.map(({ rule }) => rule));
    for (const rule of ['kobo.book.locked', 'kobo.book.unknown-rule', 'WVR-001']) assert.ok(rules.has(rule), [...rules].join(' '));
    for (const { rule, guide } of findings) assert.ok((opened(book, guide ?? '') ?? []).length > 0, `${rule} ${guide ?? ''}`);
  });

  it('are left out in a Book that does not have the page', async () => {
    const bare: Book = { ...book, pages: [] };
    const findings = await findingsIn(new Map(Object.entries(badDocuments)), bare, '2026-11-24');
    const own = findings.filter(({ rule }) => rule.startsWith('DOC-'));
    assert.ok(own.length > 0);
    for (const { rule, guide } of own) assert.equal(guide, undefined, rule);
  });
});
