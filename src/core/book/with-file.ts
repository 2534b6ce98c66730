import type { BookLayer } from './layer';
import { LayerReader } from './layer-reader';
import { placeOf } from './book-folder';
import { uniqueThings } from './unique';
import type { BookProblem, Origin } from './book';

/**
 * The layers of a Book with one file of the top one read anew: what the Book is while that file is being written. Costs
 * one file, not a Book. Paths that a Book does not read, and the parts of CSV templates, leave the layers as they are.
 */
export function withFile(layers: readonly BookLayer[], path: string, text: string): readonly BookLayer[] {
  const top = layers.at(-1);
  const place = placeOf(path);
  if (top === undefined || place === undefined || place.kind === 'template-csv' || place.kind === 'template-head') return layers;
  const reader = new LayerReader(top.head.id, false);
  reader.add(path, text);
  const fresh = reader.layer();
  const problems: BookProblem[] = [...top.problems.filter((one) => one.path !== path), ...fresh.problems];
  const merged = <T extends { readonly origin: Origin }>(what: string, old: readonly T[], added: readonly T[], idOf: (thing: T) => string): readonly T[] => {
    // What the file says keeps its place among the others: of two things with one id the first counts.
    const at = old.findIndex((thing) => thing.origin.path === path);
    const before = at < 0 ? old : old.slice(0, at);
    const after = at < 0 ? [] : old.slice(at).filter((thing) => thing.origin.path !== path);
    return uniqueThings(what, [...before, ...added, ...after], idOf, problems);
  };
  const layer: BookLayer = {
    head: place.kind === 'book' ? fresh.head : top.head,
    pages: merged('pages', top.pages, fresh.pages, (page) => page.path),
    common: place.kind === 'common' ? (fresh.common ?? top.common) : top.common,
    types: merged('types', top.types, fresh.types, (type) => type.id),
    rules: merged('rules', top.rules, fresh.rules, (rule) => rule.id),
    templates: merged('templates', top.templates, fresh.templates, (template) => template.id),
    kits: merged('kits', top.kits, fresh.kits, (kit) => kit.id),
    terms: merged('terms', top.terms, fresh.terms, (term) => term.preferred),
    lifecycle: place.kind === 'lifecycle' ? (fresh.lifecycle ?? top.lifecycle) : top.lifecycle,
    overlays: merged('overlays', top.overlays, fresh.overlays, (overlay) => overlay.product),
    problems,
  };
  return [...layers.slice(0, -1), layer];
}
