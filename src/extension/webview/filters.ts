import type { Facets, FacetValue, ThingKind } from '../../server/protocol';
import type { Scope } from './messages';

/** The six choices of the kind row; gates are found among pages, kits among templates. */
export type KindChoice = 'all' | 'page' | 'rule' | 'template' | 'term' | 'document';
export const kindChoices: readonly KindChoice[] = ['all', 'page', 'rule', 'template', 'term', 'document'];

export type FacetName = 'phases' | 'audiences' | 'tags';
export const facetNames: readonly FacetName[] = ['phases', 'audiences', 'tags'];

/** One chosen value. The label is kept, so that the chip reads the same before an answer is there. */
export interface FilterValue {
  readonly facet: FacetName;
  readonly value: string;
  readonly label: string;
}

export interface Filters {
  readonly kind: KindChoice;
  readonly scope: Scope;
  readonly values: readonly FilterValue[];
}

export const emptyFilters: Filters = { kind: 'all', scope: 'all', values: [] };

/** Kinds to ask for; empty means every kind. */
export function kindsOf(choice: KindChoice): readonly ThingKind[] {
  switch (choice) {
    case 'all':
      return [];
    case 'page':
      return ['page', 'gate'];
    case 'template':
      return ['template', 'kit'];
    default:
      return [choice];
  }
}

/** Hits of a choice in the counts of an answer. */
export function countOf(choice: KindChoice, counts: Readonly<Record<ThingKind, number>> | undefined): number {
  if (counts === undefined) return 0;
  const kinds = choice === 'all' ? (Object.keys(counts) as ThingKind[]) : kindsOf(choice);
  return kinds.reduce((sum, kind) => sum + counts[kind], 0);
}

export function sameFilters(a: Filters, b: Filters): boolean {
  return (
    a.kind === b.kind &&
    a.scope === b.scope &&
    a.values.length === b.values.length &&
    a.values.every((value) => b.values.some((other) => other.facet === value.facet && other.value === value.value))
  );
}

export function activeCount(filters: Filters): number {
  return filters.values.length + (filters.scope === 'all' ? 0 : 1) + (filters.kind === 'all' ? 0 : 1);
}

/** The values of a facet to choose from; a chosen one that the answer does not have stays visible with 0. */
export function choicesOf(facet: FacetName, facets: Facets | undefined, filters: Filters): readonly FacetValue[] {
  const offered = facets?.[facet] ?? [];
  const missing = filters.values
    .filter((chosen) => chosen.facet === facet && !offered.some((value) => value.value === chosen.value))
    .map((chosen) => ({ value: chosen.value, label: chosen.label, count: 0 }));
  return [...offered, ...missing];
}
