import type { Attribute } from '../book/book';
import { isLiteral, literalOf } from './compare';
import { isData, textsOf } from './compiler';
import { Memory, type Value } from './value';

const literals = new Memory(256, literalOf);

/**
 * Whether a field or column must be filled here: always (`required`), or because of what stands beside it
 * (`required_when: { status: done }`; each name with a word, words, `filled` or `empty`).
 *
 * @param beside the value of another field of the document, or of another column of the row
 */
export function isRequired(attribute: Attribute, beside: (id: string) => Value | undefined): boolean {
  if (attribute.required) return true;
  const when = attribute.requiredWhen;
  if (!isData(when)) return false;
  const names = Object.entries(when);
  return names.length > 0 && names.every(([id, wanted]) => {
    const value = beside(id);
    if (value === undefined || value.empty) return wanted === 'empty';
    return wanted === 'filled' || textsOf(wanted).some((word) => isLiteral(value, literals.of(word)));
  });
}
