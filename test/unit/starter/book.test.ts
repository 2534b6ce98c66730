import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Book, DocumentType } from '../../../src/core/book/book';
import { checkBook } from '../../../src/core/book/check';
import { requiredAt } from '../../../src/core/book/lifecycle';
import { partTitle } from '../../../src/core/book/part-title';
import { readDocument } from '../../../src/core/document/read';
import { effectiveSettings } from '../../../src/core/product/settings';
import { compileRules } from '../../../src/core/rules/compile';
import { runExamples } from '../../../src/core/rules/examples';
import { safePath } from '../../../src/core/templates/path';
import { today } from './fill';
import { starterBook } from './starter-book';

/** The 36 rows of the catalogue of project documents; three rows hold more than one type. */
const catalogue = [
  'project-charter', 'project-plan', 'scope-statement', 'requirements', 'wbs', 'schedule', 'raci', 'stakeholder-register', 'communication-plan',
  'risk-register', 'issue-log', 'change-log', 'decision-log adr', 'minutes', 'status-report', 'quality-plan', 'test-plan', 'test-report',
  'release-checklist', 'release-plan', 'migration-plan', 'ops-handover', 'runbook', 'slo', 'incident-report postmortem', 'retrospective',
  'project-closure', 'budget', 'procurement', 'kpi', 'security-checklist', 'onboarding', 'portfolio', 'lessons', 'guideline template glossary',
  'sunset-plan',
];

/** The twelve types to start with; a decision has two forms, of which the record of a design decision is the deep one. */
const core = [
  'project-charter', 'project-plan', 'requirements', 'risk-register', 'issue-log', 'minutes', 'status-report', 'change-log', 'adr',
  'release-checklist', 'runbook', 'postmortem',
];

const sizes = ['S', 'M', 'L'] as const;
type Need = 'approved' | 'exists' | 'optional';

/** What a cell of a table of required documents asks: words of another kind say where a small project does without. */
function needOf(cell: string): Need | undefined {
  if (cell.startsWith('承認')) return 'approved';
  if (/^(?:要る|毎週|\d+件)$/u.test(cell)) return 'exists';
  return /(?:あれば|やめるとき)$/u.test(cell) ? 'optional' : undefined;
}

/** The type that a name in such a table means: `テスト計画書（案）`, `ポートフォリオ一覧への登録`. */
function typeNamed(name: string, book: Book): DocumentType | undefined {
  const plain = name.replace(/（.*）$/u, '').replace(/への登録$/u, '');
  const types = [...book.types.values()];
  return types.find((type) => type.title.text === plain) ?? types.find((type) => [...type.title.text.split('・'), ...type.aliases].includes(plain));
}

