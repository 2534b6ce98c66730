import type { DocumentType } from '../book/book';
import type { TypedDocument } from '../product/meaning';
import { findDates } from '../text/date';
import { normalise } from '../text/normalise';
import type { Env } from './env';
import { expectedStem } from './expected-name';
import { hasShape } from './shape';
import { Value } from './value';

const nowhere = { start: 0, end: 0 };

/**
 * File name or folder of a document against the places of its type, with the name or folder it should have.
 * `undefined` where the type names none, and where `kobo.yaml` names the place itself.
 */
export function placeOfFile(document: TypedDocument, part: 'file' | 'folder', env: Env): Value | undefined {
  const slash = document.path.lastIndexOf('/');
  const folder = slash < 0 ? '' : document.path.slice(0, slash);
  const file = document.path.slice(slash + 1);
  const places = document.type?.places;
  const placed = document.type === undefined ? undefined : env.settings.placed(document.path, document.type.id);
  if (placed === 'file' || placed === part) return undefined;
  if (part === 'folder') {
    const wanted = places?.folder?.replace(/\/+$/u, '');
    if (wanted === undefined || wanted === '') return undefined;
    return new Value(folder, nowhere, { valid: `/${folder}/`.includes(`/${wanted}/`), expected: `${wanted}/` });
  }
  const shape = places?.file;
  if (shape === undefined) return undefined;
  const dot = file.lastIndexOf('.');
  const extension = dot < 0 ? '' : file.slice(dot);
  const stem = dot < 0 ? file : file.slice(0, dot);
  // A register may be kept as CSV or YAML under the same name.
  const wantedStem = shape.replace(/\.[a-z]+$/u, '');
  const valid = hasShape(wantedStem, stem.normalize('NFC')) || saysTheSame(wantedStem, stem, document.type);
  return new Value(file, nowhere, { valid, expected: `${expectedStem(document, wantedStem, stem, env)}${extension}` });
}

/** A name that says in its own way what the shape asks for: a whole date, or else what kind of document it is. */
function saysTheSame(shape: string, stem: string, type: DocumentType | undefined): boolean {
  if (shape.startsWith('YYYY-MM-DD') && isOfMonth(type) && /(?:^|\D)(?:19|20)\d\d[-_.年]?(?:1[0-2]|0?[1-9])(?:月|$|\D)/u.test(stem)) return true;
  if (shape.startsWith('YYYY-MM-DD')) return findDates(stem, { inName: true }).some((date) => date.day !== undefined);
  // Numbers of as many digits as its folder is used to: they sort as well.
  if (/^N{3,}-\*$/u.test(shape) && /^\d{3,6}[-_.]\S/u.test(stem) && findDates(stem, { inName: true }).length === 0) return true;
  if (type === undefined || /[YMDN]{2}/u.test(shape)) return false;
  const name = normalise(stem);
  const names = [type.title.text, type.title.en ?? '', ...type.aliases].map((each) => normalise(each));
  return names.some((each) => each.length > 1 && name.includes(each)) || (/^\*.+\*$/u.test(shape) && names.some((each) => name.includes(kindIn(each) ?? '/')));
}

/** The word for the kind of document at the end of a Japanese name, for shapes that ask for no more than that: テスト計画書 → 計画. */
function kindIn(name: string): string | undefined {
  const kind = /([\u4e00-\u9fff]{2,})$/u.exec(name)?.[1]?.replace(/(?:資料|[書表票])$/u, '') ?? '';
  return kind.length < 2 ? undefined : kind;
}

/** A report of a period may be named after its month. */
function isOfMonth(type: DocumentType | undefined): boolean {
  return type?.fields.find((field) => field.id === type.date)?.kind === 'period';
}
