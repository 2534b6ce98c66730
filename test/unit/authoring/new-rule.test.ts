import assert from 'node:assert/strict';
import { exampleProblems, fileProblems, openBookFile, runFile } from '../../../src/core/authoring/book-file';
import { draftRule, ruleKinds, ruleYaml, type RuleAnswers, type RuleKind } from '../../../src/core/authoring/new-rule';
import { addRule, ruleFileHead } from '../../../src/core/authoring/rule-edit';
import { assembleBook } from '../../../src/core/book/layers';
import { readYaml } from '../../../src/core/book/yaml-source';
import { layersOf, ruleFile, today } from './support';

/** What a person would pick for each kind of question. */
const chosen: Readonly<Record<RuleKind, Partial<RuleAnswers> & { readonly type: string }>> = {
  section: { type: 'minutes', section: 'decisions' },
  field: { type: 'project-plan', field: 'approver' },
  column: { type: 'issue-log', column: 'owner' },
  column_when: { type: 'issue-log', status: 'done', column: 'closed' },
  vocabulary: { type: 'risk-register', column: 'strategy' },
  words: { type: 'minutes', words: ['なるべく', 'as soon as: possible'] },
  overdue: { type: 'risk-register', column: 'due' },
  stale: { type: 'risk-register', column: 'updated', days: 30 },
  unique: { type: 'risk-register', column: 'id' },
  agrees: { type: 'risk-register', column: 'due', otherType: 'issue-log' },
  traced: { type: 'risk-register', otherType: 'issue-log' },
  figures: { type: 'risk-register', column: 'score', columns: ['probability', 'impact'] },
  approval: { type: 'project-plan' },
  gate: { type: 'slo', gate: 'G5' },
  contains: { type: 'minutes', recogniser: 'phone' },
};

const head = ruleFileHead({ group: 'hoshi', title: 'ほしの決まり', guide: 'pages/rules/registers.md', owner: '全社PMO', track: 'progress', level: 'L1' });

describe('a new rule from answers', () => {
  for (const kind of ruleKinds) {
    it(`${kind}: is without problems and its examples behave, as proposed`, async () => {
      const layers = await layersOf();
      const book = assembleBook(layers);
      const answers: RuleAnswers = {
        id: 'HOS-001', level: 'L1', severity: 'warning', pilot: ['shift-navi'], guide: '#必須の列', kind, ...chosen[kind], ...draftRule({ kind, ...chosen[kind] }, book, today),
      };
      const edit = addRule(head, (indent) => ruleYaml(answers, indent));
      assert.ok(edit !== undefined);
      const text = head.slice(0, edit.span.start) + edit.text + head.slice(edit.span.end);
      const file = openBookFile(layers, 'rules/hoshi.yaml', text, today);
      const problems = [...fileProblems(file), ...exampleProblems(await runFile(file, 'ja'))].map(({ message }) => message.text);
      assert.deepEqual(problems, [], text);
      assert.equal(file.rules.length, 1);
    });
  }

  for (const recogniser of ['phone', 'email', 'personal_email', 'money', 'date', 'time', 'percent', 'number', 'quantity', 'person', 'id', 'password', 'full_width_digit']) {
    it(`contains ${recogniser}: marks the words that are underlined`, async () => {
      const layers = await layersOf();
      const what = { kind: 'contains', type: 'minutes', recogniser } as const;
      const answers: RuleAnswers = { id: 'HOS-001', level: 'L1', severity: 'warning', pilot: ['shift-navi'], guide: '#必須の列', ...what, ...draftRule(what, assembleBook(layers), today) };
      const edit = addRule(head, (indent) => ruleYaml(answers, indent));
      assert.ok(edit !== undefined);
      const text = head.slice(0, edit.span.start) + edit.text + head.slice(edit.span.end);
      const file = openBookFile(layers, 'rules/hoshi.yaml', text, today);
      assert.deepEqual([...fileProblems(file), ...exampleProblems(await runFile(file, 'ja'))].map(({ message }) => message.text), [], text);
    });
  }

  it('keeps what people write, whatever it is', async () => {
    const book = assembleBook(await layersOf());
    for (const text of ['a: b # c', '「」"\'', '- x', '{y}', '改行\nあり', 'yes', '123', '*a', '|']) {
      const answers: RuleAnswers = { ...draftRule({ kind: 'words', type: 'minutes', words: [text] }, book, today), kind: 'words', type: 'minutes', words: [text], id: 'HOS-001', title: text, titleEn: text, message: text, messageEn: text, why: text, guide: 'pages/a.md', level: 'L1', severity: 'hint', pilot: ['draft'] };
      const { data, problems } = readYaml(`rules:\n${ruleYaml(answers)}`);
      assert.deepEqual(problems, []);
      const [rule] = (data as { readonly rules: readonly Record<string, unknown>[] }).rules;
      assert.deepEqual([rule?.title, rule?.message, rule?.why, rule?.forbid], [text, text, text, { words: [text] }]);
    }
  });
});

describe('the place of a new rule in its file', () => {
  const add = (text: string): string => {
    const edit = addRule(text, (indent) => `${indent}- id: NEW-001\n${indent}  title: a\n`);
    return edit === undefined ? '' : text.slice(0, edit.span.start) + edit.text + text.slice(edit.span.end);
  };
  for (const [what, text] of [
    ['behind the last rule', ruleFile()],
    ['in a file without an end of line', ruleFile().trimEnd()],
    ['in lists that are not indented', 'group: a\nrules:\n- id: A-001\n  title: b\n'],
    ['before what follows the list', 'group: a\nrules:\n  - id: A-001\n    title: b\n\n# Rest\nowner: c\n'],
    ['in an empty list', 'group: a\nrules: []\nowner: c\n'],
    ['where nothing stands behind rules:', 'group: a\nrules:\n'],
    ['where there is no list yet', 'group: a\n'],
    ['in a file with Windows line ends', ruleFile().replaceAll('\n', '\r\n')],
  ] as const) {
    it(what, () => {
      const after = add(text);
      const before = readYaml(text).data as { readonly rules?: readonly unknown[] | null; readonly owner?: string };
      const { data, problems } = readYaml(after);
      assert.deepEqual(problems, [], after);
      const { rules, owner } = data as { readonly rules: readonly { readonly id: string }[]; readonly owner?: string };
      assert.equal(rules.length, (before.rules ?? []).length + 1, after);
      assert.equal(rules.at(-1)?.id, 'NEW-001');
      assert.equal(owner, before.owner);
      assert.equal(after.includes('\r'), text.includes('\r'));
      assert.ok(!/[^\r]\n/u.test(after) || !text.includes('\r'), 'one kind of line end');
    });
  }
});
