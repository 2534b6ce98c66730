import type {
  Book, BookProblem, DocumentType, Lifecycle, Origin, Overlay, Replacement, RuleAdjustment, RuleSource,
} from './book';
import { adjustmentFaults, targetNames } from './adjustment-faults';
import type { AdjustmentSource, BookLayer, OverlaySource, TypeSource } from './layer';
import { mergeLifecycles } from './lifecycle';
import { toPartAliases } from './overlay';
import { partIdsOf } from './part-title';
import { nearest, problem, unknownName } from './problems';
import { unknownUses } from './type-uses';
import { mergeType, overCommon, readType, toWordSet } from './type-file';

/**
 * Lays layers over each other, lowest first (starter, then the Book): a thing of the same id replaces the lower one and is
 * listed, `common.yaml` is merged entry by entry, `adjust:` changes inherited rules but never a locked one,
 * and may lock them.
 */
export function assembleBook(layers: readonly BookLayer[]): Book {
  const top = layers.at(-1);
  const replacements: Replacement[] = [];
  const problems: BookProblem[] = top ? [...top.problems] : [];
  const over = <T extends { readonly origin: Origin }>(kind: Replacement['kind'], lists: readonly (readonly T[])[], idOf: (thing: T) => string): T[] => {
    const merged = new Map<string, T>();
    for (const list of lists) {
      for (const thing of list) {
        const id = idOf(thing);
        const lower = merged.get(id);
        if (lower) replacements.push({ kind, id, by: thing.origin, replaced: lower.origin });
        merged.set(id, thing);
      }
    }
    return [...merged.values()];
  };
  const pages = over('page', layers.map((layer) => layer.pages), (page) => page.path);
  const pagePaths = new Set(pages.map((page) => page.path));
  const toPage = (guide: string | undefined, origin: Origin, key: 'guide' | 'page' = 'guide'): string | undefined => {
    if (guide === undefined) return undefined;
    const found = pagePathOf(guide, pagePaths);
    if (found === undefined && origin.layer === top?.head.id) problems.push(missingPage(guide, origin, key));
    return found ?? guide;
  };
  const guided = (rule: RuleSource): RuleSource => ({ ...rule, guide: toPage(rule.guide, rule.origin) });

  const common = layers.reduce<TypeSource | undefined>(
    (lower, layer) => (layer.common && lower ? overCommon(layer.common, lower) : layer.common ?? lower), undefined);
  const types = over('type', layers.map((layer) => layer.types), (type) => type.id)
    .map((type): [string, DocumentType] => {
      const merged = mergeType(type, common);
      return [type.id, { ...merged, guide: toPage(merged.guide, merged.origin) }];
    });
  const commonSource = common ?? readType({}, 'common', { layer: top?.head.id ?? '', path: 'types/common.yaml', span: { start: 0, end: 0 } });
  const rules = over('rule', withoutLocked(layers, problems), (rule) => rule.id).map(guided);
  const templates = over('template', layers.map((layer) => layer.templates), (template) => template.id);
  const kits = over('kit', layers.map((layer) => layer.kits), (kit) => kit.id);
  const lifecycle = mergeLifecycles(layers.flatMap((layer) => (layer.lifecycle ? [layer.lifecycle] : [])),
    (kind, by, lower) => replacements.push({ kind, id: by.id, by: by.origin, replaced: lower.origin }));
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const typeNames = targetNames(new Map(types));
  const adjustments = new Map<string, RuleAdjustment>();
  for (const layer of layers) {
    for (const [id, line] of Object.entries(layer.head.adjust)) {
      const refused = adjustmentProblem(id, line, known);
      if (layer === top) problems.push(...(refused ? [refused] : faultsAt(line, known.get(id), typeNames)));
      if (!refused) adjustments.set(id, line);
    }
    // Of a layer's own lines none comes too late: they are all of one moment.
    for (const [id, line] of Object.entries(layer.head.adjust)) {
      const rule = known.get(id);
      if (rule !== undefined && line.locked === true) known.set(id, { ...rule, locked: true });
    }
  }
  const overlays = new Map<string, Overlay>();
  for (const layer of layers) {
    for (const overlay of layer.overlays) {
      const added = overlay.addedRules.map(guided);
      const ids = new Map([...known, ...added.map((rule): [string, RuleSource] => [rule.id, rule])]);
      for (const rule of added) {
        if (known.has(rule.id)) problems.push(takenId(rule));
      }
      const allowed = Object.entries(overlay.rules).filter(([id, line]) => {
        const refused = adjustmentProblem(id, line, ids);
        if (layer === top) problems.push(...(refused ? [refused] : faultsAt(line, ids.get(id), typeNames, adjustments.get(id)?.addWords)));
        return !refused;
      });
      overlays.set(overlay.product, toOverlay(overlay, allowed, added.filter((rule) => !known.has(rule.id))));
    }
  }
  const templateIds = new Set(templates.map((template) => template.id));
  const typeIds = new Set(types.map(([id]) => id));
  const typesById = new Map(types);
  for (const { id, uses = [], origin } of top?.types ?? []) {
    const type = typesById.get(id);
    if (type?.origin === origin) problems.push(...unknownUses(uses, type, typesById, origin));
  }
  for (const overlay of top?.overlays ?? []) problems.push(...unknownParts(overlay, new Map(types)));
  for (const kit of kits) {
    for (const item of kit.items) {
      if (!templateIds.has(item.template)) problems.push(unknownName(kit.origin, 'unknown-template', 'テンプレート', 'template', item.template, templateIds));
    }
  }
  for (const template of templates) {
    if (template.type !== undefined && !typeIds.has(template.type)) {
      problems.push(unknownName(template.origin, 'unknown-type', '文書の種類', 'document type', template.type, typeIds));
    }
  }
  const head = top?.head;
  return {
    id: head?.id ?? '',
    name: head?.name ?? { text: '', en: undefined },
    language: head?.language ?? 'ja',
    version: head?.version ?? '',
    owner: head?.owner ?? '',
    siteRoot: head?.siteRoot ?? '',
    timezone: head?.timezone ?? 'Asia/Tokyo',
    sampleSearches: [...layers].reverse().map((layer) => layer.head.sampleSearches).find(({ ja, en }) => ja.length + en.length > 0) ?? { ja: [], en: [] },
    languages: head?.languages ?? [],
    review: head?.review ?? { defaultCycle: '', warnBefore: '' },
    pages,
    types: new Map(types),
    common: mergeType(commonSource, commonSource),
    rules: rules.map((rule) => known.get(rule.id) ?? rule),
    templates,
    kits,
    terms: over('term', layers.map((layer) => layer.terms), (term) => term.preferred)
      .map((term) => ({ ...term, page: toPage(term.page, term.origin, 'page') })),
    lifecycle: withPages(lifecycle, (page, origin) => toPage(page, origin, 'page')),
    overlays,
    adjustments,
    replacements,
    problems: sorted(problems.map((found) => withId(found, types))),
  };
}

