import { analysisVersion } from './analyse';
import { layOut, Segment, viewTables, type SegmentTables } from './packed-index';

/** Changes whenever the layout of `packed-index` changes. */
const formatVersion = 2;
/** "KOBO" read as a little-endian word. */
const magic = 0x4f424f4b;

/** Why a stored index is not used. The caller builds a new one and says so. */
export type IndexFault = 'not_an_index' | 'truncated' | 'other_format' | 'other_analysis' | 'corrupt';

export type DecodedIndex = { readonly ok: true; readonly segment: Segment } | { readonly ok: false; readonly fault: IndexFault };

/** Packs tables into one buffer that can be stored, transferred and searched as it is. */
export function encodeIndex(tables: SegmentTables): ArrayBuffer {
  const buffer = layOut(tables, magic, formatVersion, analysisVersion);
  const header = new Uint32Array(buffer, 0, 6);
  const [low, high] = checksum(buffer);
  header[4] = low;
  header[5] = high;
  return buffer;
}

/**
 * Opens a buffer that {@link encodeIndex} made. Nothing is copied: the segment reads from `buffer`. A buffer that is cut
 * off, changed in any byte, of another version or inconsistent gives a fault.
 */
export function decodeIndex(buffer: ArrayBuffer): DecodedIndex {
  if (buffer.byteLength < 24) return { ok: false, fault: buffer.byteLength === 0 ? 'truncated' : 'not_an_index' };
  const header = new Uint32Array(buffer, 0, 6);
  if (header[0] !== magic) return { ok: false, fault: 'not_an_index' };
  if (header[1] !== formatVersion) return { ok: false, fault: 'other_format' };
  if (header[2] !== analysisVersion) return { ok: false, fault: 'other_analysis' };
  if ((header[3] ?? 0) > buffer.byteLength) return { ok: false, fault: 'truncated' };
  if (header[3] !== buffer.byteLength || buffer.byteLength % 4 !== 0) return { ok: false, fault: 'corrupt' };
  const [low, high] = checksum(buffer);
  if (header[4] !== low || header[5] !== high) return { ok: false, fault: 'corrupt' };
  const tables = viewTables(buffer);
  return tables === undefined ? { ok: false, fault: 'corrupt' } : { ok: true, segment: new Segment(tables) };
}

/**
 * Two 32-bit sums over all words but the sums themselves. Each step is a bijection of the sum, so a change within one word
 * always changes the result.
 */
function checksum(buffer: ArrayBuffer): readonly [number, number] {
  const words = new Uint32Array(buffer);
  let low = 0x811c9dc5;
  let high = 0x9747b28c;
  for (let i = 0; i < words.length; i++) {
    if (i === 4 || i === 5) continue;
    const word = words[i] ?? 0;
    low = Math.imul(low ^ word, 0x01000193);
    low ^= low >>> 15;
    high = Math.imul(high + word, 0x85ebca6b) ^ i;
  }
  return [low >>> 0, high >>> 0];
}
