/** Growable byte array with variable-length integers (7 bits a byte, low bits first). */
export class ByteWriter {
  #bytes: Uint8Array<ArrayBuffer> = new Uint8Array(1 << 16);
  length = 0;

  byte(value: number): void {
    if (this.length === this.#bytes.length) this.#grow();
    this.#bytes[this.length++] = value;
  }

  /** Writes a non-negative 32-bit integer. */
  varint(value: number): void {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    this.byte(rest);
  }

  append(bytes: Uint8Array): void {
    while (this.length + bytes.length > this.#bytes.length) this.#grow();
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** What was written; shares memory until the next write. */
  bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.length);
  }

  #grow(): void {
    const grown = new Uint8Array(this.#bytes.length * 2);
    grown.set(this.#bytes);
    this.#bytes = grown;
  }
}

/** Growable list of 32-bit unsigned integers. */
export class IntList {
  #values: Uint32Array<ArrayBuffer> = new Uint32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const grown = new Uint32Array(this.#values.length * 2);
      grown.set(this.#values);
      this.#values = grown;
    }
    this.#values[this.length++] = value;
  }

  clear(): void {
    this.length = 0;
  }

  /** The values; shares memory until the next push. */
  values(): Uint32Array<ArrayBuffer> {
    return this.#values.subarray(0, this.length);
  }
}

/** Numbers bigram keys 0, 1, 2, … in the order they come: an open-addressing table without a heap number a key. */
export class BigramNumbers {
  #keys = new Uint32Array(1 << 14);
  #numbers = new Int32Array(1 << 14).fill(-1);
  #size = 0;

  /** Number of `key`, or -1 when it was never given to {@link add}. */
  get(key: number): number {
    return this.#numbers[this.#slot(key)] ?? -1;
  }

  /** Gives `key` the number `value` (it must not have one yet). */
  add(key: number, value: number): void {
    if (this.#size * 2 >= this.#keys.length) this.#grow();
    const slot = this.#slot(key);
    this.#keys[slot] = key;
    this.#numbers[slot] = value;
    this.#size++;
  }

  #slot(key: number): number {
    const mask = this.#keys.length - 1;
    let slot = (Math.imul(key, 0x9e3779b1) >>> 12) & mask;
    while ((this.#numbers[slot] ?? -1) >= 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  #grow(): void {
    const keys = this.#keys;
    const numbers = this.#numbers;
    this.#keys = new Uint32Array(keys.length * 2);
    this.#numbers = new Int32Array(keys.length * 2).fill(-1);
    for (let i = 0; i < keys.length; i++) {
      if ((numbers[i] ?? -1) < 0) continue;
      const slot = this.#slot(keys[i] ?? 0);
      this.#keys[slot] = keys[i] ?? 0;
      this.#numbers[slot] = numbers[i] ?? 0;
    }
  }
}

/** Copies a typed array into a longer one. */
export function grown<T extends Uint8Array | Int32Array | Uint32Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
