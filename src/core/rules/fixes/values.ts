import type { Attribute } from '../../book/book';
import { findDates } from '../../text/date';
import { nextBusinessDay } from '../../text/business-days';
import { daysOf } from '../days';
import type { Env } from '../env';
import type { AskedValue } from '../finding';
import { messageValue, nextRecordId, type Explained } from '../messages';
import { namesIn } from '../recognisers/people';
import { reshapedId } from '../shape';
import { valueOf } from '../subjects';
import { wordsOfSet } from '../value';
import { blank } from './edits';

/** A value of a fix: text to put in, or a blank to ask for. */
export interface FixValue {
  readonly text: string;
  readonly ask: AskedValue | undefined;
}

/**
 * The value a fix names. Honesty rule: what states a fact for a person (who, when, which status, approved, reviewed,
 * not applicable) is never put in but asked for, with the choices there are.
 *
 * @param attribute column or field it goes into, `undefined` for a place in the text
 */
export function fixValue(name: string, attribute: Attribute | undefined, found: Explained, env: Env): FixValue | undefined {
  const { notes, unit } = found;
  switch (name) {
    case 'ask':
      return asked(attribute, [], found, env);
    case 'today':
      return asked(attribute, [env.context.today], found, env);
    case 'date':
      return { text: blank, ask: { what: 'date', choices: [] } };
    case 'first': {
      const written = notes.find((note) => note.value !== undefined)?.value?.text ?? '';
      return asked(attribute, namesIn(written), found, env, 'person');
    }
    case 'next':
      return asked(attribute, nextVersion(valueOf(unit, 'version', env)?.text), found, env);
    case 'next_id':
      return plain(nextRecordId(unit, env));
    case 'half_width':
    case 'preferred':
      return plain(found.match?.better ?? messageValue(name, found, env));
    case 'expected':
      return plain(notes.find((note) => note.expected !== undefined)?.expected);
    case 'nearest': {
      const noted = notes.find((note) => note.nearest !== undefined)?.nearest;
      // A mention of another record has the shape of that record's own register.
      const id = unit.kind === 'link' ? undefined : unit.document?.idShape;
      const written = notes.find((note) => note.value !== undefined)?.value;
      return plain(noted ?? (id !== undefined && written?.kind === 'id' ? reshapedId(id, written.text) : undefined));
    }
    case 'next_business_day': {
      const value = notes.find((note) => note.value !== undefined)?.value;
      const day = value === undefined ? undefined : daysOf(value, unit, env)?.from;
      return value === undefined || day === undefined ? undefined : plain(dayLike(value.text, nextBusinessDay(day, env.context.daysOff)));
    }
    case 'value':
    case 'title':
    case 'mark':
      return plain(valueOf(unit, name, env)?.text ?? found.match?.text);
    case 'other':
    case 'missing':
    case 'link':
      return undefined;
    default:
      break;
  }
  const words = attribute === undefined ? undefined : unit.document?.wordsOf(attribute);
  if (words?.words.has(name) === true) return asked(attribute, [wordsOfSet(words).spellingOf(name, env.context.language)], found, env);
  if (/^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?$/u.test(name)) {
    const value = valueOf(unit, name, env);
    if (value !== undefined) return plain(value.text);
  }
  if (statesFact(attribute)) return asked(attribute, [name], found, env);
  return { text: name, ask: undefined };
}

function plain(text: string | undefined): FixValue | undefined {
  return text === undefined || text.trim() === '' ? undefined : { text: text.trim(), ask: undefined };
}

function statesFact(attribute: Attribute | undefined): boolean {
  return attribute !== undefined && ['person', 'people', 'status', 'level', 'date', 'period'].includes(attribute.kind);
}

function asked(attribute: Attribute | undefined, choices: readonly string[], found: Explained, env: Env, as?: AskedValue['what']): FixValue {
  const kind = attribute?.kind;
  const what = as ?? (kind === 'person' || kind === 'people' ? 'person' : kind === 'date' || kind === 'period' ? 'date' : 'value');
  const words = attribute === undefined ? undefined : found.unit.document?.wordsOf(attribute);
  const offered = choices.length > 0 ? choices
    : what === 'person' ? [...env.context.people, ...(env.product?.people ?? [])].filter((person) => person.active).map((person) => person.name)
      : words === undefined ? [] : wordsOfSet(words).ids.map((id) => wordsOfSet(words).spellingOf(id, env.context.language));
  return { text: blank, ask: { what, choices: offered.slice(0, 50) } };
}

function nextVersion(version: string | undefined): readonly string[] {
  const match = /^(\D*)(\d+)(?:\.(\d+))?$/u.exec((version ?? '').trim());
  if (match === null) return [];
  const [, lead = '', major = '0', minor] = match;
  return minor === undefined ? [`${lead}${String(Number(major) + 1)}`] : [`${lead}${major}.${String(Number(minor) + 1)}`, `${lead}${String(Number(major) + 1)}.0`];
}

/** A day written the way another date is: `2026/11/24`, `2026年11月24日`, ISO. */
function dayLike(written: string, day: string): string {
  const date = findDates(written, { year: Number(day.slice(0, 4)) })[0];
  if (date === undefined) return day;
  const [y = '', m = '', d = ''] = day.split('-');
  const short = /[-/.年月](?:0?[1-9])(?:\D|$)/u.test(written) && !/[-/.年月]0[1-9]/u.test(written);
  const month = short ? String(Number(m)) : m;
  const of = short ? String(Number(d)) : d;
  switch (date.format) {
    case 'slash':
      return `${y}/${month}/${of}`;
    case 'dot':
      return /^\d{2}\.\d{2}\.\d{4}/u.test(written.slice(date.span.start)) ? `${d}.${m}.${y}` : `${y}.${month}.${of}`;
    case 'compact':
      return `${y}${m}${d}`;
    case 'kanji':
      return `${y}年${String(Number(m))}月${String(Number(d))}日`;
    case 'month_day':
      return written.includes('月') ? `${String(Number(m))}月${String(Number(d))}日` : `${month}/${of}`;
    default:
      return day;
  }
}
