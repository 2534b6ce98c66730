import assert from 'node:assert/strict';
import { exampleProblems, fileProblems, openBookFile, runFile } from '../../../src/core/authoring/book-file';
import { schemaNamed } from '../../../src/core/book/validate';
import { layersOf, ruleFile, today } from './support';

type Changes = Readonly<Record<string, string>>;
/** A change of the usual rule with a mistake in it, and the word that has to be told. */
type Mistake = readonly [changes: Changes, word: string, meant?: string];

/** Texts for people: any is right. */
const text = 'text';
/** What stands there is told elsewhere: a map whose keys have lines of their own, or `true`. */
const map = 'map';

const cell = (predicate: string): Changes => ({ require: `{ closed: ${predicate} }` });
const number = (predicate: string): Changes => ({ types: '[risk-register]', when: '', require: `{ score: ${predicate} }`, good: '', bad: '', message: 'x', message_en: 'x' });
const asked = (require: string): Changes => ({ on: 'document', when: '', require, good: '', bad: '', message: 'x', message_en: 'x' });
const minutes = (require: string): Changes => ({ ...asked(require), types: '[minutes]' });
const fix = (one: string): Changes => ({ fix: `{ ${one} }` });
const severity = (key: string): Mistake => [{ severity: `{ default: info, ${key}: warnin }` }, 'warnin', 'warning'];
const product = (require: string): Changes => ({ types: 'all', on: 'product', when: '', require, good: '', bad: '', message: 'x', message_en: 'x' });
const params = (param: string, use = '{ due: { older_than: $limit } }'): Changes => ({ params: `{ limit: ${param} }`, when: use });

