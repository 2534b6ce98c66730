/** The encodings project documents come in. Shift_JIS means CP932, what Japanese Windows and Excel write. */
export type TextEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis';

export interface DecodedText {
  readonly text: string;
  readonly encoding: TextEncoding;
  /** The file began with a byte order mark; it is not part of `text`. */
  readonly bom: boolean;
}

/**
 * Turns the bytes of a file into text. A byte order mark decides; without one strict UTF-8 is tried, then CP932. Bytes
 * that are neither become UTF-8 with U+FFFD in place of what cannot be read, which the reader reports. Never throws.
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
