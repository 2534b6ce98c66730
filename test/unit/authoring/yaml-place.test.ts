import assert from 'node:assert/strict';
import fc from 'fast-check';
import { stringify } from 'yaml';
import { yamlPlaceAt } from '../../../src/core/authoring/yaml-place';
import { readYaml } from '../../../src/core/book/yaml-source';

/** The place of `‸` as `path (key|value) [word]`. */
function placeOf(marked: string): string {
  const at = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  const place = yamlPlaceAt(text, at);
  return place === undefined ? 'nowhere' : `${place.path.join('.')} ${place.inKey ? 'key' : 'value'} [${text.slice(place.span.start, place.span.end)}]`;
}

describe('the place of a caret in YAML', () => {
  for (const [text, expected] of [
    ['‸', ' key []'],
    ['gro‸', ' key [gro]'],
    ['group: a‸', 'group value [a]'],
    ['rules:\n  - id: A\n    ‸', 'rules.0 key []'],
    ['rules:\n- id: A\n- id: B\n  sev‸', 'rules.1 key [sev]'],
    ['rules:\n  - id: A\n\n  - ‸', 'rules.1 key []'],
    ['rules:\n  - id: A\n    types: [a, ‸]', 'rules.0.types.0 value []'],
    ['rules:\n  - id: A\n    types:\n      - ‸', 'rules.0.types.0 key []'],
    ['rules:\n  - on: rows\n    when: { status: do‸', 'rules.0.when.status value [do]'],
    ['rules:\n  - on: rows\n    when: { status: done, ow‸', 'rules.0.when key [ow]'],
    ['rules:\n  - require:\n      closed: fi‸', 'rules.0.require.closed value [fi]'],
    ['rules:\n  - require:\n      ‸\n    message: a', 'rules.0.require key []'],
    ['rules:\n  - forbid: { any: [{ words: [x] }, { has: ‸', 'rules.0.forbid.any.0.has value []'],
    ['rules:\n  - guide: "#a‸"', 'rules.0.guide value [#a]'],
    ['documents:\n  "docs/a: b.md": ri‸', 'documents.docs/a: b.md value [ri]'],
    ['rules:\n  - bad: |\n      a: b‸\n', 'nowhere'],
    ['# group: a‸', 'nowhere'],
    ['a:\n  b:\n    c: 1\n‸', ' key []'],
  ] as const) {
    it(JSON.stringify(text), () => {
      assert.equal(placeOf(text), expected);
    });
  }

  it('knows the keys beside the caret', () => {
    const text = 'rules:\n  - id: A\n    types: [minutes]\n    \n    on: rows\n  - id: B\n';
    const place = yamlPlaceAt(text, text.indexOf('    \n') + 4);
    assert.deepEqual([...(place?.siblings.keys() ?? [])].sort(), ['id', 'on', 'types']);
  });

  it('agrees with a parser about every plain value of a written file', () => {
    const key = fc.stringMatching(/^[a-z]{1,6}$/u);
    const tree = fc.letrec<{ value: unknown; map: unknown }>((tie) => ({
      // The files of a Book have no list directly in a list.
      map: fc.oneof({ depthSize: 'small' }, fc.stringMatching(/^[a-z]{1,5}$/u), fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 3 })),
      value: fc.oneof({ depthSize: 'small' }, fc.stringMatching(/^[a-z]{1,5}$/u), fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 3 }), fc.array(tie('map'), { minLength: 1, maxLength: 3 })),
    })).value;
    fc.assert(fc.property(fc.dictionary(key, tree, { minKeys: 1, maxKeys: 4 }), (data) => {
      const text = stringify(data);
      const source = readYaml(text);
      const visit = (value: unknown, path: readonly (string | number)[]): void => {
        if (Array.isArray(value)) value.forEach((item, i) => visit(item, [...path, i]));
        else if (typeof value === 'object' && value !== null) for (const [name, item] of Object.entries(value)) visit(item, [...path, name]);
        else {
          const found = yamlPlaceAt(text, source.spanOf(path).end);
          // A plain item of a block list may still become a map.
          assert.deepEqual(found?.path, path, text);
        }
      };
      visit(data, []);
    }), { numRuns: 300 });
  });
});
