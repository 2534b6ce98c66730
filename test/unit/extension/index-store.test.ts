import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IndexFolder } from '../../../src/core/search/kept-index';
import { IndexStore } from '../../../src/extension/index-store';
import { bytesOf, clonedWire, jsonWire } from '../../../src/server/protocol';
import { bytesToText, textToBytes } from '../../../src/server/wire';

/** A folder in memory whose process dies at the step `diesAt`: half of what it writes is there, and nothing after. */
class MortalFolder implements IndexFolder {
  readonly files = new Map<string, Uint8Array>();
  diesAt = Infinity;
  steps = 0;

  #step(): 'lives' | 'dies' {
    if (++this.steps > this.diesAt) throw new Error('dead');
    return this.steps === this.diesAt ? 'dies' : 'lives';
  }
  async names(): Promise<readonly string[]> {
    return Promise.resolve([...this.files.keys()]);
  }
  async read(name: string): Promise<Uint8Array | undefined> {
    return Promise.resolve(this.files.get(name));
  }
  async write(name: string, bytes: Uint8Array): Promise<void> {
    const dies = this.#step() === 'dies';
    this.files.set(name, dies ? bytes.slice(0, bytes.length >> 1) : bytes);
    return dies ? Promise.reject(new Error('dead')) : Promise.resolve();
  }
  async rename(from: string, to: string): Promise<void> {
    if (this.#step() === 'dies') return Promise.reject(new Error('dead'));
    this.files.set(to, this.files.get(from) ?? new Uint8Array());
    this.files.delete(from);
    return Promise.resolve();
  }
  async remove(name: string): Promise<void> {
    if (this.#step() === 'dies') return Promise.reject(new Error('dead'));
    this.files.delete(name);
    return Promise.resolve();
  }
}

const key = 'abc123';

async function save(store: IndexStore, bytes: Uint8Array, part = 400_000): Promise<boolean> {
  const parts = Math.ceil(bytes.length / part);
  let kept = false;
  for (let i = 0; i < parts; i++) kept = await store.save({ key, part: i, parts, data: bytesToText(bytes.subarray(i * part, (i + 1) * part)) });
  return kept;
}

async function load(store: IndexStore): Promise<{ bytes: Uint8Array | undefined; interrupted: boolean }> {
  const { data, parts, interrupted } = await store.load({ key, part: 0 });
  if (data === null) return { bytes: undefined, interrupted };
  const pieces = [data];
  for (let i = 1; i < parts; i++) pieces.push((await store.load({ key, part: i })).data ?? '');
  return { bytes: Buffer.concat(pieces.map((piece) => bytesOf(piece))), interrupted };
}

const older = new Uint8Array(1_000_003).map((_, i) => i * 7);
const newer = new Uint8Array(900_001).map((_, i) => i * 13 + 5);

describe('bytes in messages', () => {
  it('are base64 of any length, and nothing else is taken for it', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const text = bytesToText(bytes);
      assert.equal(text, Buffer.from(bytes).toString('base64'));
      assert.deepEqual(Buffer.from(textToBytes(text)), Buffer.from(bytes));
    }));
    for (const bad of ['AAA', 'AA=A', 'A===', 'AAA語', 'AA A']) assert.throws(() => textToBytes(bad), RangeError);
  });
});

