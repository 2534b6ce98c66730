import { gateOfPhase } from '../book/lifecycle';
import type { Book, Gate } from '../book/book';
import { normalise } from '../text/normalise';
import type { TypedDocument } from './meaning';

/**
 * The next gate of a phase with its planned day: the milestone that bears the gate's id or title in a schedule.
 * @param documents read through their types
 * @param today ISO day: earlier milestones are past
 * @returns `undefined` when no schedule names the gate with a day
 */
export function nextGateDay(book: Book, phase: string | undefined, documents: Iterable<TypedDocument>, today: string): { readonly gate: Gate; readonly day: string } | undefined {
  const gate = gateOfPhase(book.lifecycle, phase);
  if (gate === undefined) return undefined;
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
        if (day !== undefined && day >= today) days.push(day);
      }
    }
  }
  const day = days.sort()[0];
  return day === undefined ? undefined : { gate, day };
}
