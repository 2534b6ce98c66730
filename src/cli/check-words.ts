import type { CommandIo } from './io';
import type { ProductPlace, UnlistedWord } from './places';
import { printable } from './printable';

/** Why no document was checked: else a build in the wrong folder is green for ever. */
export function nothingChecked(places: readonly ProductPlace[], { language }: CommandIo): string {
  const ja = language === 'ja';
  if (places.some(({ koboText }) => koboText !== undefined)) {
    return ja ? '確かめた文書はありません。kobo.yaml の documents に、ここの文書にあたる行を足してください。' : 'No document was checked. Add a line for these files to documents in kobo.yaml.';
  }
  return ja ? '確かめた文書はありません。ここには kobo.yaml がありません。kobo init で作れます。' : 'No document was checked. There is no kobo.yaml here; kobo init makes one.';
}

/** Why something that was named was not checked. */
export function notListed({ word, reason }: UnlistedWord, { language }: CommandIo): string {
  const name = printable(word);
  switch (reason) {
    case 'folder':
      return language === 'ja'
        ? `${name} は確かめていません。名前が「.」で始まるフォルダーと node_modules の中は見ません。確かめるなら、文書を別のフォルダーへ移してください。`
        : `${name} was not checked: folders whose names begin with “.” and node_modules are not looked into. Move the documents to another folder to have them checked.`;
    case 'ignored':
      return language === 'ja'
        ? `${name} は確かめていません。git が無視するもの（.gitignore）か、フォルダーの外へのリンクです。確かめるなら、.gitignore の行を直してください。`
        : `${name} was not checked: git ignores it (.gitignore), or it is a link that leads out of the folder. Change the line of .gitignore to have it checked.`;
    case 'name':
      return language === 'ja'
        ? `${name} は確かめていません。ディスクにある名前と違います。大文字と小文字まで同じ名前で指定してください。`
        : `${name} was not checked: on the disk it has another name. Give the name as it is there, with the same capital letters.`;
  }
}

const mostNamed = 3;

/** Which documents were not checked because nothing says what they are: else they are never missed. */
export function leftOut(paths: readonly string[], { language }: CommandIo): string {
  const ja = language === 'ja';
  const named = `${paths.slice(0, mostNamed).join(ja ? '、' : ', ')}${paths.length > mostNamed ? (ja ? ' ほか' : ' …') : ''}`;
  return ja
    ? `${String(paths.length)} 件の文書は kobo.yaml に種類がないので、確かめていません（${named}）。確かめるなら documents に、そうでなければ none として足してください。`
    : `Not checked, as kobo.yaml says no type: ${String(paths.length)} ${paths.length === 1 ? 'document' : 'documents'} (${named}). Add them to documents, as none where they need no check.`;
}

/** Why a check with `--max-warnings` fails. */
export function tooManyWarnings(warnings: number, limit: number, { language }: CommandIo): string {
  return language === 'ja'
    ? `警告が ${String(warnings)} 件あり、--max-warnings で決めた ${String(limit)} 件を超えています。`
    : `There ${warnings === 1 ? 'is 1 warning' : `are ${String(warnings)} warnings`}, more than the ${String(limit)} of --max-warnings.`;
}

/** What `--fix` did. */
export function fixed(changed: number, { language }: CommandIo): string {
  if (changed === 0) return language === 'ja' ? '書き方だけで直せる文書はありませんでした。' : 'No document has a fix of form alone.';
  return language === 'ja' ? `${String(changed)} 件の文書を直しました。` : `Fixed ${String(changed)} ${changed === 1 ? 'document' : 'documents'}.`;
}
