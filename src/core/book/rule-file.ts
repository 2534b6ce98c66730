import type { Origin, RuleSource, RuleStage } from './book';
import { severityOf } from './adjustment';
import { isData, mapOf, optionalText, textOf, wordsOf } from './data';
import type { Data } from './data';
import { wordsIn } from './type-file';

/** Keys of a file head that are defaults of every rule below it. */
const headDefaults = ['types', 'track', 'level', 'severity', 'owner', 'today'] as const;

/**
 * Reads one rule of a rule file (or of `add_rules`) with the defaults of its file head filled in. `definition` keeps
 * every key as written, plus those defaults.
 */
export function readRule(value: Data, head: Data, origin: Origin): RuleSource {
  const definition: Record<string, unknown> = { ...value };
  for (const key of headDefaults) {
    if (definition[key] === undefined && head[key] !== undefined) definition[key] = head[key];
  }
  const why = wordsIn(value, 'why');
  return {
    id: textOf(value.id),
    title: wordsIn(value, 'title'),
    group: textOf(head.group),
    definition,
    severity: severityOf(definition.severity) ?? 'warning',
    level: textOf(definition.level) || 'L1',
    track: textOf(definition.track),
    gate: optionalText(value.gate),
    stage: readStage(value.stage),
    guide: guideOf(optionalText(value.guide), optionalText(head.guide)),
    why: why.text ? why : undefined,
    owner: textOf(definition.owner),
    locked: value.locked === true,
    origin,
  };
}

/** `#heading` means: in the page of the file head. */
function guideOf(own: string | undefined, page: string | undefined): string | undefined {
  if (own === undefined) return page;
  return own.startsWith('#') ? (page === undefined ? undefined : page + own) : own;
}

function readStage(value: unknown): RuleStage {
  if (value === 'draft' || value === 'retired') return { name: value };
  if (isData(value)) {
    const from = textOf(mapOf(value).announced);
    if (from) return { name: 'announced', from };
    return { name: 'pilot', products: wordsOf(value.pilot) };
  }
  return { name: 'in_force' };
}
