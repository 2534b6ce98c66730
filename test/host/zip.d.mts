export interface ZipEntry {
  readonly path: string;
  readonly size: number;
  readonly read: () => Buffer;
}
export function zipEntries(bytes: Buffer): ZipEntry[];
export function unpackVsix(vsix: string, folder: string): Promise<string>;
