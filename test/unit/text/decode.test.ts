import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeText } from '../../../src/core/text/decode';

const bytes = (...values: number[]): Uint8Array => Uint8Array.from(values);

describe('decodeText', () => {
  it('reads UTF-8 with and without a byte order mark', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.boolean(), (text, bom) => {
        const encoded = new TextEncoder().encode(text);
        const input = bom ? Uint8Array.from([0xef, 0xbb, 0xbf, ...encoded]) : encoded;
        if (!bom && text.startsWith('\uFEFF')) return;
        assert.deepEqual(decodeText(input), { text, encoding: 'utf-8', bom });
      }),
    );
  });

  it('reads UTF-16 of both orders by its mark', () => {
    assert.deepEqual(decodeText(bytes(0xff, 0xfe, 0x42, 0x30)), { text: 'あ', encoding: 'utf-16le', bom: true });
    assert.deepEqual(decodeText(bytes(0xfe, 0xff, 0x30, 0x42)), { text: 'あ', encoding: 'utf-16be', bom: true });
  });

  it('reads CP932, its NEC and IBM characters too', () => {
    // 課題,①㈱髙ｱ
    const sjis = bytes(0x89, 0xdb, 0x91, 0xe8, 0x2c, 0x87, 0x40, 0x87, 0x8a, 0xfb, 0xfc, 0xb1);
    assert.deepEqual(decodeText(sjis), { text: '課題,①㈱髙ｱ', encoding: 'shift_jis', bom: false });
  });

  it('reads Windows-1252 where accented letters and quotes stand among Latin ones, and takes no Japanese for it', () => {
    const western = (text: string) => Uint8Array.from({ length: text.length }, (_, i) => text.charCodeAt(i));
    assert.deepEqual(decodeText(western('* J\xe9r\xf4me (Thales)')), { text: '* Jérôme (Thales)', encoding: 'windows-1252', bom: false });
    assert.equal(decodeText(western('we\x92ll \x93go\x94')).text, 'we’ll “go”');
    // ソフトA, 表a, 佐藤,A社, 本: low second bytes, and Latin letters beside.
    for (const [text, ...values] of [
      ['ソフトA', 0x83, 0x5c, 0x83, 0x74, 0x83, 0x67, 0x41], ['a表a', 0x61, 0x95, 0x5c, 0x61], ['佐藤,A社', 0x8d, 0xb2, 0x93, 0xa1, 0x2c, 0x41, 0x8e, 0xd0], ['A本B', 0x41, 0x96, 0x7b, 0x42],
    ] as const) {
      assert.deepEqual(decodeText(bytes(...values)), { text, encoding: 'shift_jis', bom: false });
    }
  });

  it('leaves U+FFFD where bytes are neither, so that the reader can say so', () => {
    const { text, encoding } = decodeText(bytes(0x23, 0x20, 0xff, 0xfe, 0x80));
    assert.equal(encoding, 'utf-8');
    assert.ok(text.startsWith('# \uFFFD'));
    assert.equal(decodeText(bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00)).encoding, 'utf-8');
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (input) => {
        assert.equal(typeof decodeText(input).text, 'string');
      }),
    );
  });
});