/** Every key of the schema with a mistake below it. Whoever adds a key adds a line here. */
const mistakes: Readonly<Record<string, Mistake | typeof text | typeof map>> = {
  'file.format': map, 'file.group': text, 'file.title': text, 'file.title_en': text, 'file.owner': text, 'file.rules': map,
  // The head of the file holds what its rules leave out.
  'file.guide': map, 'file.level': map, 'file.severity': map, 'file.today': map, 'file.track': map, 'file.types': map,
  'rule.id': [{ id: 'HOS-1' }, 'HOS-1'], 'rule.title': text, 'rule.title_en': text, 'rule.why': text, 'rule.why_en': text, 'rule.source': text, 'rule.owner': text, 'rule.locked': map,
  'rule.types': [{ types: '[isue-log]' }, 'isue-log', 'issue-log'], 'rule.except': [{ types: 'all', except: '[isue-log]' }, 'isue-log', 'issue-log'],
  'rule.on': [{ on: 'row' }, 'row', 'rows'], 'rule.on.*': [{ on: '{ rows: isues }' }, 'isues', 'issues'], 'rule.in': [{ in: 'isues' }, 'isues', 'issues'], 'rule.pick': [{ pick: 'lst' }, 'lst', 'last'],
  'rule.applies': map, 'rule.applies.phases': [{ applies: '{ phases: [youken] }' }, 'youken', 'yoken'], 'rule.applies.from': [{ applies: '{ from: youken }' }, 'youken', 'yoken'],
  'rule.applies.to': [{ applies: '{ to: youken }' }, 'youken', 'yoken'], 'rule.applies.gates': [{ applies: '{ gates: [G12] }' }, 'G12', 'G1'], 'rule.applies.sizes': [{ applies: '{ sizes: [XL] }' }, 'XL'],
  'rule.applies.roles': [{ applies: '{ roles: [pm] }' }, 'roles'], 'rule.applies.products': [{ applies: '{ products: [hatoo] }' }, 'hatoo', 'hato'],
  'rule.applies.since': [{ applies: '{ since: 2026-13-01 }' }, '2026-13-01'],
  'rule.params': map, 'rule.params.*': [params('3 dayz'), '3 dayz'], 'rule.params.*.default': [params('{ default: 3 dayz }'), '3 dayz'], 'rule.params.*.min': [params('{ default: 3 days, min: 1 dya }'), '1 dya'],
  'rule.params.*.max': [params('{ default: 3 days, max: 9 }'), '9'], 'rule.params.*.title': text, 'rule.params.*.types': [params('{ default: 3 days, types: { isue-log: 5 days } }'), 'isue-log', 'issue-log'],
  'rule.params.*.types.*': [params('{ default: 3 days, types: { issue-log: 5 dyas } }'), '5 dyas'],
  'rule.when': [{ when: '{ statsu: done }' }, 'statsu', 'status'], 'rule.unless': [{ unless: '{ statsu: cancel }' }, 'statsu', 'status'], 'rule.require': [{ require: '{ closd: filled }' }, 'closd', 'closed'],
  'rule.forbid': [{ require: '', forbid: '{ closd: empty }' }, 'closd', 'closed'], 'rule.check': [{ require: '', check: 'row_widht', good: '', bad: '' }, 'row_widht', 'row_width'],
  'rule.mark': [{ mark: 'closd' }, 'closd', 'closed'], 'rule.severity': [{ severity: 'warnin' }, 'warnin', 'warning'],
  'rule.message': [{ message: '"「{clsed}」です。"', message_en: '' }, '"「{clsed}」です。"'], 'rule.message_en': [{ message: '"「{closed}」です。"', message_en: '"{clsed}."' }, '"{clsed}."'],
  'rule.messages': map, 'rule.messages.when': [{ messages: '[{ when: { statsu: done }, message: "x", message_en: "x" }]' }, 'statsu', 'status'],
  'rule.messages.of': [{ messages: '[{ of: clsed, message: "x", message_en: "x" }]' }, 'clsed', 'closed'],
  'rule.messages.message': [{ messages: '[{ when: { status: done }, message: "{clsed}", message_en: "{clsed} is" }]' }, '"{clsed}"', '{closed}'],
  'rule.messages.message_en': [{ messages: '[{ when: { status: done }, message: "{closed}", message_en: "{clsed} is" }]' }, '"{clsed} is"', '{closed}'],
  'rule.guide': [{ guide: '"#必須の烈"' }, '"#必須の烈"'], 'rule.fix': map, 'rule.track': [{ track: 'progres' }, 'progres', 'progress'], 'rule.level': [{ level: 'L9' }, 'L9'], 'rule.gate': [{ gate: 'G9' }, 'G9'],
  'rule.stage': [{ stage: 'drft' }, 'drft', 'draft'], 'rule.good': [{ good: '{ id: I-001, statsu: 完了 }' }, 'statsu', 'status'], 'rule.bad': [{ bad: '{ type: isue-log, row: { id: I-001, status: 完了 } }' }, 'isue-log', 'issue-log'],
  'condition.*': [cell('{ filed: true }'), 'filed', 'filled'], 'condition.any': [{ when: '{ any: [{ statsu: done }, { owner: filled }] }' }, 'statsu', 'status'],
  'condition.all': [{ when: '{ all: [{ statsu: done }, { owner: filled }] }' }, 'statsu', 'status'], 'condition.not': [{ when: '{ not: { statsu: done } }' }, 'statsu', 'status'],
  'condition.expr': [{ when: '{ expr: x }' }, 'expr'], 'condition.words': text, 'condition.starts_with': text, 'condition.ends_with': text, 'condition.only_words': text,
  'condition.has': [{ when: '{ has: persn }' }, 'persn', 'person'], 'condition.has_all': [{ when: '{ has_all: [persn, date] }' }, 'persn', 'person'], 'condition.length': [{ when: '{ length: { at_least: lots } }' }, 'lots'],
  'condition.fields': [asked('{ fields: ownr }'), 'ownr', 'owner'], 'condition.sections': [minutes('{ sections: decison }'), 'decison', 'decisions'], 'condition.headings': [asked('{ headings: decisions }'), 'decisions'],
  'condition.tables': [asked('{ tables: isues }'), 'isues', 'issues'], 'condition.columns': [asked('{ columns: closd }'), 'closd', 'closed'], 'condition.rows': [asked('{ rows: isues }'), 'isues', 'issues'],
  'condition.cells': [asked('{ cells: closd }'), 'closd', 'closed'], 'condition.tasks': [minutes('{ tasks: decison }'), 'decison', 'decisions'], 'condition.steps': [minutes('{ steps: decison }'), 'decison', 'decisions'],
  'condition.items': [minutes('{ items: decison }'), 'decison', 'decisions'], 'condition.sentences': [asked('{ sentences: decisions }'), 'decisions'], 'condition.links': [asked('{ links: decisions }'), 'decisions'],
  'condition.documents': [product('{ documents: minuts }'), 'minuts', 'minutes'], 'condition.referenced_by': [{ when: '{ referenced_by: minuts }' }, 'minuts', 'minutes'],
  'collection.of': [asked('{ rows: { of: "type:isue-log", at_least: 1 } }'), '"type:isue-log"', 'type:issue-log'], 'collection.in': [asked('{ items: { in: isues, at_least: 1 } }'), 'isues', 'issues'],
  'collection.where': [asked('{ rows: { where: { statsu: done }, at_least: 1 } }'), 'statsu', 'status'], 'collection.every': [product('{ documents: { of: project-plan, every: { status: aproved } } }'), 'aproved', 'approved'],
  'collection.at_least': [asked('{ rows: { at_least: many } }'), 'many'], 'collection.at_most': [asked('{ rows: { at_most: many } }'), 'many'], 'collection.exactly': [asked('{ rows: { exactly: many } }'), 'many'],
  'collection.ascending': [asked('{ rows: { ascending: closd } }'), 'closd', 'closed'], 'collection.gap': map, 'collection.gap.at_most': [product('{ documents: { of: minutes, gap: { at_most: 7 dyas } } }'), '7 dyas'],
  'predicate.filled': [cell('{ filled: yess }'), 'yess', 'yes'], 'predicate.empty': [cell('{ empty: yess }'), 'yess', 'yes'], 'predicate.valid': [cell('{ valid: yess }'), 'yess', 'yes'],
  'predicate.exists': [cell('{ exists: yess }'), 'yess', 'yes'], 'predicate.single': [cell('{ single: yess }'), 'yess', 'yes'], 'predicate.skipped': [cell('{ skipped: yess }'), 'yess', 'yes'], 'predicate.holiday': [cell('{ holiday: yess }'), 'yess', 'yes'],
  'predicate.words': text, 'predicate.starts_with': text, 'predicate.ends_with': text, 'predicate.only_words': text,
  'predicate.has': [cell('{ has: dat }'), 'dat', 'date'], 'predicate.has_all': [cell('{ has_all: [dat, person] }'), 'dat', 'date'], 'predicate.length': [cell('{ length: { at_most: lots } }'), 'lots'],
  'predicate.is': [{ when: '{ status: { is: dnoe } }' }, 'dnoe', 'done'], 'predicate.not': [{ when: '{ status: { not: [dnoe] } }' }, 'dnoe', 'done'],
  'predicate.at_least': [{ when: '{ priority: { at_least: hihg } }' }, 'hihg', 'high'], 'predicate.at_most': [{ when: '{ priority: { at_most: hihg } }' }, 'hihg', 'high'],
  'predicate.more_than': [number('{ more_than: impct }'), 'impct', 'impact'], 'predicate.less_than': [number('{ less_than: impct }'), 'impct', 'impact'],
  'predicate.before': [cell('{ before: tomorow }'), 'tomorow'], 'predicate.after': [cell('{ after: rased }'), 'rased', 'raised'], 'predicate.not_before': [cell('{ not_before: 2026-02-30 }'), '2026-02-30'],
  'predicate.not_after': [cell('{ not_after: deu + 3 days }'), 'deu + 3 days', 'due + 3 days'], 'predicate.changed_since': [cell('{ changed_since: rased }'), 'rased', 'raised'],
  'predicate.older_than': [cell('{ older_than: 3 dayz }'), '3 dayz'], 'predicate.within': [cell('{ within: $dayz }'), '$dayz'],
  'predicate.same_as': [cell('{ same_as: rased }'), 'rased', 'raised'], 'predicate.differs_from': [cell('{ differs_from: document.updatd }'), 'document.updatd', 'document.updated'],
  'predicate.unique_in': [cell('{ unique_in: tabel }'), 'tabel', 'table'], 'predicate.agrees_with': [cell('{ agrees_with: schedule.milestone, by: id }'), 'schedule.milestone', 'schedule.milestones'],
  'predicate.by': [cell('{ agrees_with: risk-register.risks, by: idd }'), 'idd', 'id'], 'predicate.exceeds': [number('{ exceeds: impct }'), 'impct', 'impact'],
  'predicate.product_of': [number('{ product_of: [impct, probability] }'), 'impct', 'impact'], 'predicate.sum_of': [number('{ sum_of: rows.scor }'), 'rows.scor'], 'predicate.difference_of': [number('{ difference_of: [impact, probabilty] }'), 'probabilty', 'probability'],
  'predicate.count_of': [cell('{ count_of: { rowz: all } }'), 'rowz', 'rows'], 'predicate.count_of.*': [cell('{ count_of: { rows: { of: "type:risk-registr" } } }'), '"type:risk-registr"', 'type:risk-register'],
  'range.at_least': [{ when: '{ length: { at_least: lots } }' }, 'lots'], 'range.at_most': [{ when: '{ length: { at_most: lots } }' }, 'lots'], 'range.more_than': [{ when: '{ length: { more_than: lots } }' }, 'lots'],
  'range.less_than': [{ when: '{ length: { less_than: lots } }' }, 'lots'],
  'severity.default': [{ severity: '{ default: warnin }' }, 'warnin', 'warning'],
  ...Object.fromEntries(['guessed', 'at_gate', 'old', 'other_form', 'superseded', 'finished', 'embedded', 'blank_column', 'mapped', 'unusual', 'own_name', 'slight'].map((key) => [`severity.${key}`, severity(key)])),
  'severity.missing': [{ severity: '{ default: info, missing: { clsed: hint } }' }, 'clsed', 'closed'], 'severity.missing.*': [{ severity: '{ default: info, missing: { closed: hnt } }' }, 'hnt', 'hint'],
  'severity.types': [{ severity: '{ default: info, types: { isue-log: hint } }' }, 'isue-log', 'issue-log'], 'severity.types.*': [{ severity: '{ default: info, types: { issue-log: hnt } }' }, 'hnt', 'hint'],
  'stage.pilot': [{ stage: '{ pilot: [hatoo] }' }, 'hatoo', 'hato'], 'stage.announced': [{ stage: '{ announced: 2026-13-01 }' }, '2026-13-01'],
  'fix.label': text, 'fix.label_en': text, 'fix.safe': map, 'fixValue.*': [fix('fill: { due: tomorrow }'), 'tomorrow'],
  'fix.insert_section': [fix('insert_section: decisons'), 'decisons', 'decisions'], 'fix.insert_field': [fix('insert_field: ownr'), 'ownr', 'owner'], 'fix.set_field': [fix('set_field: { ownr: ask }'), 'ownr', 'owner'],
  'fix.fill': [fix('fill: { status: dnoe }'), 'dnoe', 'done'], 'fix.swap': [fix('swap: [raised, clsed]'), 'clsed', 'closed'], 'fix.replace': [fix('replace: nearst'), 'nearst', 'nearest'], 'fix.append_en': text, 'fix.append': [fix('append: aks'), 'aks', 'ask'],
  'fix.delete': [fix('delete: makr'), 'makr', 'mark'], 'fix.mask': [fix('mask: makr'), 'makr', 'mark'], 'fix.add_row': [fix('add_row: { statsu: ask }'), 'statsu', 'status'], 'fix.add_column': [fix('add_column: misssing'), 'misssing', 'missing'],
  'fix.add_word': [fix('add_word: valeu'), 'valeu', 'value'], 'fix.split_row': [fix('split_row: makr'), 'makr', 'mark'], 'fix.move_row': [fix('move_row: risk-registr'), 'risk-registr', 'risk-register'],
  'fix.sort': [fix('sort: rased'), 'rased', 'raised'], 'fix.repair': [fix('repair: rwo'), 'rwo', 'row'], 'fix.rename': [fix('rename: expcted'), 'expcted', 'expected'], 'fix.move': [fix('move: expcted'), 'expcted', 'expected'],
  'fix.create': [fix('create: minuts'), 'minuts', 'minutes'], 'fix.create_row': [fix('create_row: { in: risk-register, descripton: title }'), 'descripton', 'description'], 'fix.open': [fix('open: othr'), 'othr', 'other'],
  // What is searched for are words.
  'fix.search': text, 'fix.upgrade': [fix('upgrade: tempalte'), 'tempalte', 'template'],
};

