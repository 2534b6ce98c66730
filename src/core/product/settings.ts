import type { Book, DocumentType, Origin, Overlay, RuleAdjustment, RuleSource, Severity, SeverityTable, WordSet } from '../book/book';
import { noAdjustment } from '../book/adjustment';
import { paramFault } from '../book/adjustment-faults';
import type { ProductSettings } from './product';
import { lineFor } from './recognise';

/** Why a rule gives findings in a product, or none. */
export type RuleState =
  /** Gives findings. */
  | 'on'
  /** Gives hints until the day it comes into force. */
  | 'announced'
  /** Counts for the next level only. */
  | 'above_level'
  | 'off' | 'draft' | 'retired'
  /** On trial in other products. */
  | 'pilot_elsewhere';

/** A rule as it holds in one product, every layer applied. */
export interface RuleSetting {
  readonly state: RuleState;
  readonly severity: Severity | SeverityTable;
  /** Changed numbers and durations only; the others keep the rule's own default. */
  readonly params: Readonly<Record<string, string | number>>;
  readonly addTypes: readonly string[];
  readonly removeTypes: readonly string[];
  readonly addWords: readonly string[];
  readonly removeWords: readonly string[];
}

/** One link of the chain that `kobo rules explain` prints. */
export interface SettingStep {
  readonly layer: 'rule' | 'book' | 'overlay' | 'kobo';
  readonly origin: Origin | undefined;
  /** `undefined` for the rule itself. */
  readonly change: RuleAdjustment | undefined;
  /** The change has no effect because the rule is locked. */
  readonly refused: boolean;
}

/** Book, overlay and `kobo.yaml` taken together for one product. */
export interface EffectiveSettings {
  /** Rules of the Book and those its overlay adds for this product. */
  readonly rules: readonly RuleSource[];
  /** Types with the words and places of overlay and `kobo.yaml` added. */
  readonly types: ReadonlyMap<string, DocumentType>;
  readonly common: DocumentType;
  readonly language: string;
  readonly timezone: string;
  readonly level: string;
  /**
   * What `kobo.yaml` itself says of where a document is kept, so that the places of its type do not count: a line of
   * `documents:` that names the file agrees to its name and folder, a pattern to its folder. `places:` there count always.
   */
  placed(path: string, type: string): 'file' | 'folder' | undefined;
  /** `undefined` for an id that no rule has. */
  ruleSetting(id: string): RuleSetting | undefined;
  /** From the rule down to `kobo.yaml`; empty for an id that no rule has. */
  explain(id: string): readonly SettingStep[];
}

/**
 * Resolves the layers for one product. A lower layer changes severity, numbers, types and words of a rule, never of a
 * locked one.
 * @param settings `undefined` without a `kobo.yaml`.
 * @param today ISO day, for announced rules.
 */
export function effectiveSettings(book: Book, settings: ProductSettings | undefined, today: string): EffectiveSettings {
  const overlay = settings && book.overlays.get(settings.id);
  const rules = overlay ? [...book.rules, ...overlay.addedRules] : book.rules;
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const level = settings?.level ?? 'L1';
  const resolved = new Map<string, RuleSetting>();
  const explain = (id: string): readonly SettingStep[] => {
    const rule = byId.get(id);
    return rule ? chainOf(rule, book, overlay, settings) : [];
  };
  return {
    rules,
    types: new Map([...book.types].map(([id, type]) => [id, effectiveType(type, overlay, settings)])),
    common: effectiveType(book.common, overlay, settings),
    language: settings?.language ?? book.language,
    timezone: settings?.timezone ?? book.timezone,
    level,
    explain,
    placed(path, type) {
      const line = settings === undefined || settings.places.has(type) ? undefined : lineFor(path, settings.documents);
      if (line?.type !== type) return undefined;
      return line.pattern.includes('*') ? 'folder' : 'file';
    },
    ruleSetting(id) {
      const known = resolved.get(id);
      if (known) return known;
      const rule = byId.get(id);
      if (!rule) return undefined;
      const setting = resolve(rule, explain(id), book, settings?.id ?? '', level, today);
      resolved.set(id, setting);
      return setting;
    },
  };
}

function chainOf(rule: RuleSource, book: Book, overlay: Overlay | undefined, settings: ProductSettings | undefined): readonly SettingStep[] {
  const steps: SettingStep[] = [{ layer: 'rule', origin: rule.origin, change: undefined, refused: false }];
  const add = (layer: SettingStep['layer'], change: RuleAdjustment | undefined): void => {
    // What the Book may not change was left out when its layers were laid over each other; what is left may be what locks the rule.
    if (change) steps.push({ layer, origin: change.origin, change, refused: rule.locked && layer !== 'book' });
  };
  add('book', book.adjustments.get(rule.id));
  add('overlay', overlay?.rules.get(rule.id));
  add('kobo', settings?.rules.get(rule.id));
  return steps;
}

