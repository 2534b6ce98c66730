import type { Book } from '../book/book';

/** A phase with the types of documents that speak for it. */
export interface PhaseGuess {
  readonly phase: string;
  readonly types: readonly string[];
}

/** What is written in so many of the phases says of none that it is reached. */
const mostPhases = 0.75;
/** So many types speak for a phase against as many that speak of earlier ones. */
const enoughTypes = 2;

/** The phase that the documents of a product are of, from their types; `undefined` where they say nothing. */
export function guessPhase(types: ReadonlySet<string>, book: Book): PhaseGuess | undefined {
  const written = phasesWritten(book);
  const telling = new Set([...types].filter((type) => (written.get(type)?.size ?? 0) < book.lifecycle.phases.length * mostPhases));
  const demanded = demandedPhase(telling, book);
  const lived = livedPhase(types, book, written);
  const place = (guess: PhaseGuess | undefined): number => book.lifecycle.phases.findIndex((phase) => phase.id === guess?.phase);
  return place(lived) > place(demanded) ? lived : demanded;
}

/** In which phases each type is written, as its templates say. */
function phasesWritten(book: Book): ReadonlyMap<string, ReadonlySet<string>> {
  const written = new Map<string, Set<string>>();
  for (const { type, kind, phase } of book.templates) {
    if (type === undefined || kind !== 'document') continue;
    written.set(type, new Set([...(written.get(type) ?? []), ...phase]));
  }
  return written;
}

/** The furthest phase whose gate is the first to ask for a document that is there: registers are asked for at every later gate too. */
function demandedPhase(types: ReadonlySet<string>, { lifecycle: { phases, gates } }: Book): PhaseGuess | undefined {
  const asked = new Set<string>();
  const first = phases.map((phase) => {
    const documents = (gates.find((one) => one.id === phase.gate)?.documents ?? []).filter(({ need, type }) => need !== 'optional' && !asked.has(type));
    for (const { type } of documents) asked.add(type);
    return { phase: phase.id, types: documents.map(({ type }) => type).filter((type) => types.has(type)) };
  });
  return first.findLast((one) => one.types.length > 0);
}

/**
 * The phase in which things happen that no gate asks for (incidents in operation), where as much is there of what goes with
 * that phase (runbooks, service levels) as of what was left behind before: who makes something has plans and designs.
 */
function livedPhase(types: ReadonlySet<string>, { lifecycle: { phases, gates } }: Book, written: ReadonlyMap<string, ReadonlySet<string>>): PhaseGuess | undefined {
  const demanded = new Set(gates.flatMap((gate) => gate.documents).filter(({ need }) => need !== 'optional').map(({ type }) => type));
  const placesOf = (type: string): readonly number[] => [...(written.get(type) ?? [])].map((id) => phases.findIndex((phase) => phase.id === id));
  const isOf = (type: string, phase: number): boolean => {
    const places = placesOf(type);
    return places.length > 0 && Math.max(...places) === phase && (places.length === 1 || places.includes(phase - 1)) && !places.includes(0) && places.length < phases.length / 2;
  };
  for (let phase = phases.length - 1; phase > 1; phase--) {
    const happens = [...written.keys()].some((type) => !demanded.has(type) && placesOf(type).every((place) => place === phase));
    if (!happens) continue;
    const its = [...types].filter((type) => isOf(type, phase));
    const earlier = [...types].filter((type) => placesOf(type).length > 0 && placesOf(type).every((place) => place < phase - 1));
    if (its.length > 0 && (earlier.length === 0 || (its.length >= enoughTypes && its.length >= earlier.length))) return { phase: phases[phase]?.id ?? '', types: its };
  }
  return undefined;
}
