import { isLiteral, literalOf } from '../compare';
import { numberOf } from '../numbers';
import { plainName } from '../recognisers/people';
import { rowUnits, TableUnit } from '../table-units';
import { NO } from '../truth';
import type { Value } from '../value';
import type { Check } from './check';

const unfinished = literalOf('unfinished');

/** One person who owns more than a share of the open rows, where there are enough rows to say so. */
export const loadShare: Check = (unit, env) => {
  if (!(unit instanceof TableUnit)) return [];
  const least = numberOf(env.params.get('rows')) ?? 10;
  const most = (numberOf(env.params.get('share')) ?? 50) / 100;
  const owners = new Map<string, { readonly first: Value; count: number }>();
  let open = 0;
  for (const row of rowUnits(unit.document, unit.table)) {
    const status = row.cell('status');
    const owner = row.cell('owner');
    if (status === undefined || owner === undefined || status.empty || owner.empty || !isLiteral(status, unfinished)) continue;
    open++;
    const key = plainName(owner.text);
    const entry = owners.get(key);
    if (entry === undefined) owners.set(key, { first: owner, count: 1 });
    else entry.count++;
  }
  if (open < least) return [];
  return [...owners.values()].filter((owner) => owner.count / open > most).map((owner) => ({
    unit,
    match: { span: owner.first.span, text: owner.first.text.replace(/さん$/u, '') },
    note: { result: NO, value: owner.first, share: `${String(Math.round((owner.count / open) * 100))}%`, count: owner.count },
  }));
};