function resolve(
  rule: RuleSource, steps: readonly SettingStep[], book: Book, product: string, level: string, today: string,
): RuleSetting {
  let all = noAdjustment;
  for (const { change, refused } of steps) if (change && !refused) all = laidOver(change, all, rule);
  return {
    state: stateOf(rule, all, book, product, level, today),
    severity: all.severity ?? rule.severity,
    params: all.params,
    addTypes: all.addTypes,
    removeTypes: all.removeTypes,
    addWords: all.addWords,
    removeWords: all.removeWords,
  };
}

/** A lower layer's change over those above it: a severity switches a rule on again, what is added last wins over removals. */
function laidOver(lower: RuleAdjustment, upper: RuleAdjustment, rule: RuleSource): RuleAdjustment {
  const without = (list: readonly string[], taken: readonly string[]) => list.filter((one) => !taken.includes(one));
  const union = (a: readonly string[], b: readonly string[]) => [...new Set([...a, ...b])];
  return {
    off: lower.off || (upper.off && lower.severity === undefined),
    severity: lower.severity ?? upper.severity,
    params: { ...upper.params, ...allowedParams(lower.params, rule) },
    addTypes: union(without(upper.addTypes, lower.removeTypes), lower.addTypes),
    removeTypes: union(without(upper.removeTypes, lower.addTypes), lower.removeTypes),
    addWords: union(without(upper.addWords, lower.removeWords), lower.addWords),
    removeWords: union(without(upper.removeWords, lower.addWords), lower.removeWords),
  };
}

/** Only params the rule has and can read, within the bounds it sets. */
function allowedParams(params: RuleAdjustment['params'], rule: RuleSource): RuleAdjustment['params'] {
  return Object.fromEntries(Object.entries(params).filter(([name, value]) => paramFault(rule, name, value) === undefined));
}

function stateOf(rule: RuleSource, all: RuleAdjustment, book: Book, product: string, level: string, today: string): RuleState {
  const { stage } = rule;
  if (stage.name === 'draft' || stage.name === 'retired') return stage.name;
  if (stage.name === 'pilot' && !stage.products.includes(product)) return 'pilot_elsewhere';
  if (all.off) return 'off';
  if (rankOfLevel(book, rule.level) > rankOfLevel(book, level)) return 'above_level';
  return stage.name === 'announced' && today < stage.from ? 'announced' : 'on';
}

/** Place of a level in the lifecycle; one it does not name stands by the number in it (`L2` = 2). */
function rankOfLevel(book: Book, level: string): number {
  const place = book.lifecycle.levels.findIndex((one) => one.id === level);
  if (place >= 0) return place;
  const number = Number(level.slice(1));
  return Number.isFinite(number) ? number - (book.lifecycle.levels.some((one) => one.id === 'L0') || book.lifecycle.levels.length === 0 ? 0 : 1) : 0;
}

function effectiveType(type: DocumentType, overlay: Overlay | undefined, settings: ProductSettings | undefined): DocumentType {
  const places = { ...type.places, ...overlay?.places?.get(type.id), ...settings?.places.get(type.id) };
  const named = withAliases(withAliases(type, overlay?.aliases?.get(type.id)), settings?.aliases.get(type.id));
  return { ...named, places, words: addedWords(addedWords(type.words, overlay?.words), settings?.words) };
}

/** A type whose parts have further names. A name given to one part is taken from the aliases of the others beside it. */
function withAliases(type: DocumentType, added: ReadonlyMap<string, readonly string[]> | undefined): DocumentType {
  if (added === undefined || added.size === 0) return type;
  const taken = new Set([...added.values()].flat());
  const named = <T extends { readonly id: string; readonly aliases: readonly string[] }>(parts: readonly T[]): readonly T[] =>
    (parts.some((part) => added.has(part.id))
      ? parts.map((part) => ({ ...part, aliases: [...new Set([...part.aliases.filter((name) => !taken.has(name)), ...(added.get(part.id) ?? [])])] }))
      : parts);
  return { ...type, fields: named(type.fields), sections: named(type.sections), tables: type.tables.map((table) => ({ ...table, columns: named(table.columns) })) };
}

/** Word sets with spellings added, never removed. Only sets the type has are added to. */
function addedWords(own: ReadonlyMap<string, WordSet>, added: ReadonlyMap<string, WordSet> | undefined): ReadonlyMap<string, WordSet> {
  if (!added || added.size === 0) return own;
  return new Map([...own].map(([name, set]) => {
    const more = added.get(name);
    if (!more) return [name, set];
    const words = new Map(set.words);
    for (const [id, spellings] of more.words) words.set(id, [...new Set([...(words.get(id) ?? []), ...spellings])]);
    const groups = new Map(set.groups);
    for (const [id, members] of more.groups) groups.set(id, [...new Set([...(groups.get(id) ?? []), ...members])]);
    return [name, { words, groups }];
  }));
}
