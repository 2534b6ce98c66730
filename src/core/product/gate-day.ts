import { gatesOfPhase } from '../book/lifecycle';
import type { Book, Gate } from '../book/book';
import { normalise } from '../text/normalise';
import type { TypedDocument } from './meaning';

/** A gate and the day it is planned for. */
interface GateDay {
  readonly gate: Gate;
  readonly day: string;
}

/**
 * The next gate of a phase with its planned day: the milestone that bears the gate's id or title in a schedule.
 * @param documents read through their types
 * @param today ISO day: earlier milestones are past
 * @returns `undefined` when no schedule names a gate of the phase with a day
 */
export function nextGateDay(book: Book, phase: string | undefined, documents: Iterable<TypedDocument>, today: string): GateDay | undefined {
  const all = [...documents];
  return gatesOfPhase(book.lifecycle, phase)
    .flatMap((gate) => dayOf(gate, all, today) ?? [])
    .reduce<GateDay | undefined>((first, one) => (first === undefined || one.day < first.day ? one : first), undefined);
}

function dayOf(gate: Gate, documents: readonly TypedDocument[], today: string): GateDay | undefined {
  const day = daysOf(gate, documents, today).find((one) => one >= today);
  return day === undefined ? undefined : { gate, day };
}

/** The day a gate is planned for: the next one that a schedule names, else the last. @returns `undefined` when none does */
export function plannedDay(gate: Gate, documents: Iterable<TypedDocument>, today: string): string | undefined {
  const days = daysOf(gate, [...documents], today);
  return days.find((day) => day >= today) ?? days.at(-1);
}

/** The days of the milestones that bear a gate's id or title, the earliest first. */
function daysOf(gate: Gate, documents: readonly TypedDocument[], today: string): readonly string[] {
  const names = [gate.title.text, gate.title.en ?? ''].filter((name) => name !== '').map((name) => normalise(name).trim());
  const id = normalise(gate.id).trim();
  const days: string[] = [];
  for (const document of documents) {
    if (document.type?.id !== 'schedule' || document.guessed) continue;
    for (const table of document.tables) {
      const name = table.positions.get('name');
      const planned = table.positions.get('planned');
      if (name === undefined || planned === undefined) continue;
      for (let row = 0; row < table.table.rows.length; row++) {
        const title = document.cell(table, row, name)?.plain ?? '';
        if (!names.some((one) => title.includes(one)) && !title.split(' ').includes(id)) continue;
        const day = document.cell(table, row, planned)?.days(Number(today.slice(0, 4)))?.to;
        if (day !== undefined) days.push(day);
      }
    }
  }
  return days.sort();
}