/** What `adjust:` of `book.yaml` says of a rule, with the mistake in it. */
const adjustments: Readonly<Record<string, readonly [line: string, word: string, meant?: string] | typeof text | typeof map>> = {
  'adjustments.*': ['REG-9: off', 'REG-9'], 'adjustment.severity': ['FRS-006: { severity: warnin }', 'warnin', 'warning'], 'adjustment.reason': text,
  'adjustment.params': ['FRS-006: { params: { slak: 3 days } }', 'slak', 'slack'], 'adjustment.params.*': ['FRS-006: { params: { slack: 3 dayz } }', '3 dayz'],
  'adjustment.types': map, 'adjustment.types.add': ['FRS-006: { types: { add: [isue-log] } }', 'isue-log', 'issue-log'], 'adjustment.types.remove': ['FRS-006: { types: { remove: [isue-log] } }', 'isue-log', 'issue-log'],
  'adjustment.add': map, 'adjustment.add.words': text, 'adjustment.remove': map, 'adjustment.remove.words': ['VAG-001: { remove: { words: [なるべ] } }', 'なるべ'],
};

/** Every key that a schema knows, with the part of the schema it stands in. */
function keysOf(node: unknown, at: string, found: Set<string>): Set<string> {
  if (typeof node !== 'object' || node === null) return found;
  const { properties = {}, additionalProperties, items, anyOf = [], allOf = [], oneOf = [] } = node as Readonly<Record<string, unknown>>;
  for (const [key, value] of Object.entries(properties as object)) {
    found.add(`${at}.${key}`);
    keysOf(value, `${at}.${key}`, found);
  }
  if (typeof additionalProperties === 'object') {
    found.add(`${at}.*`);
    keysOf(additionalProperties, `${at}.*`, found);
  }
  keysOf(items, at, found);
  for (const one of [anyOf, allOf, oneOf].flat()) keysOf(one, at, found);
  return found;
}

