import type { Gate, Level, Lifecycle, Origin, Phase, RequiredDocument, Track } from './book';
import { listOf, mapOf, optionalText, textOf, wordsOf } from './data';
import type { LifecycleSource } from './layer';
import { wordsIn } from './type-file';

/** Reads `lifecycle.yaml`. A phase without `gate` gets the gate that names it. */
export function readLifecycle(value: unknown, origin: Origin): LifecycleSource {
  const map = mapOf(value);
  const gates = listOf(map.gates).map(readGate).filter((gate) => gate.id !== '');
  return {
    phases: listOf(map.phases).map((item) => readPhase(item, gates)).filter((phase) => phase.id !== ''),
    gates,
    levels: listOf(map.levels).map(readLevel),
    tracks: listOf(map.tracks).map(readNamed),
    results: listOf(map.results).map(readNamed),
    sizes: listOf(map.sizes).map(readLevel),
    origin,
  };
}

function readPhase(value: unknown, gates: readonly Gate[]): Phase {
  const map = mapOf(value);
  const id = textOf(map.id);
  return {
    id,
    title: wordsIn(map, 'title', id),
    owner: textOf(map.owner),
    gate: optionalText(map.gate) ?? gates.find((gate) => gate.phase === id)?.id,
    page: optionalText(map.page),
  };
}

function readGate(value: unknown): Gate {
  const map = mapOf(value);
  const id = textOf(map.id);
  return {
    id,
    title: wordsIn(map, 'title', id),
    phase: textOf(map.phase),
    documents: listOf(map.documents).map(readRequired).filter((document) => document.type !== ''),
    questions: wordsOf(map.questions),
    page: optionalText(map.page),
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

export const noLifecycle: Lifecycle = { phases: [], gates: [], levels: [], tracks: [], sizes: [], results: [] };

/** The phase of a product, by id or by its title in any language; `undefined` when the Book does not know it. */
export function phaseOf(lifecycle: Lifecycle, phase: string | undefined): Phase | undefined {
  return lifecycle.phases.find((one) => one.id === phase || one.title.text === phase || one.title.en === phase);
}

/** The gate at the end of a phase. */
export function gateOfPhase(lifecycle: Lifecycle, phase: string | undefined): Gate | undefined {
  const gate = phaseOf(lifecycle, phase)?.gate;
  return lifecycle.gates.find((one) => one.id === gate);
}

/** Gates that lie before the gate of a phase, in order. */
export function gatesBefore(lifecycle: Lifecycle, phase: string | undefined): readonly Gate[] {
  const next = gateOfPhase(lifecycle, phase);
  return next ? lifecycle.gates.slice(0, lifecycle.gates.indexOf(next)) : [];
}

/** Documents a gate asks of a product of this size; without a size, of every product. */
export function requiredAt(gate: Gate, size: string | undefined): readonly RequiredDocument[] {
  return gate.documents.filter((document) => document.sizes.length === 0 || size === undefined || document.sizes.includes(size));
}