/** A title where an id belongs, with the id that the Book has for it. */
function withId(found: BookProblem, types: readonly (readonly [string, DocumentType])[]): BookProblem {
  const { about, under, code } = found;
  if (code !== 'book.form' || about === undefined) return found;
  const own = types.filter(([name, type]) => found.types?.includes(name) === true || found.types?.includes(type.class) === true);
  const id = under !== undefined && typeKeys.has(under) ? typeCalled(about, types) : (partCalled(about, under, own) ?? partCalled(about, under, types) ?? typeCalled(about, types));
  if (id === undefined) return found;
  return { ...found, better: id, message: { text: `「${about}」は id で「${id}」と書きます。`, en: `Write the id for "${about}": ${id}.` } };
}

function typeCalled(name: string, types: readonly (readonly [string, DocumentType])[]): string | undefined {
  return (types.find(([, type]) => type.title.text === name) ?? types.find(([, type]) => type.aliases.includes(name)))?.[0];
}

/** The id of a part by its title, else by another name of it. @param under key that the name is written behind */
function partCalled(name: string, under: string | undefined, types: readonly (readonly [string, DocumentType])[]): string | undefined {
  const columns = types.flatMap(([, type]) => type.tables.flatMap((table) => table.columns));
  const fields = types.flatMap(([, type]) => type.fields);
  const sections = types.flatMap(([, type]) => type.sections);
  const parts = under === 'sections' ? [...sections, ...columns, ...fields] : under === 'fields' ? [...fields, ...columns, ...sections] : [...columns, ...fields, ...sections];
  return (parts.find((part) => part.title === name) ?? parts.find((part) => part.aliases.includes(name)))?.id;
}

/** Keys behind which types are named. */
const typeKeys: ReadonlySet<string> = new Set(['types', 'except', 'type', 'documents', 'referenced_by']);

/** The page a guide means: its path as written, or below `pages/`; the anchor stays. */
export function pagePathOf(guide: string, pages: ReadonlySet<string>): string | undefined {
  const hash = guide.indexOf('#');
  const path = hash < 0 ? guide : guide.slice(0, hash);
  const anchor = hash < 0 ? '' : guide.slice(hash);
  if (pages.has(path)) return path + anchor;
  return pages.has(`pages/${path}`) ? `pages/${path}${anchor}` : undefined;
}

function missingPage(guide: string, origin: Origin, key: 'guide' | 'page'): BookProblem {
  return problem(origin.path, origin.span, 'warning', 'guide-missing',
    `説明のページ「${guide}」がありません。ページを作るか、${key} を直してください。`,
    `There is no page "${guide}". Make the page, or correct ${key}.`, { about: key });
}

