import { isLiteral, literalOf } from '../compare';
import { numberOf } from '../numbers';
import { plainName } from '../recognisers/people';
import { rowUnits, TableUnit, type RowUnit } from '../table-units';
import { NO } from '../truth';
import type { Value } from '../value';
import type { Check } from './check';

const unfinished = literalOf('unfinished');

/** Whose a row is, if it is still open. */
function openOwner(row: RowUnit): string | undefined {
  const status = row.cell('status');
  const owner = row.cell('owner');
  if (status === undefined || owner === undefined || status.empty || owner.empty || !isLiteral(status, unfinished)) return undefined;
  return plainName(owner.text);
}

/** One person who owns more than a share of the open rows, where there are enough rows to say so. */
export const loadShare: Check = (unit, env) => {
  if (!(unit instanceof TableUnit)) return [];
  const least = numberOf(env.params.get('rows')) ?? 10;
  const most = (numberOf(env.params.get('share')) ?? 50) / 100;
  const owners = new Map<string, { readonly first: Value; count: number }>();
  // Rows that say the same of both count alike: of a long register few have to be read.
  const judged = new Map<string, string | undefined>();
  let open = 0;
  for (const row of rowUnits(unit.document, unit.table)) {
    const words = `${row.written('status')}|${row.written('owner')}`;
    if (!judged.has(words)) judged.set(words, openOwner(row));
    const key = judged.get(words);
    if (key === undefined) continue;
    open++;
    const entry = owners.get(key);
    const first = entry === undefined ? row.cell('owner') : undefined;
    if (entry !== undefined) entry.count++;
    else if (first !== undefined) owners.set(key, { first, count: 1 });
  }
  if (open < least) return [];
  return [...owners.values()].filter((owner) => owner.count / open > most).map((owner) => ({
    unit,
    match: { span: owner.first.span, text: owner.first.text.replace(/さん$/u, '') },
    note: { result: NO, value: owner.first, share: `${String(Math.round((owner.count / open) * 100))}%`, count: owner.count },
  }));
};
