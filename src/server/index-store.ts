import type { Connection } from 'vscode-languageserver';
import { keepIndex, readKeptIndex, type IndexFolder } from '../core/search/kept-index';
import { bytesOf, methods, type LoadIndexParams, type LoadIndexResult, type SaveIndexParams, type Wire } from './protocol';

/** Where the indexes of Books are kept from one window to the next. Nothing here rejects: without a kept index one is built. */
export interface IndexStore {
  /** The bytes last saved under a key, or `undefined`; and whether an earlier write did not come to its end. */
  load(key: string): Promise<{ readonly buffer: ArrayBuffer | undefined; readonly interrupted: boolean }>;
  /** @returns whether it is kept now */
  save(key: string, buffer: ArrayBuffer): Promise<boolean>;
}

const maxParts = 400;

/** A store in a folder that the server reaches itself. */
export function folderIndexStore(folder: IndexFolder): IndexStore {
  /** One index is written at a time. */
  let turn: Promise<unknown> = Promise.resolve();
  return {
    load: async (key) => {
      try {
        const { pieces, interrupted } = await readKeptIndex(folder, key);
        return { buffer: pieces === undefined ? undefined : joined(pieces), interrupted };
      } catch {
        return { buffer: undefined, interrupted: false };
      }
    },
    save: (key, buffer) => {
      const saved = turn.then(() => keepIndex(folder, key, [new Uint8Array(buffer)]));
      turn = saved;
      return saved;
    },
  };
}

/** A store that the client keeps. */
export function clientIndexStore(connection: Connection, { pack, partBytes }: Wire): IndexStore {
  /** One index travels at a time. */
  let turn: Promise<unknown> = Promise.resolve();
  const send = async (key: string, buffer: ArrayBuffer): Promise<boolean> => {
    const parts = Math.ceil(buffer.byteLength / partBytes);
    for (let part = 0; part < parts; part++) {
      const data = pack(new Uint8Array(buffer, part * partBytes, Math.min(partBytes, buffer.byteLength - part * partBytes)));
      const kept = await connection.sendRequest<boolean>(methods.saveIndex, { key, part, parts, data } satisfies SaveIndexParams);
      if (!kept) return false;
    }
    return parts > 0;
  };
  return {
    load: async (key) => {
      try {
        const ask = (part: number): Promise<LoadIndexResult> => connection.sendRequest<LoadIndexResult>(methods.loadIndex, { key, part } satisfies LoadIndexParams);
        const first = await ask(0);
        if (first.data === null || first.parts > maxParts) return { buffer: undefined, interrupted: first.interrupted };
        const pieces = [bytesOf(first.data)];
        for (let part = 1; part < first.parts; part++) {
          const { data } = await ask(part);
          if (data === null) return { buffer: undefined, interrupted: true };
          pieces.push(bytesOf(data));
        }
        return { buffer: joined(pieces), interrupted: first.interrupted };
      } catch {
        return { buffer: undefined, interrupted: false };
      }
    },
    save: (key, buffer) => {
      const saved = turn.then(() => send(key, buffer)).catch(() => false);
      turn = saved;
      return saved;
    },
  };
}

function joined(pieces: readonly Uint8Array[]): ArrayBuffer {
  const [only] = pieces;
  if (pieces.length === 1 && only?.buffer instanceof ArrayBuffer && only.byteLength === only.buffer.byteLength) return only.buffer;
  const bytes = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.byteLength, 0));
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.byteLength;
  }
  return bytes.buffer;
}