/** The rules of each layer, without those that would replace a locked one of a layer below; each of these of the top layer is a problem. */
function withoutLocked(layers: readonly BookLayer[], problems: BookProblem[]): readonly (readonly RuleSource[])[] {
  const locked = new Map<string, RuleSource>();
  return layers.map((layer) => {
    const kept = layer.rules.filter((rule) => {
      const lower = locked.get(rule.id);
      if (lower !== undefined && layer === layers.at(-1)) problems.push(replacesLocked(rule, lower));
      return lower === undefined;
    });
    for (const rule of kept) if (rule.locked) locked.set(rule.id, rule);
    return kept;
  });
}

function replacesLocked({ id, origin }: RuleSource, lower: RuleSource): BookProblem {
  return { ...problem(origin.path, origin.span, 'error', 'locked',
    `「${id}」は ${lower.origin.layer} の変えられない決まりなので、置き換えません。元の決まりが効いています。この決まりを消すか、別の番号にしてください。`,
    `"${id}" is a locked rule of ${lower.origin.layer} and is not replaced; that one stays in force. Remove this rule, or give it another id.`), leavesOut: id };
}

function adjustmentProblem(id: string, line: AdjustmentSource, rules: ReadonlyMap<string, RuleSource>): BookProblem | undefined {
  const rule = rules.get(id);
  if (!rule) {
    const near = nearest(id, rules.keys());
    return problem(line.origin.path, line.origin.span, 'warning', 'unknown-rule',
      near ? `「${id}」という決まりはありません。「${near}」のことですか。` : `「${id}」という決まりはありません。`,
      near ? `There is no rule "${id}". Did you mean "${near}"?` : `There is no rule "${id}".`, { about: id, better: near });
  }
  if (!rule.locked) return undefined;
  return problem(line.origin.path, line.origin.span, 'error', 'locked',
    `「${id}」は変えられない決まりです。この行を消してください。`, `The rule "${id}" is locked and cannot be changed. Remove this line.`);
}

/** What a line under `adjust:` or `rules:` asks of its rule that cannot be done, each at its place. */
function faultsAt(line: AdjustmentSource, rule: RuleSource | undefined, types: ReadonlySet<string>, addedAbove: readonly string[] = []): readonly BookProblem[] {
  if (rule === undefined) return [];
  return adjustmentFaults(rule, line, types, addedAbove).map(({ at, code, ja, en, about, better }) =>
    problem(line.origin.path, line.parts?.[at.join('/')] ?? line.origin.span, 'warning', code, ja, en, { about, better }));
}

function takenId(rule: RuleSource): BookProblem {
  return problem(rule.origin.path, rule.origin.span, 'error', 'duplicate-rules',
    `「${rule.id}」はコボブックの決まりと同じ番号です。プロダクトの記号で始まる番号にしてください。`,
    `"${rule.id}" is already a rule of the Book. Use an id with the product's own prefix.`);
}

/** Types and parts under `aliases:` of an overlay that nobody has. */
function unknownParts({ aliases = {}, origin }: OverlaySource, types: ReadonlyMap<string, DocumentType>): readonly BookProblem[] {
  return Object.entries(aliases).flatMap(([id, parts]) => {
    const type = types.get(id);
    if (type === undefined) return [unknownName(origin, 'unknown-type', '文書の種類', 'document type', id, types.keys())];
    const known = partIdsOf(type);
    return Object.keys(parts).filter((part) => !known.includes(part)).map((part) => unknownName(origin, 'unknown-part', '項目・見出し・列', 'field, section or column', part, known));
  });
}

function toOverlay(source: OverlaySource, rules: readonly (readonly [string, RuleAdjustment])[], addedRules: readonly RuleSource[]): Overlay {
  return {
    product: source.product,
    rules: new Map(rules),
    addedRules,
    words: new Map(Object.entries(source.words).map(([name, set]) => [name, toWordSet(set)])),
    places: new Map(Object.entries(source.places)),
    aliases: toPartAliases(source.aliases ?? {}),
    origin: source.origin,
  };
}

function withPages(lifecycle: Lifecycle, toPage: (page: string | undefined, origin: Origin) => string | undefined): Lifecycle {
  return {
    ...lifecycle,
    phases: lifecycle.phases.map((phase) => ({ ...phase, page: toPage(phase.page, phase.origin) })),
    gates: lifecycle.gates.map((gate) => ({ ...gate, page: toPage(gate.page, gate.origin) })),
  };
}

function sorted(problems: readonly BookProblem[]): readonly BookProblem[] {
  return [...problems].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : a.span.start - b.span.start));
}
