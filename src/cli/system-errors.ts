import { printable } from './printable';

/** What the codes of the system mean to a person, and what helps. */
const known: ReadonlyMap<string, readonly [ja: string, en: string]> = new Map([
  ['ENOSPC', ['空き容量がありません。空けてから、もう一度実行してください。', 'There is no space left. Make room and try again.']],
  ['EDQUOT', ['使える容量を超えました。空けてから、もう一度実行してください。', 'The quota is used up. Make room and try again.']],
  ['EACCES', ['権限がありません。ファイルとフォルダーの権限を確かめてください。', 'Permission is denied. Check the permissions of file and folder.']],
  ['EPERM', ['権限がありません。ファイルとフォルダーの権限を確かめてください。', 'Permission is denied. Check the permissions of file and folder.']],
  ['EROFS', ['書き込めない場所です。ほかの場所を指定してください。', 'The place is read-only. Name another one.']],
  ['ENOENT', ['ファイルかフォルダーがありません。名前を確かめてください。', 'There is no such file or folder. Check the name.']],
  ['ENOTDIR', ['途中にフォルダーでないものがあります。名前を確かめてください。', 'A part of the path is no folder. Check the name.']],
  ['EISDIR', ['ファイルではなくフォルダーです。名前を確かめてください。', 'This is a folder, not a file. Check the name.']],
  ['EEXIST', ['同じ名前のものがすでにあります。ほかの名前を指定してください。', 'Something of this name is there already. Name another one.']],
]);

/** What the system said of a file or of the output, in one line; `undefined` for an error that is no such thing. */
export function systemErrorText(error: unknown, language: 'ja' | 'en'): string | undefined {
  if (!(error instanceof Error && 'code' in error && 'syscall' in error && typeof error.code === 'string')) return undefined;
  const ja = language === 'ja';
  const place = 'path' in error && typeof error.path === 'string' ? printable(error.path) : ja ? '出力先' : 'The output';
  const said = known.get(error.code)?.[ja ? 0 : 1] ?? printable(error.message);
  return `${place}${ja ? '：' : ': '}${said}${ja ? `（${error.code}）` : ` (${error.code})`}`;
}
