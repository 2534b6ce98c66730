import type { RuleAdjustment, Severity, SeverityTable } from './book';
import { entriesOf, isData, mapOf, textOf, wordsOf } from './data';

const severities: readonly string[] = ['error', 'warning', 'info', 'hint'];

function isSeverity(value: unknown): value is Severity {
  return typeof value === 'string' && severities.includes(value);
}

/** A severity, or the table of severities by type and situation; `undefined` for anything else. */
export function severityOf(value: unknown): Severity | SeverityTable | undefined {
  if (isSeverity(value)) return value;
  if (!isData(value) || !isSeverity(value.default)) return undefined;
  const guessed = value.guessed;
  const atGate = value.at_gate;
  const otherForm = value.other_form;
  const ownName = value.own_name;
  const blankColumn = value.blank_column;
  const old = value.old;
  const { slight, superseded, finished, unusual, mapped, embedded } = value;
  const types = severitiesOf(value.types);
  const missing = severitiesOf(value.missing);
  return {
    default: value.default,
    ...(guessed === 'off' || isSeverity(guessed) ? { guessed } : {}),
    ...(isSeverity(atGate) ? { at_gate: atGate } : {}),
    ...(isSeverity(old) ? { old } : {}),
    ...(isSeverity(otherForm) ? { other_form: otherForm } : {}),
    ...(isSeverity(superseded) ? { superseded } : {}),
    ...(isSeverity(unusual) ? { unusual } : {}),
    ...(isSeverity(mapped) ? { mapped } : {}),
    ...(isSeverity(embedded) ? { embedded } : {}),
    ...(isSeverity(finished) ? { finished } : {}),
    ...(isSeverity(blankColumn) ? { blank_column: blankColumn } : {}),
    ...(isSeverity(ownName) ? { own_name: ownName } : {}),
    ...(isSeverity(slight) ? { slight } : {}),
    ...(Object.keys(types).length > 0 ? { types } : {}),
    ...(Object.keys(missing).length > 0 ? { missing } : {}),
  };
}

function severitiesOf(value: unknown): Readonly<Record<string, Severity>> {
  const severities: Record<string, Severity> = {};
  for (const [name, severity] of entriesOf(value)) if (isSeverity(severity)) severities[name] = severity;
  return severities;
}

/** Nothing changed. */
export const noAdjustment: RuleAdjustment = {
  off: false, severity: undefined, params: {}, addTypes: [], removeTypes: [], addWords: [], removeWords: [],
};

/** Reads `off`, a severity, or the long form of one line under `rules:` or `adjust:` (rule-language section 8). */
export function readAdjustment(value: unknown): RuleAdjustment {
  if (value === 'off') return { ...noAdjustment, off: true };
  if (isSeverity(value)) return { ...noAdjustment, severity: value };
  const map = mapOf(value);
  const severity = map.severity;
  const params: Record<string, string | number> = {};
  for (const [name, param] of entriesOf(map.params)) {
    if (typeof param === 'number') params[name] = param;
    else if (typeof param === 'string') params[name] = textOf(param);
  }
  const types = mapOf(map.types);
  return {
    off: severity === 'off',
    severity: isSeverity(severity) ? severity : undefined,
    params,
    addTypes: wordsOf(types.add),
    removeTypes: wordsOf(types.remove),
    addWords: wordsOf(mapOf(map.add).words),
    removeWords: wordsOf(mapOf(map.remove).words),
    ...(map.locked === true ? { locked: true as const } : {}),
    ...(textOf(map.reason) === '' ? {} : { reason: textOf(map.reason) }),
  };
}
