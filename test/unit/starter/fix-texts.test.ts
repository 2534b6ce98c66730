import assert from 'node:assert/strict';
import { starterBook } from './starter-book';

const japanese = /[\u3040-\u30ff\u4e00-\u9fff]/u;

describe('texts that fixes put in', () => {
  it('stand in English beside the Japanese, for findings in English', async () => {
    const book = await starterBook();
    const lacking: string[] = [];
    for (const { id, definition } of book.rules) {
      for (const fix of [definition.fix].flat() as readonly (Readonly<Record<string, unknown>> | undefined)[]) {
        const { append, append_en: english } = fix ?? {};
        if (typeof append === 'string' && japanese.test(append) && (typeof english !== 'string' || japanese.test(english))) lacking.push(id);
      }
    }
    assert.deepEqual(lacking, []);
  });
});
