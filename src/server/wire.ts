/** Bytes in a message: as they are where messages are cloned, in base64 where they become JSON. */
export type Bytes = string | Uint8Array;

/** How one side puts bytes into its messages. Both sides read either with {@link bytesOf}. */
export interface Wire {
  readonly pack: (bytes: Uint8Array) => Bytes;
  /** As many in a message at most, so that neither side holds up its others. */
  readonly partBytes: number;
}

/** To and from a process. */
export const jsonWire: Wire = { pack: bytesToText, partBytes: 3 << 17 };

/** To and from a worker. A view is cloned with all of the buffer behind it, hence the copy. */
export const clonedWire: Wire = { pack: (bytes) => (bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice()), partBytes: 1 << 20 };

/** The bytes of a message. Throws a RangeError for a text that is not base64. */
export function bytesOf(data: Bytes): Uint8Array {
  return typeof data === 'string' ? textToBytes(data) : data;
}

/**
 * Base64 (RFC 4648 section 4) for bytes in messages. `btoa` and `atob` of Node take hundreds of milliseconds a megabyte, which
 * would hold up the editor's own process; these take a few.
 */
const signs = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const pad = 0x3d;
const values = new Int16Array(128).fill(-1);
signs.forEach((sign, value) => (values[sign] = value));

export function bytesToText(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let to = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out[to++] = signs[three >>> 18] ?? 0;
    out[to++] = signs[(three >>> 12) & 63] ?? 0;
    out[to++] = left > 1 ? (signs[(three >>> 6) & 63] ?? 0) : pad;
    out[to++] = left > 2 ? (signs[three & 63] ?? 0) : pad;
  }
  return new TextDecoder('latin1').decode(out);
}

/** The bytes of {@link bytesToText}. Throws a RangeError for a text that is not base64. */
export function textToBytes(text: string): Uint8Array<ArrayBuffer> {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  if (text.length % 4 !== 0) throw new RangeError('not base64');
  const bytes = new Uint8Array((text.length / 4) * 3 - padding);
  let to = 0;
  for (let i = 0; i < text.length; i += 4) {
    let four = 0;
    for (let k = i; k < i + 4; k++) {
      const value = k >= text.length - padding ? 0 : (values[text.charCodeAt(k)] ?? -1);
      if (value < 0) throw new RangeError('not base64');
      four = (four << 6) | value;
    }
    // Writes beyond the end of the array, where the padding stands, are ignored.
    bytes[to++] = four >>> 16;
    bytes[to++] = (four >>> 8) & 255;
    bytes[to++] = four & 255;
  }
  return bytes;
}
