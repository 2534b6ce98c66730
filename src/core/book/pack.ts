import type { Book, BookProblem } from './book';
import { isData } from './data';
import { LayerReader } from './layer-reader';
import { assembleBook } from './layers';
import type { BookLayer } from './layer';

/** A Book in one JSON value, its YAML already read: what the build writes and every host starts from. */
export interface PackedBook {
  readonly format: 1;
  readonly layer: BookLayer;
}

/**
 * Packs the files of a Book folder (path → text; other files are ignored). The pack carries the Book's problems; a build
 * refuses a pack whose {@link packProblems} are not empty.
 */
export function packBook(files: ReadonlyMap<string, string>): PackedBook {
  const reader = new LayerReader('starter', false);
  const paths = [...files.keys()].sort((a, b) => (isHead(a) ? -1 : isHead(b) ? 1 : a < b ? -1 : 1));
  for (const path of paths) reader.add(path, files.get(path) ?? '');
  return { format: 1, layer: reader.layer() };
}

function isHead(path: string): boolean {
  return path === 'book.yaml' || path === 'book.yml';
}

/** The Book of a pack. */
export function unpackBook(packed: PackedBook): Book {
  return assembleBook([packed.layer]);
}

/** Everything wrong with the Book of a pack, cross references included. */
export function packProblems(packed: PackedBook): readonly BookProblem[] {
  return unpackBook(packed).problems;
}

/** The layer of a pack read from a file; `undefined` when the value is no pack of this format. */
export function packedLayer(packed: unknown): BookLayer | undefined {
  return isData(packed) && packed.format === 1 && isData(packed.layer) ? (packed.layer as unknown as BookLayer) : undefined;
}
