import type { Gate, Level, Lifecycle, Origin, Phase, RequiredDocument, Track } from './book';
import { listOf, mapOf, optionalText, textOf, wordsOf } from './data';
import type { LifecycleSource } from './layer';
import { normalise } from '../text/normalise';
import { wordsIn } from './type-file';

/** Reads `lifecycle.yaml`; `originOf` tells where the item of a list is written. */
export function readLifecycle(value: unknown, originOf: (list: 'phases' | 'gates', index: number) => Origin): LifecycleSource {
  const map = mapOf(value);
  return {
    phases: listOf(map.phases).map((item, index) => readPhase(item, originOf('phases', index))).filter((phase) => phase.id !== ''),
    gates: listOf(map.gates).map((item, index) => readGate(item, originOf('gates', index))).filter((gate) => gate.id !== ''),
    levels: listOf(map.levels).map(readLevel),
    tracks: listOf(map.tracks).map(readNamed),
    results: listOf(map.results).map(readNamed),
    sizes: listOf(map.sizes).map(readLevel),
    alone: map.extends === 'none',
  };
}

/**
 * Lays lifecycles over each other, lowest first: what has the same id is replaced where it stands, what is new comes after the one that
 * is written before it. A new gate that nothing known is written before comes before the gate that ends its phase. A phase without
 * `gate` gets the first that names it.
 * @param replaced called for each phase and gate that takes the place of a lower one
 */
export function mergeLifecycles(sources: readonly LifecycleSource[], replaced: (kind: 'phase' | 'gate', by: Phase | Gate, lower: Phase | Gate) => void): Lifecycle {
  const merged = sources.reduce<Lifecycle>((lower, upper) => {
    const base = upper.alone ? noLifecycle : lower;
    const phases = mergedList(base.phases, upper.phases, () => undefined, (by, old) => { replaced('phase', by, old); });
    const gateOf = (phase: string): string | undefined => phases.find((one) => one.id === phase)?.gate;
    return {
      phases,
      gates: mergedList(base.gates, upper.gates, (gate) => gateOf(gate.phase), (by, old) => { replaced('gate', by, old); }),
      levels: mergedList(base.levels, upper.levels),
      tracks: mergedList(base.tracks, upper.tracks),
      results: mergedList(base.results ?? [], upper.results ?? []),
      sizes: mergedList(base.sizes ?? [], upper.sizes ?? []),
    };
  }, noLifecycle);
  return { ...merged, phases: merged.phases.map((phase) => ({ ...phase, gate: phase.gate ?? merged.gates.find((gate) => gate.phase === phase.id)?.id })) };
}

/** @param before id that a new thing comes before where none is written before it */
function mergedList<T extends { readonly id: string }>(
  lower: readonly T[], upper: readonly T[], before: (thing: T) => string | undefined = () => undefined, replaced: (by: T, old: T) => void = () => undefined,
): readonly T[] {
  const merged = [...lower];
  const placeOf = (id: string | undefined): number => merged.findIndex((one) => one.id === id);
  for (const [index, thing] of upper.entries()) {
    const at = placeOf(thing.id);
    const old = merged[at];
    if (old !== undefined) {
      replaced(thing, old);
      merged[at] = thing;
      continue;
    }
    const after = placeOf(upper[index - 1]?.id);
    const next = placeOf(before(thing));
    merged.splice(after >= 0 ? after + 1 : next >= 0 ? next : merged.length, 0, thing);
  }
  return merged;
}

function readPhase(value: unknown, origin: Origin): Phase {
  const map = mapOf(value);
  const id = textOf(map.id);
  return { id, title: wordsIn(map, 'title', id), owner: textOf(map.owner), gate: optionalText(map.gate), page: optionalText(map.page), origin };
}

function readGate(value: unknown, origin: Origin): Gate {
  const map = mapOf(value);
  const id = textOf(map.id);
  return {
    id,
    title: wordsIn(map, 'title', id),
    phase: textOf(map.phase),
    documents: listOf(map.documents).map(readRequired).filter((document) => document.type !== ''),
    questions: wordsOf(map.questions),
    page: optionalText(map.page),
    origin,
  };
}

function readRequired(value: unknown): RequiredDocument {
  if (typeof value === 'string') return { type: value, need: 'exists', sizes: [] };
  const map = mapOf(value);
  const need = textOf(map.need);
  return {
    type: textOf(map.type),
    need: need === 'approved' || need === 'optional' ? need : 'exists',
    sizes: wordsOf(map.sizes),
  };
}

function readNamed(value: unknown): Track {
  const map = mapOf(value);
  const id = textOf(map.id);
  return { id, title: wordsIn(map, 'title', id) };
}

function readLevel(value: unknown): Level {
  return { ...readNamed(value), description: wordsIn(mapOf(value), 'description', '') };
}

const noLifecycle: Lifecycle = { phases: [], gates: [], levels: [], tracks: [], sizes: [], results: [] };

/** The phase of a product, by id or by its title in any language; `undefined` when the Book does not know it. */
export function phaseOf(lifecycle: Lifecycle, phase: string | undefined): Phase | undefined {
  return lifecycle.phases.find((one) => one.id === phase || one.title.text === phase || one.title.en === phase);
}

/** The gate at the end of a phase. */
export function gateOfPhase(lifecycle: Lifecycle, phase: string | undefined): Gate | undefined {
  const gate = phaseOf(lifecycle, phase)?.gate;
  return lifecycle.gates.find((one) => one.id === gate);
}

/** The gates of a phase in their order: the one at its end, and those that name the phase. */
export function gatesOfPhase(lifecycle: Lifecycle, phase: string | undefined): readonly Gate[] {
  const known = phaseOf(lifecycle, phase);
  return known === undefined ? [] : lifecycle.gates.filter((gate) => gate.id === known.gate || gate.phase === known.id);
}

/** Gates that lie before the gate of a phase, in order. */
export function gatesBefore(lifecycle: Lifecycle, phase: string | undefined): readonly Gate[] {
  const next = gatesOfPhase(lifecycle, phase)[0];
  return next ? lifecycle.gates.slice(0, lifecycle.gates.indexOf(next)) : [];
}

/** Documents a gate asks of a product of this size; without a size, of every product. */
export function requiredAt(gate: Gate, size: string | undefined): readonly RequiredDocument[] {
  return gate.documents.filter((document) => document.sizes.length === 0 || size === undefined || document.sizes.includes(size));
}

/** A gate as people call it: its id, and its title where that does not begin with it. */
export function gateLabel({ id, title }: Gate, language: 'ja' | 'en'): string {
  const name = language === 'en' ? (title.en ?? title.text) : title.text;
  return name.startsWith(id) ? name : `${id} ${name}`;
}

/** The gate that a person names by its id, its title in any language, or both; capital letters and full width do not matter. */
export function gateNamed({ gates }: Lifecycle, name: string): Gate | undefined {
  const key = (text: string): string => normalise(text).replace(/\s+/gu, '');
  const wanted = key(name);
  if (wanted === '') return undefined;
  const by = (names: (gate: Gate) => readonly string[]): Gate | undefined => gates.find((gate) => names(gate).some((one) => key(one) === wanted));
  return by(({ id }) => [id]) ?? by((gate) => [gate.title.text, gate.title.en ?? gate.title.text, gateLabel(gate, 'ja'), gateLabel(gate, 'en')]);
}
