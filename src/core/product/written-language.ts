import type { ProjectDocument } from '../document/document';

/** A language findings can be told in. */
export type WrittenLanguage = 'ja' | 'en';

/** Of this many letters one in Japanese writing makes a text Japanese: even those about software are full of Latin words. */
const lettersForOne = 20;
/** Less says nothing: a type and a number of a front matter are in no language. */
const fewestLetters = 30;
/** A document is judged by its beginning. */
const longest = 4000;

/** The language most of the documents are written in; `undefined` where none has a sentence, or as many are in the one as in the other. */
export function writtenLanguage(documents: readonly ProjectDocument[]): WrittenLanguage | undefined {
  let japanese = 0;
  let others = 0;
  for (const { text } of documents) {
    const beginning = text.slice(0, longest);
    const own = beginning.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu)?.length ?? 0;
    const letters = beginning.match(/\p{L}/gu)?.length ?? 0;
    if (letters < fewestLetters) continue;
    if (own * lettersForOne >= letters) japanese++;
    else others++;
  }
  return japanese === others ? undefined : japanese > others ? 'ja' : 'en';
}
