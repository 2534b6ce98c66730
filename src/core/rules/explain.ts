import type { Span } from '../text/position';
import type { CompiledKey } from './conditions';
import { DocumentUnit, SectionUnit } from './document-units';
import type { Env, Match, Note } from './env';
import type { Explained } from './messages';
import type { RulePart } from './rule';
import { valueOf } from './subjects';
import { placeOf } from './text-source';
import { NO, YES } from './truth';
import type { Unit } from './unit';

/** Asks the conditions of a finding once more, this time remembering what they see. */
export function explain(part: RulePart, key: CompiledKey, unit: Unit, env: Env): readonly Note[] {
  const wanted = part.require === undefined ? YES : NO;
  const own = notesOf(() => key.test(unit, env), env);
  const failed = own.filter((note) => note.result === wanted);
  const { when } = part;
  const asked = when === undefined ? [] : notesOf(() => when.test(unit, env), env).filter((note) => note.result === YES);
  return [...(failed.length > 0 ? failed : own), ...asked];
}

function notesOf(ask: () => unknown, env: Env): readonly Note[] {
  const notes: Note[] = [];
  env.trace = notes;
  ask();
  env.trace = undefined;
  return notes;
}

/** The places a finding is made for: each hit of a text operator that is forbidden, else the unit once. */
export function matchesOf(part: RulePart, unit: Unit, env: Env): readonly (Match | undefined)[] {
  const find = part.forbid?.text?.hits;
  const prose = find === undefined ? undefined : unit.prose(env);
  if (find === undefined || prose === undefined) return [undefined];
  const hits = find(prose);
  if (hits.length === 0) return [undefined];
  return hits.map((hit) => ({ span: placeOf(hit, prose), text: prose.source.slice(hit.start, hit.end), better: hit.better }));
}

/**
 * What is underlined: what the rule says (`mark`), else the first value that failed, else the words that matched, else
 * the unit's own place (a row's id, a section's heading, the top heading).
 */
export function markOf(mark: string | undefined, found: Explained, env: Env): Span {
  const { unit, notes, match } = found;
  const matched = match?.span ?? firstMatch(notes);
  switch (mark) {
    case undefined:
      break;
    case 'match':
      return matched ?? unit.span;
    case 'row':
    case 'section':
      return unit.span;
    case 'heading':
      return unit instanceof SectionUnit || unit.document === undefined ? unit.span : new DocumentUnit(unit.document).span;
    case 'name':
      return { start: 0, end: 0 };
    default: {
      const value = valueOf(unit, mark, env);
      if (value !== undefined && !isNowhere(value.span)) return value.span;
    }
  }
  if (match !== undefined) return match.span;
  // Of a part of a document that is judged, the document's own fields are no place to look at.
  const own = unit.kind === 'document' ? notes : notes.filter(({ subject }) => subject?.startsWith('document.') !== true);
  const first = own.find((note) => note.part !== undefined || note.value !== undefined || (note.matches?.length ?? 0) > 0);
  if (first?.matches !== undefined && first.matches.length > 0 && first.value === undefined) return first.matches[0]?.span ?? unit.span;
  if (first?.part !== undefined) return first.part.span;
  if (first?.value !== undefined && unit.document !== undefined && unit.kind !== 'name') return isNowhere(first.value.span) ? unit.span : first.value.span;
  return unit.span;
}

function isNowhere(span: Span): boolean {
  return span.start === 0 && span.end === 0;
}

function firstMatch(notes: readonly Note[]): Span | undefined {
  for (const note of notes) {
    const span = note.matches?.[0]?.span;
    if (span !== undefined) return span;
  }
  return undefined;
}
