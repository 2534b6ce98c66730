import type { Book, BookProblem, Origin } from './book';
import { isOwn } from './check-pages';
import { unknownName } from './problems';

/** What phases and gates name that the Book does not have: gates, phases, document types. */
export function lifecycleProblems(book: Book): readonly BookProblem[] {
  const { phases, gates } = book.lifecycle;
  const ids = (things: readonly { readonly id: string }[]): readonly string[] => things.map(({ id }) => id);
  const unknown = (origin: Origin, code: string, ja: string, en: string, id: string | undefined, known: readonly string[]): readonly BookProblem[] =>
    (id === undefined || id === '' || known.includes(id) ? [] : [unknownName(origin, `unknown-${code}`, ja, en, id, known)]);
  return [
    ...phases.filter((phase) => isOwn(book, phase)).flatMap((phase) => unknown(phase.origin, 'gate', 'ゲート', 'gate', phase.gate, ids(gates))),
    ...gates.filter((gate) => isOwn(book, gate)).flatMap((gate) => [
      ...unknown(gate.origin, 'phase', '工程', 'phase', gate.phase, ids(phases)),
      ...[...new Set(gate.documents.map(({ type }) => type))].flatMap((type) => unknown(gate.origin, 'type', '文書の種類', 'document type', type, [...book.types.keys()])),
    ]),
  ];
}