describe('a word that nobody has, in any place of a rule file', () => {
  const { $defs = {}, ...file } = schemaNamed('rule');
  const known = [...keysOf(file, 'file', new Set()), ...Object.entries($defs as object).flatMap(([name, node]) => [...keysOf(node, name, new Set())])];

  it('has a mistake here for every key of the schema', () => {
    assert.deepEqual([...new Set(known)].sort(), [...Object.keys(mistakes), ...Object.keys(adjustments)].sort());
  });

  const problems = async (path: string, written: string) => fileProblems(openBookFile(await layersOf({ 'products/hato/overlay.yaml': 'format: 1\nproduct: hato\n' }), path, written, today));
  const isTold = async (path: string, written: string, word: string, meant: string | undefined): Promise<void> => {
    const found = await problems(path, written);
    const told = found.filter(({ span }) => written.slice(span.start, span.end) === word);
    const listed = found.map(({ code, span, message }) => `${code} [${written.slice(span.start, span.end)}] ${message.text}`).join('\n');
    assert.ok(told.length > 0, `${word} is told by nothing:\n${listed}`);
    if (meant !== undefined) assert.ok(told.some(({ message, better }) => better === meant || message.text.includes(`「${meant}」のことですか`)), listed);
    assert.ok(told.every(({ message }) => (message.en ?? '') !== '' && !/のことですか|ありません|ください/u.test(message.en ?? '')), listed);
  };
  for (const [key, mistake] of Object.entries(mistakes)) {
    if (mistake === text || mistake === map) continue;
    const [changes, word, meant] = mistake;
    it(`${key}: ${word}`, () => isTold('rules/hoshi.yaml', ruleFile(changes), word, meant));
  }
  for (const [key, mistake] of Object.entries(adjustments)) {
    if (mistake === text || mistake === map) continue;
    const [line, word, meant] = mistake;
    it(`${key}: ${word}`, () => isTold('book.yaml', `format: 1\nid: hoshi\nname: ほし\nextends: starter\nadjust:\n  ${line}\n`, word, meant));
  }

  const further: readonly (readonly [string, Changes, string, string?])[] = [
    ['a property of the person of a column', { when: '{ owner.activ: no }' }, 'owner.activ', 'owner.active'],
    ['a property of the product', { when: '{ product.sise: S }' }, 'product.sise', 'product.size'],
    ['a phase of the product', { when: '{ product.phase: yokn }' }, 'yokn', 'yoken'],
    ['a size of the product', { when: '{ product.size: XXL }' }, 'XXL'],
    ['a type of the source of truth', cell('{ agrees_with: schedul.milestones, by: id }'), 'schedul.milestones', 'schedule.milestones'],
    ['a status in the document', { when: '{ document.status: aproved }' }, 'aproved', 'approved'],
    ['a word of cells of a kind', { on: '{ cells: kind:status }', when: '', require: '', forbid: '{ value: dnoe }', good: '', bad: '' }, 'dnoe', 'done'],
    ['a kind of values', { on: '{ cells: kind:staus }', when: '', require: '{ value: valid }', good: '', bad: '' }, 'kind:staus', 'kind:status'],
    ['what a task is asked for', { on: 'tasks', when: '', require: '{ ownr: filled }', good: '', bad: '' }, 'ownr', 'owner'],
    ['the status of a task', { on: 'tasks', when: '{ status: dnoe }', require: '{ owner: filled }', good: '', bad: '' }, 'dnoe', 'done'],
    ['the kind of a link', { types: 'all', on: 'links', when: '{ kind: fil }', require: '{ target: exists }', good: '', bad: '' }, 'fil', 'file'],
    ['what a gate is asked for', { types: 'all', on: 'gate', when: '{ previos: filled }', require: '{ decision: filled }', good: '', bad: '' }, 'previos', 'previous'],
    ['a text operator on a sentence', { types: 'all', on: 'sentences', when: '', require: '', forbid: '{ wrods: [至急] }', good: '', bad: '' }, 'wrods', 'words'],
    ['a column that only other types have', { when: '{ probability: high }' }, 'probability'],
    ['a column of people where a day is asked', cell('{ before: owner }'), 'owner'],
    ['the table of a rule for all types', { types: 'all', on: '{ rows: isues }', when: '' }, 'isues', 'issues'],
    ['the percent of a comparison', number('{ exceeds: impact, by: lots }'), 'lots'],
  ];
  for (const [what, changes, word, meant] of further) it(`says it of ${what}`, () => isTold('rules/hoshi.yaml', ruleFile(changes), word, meant));

  it('leaves what an organisation names itself, and what is right', async () => {
    const own = {
      'types/hoshi.yaml': 'type: hoshi\ntitle: ほし\nclass: register\nfields: { squad: { title: 隊 } }\nsections: { orbit: { title: 軌道 } }\ntables: { stars: { main: true, columns: { id: { title: 番号, kind: id }, shine: { title: 明るさ, kind: level, words: shine }, seen: { title: 観測日, kind: date } } } }\nwords: { shine: { bright: [明るい], dim: [暗い] } }\n',
      'products/hato/overlay.yaml': 'format: 1\nproduct: hato\nwords: { shine: { black: [黒い] } }\n',
    };
    for (const changes of [
      { types: '[hoshi]', on: '{ rows: stars }', when: '{ shine: bright, document.squad: filled }', require: '{ seen: { before: today + 3 days } }', mark: 'seen', fix: '{ fill: { shine: dim, seen: ask } }', message: 'x', message_en: 'x', good: '', bad: '' },
      { types: '[hoshi]', when: '{ shine: black }', require: '{ seen: filled }', message: 'x', message_en: 'x', good: '', bad: '' },
      { types: '[hoshi]', in: 'orbit', when: '{ shine: { at_least: dim } }', require: '{ seen: { not_after: document.updated } }', message: 'x', message_en: 'x', good: '', bad: '' },
      { ...number('{ exceeds: impact, by: 20% }'), types: '[risk-register]' },
      { when: '{ owner.active: no }' }, { when: '{ status: [完了, done, finished] }' },
      { types: 'all', on: 'product', when: '{ phase: { at_least: yoken } }', require: '{ documents: { of: hoshi, where: { squad: filled }, at_least: 1 } }', message: 'x', message_en: 'x', good: '', bad: '' },
    ] satisfies readonly Changes[]) {
      const written = ruleFile(changes);
      const found = fileProblems(openBookFile(await layersOf(own), 'rules/hoshi.yaml', written, today));
      assert.deepEqual(found.map(({ code, message }) => `${code} ${message.text}`), [], written);
    }
  });
});

