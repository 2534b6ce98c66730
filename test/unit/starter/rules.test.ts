import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { filesBelow } from '../book/folders';

interface RuleText {
  readonly id: string;
  readonly level?: string;
  readonly message: string;
  readonly message_en: string;
  readonly title: string;
  readonly title_en: string;
  readonly why: string;
  readonly why_en: string;
  readonly guide: string;
  readonly fix?: unknown;
  readonly good: unknown;
  readonly bad: unknown;
}

interface RuleFile {
  readonly format: number;
  readonly guide: string;
  readonly level: string;
  readonly rules: readonly RuleText[];
}

const rules = [...filesBelow('templates/rules').values()].flatMap((text) => {
  const file = parse(text) as RuleFile;
  return file.rules.map((rule) => ({ ...rule, level: rule.level ?? file.level, format: file.format, page: file.guide }));
});

/** Rules of the catalogue, and those this Book has beyond it. */
const catalogueSize = 137;
const ownRules = ['REG-021', 'REG-022', 'REG-023', 'REG-024', 'REG-025', 'FRS-013', 'FRS-014', 'CMP-021'];

const placeholders = (text: string): string => (text.match(/\{[^}]+\}/g) ?? []).sort().join(' ');
const sentences = (text: string): number => text.split('。').length - 1;

describe('rules of the starter Book', () => {
  it('holds the whole catalogue, at most 25 rules of it at the first level', () => {
    assert.equal(new Set(rules.map((rule) => rule.id)).size, catalogueSize + ownRules.length);
    for (const id of ownRules) assert.ok(rules.some((rule) => rule.id === id), id);
    const first = rules.filter((rule) => rule.level === 'L1').map((rule) => rule.id);
    assert.ok(first.length <= 25, first.join(' '));
    assert.deepEqual(first.filter((id) => id.startsWith('VAG')), []);
  });

  it('says in both languages what is wrong and why, with the same values', () => {
    for (const rule of rules) {
      for (const key of ['message', 'message_en', 'title', 'title_en', 'why', 'why_en', 'guide'] as const) assert.ok(rule[key], `${rule.id} ${key}`);
      assert.equal(placeholders(rule.message), placeholders(rule.message_en), rule.id);
      assert.equal(sentences(rule.why), 2, `${rule.id} ${rule.why}`);
      assert.ok(rule.page.startsWith('pages/rules/') && rule.guide.startsWith('#'), rule.id);
    }
  });

  it('speaks to people: polite, short, without jargon or its own ids', () => {
    for (const { id, message } of rules) {
      assert.match(message, /(?:です|ます|せん|ください|すか|せんか)(?:（[^）]*）)?。(?:\{hint\})?$/u, `${id} ${message}`);
      assert.doesNotMatch(message, /エラー|違反|スキーマ|構文|フロントマター|front matter|NG|！|ひな形|ルール|存在し|[A-Z]{3}-\d{3}/u, `${id} ${message}`);
      assert.match(message, /ください|[すせ]んか。|すか。|書きます。|作れます。/u, `${id} does not say what to do: ${message}`);
      assert.ok(message.replace(/\{[^}]+\}/g, '').length <= 45, `${id} ${message}`);
    }
  });

  it('states no fact for a person in a fix', () => {
    const facts = /today|done|approved|reviewed: (?!ask)|該当なし/u;
    for (const rule of rules) {
      const text = JSON.stringify(rule.fix ?? {}).replaceAll('"', '').replace(/:/g, ': ');
      for (const value of text.match(/: (?:today|done|approved|yellow|revising|該当なし)/gu) ?? []) assert.fail(`${rule.id} fills in${value}`);
      if (text.includes('safe: true')) assert.doesNotMatch(text, facts, rule.id);
    }
  });

  it('gives every rule a good and a bad example', () => {
    for (const rule of rules) assert.ok(rule.good !== undefined && rule.bad !== undefined, rule.id);
  });
});