describe('store of indexes', function () {
  this.timeout(30_000);

  it('gives back what was saved, in parts, and leaves no other file', async () => {
    const folder = new MortalFolder();
    const store = new IndexStore(folder, jsonWire);
    assert.deepEqual(await load(store), { bytes: undefined, interrupted: false });
    assert.equal(await save(store, older), true);
    assert.ok(Buffer.from(older).equals((await load(store)).bytes ?? new Uint8Array()));
    assert.equal(await save(store, newer), true);
    assert.deepEqual(await load(store), { bytes: Buffer.from(newer), interrupted: false });
    assert.equal(folder.files.size, 4, 'a file for each part, and the pointer');
  });

  it('says whether anything is kept, and nothing of a folder that cannot be listed', async () => {
    const folder = new MortalFolder();
    assert.equal(await new IndexStore(folder, jsonWire).holdsAny(), false);
    await save(new IndexStore(folder, jsonWire), older);
    assert.equal(await new IndexStore(folder, jsonWire).holdsAny(), true);
    folder.names = () => Promise.reject(new Error('gone'));
    assert.equal(await new IndexStore(folder, jsonWire).holdsAny(), false);
  });

  it('reads ahead what is kept, and never gives what has been replaced since', async () => {
    const folder = new MortalFolder();
    await save(new IndexStore(folder, jsonWire), older);
    const quick = new IndexStore(folder, jsonWire);
    await quick.readAhead();
    await new Promise(setImmediate);
    folder.read = () => Promise.reject(new Error('nothing is read any more'));
    assert.deepEqual(await load(quick), { bytes: Buffer.from(older), interrupted: false });

    const other = new MortalFolder();
    await save(new IndexStore(other, jsonWire), older);
    const store = new IndexStore(other, jsonWire);
    await store.readAhead();
    await save(store, newer);
    assert.deepEqual(await load(store), { bytes: Buffer.from(newer), interrupted: false });
    const empty = new IndexStore(new MortalFolder(), jsonWire);
    await empty.readAhead();
    assert.deepEqual(await load(empty), { bytes: undefined, interrupted: false });
  });

  it('hands bytes over as they are where messages are cloned, without what lies around them', async () => {
    const store = new IndexStore(new MortalFolder(), clonedWire);
    const around = new Uint8Array(2_000_000);
    around.set(older, 500);
    assert.equal(await store.save({ key, part: 0, parts: 1, data: clonedWire.pack(around.subarray(500, 500 + older.length)) }), true);
    const { data, parts } = await store.load({ key, part: 0 });
    assert.equal(parts, 1);
    assert.ok(data instanceof Uint8Array && data.buffer.byteLength === older.length && Buffer.from(older).equals(data));
  });

  it('gives the index before or the new one, whole, at whatever step of a write the process ends', async () => {
    let ends = 0;
    for (let step = 1; step < 20; step++) {
      const folder = new MortalFolder();
      await save(new IndexStore(folder, jsonWire), older);
      folder.steps = 0;
      folder.diesAt = step;
      await save(new IndexStore(folder, jsonWire), newer);
      if (folder.steps < step) break;
      ends++;
      folder.diesAt = Infinity;
      const next = new IndexStore(folder, jsonWire);
      const { bytes, interrupted } = await load(next);
      assert.ok(bytes !== undefined && (Buffer.from(older).equals(bytes) || Buffer.from(newer).equals(bytes)), `step ${String(step)}`);
      assert.ok(interrupted, `step ${String(step)}`);
      assert.equal(await save(next, newer), true);
      assert.equal(folder.files.size, 4, 'the next write clears up');
    }
    assert.equal(ends, 8);
  });

  it('says when the very first write did not come to its end', async () => {
    const folder = new MortalFolder();
    folder.diesAt = 1;
    assert.equal(await save(new IndexStore(folder, jsonWire), older), false);
    assert.deepEqual(await load(new IndexStore(folder, jsonWire)), { bytes: undefined, interrupted: true });
  });

  it('takes no part out of turn and no key that is a path', async () => {
    const folder = new MortalFolder();
    const store = new IndexStore(folder, jsonWire);
    assert.equal(await store.save({ key, part: 1, parts: 2, data: '' }), false);
    assert.equal(await store.save({ key: '../x', part: 0, parts: 1, data: 'AAAA' }), false);
    assert.deepEqual(await store.load({ key: '../x', part: 0 }), { data: null, parts: 0, interrupted: false });
    assert.equal(folder.files.size, 0);
  });
});
