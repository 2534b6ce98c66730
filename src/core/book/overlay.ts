import type { Origin, PartAliases, RuleSource } from './book';
import { readAdjustment } from './adjustment';
import { entriesOf, mapOf, textOf, wordsOf } from './data';
import type { AdjustmentSource, OverlaySource, PartAliasesSource } from './layer';
import { folderOf, readWordSets } from './type-file';
import type { YamlPath } from './yaml-source';

/** Tells where the line of a rule id, or a part of it, is written. */
export type AdjustmentPlace = (id: string, within?: YamlPath, part?: 'key' | 'value') => Origin;

/** Reads the map under `rules:` or `adjust:`. */
export function readAdjustments(value: unknown, originOf: AdjustmentPlace): Readonly<Record<string, AdjustmentSource>> {
  const found: Record<string, AdjustmentSource> = {};
  for (const [id, line] of entriesOf(value)) {
    const parts = partsOf(line).map(([path, part]) => [path.join('/'), originOf(id, path, part).span] as const);
    found[id] = { ...readAdjustment(line), origin: originOf(id), ...(parts.length === 0 ? {} : { parts: Object.fromEntries(parts) }) };
  }
  return found;
}

/** The paths that faults of an adjustment may stand at. */
function partsOf(line: unknown): readonly (readonly [YamlPath, 'key' | 'value'])[] {
  const { params, types, add, remove } = mapOf(line);
  const each = (at: YamlPath, words: unknown): readonly (readonly [YamlPath, 'value'])[] => wordsOf(words).map((_, i) => [[...at, i], 'value']);
  return [
    ...entriesOf(params).map(([name]) => [['params', name], 'value'] as const),
    ...each(['types', 'add'], mapOf(types).add), ...each(['types', 'remove'], mapOf(types).remove),
    ...(add === undefined ? [] : [[['add'], 'key'] as const]), ...(remove === undefined ? [] : [[['remove'], 'key'] as const]), ...each(['remove', 'words'], mapOf(remove).words),
  ];
}

/** Reads `places:` of an overlay or `kobo.yaml`: type id → folder and file shape. */
export function readPlaces(value: unknown): Readonly<Record<string, { readonly folder?: string; readonly file?: string }>> {
  const found: Record<string, { readonly folder?: string; readonly file?: string }> = {};
  for (const [type, line] of entriesOf(value)) {
    const map = mapOf(line);
    const folder = folderOf(map.folder);
    const file = textOf(map.file);
    found[type] = { ...(folder ? { folder } : {}), ...(file ? { file } : {}) };
  }
  return found;
}

/** Reads `aliases:` of an overlay or `kobo.yaml`: type id → id of a field, section or column → what the product calls it. */
export function readPartAliases(value: unknown): PartAliasesSource {
  return Object.fromEntries(entriesOf(value).map(([type, parts]) => [type, Object.fromEntries(entriesOf(parts).map(([part, names]) => [part, wordsOf(names)]))]));
}

/** What {@link readPartAliases} has read, for looking up. */
export function toPartAliases(source: PartAliasesSource): PartAliases {
  return new Map(Object.entries(source).map(([type, parts]) => [type, new Map(Object.entries(parts))]));
}

/** Reads `products/<id>/overlay.yaml`; its added rules have been read before. */
export function readOverlay(
  value: unknown, product: string, addedRules: readonly RuleSource[], origin: Origin, originOf: AdjustmentPlace,
): OverlaySource {
  const map = mapOf(value);
  return {
    product: textOf(map.product) || product,
    rules: readAdjustments(map.rules, originOf),
    addedRules,
    words: readWordSets(map.words),
    places: readPlaces(map.places),
    aliases: readPartAliases(map.aliases),
    origin,
  };
}
