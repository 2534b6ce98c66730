/** The encodings project documents come in. Shift_JIS means CP932, what Japanese Windows and Excel write; windows-1252 is what western ones do. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis' | 'windows-1252';

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
  /** The file began with a byte order mark; it is not part of `text`. */
  readonly bom: boolean;
}

/**
 * Turns the bytes of a file into text. A byte order mark decides; without one strict UTF-8 is tried, then Windows-1252 where
 * single accented letters stand among Latin ones, then CP932. Bytes that are none of these become UTF-8 with U+FFFD in
 * place of what cannot be read, which the reader reports. Never throws.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    return { text: decodeAs('utf-8', bytes.subarray(3), false) ?? '', encoding: 'utf-8', bom: true };
  }
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { text: decodeAs('utf-16le', bytes.subarray(2), false) ?? '', encoding: 'utf-16le', bom: true };
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return { text: decodeBigEndian(bytes.subarray(2)), encoding: 'utf-16be', bom: true };
  }
  const utf8 = decodeAs('utf-8', bytes, true);
  if (utf8 !== undefined) return { text: utf8, encoding: 'utf-8', bom: false };
  if (looksWestern(bytes)) return { text: decodeWestern(bytes), encoding: 'windows-1252', bom: false };
  const sjis = decodeAs('shift_jis', bytes, true);
  if (sjis !== undefined && looksWritten(sjis)) return { text: sjis, encoding: 'shift_jis', bom: false };
  return { text: decodeAs('utf-8', bytes, false) ?? '', encoding: 'utf-8', bom: false };
}

function decodeAs(encoding: string, bytes: Uint8Array, fatal: boolean): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Node 20 leaves the quotes and dashes of Windows-1252 (0x85, 0x91 to 0x97) as control characters. */
function decodeWestern(bytes: Uint8Array): string {
  return (decodeAs('windows-1252', bytes, false) ?? '').replace(/[\u0085\u0091-\u0097]/gu, (char) => (char === '\u0085' ? '…' : ('‘’“”•–—'[char.charCodeAt(0) - 0x91] ?? char)));
}

/** Not every host's TextDecoder knows UTF-16BE, so the bytes are swapped. */
function decodeBigEndian(bytes: Uint8Array): string {
  const swapped = new Uint8Array(bytes.length - (bytes.length % 2));
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    swapped[i] = bytes[i + 1] ?? 0;
    swapped[i + 1] = bytes[i] ?? 0;
  }
  return decodeAs('utf-16le', swapped, false) ?? '';
}

/**
 * Whether all bytes above ASCII are letters and signs of Windows-1252 that stand alone, at least one of them an accented
 * letter beside a Latin one (`J\xe9r\xf4me`) or an apostrophe (`we\x92ll`). Japanese in CP932 has them in pairs, and hardly a line without a byte from 0x81 to 0x83.
 */
function looksWestern(bytes: Uint8Array): boolean {
  let high = 0;
  let paired = 0;
  let letters = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x80) {
      if (byte < 9 || (byte > 13 && byte < 32)) return false;
      continue;
    }
    if (byte < 0xa0 && byte !== 0x85 && (byte < 0x91 || byte > 0x97)) return false;
    high++;
    const before = bytes[i - 1] ?? 0;
    const after = bytes[i + 1] ?? 0;
    if (before >= 0x80 || after >= 0x80) paired++;
    else if (byte >= 0xc0 ? isLatin(before) || isLatin(after) : byte === 0x92 && isLatin(before) && endsEnglish(bytes, i + 1)) letters++;
  }
  return letters > 0 && paired * 4 <= high;
}

/** What follows an apostrophe in English: `’s`, `’ll`. */
function endsEnglish(bytes: Uint8Array, from: number): boolean {
  return /^(?:[stdm]|ll|re|ve)(?![a-z])/iu.test(String.fromCharCode(...bytes.subarray(from, from + 3)));
}

function isLatin(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

/**
 * CP932 accepts nearly every byte, so that any binary would pass for it. Text has no control characters but tab, line
 * ends and form feed, and none of the private-use characters CP932 maps its gaps to.
 */
function looksWritten(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 32 && c !== 9 && c !== 10 && c !== 13 && c !== 12) return false;
    if ((c >= 0x80 && c <= 0x9f) || (c >= 0xe000 && c <= 0xf8ff) || c === 0xfffd) return false;
  }
  return true;
}
