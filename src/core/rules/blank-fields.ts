import type { TypedDocument, TypedField } from '../product/meaning';
import { partTitle } from '../book/part-title';
import type { Span } from '../text/position';
import type { Env } from './env';
import type { Finding } from './finding';
import type { Explained } from './messages';
import { writtenFieldName } from './written-name';

/** The fields that a finding calls missing, where each of them is there and has nothing behind it: `責任者：`. */
export function blankFieldsOf({ unit, notes }: Explained): readonly TypedField[] {
  if (unit.kind !== 'document' || unit.document === undefined) return [];
  const ids = [...new Set(notes.flatMap((note) => note.missingIds ?? []))];
  const fields = ids.map((id) => unit.document?.fields.get(id));
  return fields.every((field) => field?.field !== undefined && field.written && field.value.empty) ? fields.filter((field) => field !== undefined) : [];
}

/** Where the first of them is to be filled in. */
export function placeOfBlank([first]: readonly TypedField[]): Span | undefined {
  const field = first?.field;
  return field === undefined ? undefined : field.valueSpan.end > field.valueSpan.start ? field.valueSpan : field.nameSpan;
}

/** What is said of them in place of the rule's own words, which ask for a line that is there. */
export function tellBlankFields(fields: readonly TypedField[], document: TypedDocument, env: Env): string {
  const { language } = env.context;
  const titles = fields.map(({ attribute }) => writtenFieldName(attribute.id, document, language) ?? partTitle(attribute, language));
  return language === 'ja' ? `「${titles.join('、')}」が空です。書いてください。` : `${titles.join(', ')} ${titles.length === 1 ? 'is' : 'are'} empty. Fill ${titles.length === 1 ? 'it' : 'them'} in.`;
}

/** Findings without those of a blank (`＿＿`) where another rule asks for the same words to be filled in: one slip, one finding. */
export function withoutEchoes(findings: readonly Finding[], isAboutBlanks: (rule: string) => boolean, { document }: TypedDocument): readonly Finding[] {
  const isBlank = ({ rule, span }: Finding): boolean => isAboutBlanks(rule) && /^[＿_]+$/u.test(document.text.slice(span.start, span.end));
  if (!findings.some(isBlank)) return findings;
  return findings.filter((finding) => !isBlank(finding) || !findings.some((other) => other.rule !== finding.rule && other.span.start <= finding.span.start && other.span.end >= finding.span.end));
}
