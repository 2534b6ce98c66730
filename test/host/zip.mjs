// Reads a .vsix, which is a ZIP file, with Node's own modules (APPNOTE.TXT 4.3: central directory, stored or deflated).
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/**
 * The files of an archive.
 * @param {Buffer} bytes
 * @returns {{ path: string, size: number, read: () => Buffer }[]} size: in bytes, unpacked
 */
export function zipEntries(bytes) {
  const end = bytes.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (end < 0) throw new Error('not a ZIP file');
  const entries = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left -= 1) {
    const method = bytes.readUInt16LE(at + 10);
    const packed = bytes.readUInt32LE(at + 20);
    const size = bytes.readUInt32LE(at + 24);
    const nameLength = bytes.readUInt16LE(at + 28);
    const local = bytes.readUInt32LE(at + 42);
    const path = bytes.toString('utf8', at + 46, at + 46 + nameLength);
    const read = () => {
      const start = local + 30 + bytes.readUInt16LE(local + 26) + bytes.readUInt16LE(local + 28);
      const data = bytes.subarray(start, start + packed);
      return method === 0 ? data : inflateRawSync(data);
    };
    if (!path.endsWith('/')) entries.push({ path, size, read });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/** Unpacks the extension of a .vsix into a folder, as an installation does. */
export async function unpackVsix(vsix, folder) {
  for (const { path, read } of zipEntries(await readFile(vsix))) {
    if (!path.startsWith('extension/')) continue;
    const inside = normalize(path.slice('extension/'.length));
    if (inside.startsWith('..')) throw new Error(`${path} leaves the folder`);
    const file = join(folder, inside);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, read());
  }
  return folder;
}
