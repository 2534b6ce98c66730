import assert from 'node:assert/strict';
import { hasJapanese } from '../../../src/core/authoring/key-words';
import { schemaNamed } from '../../../src/core/book/validate';

describe('the meaning of keys', () => {
  it('is there in Japanese for every key of rules, types, terms, overlays, book.yaml and kobo.yaml', () => {
    const missing = new Set<string>();
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(visit);
      else if (typeof value === 'object' && value !== null) {
        for (const [key, item] of Object.entries(value)) {
          if (key === 'description' && typeof item === 'string' && !hasJapanese(item)) missing.add(item);
          visit(item);
        }
      }
    };
    for (const name of ['rule', 'type', 'terms', 'overlay', 'book', 'kobo'] as const) visit(schemaNamed(name));
    assert.deepEqual([...missing], []);
  });
});
