import assert from 'node:assert/strict';
import { severityOf } from '../../../src/core/book/adjustment';
import { severityLines } from '../../../src/cli/severity-words';

describe('kobo rules explain', () => {
  it('says when a rule is more or less grave than it says of itself', () => {
    const severity = severityOf({ default: 'warning', mapped: 'info', at_gate: 'error', missing: { exceptions: 'info' }, types: { design: 'hint' } }) ?? 'warning';
    assert.deepEqual(severityLines(severity, 'ja'), [
      '    エラー（error）  ゲートの判定のとき', '    情報（info）     文書の種類を kobo.yaml だけが決めているとき', '    情報（info）     足りないのが exceptions だけのとき', '    ヒント（hint）   種類が design の文書で',
    ]);
    assert.deepEqual(severityLines(severity, 'en')[0], '    error    at a gate');
    assert.equal(severityLines(severity, 'en').length, 4);
    assert.deepEqual(severityLines('error', 'ja'), []);
  });

  it('knows every situation a rule can name', () => {
    const all = ['at_gate', 'old', 'superseded', 'finished', 'blank_column', 'own_name', 'other_form', 'unusual', 'mapped', 'embedded', 'slight'];
    const severity = severityOf({ default: 'warning', ...Object.fromEntries(all.map((name) => [name, 'info'])) }) ?? 'warning';
    assert.ok(typeof severity !== 'string');
    assert.deepEqual(Object.keys(severity).filter((name) => name !== 'default').sort(), [...all].sort());
    for (const language of ['ja', 'en'] as const) assert.equal(severityLines(severity, language).length, all.length);
  });
});
