/**
 * The few globals that every host of the core has (Node 20, browsers, workers). Anything else comes in through the
 * interfaces of `workspace.ts`.
 */
declare class TextDecoder {
  constructor(label?: string, options?: { readonly fatal?: boolean; readonly ignoreBOM?: boolean });
  decode(input?: ArrayBufferView): string;
}
declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>;
}
