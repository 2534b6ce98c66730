import assert from 'node:assert/strict';
import type { TypedDocument } from '../../../src/core/product/meaning';
import type { Finding, Fix } from '../../../src/core/rules/finding';
import { applied } from './apply';
import { pick, seeded, type Kind, type Mutant } from './mutation';
import { networkKinds } from './mutation-network';
import { partKinds } from './mutation-parts';
import { cleanProducts, type Product } from './mutation-product';
import { rowKinds } from './mutation-rows';
import { textKinds } from './mutation-text';

const kinds: readonly Kind[] = [...rowKinds, ...partKinds, ...textKinds, ...networkKinds];
const seed = 20261124;
const wanted = 1000;
/** How often a place is sought that gives a mutant not seen before. */
const tries = 40;

interface Case {
  readonly kind: Kind;
  readonly product: Product;
  readonly mutant: Mutant;
}

const show = (finding: Finding): string => `${finding.path}:${String(finding.range.start.line + 1)} ${finding.rule} ${finding.message}`;

/** One mutant of each kind after the other, until there are enough; none twice. */
function casesOf(products: readonly Product[]): readonly Case[] {
  const random = seeded(seed);
  const hosts = new Map(kinds.map((kind) => [kind, products.flatMap((product) =>
    [...product.documents.values()].filter((document) => [1, 2, 3].some((trial) => kind.inject(document, seeded(trial), product.documents) !== undefined)).map((document) => ({ product, document })))]));
  const cases: Case[] = [];
  const seen = new Set<string>();
  let fresh = true;
  while (cases.length < wanted && fresh) {
    fresh = false;
    for (const kind of kinds) {
      if (cases.length >= wanted) break;
      for (let i = 0; i < tries; i++) {
        const host = pick(random, hosts.get(kind) ?? []);
        const mutant = host === undefined ? undefined : kind.inject(host.document, random, host.product.documents);
        if (host === undefined || mutant === undefined) continue;
        const key = `${kind.kind} ${mutant.to} ${mutant.text}`;
        if (seen.has(key) || (mutant.text === host.document.document.text && mutant.to === mutant.path)) continue;
        seen.add(key);
        cases.push({ kind, product: host.product, mutant });
        fresh = true;
        break;
      }
    }
  }
  return cases;
}

/** Asks a product in which some documents have another text, or another path, and puts everything back. */
async function findingsWith({ kind, mutant, product: { project: own, documents, below } }: Case, texts: ReadonlyMap<string, string>): Promise<readonly Finding[]> {
  const koboText = texts.get('kobo.yaml');
  const project = koboText === undefined ? own : below(koboText);
  if (mutant.to !== mutant.path) project.remove(mutant.path);
  for (const [path, text] of texts) if (path !== 'kobo.yaml') project.put(path, text);
  const findings = kind.network === true ? (await project.reportAll()).findings : ((await project.report(mutant.to, { network: false }))?.findings ?? []);
  for (const path of [...texts.keys(), mutant.path]) {
    const original = documents.get(path)?.document;
    if (original === undefined) project.remove(path);
    else project.putDocument(original);
  }
  return findings;
}

const findingsOf = (one: Case): Promise<readonly Finding[]> => findingsWith(one, new Map([[one.mutant.to, one.mutant.text]]));

/** What is wrong with the findings of a mutant, empty when nothing is. */
function faultsOf({ kind, mutant }: Case, findings: readonly Finding[]): readonly string[] {
  const of = findings.filter((finding) => finding.rule === kind.rule);
  const isExpected = (finding: Finding): boolean =>
    finding.rule === kind.rule && (mutant.expected.length === 0 || mutant.expected.some(({ path, line }) => path === finding.path && line === finding.range.start.line));
  const missed = mutant.expected.length === 0 ? (of.length === 0 ? ['nowhere'] : [])
    : mutant.expected.filter(({ path, line }) => !of.some((finding) => finding.path === path && finding.range.start.line === line)).map(({ path, line }) => `${path}:${String(line + 1)}`);
  const others = findings.filter((finding) => !isExpected(finding) && kind.also?.includes(finding.rule) !== true);
  return [...missed.map((place) => `missed at ${place}`), ...others.map((finding) => `also ${show(finding)}`)];
}

