import assert from 'node:assert/strict';
import fc from 'fast-check';
import { gateOfPhase, gatesBefore, phaseOf, requiredAt } from '../../../src/core/book/lifecycle';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { effectiveSettings } from '../../../src/core/product/settings';
import { isTimezone, todayIn } from '../../../src/core/product/today';
import { smallBook } from './books';

const book = smallBook();
const of = (kobo: string, today = '2026-11-24') => effectiveSettings(book, readKoboFile(kobo).settings, today);

describe('effective settings', () => {
  it('resolve rule, Book, overlay and kobo.yaml in this order', () => {
    assert.deepEqual([effectiveSettings(book, undefined, '2026-11-24').ruleSetting('AAA-001')?.severity, of('product: { id: beta, name: b }').ruleSetting('AAA-001')?.params],
      ['info', { days: 5 }]);
    const alpha = of('product: { id: alpha, name: a }\nrules: { AAA-001: error, AAA-002: hint }\nlevel: L2\n');
    assert.deepEqual([alpha.ruleSetting('AAA-001')?.severity, alpha.ruleSetting('AAA-001')?.params], ['error', { days: 9 }]);
    assert.deepEqual(alpha.explain('AAA-001').map((step) => step.layer), ['rule', 'book', 'overlay', 'kobo']);
    assert.deepEqual(alpha.explain('AAA-001').map((step) => step.origin?.path), ['rules/all.yaml', 'book.yaml', 'products/alpha/overlay.yaml', 'kobo.yaml']);
    assert.deepEqual([alpha.ruleSetting('AAA-002')?.state, alpha.ruleSetting('AAA-002')?.severity], ['on', 'hint']);
    assert.equal(alpha.ruleSetting('ALP-001')?.severity, 'hint');
    assert.equal(of('').ruleSetting('ALP-001'), undefined);
    assert.deepEqual(of('').explain('ZZZ-001'), []);
  });

  it('keep locked rules and numbers out of bounds as they are', () => {
    const settings = of('rules: { AAA-003: off, AAA-001: { params: { days: 99 } } }\n');
    assert.deepEqual([settings.ruleSetting('AAA-003')?.state, settings.explain('AAA-003')[1]?.refused], ['on', true]);
    assert.deepEqual(settings.ruleSetting('AAA-001')?.params, { days: 5 });
  });

  it('know levels and stages', () => {
    const state = (kobo: string, rule: string, today?: string) => of(kobo, today).ruleSetting(rule)?.state;
    assert.equal(state('', 'AAA-002'), 'above_level');
    assert.equal(state('level: L2\n', 'AAA-002'), 'on');
    assert.equal(state('', 'AAA-004'), 'pilot_elsewhere');
    assert.equal(state('product: { id: alpha, name: a }\n', 'AAA-004'), 'on');
    assert.equal(state('', 'AAA-005'), 'announced');
    assert.equal(state('', 'AAA-005', '2026-12-01'), 'on');
    assert.equal(state('', 'AAA-006'), 'draft');
    assert.equal(state('rules: { AAA-001: off }\n', 'AAA-001'), 'off');
  });

  it('add words and places, never remove them', () => {
    const { types } = of('product: { id: alpha, name: a }\nwords: { status: { done: [済], held: [保留] }, other: { x: [y] } }\nplaces: { minutes: { file: "*.md" } }\n');
    const minutes = types.get('minutes');
    assert.deepEqual([...(minutes?.words.get('status')?.words ?? [])], [['open', ['未着手']], ['done', ['完了', '納品済み', '済']], ['held', ['保留']]]);
    assert.equal(minutes?.words.has('other'), false);
    assert.deepEqual(minutes.places, { folder: 'gijiroku', file: '*.md' });
    assert.deepEqual(book.types.get('minutes')?.places.folder, 'docs/minutes');
  });

  it('give the severity of the lowest layer that sets one', () => {
    const line = fc.constantFrom(undefined, 'off', 'error', 'warning', 'info', 'hint');
    fc.assert(fc.property(line, line, line, (inBook, inOverlay, inKobo) => {
      const change = (value: string | undefined) => new Map(value === undefined ? [] : [['AAA-001', readKoboFile(`rules: { AAA-001: ${value} }`).settings.rules.get('AAA-001')!]]);
      const overlay = book.overlays.get('alpha')!;
      const layered = { ...book, adjustments: change(inBook), overlays: new Map([['alpha', { ...overlay, rules: change(inOverlay) }]]) };
      const settings = { ...readKoboFile('product: { id: alpha, name: a }').settings, rules: change(inKobo) };
      const setting = effectiveSettings(layered, settings, '2026-11-24').ruleSetting('AAA-001');
      const said = [inBook, inOverlay, inKobo].filter((one) => one !== undefined);
      assert.equal(setting?.state, said.at(-1) === 'off' ? 'off' : 'on');
      assert.equal(setting.severity, said.findLast((one) => one !== 'off') ?? 'error');
    }));
  });
});

describe('lifecycle', () => {
  it('knows phases by id and by name, their gates, and what a size must have', () => {
    const { lifecycle } = book;
    assert.equal(phaseOf(lifecycle, '設計')?.id, 'sekkei');
    assert.equal(gateOfPhase(lifecycle, 'sekkei')?.id, 'G1');
    assert.deepEqual(gatesBefore(lifecycle, 'sekkei').map((gate) => gate.id), ['G0']);
    const gate = gateOfPhase(lifecycle, 'sekkei')!;
    assert.deepEqual([requiredAt(gate, 'S').length, requiredAt(gate, 'M').length, requiredAt(gate, undefined).length], [0, 1, 1]);
    assert.equal(gateOfPhase(lifecycle, 'none'), undefined);
  });
});

describe('today', () => {
  it('is the day in the time zone, Tokyo by default', () => {
    const late = Date.parse('2026-11-24T15:30:00Z');
    assert.equal(todayIn(undefined, late), '2026-11-25');
    assert.equal(todayIn('America/New_York', late), '2026-11-24');
    assert.equal(todayIn('Asia/Nowhere', late), '2026-11-25');
    assert.equal(isTimezone('Asia/Nowhere'), false);
  });
});
