import type { DocumentType } from '../book/book';
import type { TypedDocument } from '../product/meaning';
import { normalise } from '../text/normalise';
import type { Env } from './env';
import { shapeParts } from './shape';

/**
 * A name of the shape for a document, made of its date, its number and what its name says now: words stay, what the
 * shape asks for is put to them. Digits of a date that nobody knows stay as the marks of the shape (`YYYY-MM-DD`).
 *
 * @param shape of a file name without its ending
 * @param stem the name now, without its ending
 */
export function expectedStem(document: TypedDocument, shape: string, stem: string, env: Env): string {
  const { type } = document;
  const dated = type?.date === undefined ? undefined : document.fields.get(type.date)?.value;
  const day = dated?.days(env.yearOf(document))?.from;
  const parts = shapeParts(shape);
  const asked = parts.flatMap((part) => (part.kind === 'literal' ? [part.text] : [])).join(' ');
  const written = wordsOf(document, stem, parts.some((part) => part.kind === 'digits'), asked);
  // Behind the word that the shape begins with nothing is said by another name of the type: `plan` of a project plan.
  const words = parts[0]?.kind === 'literal' && isNameOf(written, type) ? '' : written;
  let isSaid = false;
  let name = '';
  parts.forEach((part, i) => {
    switch (part.kind) {
      case 'digits':
        name += part.mark === 'number' ? numberOf(document, stem).padStart(part.least, '0') : dayPart(part.mark, day);
        return;
      case 'literal':
        name += joint(name, part.text, isSaid && parts[i - 1]?.kind === 'any') + part.text;
        return;
      case 'any':
        if (isSaid) return;
        isSaid = true;
        // Digits alone name nothing; a word of the shape does.
        name += words === '' ? (/[A-Za-z]/u.test(asked) ? '' : 'title') : joint(name, words, /[A-Za-z]$/u.test(name)) + words;
    }
  });
  return name;
}

/** A sign between words that have none: as names of these words have it. */
function joint(before: string, after: string, isWanted: boolean): string {
  if (!isWanted || before === '' || /[-_.]$/u.test(before) || /^[-_.]/u.test(after)) return '';
  const all = before + after;
  return /[^\x20-\x7e]/u.test(all) || all.includes('_') ? '_' : '-';
}

function dayPart(mark: 'year' | 'month' | 'day', day: string | undefined): string {
  switch (mark) {
    case 'year':
      return day?.slice(0, 4) ?? 'YYYY';
    case 'month':
      return day?.slice(5, 7) ?? 'MM';
    case 'day':
      return day?.slice(8, 10) ?? 'DD';
  }
}

const leadingDate = /^\d{4}[-_.年]?\d{1,2}(?:[-_.月]?\d{1,2}日?)?(?!\d)|^\d{1,2}月\d{1,2}日/u;
const leadingNumber = /^(?:No\.?\s?)?\d+(?!\d)/iu;
const signs = /^[-_. \u3000]+|[-_. \u3000]+$/gu;

/** The number of a document: that it has itself, else the first in its name that is no date. */
function numberOf(document: TypedDocument, stem: string): string {
  const own = /\d+(?=\D*$)/u.exec(document.fields.get('id')?.value.text ?? '')?.[0];
  return own ?? /\d+/u.exec(stem.normalize('NFKC').replace(leadingDate, ''))?.[0] ?? '1';
}

/** What a name says beside the date or number that the shape puts in front of it, and beside the words that the shape asks for. */
function wordsOf(document: TypedDocument, stem: string, isNumbered: boolean, asked: string): string {
  const named = namedIn(stem, document.type, isNumbered, asked);
  if (named !== '' || !isNumbered) return named;
  return namedIn((document.fields.get('title')?.value.text ?? '').replace(/[\\/:*?"<>|\p{Cc}]+/gu, '_').slice(0, longestTitle), document.type, true, asked);
}

const longestTitle = 40;

function namedIn(text: string, type: DocumentType | undefined, isNumbered: boolean, asked: string): string {
  let words = text.normalize('NFC').replace(signs, '');
  if (isNumbered) {
    words = words.replace(leadingDate, '').replace(signs, '');
    words = withoutPrefix(words, type).replace(leadingNumber, '').replace(signs, '');
  }
  words = words.replace(/[\s\u3000]+/gu, '_');
  const word = asked.replace(signs, '');
  if (!/^[A-Za-z]+$/u.test(word)) return words;
  const rest = words.replace(new RegExp(`(?<![A-Za-z])${word}(?![A-Za-z])`, 'iu'), '').replace(/([-_.])[-_.]+/gu, '$1').replace(signs, '');
  return rest;
}

/** The letters that numbers of the type have in front (`ADR-0003`), where a number follows them. */
function withoutPrefix(words: string, type: DocumentType | undefined): string {
  const prefix = type?.idShape?.replace(/[-_]?N+$/u, '') ?? '';
  if (prefix === '' || !words.toLowerCase().startsWith(prefix.toLowerCase())) return words;
  const rest = words.slice(prefix.length).replace(signs, '');
  return /^\d/u.test(rest) ? rest : words;
}

/** Words that only say again of what type a document is (`project` of a project plan). */
function isNameOf(words: string, type: DocumentType | undefined): boolean {
  const plain = normalise(words).replace(/[-_]+/gu, ' ').trim();
  return type !== undefined && plain !== '' && [type.title.en ?? '', type.title.text, ...type.aliases].some((each) => normalise(each).split(' ').includes(plain));
}