/** What a finding says, wherever later edits move it. */
const key = (finding: Finding): string => `${finding.path} ${finding.rule} ${finding.message}`;

/** The texts of a product's documents after the edits of a fix. */
function edited({ product, mutant }: Case, finding: Finding, fix: Fix): ReadonlyMap<string, string> {
  const texts = new Map([[mutant.to, mutant.text]]);
  for (const path of new Set(fix.edits.map((edit) => edit.path ?? finding.path))) {
    const text = texts.get(path) ?? (path === 'kobo.yaml' ? product.koboText : product.documents.get(path)?.document.text) ?? '';
    const edits = fix.edits.filter((edit) => (edit.path ?? finding.path) === path);
    texts.set(path, applied(text, { ...fix, edits: edits.map((edit) => ({ ...edit, path: undefined })) }));
  }
  return texts;
}

describe('Recall', function () {
  this.timeout(120_000);
  let products: readonly Product[];
  let cases: readonly Case[];
  let results: readonly (readonly Finding[])[];
  before(async () => {
    products = await cleanProducts();
    cases = casesOf(products);
    const found: (readonly Finding[])[] = [];
    for (const one of cases) found.push(await findingsOf(one));
    results = found;
  });

  it('says nothing about the documents as they are', async () => {
    for (const { project } of products) {
      const { findings } = await project.reportAll();
      assert.deepEqual(findings.map(show), []);
    }
  });

  it('has enough kinds, types and formats', () => {
    const documents: readonly TypedDocument[] = products.flatMap((product) => [...product.documents.values()]);
    assert.ok(new Set(documents.map((document) => document.type?.id)).size >= 12);
    const used = new Set(cases.map(({ kind }) => kind));
    assert.deepEqual(kinds.filter((kind) => !used.has(kind)).map((kind) => kind.kind), []);
    assert.ok(kinds.length >= 60);
    assert.equal(cases.length, wanted);
  });

  it(`finds every one of ${String(wanted)} defects where it is, and nothing else`, () => {
    const faults = cases.flatMap((one, i) => faultsOf(one, results[i] ?? []).map((fault) => `${one.kind.kind} (${one.kind.rule}) in ${one.mutant.to}: ${fault}`));
    assert.deepEqual(faults, []);
  });

  it('offers fixes that take their finding away and bring no other', async () => {
    const faults: string[] = [];
    let count = 0;
    for (const [i, one] of cases.entries()) {
      const before = results[i] ?? [];
      for (const finding of before) {
        for (const fix of finding.fixes.filter((each) => each.ask === undefined && each.edits.length > 0)) {
          const texts = edited(one, finding, fix);
          const after = await findingsWith(one, texts);
          count++;
          const left = new Set(after.map(key));
          const known = new Set(before.map(key));
          if (left.has(key(finding))) faults.push(`${one.kind.kind}: "${fix.title}" leaves ${show(finding)}`);
          for (const other of after) if (!known.has(key(other))) faults.push(`${one.kind.kind}: "${fix.title}" of ${show(finding)} brings ${show(other)}`);
        }
      }
    }
    assert.deepEqual(faults, []);
    assert.ok(count >= 100, String(count));
  });

  it('marks as safe only what states no fact', () => {
    const verbs = new Set<string>();
    for (const [i, one] of cases.entries()) {
      for (const finding of results[i] ?? []) {
        if (!finding.fixes.some((fix) => fix.safe)) continue;
        const definitions = [one.product.project.rule(finding.rule)?.definition.fix].flat() as readonly unknown[];
        for (const definition of definitions) {
          if (typeof definition === 'object' && definition !== null && 'safe' in definition) verbs.add(JSON.stringify({ ...definition, safe: undefined, label: undefined, label_en: undefined }));
        }
      }
    }
    const allowed = /^\{"(?:replace":"(?:preferred|half_width)"|repair":"[a-z]+"|sort":"[a-z_]+"|fill":\{(?:"[a-z_]+":"expected",?)+\})\}$/u;
    assert.ok(verbs.size > 0);
    assert.deepEqual([...verbs].filter((verb) => !allowed.test(verb)), []);
  });
});