describe('the starter Book', function () {
  this.timeout(60_000);
  let book: Book;

  before(async () => {
    book = await starterBook();
  });

  it('names parts in English as people write them, not as keys are written', () => {
    for (const type of book.types.values()) {
      for (const part of [...type.fields, ...type.sections, ...type.tables.flatMap((table) => table.columns)]) {
        assert.doesNotMatch(partTitle(part, 'en'), /^[ -~]*_/u, `${type.id}.${part.id}`);
      }
    }
  });

  it('is clean', () => {
    const { problems } = compileRules(book, effectiveSettings(book, undefined, today));
    assert.deepEqual([...checkBook(book, today), ...problems].map(({ path, code, message }) => `${path} ${code} ${message.text}`), []);
  });

  it('knows every type of the catalogue', () => {
    assert.equal(catalogue.length, 36);
    for (const id of catalogue.flatMap((row) => row.split(' '))) assert.ok(book.types.has(id), id);
  });

  it('helps with every part of the twelve types to start with', () => {
    for (const id of core) {
      const type = book.types.get(id);
      assert.ok(type !== undefined && type.owner !== '' && type.aliases.length > 0 && type.places.file !== undefined && type.guide !== undefined && type.template !== undefined, id);
      assert.ok(type.class !== 'register' || type.idShape !== undefined, id);
      for (const section of type.sections) assert.ok(section.hint !== '' && section.aliases.length > 0, `${id} ${section.id}`);
      assert.ok(type.tables.length > 0 || id === 'adr', id);
      for (const part of [...type.fields, ...type.tables.flatMap((table) => table.columns)]) assert.notEqual(part.hint, '', `${id} ${part.id}`);
      for (const { id: column, kind, words } of type.tables.flatMap((table) => table.columns)) assert.ok(kind !== 'status' || words !== undefined, `${id} ${column}`);
    }
  });

  it('runs at least 130 of its rules, each with examples that behave', async () => {
    const settings = effectiveSettings(book, undefined, today);
    const running = new Set(compileRules(book, settings).rules.map((rule) => rule.id));
    const behaving: string[] = [];
    for (const rule of book.rules) {
      const results = await runExamples(rule, book);
      const kinds = new Set(results.map((result) => result.kind));
      if (running.has(rule.id) && kinds.size === 2 && results.every((result) => result.ok)) behaving.push(rule.id);
    }
    assert.ok(book.rules.length >= 137, String(book.rules.length));
    assert.ok(behaving.length >= 130, `${String(behaving.length)}: not ${book.rules.map((rule) => rule.id).filter((id) => !behaving.includes(id)).join(' ')}`);
  });

  it('has a set of documents for seven moments, each item a template and a place', () => {
    assert.deepEqual(book.kits.map((kit) => kit.id).sort(), ['closure', 'incident', 'new-pmo-member', 'new-service', 'operation-handover', 'release', 'small-change']);
    for (const kit of book.kits) {
      assert.ok(kit.items.length > 0, kit.id);
      for (const item of kit.items) {
        assert.ok(book.templates.some((template) => template.id === item.template), `${kit.id} ${item.template}`);
        assert.ok(safePath(item.path.replace(/\{\{\w+\}\}/gu, 'x')) !== undefined, `${kit.id} ${item.path}`);
        assert.notEqual(item.owner, '', `${kit.id} ${item.path}`);
      }
    }
  });

  it('says in both languages what its levels and sizes mean', () => {
    for (const { id, title, description } of [...book.lifecycle.levels, ...(book.lifecycle.sizes ?? [])]) {
      for (const words of [title, description]) {
        assert.match(words.text, /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u, id);
        assert.match(words.en ?? '', /^\p{ASCII}+$/u, id);
      }
    }
  });

  it('asks on its pages for the same documents as its gates do', () => {
    for (const gate of book.lifecycle.gates) {
      const page = book.pages.find((one) => one.path === gate.page);
      assert.ok(page !== undefined, gate.id);
      const document = readDocument(page.path, page.text);
      const table = document.tables.find((one) => document.sections[one.section]?.title === '要る文書');
      assert.ok(table !== undefined, page.path);
      const told: string[] = [];
      for (const row of table.rows) {
        const [names = '', ...cells] = row.cells.map((cell) => cell.text);
        for (const name of names.split('、')) {
          const type = typeNamed(name, book);
          assert.ok(type !== undefined, `${page.path} ${name}`);
          sizes.forEach((size, index) => {
            const need = needOf(cells[index] ?? '');
            if (need !== undefined) told.push(`${size} ${type.id} ${need}`);
          });
        }
      }
      const asked = sizes.flatMap((size) => requiredAt(gate, size).map(({ type, need }) => `${size} ${type} ${need}`));
      assert.deepEqual(told.sort(), asked.sort(), page.path);
    }
  });

  it('names on the page of all rules the levels that each group has', () => {
    const page = book.pages.find((one) => one.path === 'pages/rules/index.md');
    const groups = new Map<string, Set<string>>();
    for (const { guide = '', level } of book.rules) {
      const path = guide.split('#')[0] ?? '';
      groups.set(path, (groups.get(path) ?? new Set()).add(level));
    }
    assert.equal(groups.size, 12);
    for (const [path, levels] of groups) {
      const sorted = [...levels].sort();
      const told = sorted.length === 1 ? sorted[0] : `${sorted[0] ?? ''}〜${sorted.at(-1) ?? ''}`;
      const row = page?.text.split('\n').find((line) => line.includes(`(${path.slice('pages/rules/'.length)})`));
      assert.ok(row?.endsWith(`| ${told ?? ''} |`), `${path} ${told ?? ''}`);
    }
  });

  it('counts the documents of each size as its gates do, and asks a team of middle size for 20 at most', () => {
    const page = book.pages.find((one) => one.path === 'pages/lifecycle/tailoring.md');
    for (const size of sizes) {
      const types = new Set(book.lifecycle.gates.flatMap((gate) => requiredAt(gate, size).filter(({ need }) => need !== 'optional').map(({ type }) => type)));
      assert.match(page?.text ?? '', new RegExp(`^\\| ${size} \\|.*\\| ${String(types.size)}種類 \\|$`, 'mu'), size);
      if (size === 'M') assert.ok(types.size <= 20, [...types].join(' '));
    }
  });

  it('is counted right in the README', () => {
    const { types, rules, templates, kits, terms } = book;
    const counts = `${String(types.size)} document types, ${String(rules.length)} rules, ${String(templates.length)} templates, ${String(kits.length)} kits, ${String(terms.length)} terms`;
    assert.ok(readFileSync('README.md', 'utf8').includes(counts), counts);
  });

  it('tells what keeping it costs, from the review dates and counts of today', () => {
    const text = book.pages.find((one) => one.path === 'pages/start/extend.md')?.text ?? '';
    const pagesOf = (cycle: string): number => book.pages.filter(({ reviewCycle }) => reviewCycle === cycle).length;
    const [quarterly, halfYearly, yearly] = [pagesOf('90d'), pagesOf('180d'), pagesOf('1y')];
    assert.equal(quarterly + halfYearly + yearly, book.pages.length);
    const monthly = quarterly / 3 + halfYearly / 6 + yearly / 12;
    const minutes = Math.round((monthly * 15) / 10) * 10;
    const told = `付属のページは${String(book.pages.length)}あります。見直しの周期は、90日が${String(quarterly)}、180日が${String(halfYearly)}、1年が${String(yearly)}です。`;
    assert.ok(text.includes(told), told);
    assert.ok(text.includes(`月に約${String(Math.round(monthly))}ページ、1ページ15分で約${String(minutes)}分`), `${String(monthly)} ${String(minutes)}`);

    const table = readDocument('extend.md', text).tables.find((one) => one.header.cells.some((cell) => cell.text === '月あたり'));
    const rows = table?.rows.map((row) => row.cells.map((cell) => cell.text)) ?? [];
    const sum = rows.slice(0, -1).reduce((total, cells) => total + Number.parseInt(cells[3] ?? '', 10), 0);
    assert.equal(rows.at(-1)?.[3], `約${String(Math.floor(sum / 60))}時間${sum % 60 >= 15 ? '半' : ''}`, String(sum));
    assert.match(rows[0]?.join(' ') ?? '', /30ページ、半年ごと.* 月に5ページ 15分 75分/u);
  });
});