describe('what a rule file may say', () => {
  const told = async (changes: Changes): Promise<readonly string[]> => {
    const file = openBookFile(await layersOf(), 'rules/hoshi.yaml', ruleFile(changes), today);
    return [...fileProblems(file), ...exampleProblems(await runFile(file, 'ja'))].map(({ message }) => message.text);
  };

  it('is told to be one of require, forbid and check where it is two of them', async () => {
    for (const two of ['{ closed: empty }', '{ status: done }']) {
      assert.deepEqual((await told({ forbid: two })).filter((text) => text.includes('require')), ['require、forbid、check のうち、どれか1つだけを書きます。']);
    }
  });

  it('names the word of the language for one of another', async () => {
    assert.match((await told({ when: '{ status: { is_not: done } }' })).join('\n'), /「is_not」という項目はありません。「not」のことですか/u);
  });

  it('is a percentage with its sign', async () => {
    const rows = { types: '[budget]', when: '', message: '"x"', message_en: '"x"', good: '{ item: a, planned: 100, actual: 119 }', bad: '{ item: a, planned: 100, actual: 121 }' };
    assert.deepEqual(await told({ ...rows, require: '', forbid: '{ actual: { exceeds: planned, by: 20% } }' }), []);
    assert.match((await told({ ...rows, require: '', forbid: '{ actual: { exceeds: planned, by: 20 % } }' })).join('\n'), /「20 %」の書き方が合いません（例：id、20%、\$tolerance）/u);
  });

  it('is tried in the product, size and gate that it is for, and on a day it is in force', async () => {
    for (const applies of ['{ products: [navi] }', '{ sizes: [L] }', '{ gates: [G2] }', '{ since: 2027-04-01 }']) assert.deepEqual(await told({ applies }), [], applies);
  });

  it('asks words and titles, too, whether they stand once in the product', async () => {
    const two = (b: string) => `{ files: { docs/glossary.md: "---\ntype: glossary\n---\n| 用語 | 意味 |\n|---|---|\n| 検収 | 受け取ること |\n", docs/b/glossary.md: "---\ntype: glossary\n---\n| 用語 | 意味 |\n|---|---|\n| ${b} | 確かめること |\n" }, finds: 2 }`.replaceAll('\n', '\\n');
    const words = { types: '[glossary]', on: 'rows', when: '', require: '{ term: { unique_in: product } }', message: '"「{term}」は {other} にもあります。"', message_en: '"{term} is also in {other}."' };
    assert.deepEqual(await told({ ...words, good: two('検査').replace(', finds: 2', ''), bad: two('検収') }), []);
    const titled = (b: string) => `{ files: { docs/a.md: "---\ntype: guideline\ntitle: 作り方\n---\n# 作り方\n", docs/b.md: "---\ntype: guideline\ntitle: ${b}\n---\n# ${b}\n" }, finds: 2 }`.replaceAll('\n', '\\n');
    const titles = { types: '[guideline]', on: 'document', when: '', require: '{ title: { unique_in: product } }', message: '"「{title}」は {other} にもあります。"', message_en: '"{title} is also in {other}."' };
    assert.deepEqual(await told({ ...titles, good: titled('直し方').replace(', finds: 2', ''), bad: titled('作り方') }), []);
  });
});
