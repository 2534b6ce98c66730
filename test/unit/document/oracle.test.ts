import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocument } from '../../../src/core/document/read';
import { lezerFacts, ourFacts, type Facts } from './oracle';

const fixtures = 'test/fixtures/documents';
const corpora = join(process.env.KOBO_SHARED ?? '../shared', 'corpora');

/**
 * Where the two readers differ and GFM is on our side, or the question is open:
 * - `[a [b] c](url)` and `[a][b](url)`: lezer takes every `[b]` for a reference, defined or not, and links hold no links.
 * - `[text]()`: lezer gives the empty target no node.
 * - An ordered item that does not begin with 1 (or is blank) after a lazy line of another item: CommonMark's own
 *   implementations begin a list there, lezer continues the paragraph.
 */
function unexplained(ours: Facts, lezer: Facts, text: string): string[] {
  const differences: string[] = [];
  for (const kind of ['headings', 'fences', 'indented', 'tables', 'tasks', 'links'] as const) {
    const a = new Set(ours[kind]);
    const b = new Set(lezer[kind]);
    for (const fact of lezer[kind]) if (!a.has(fact)) differences.push(`${kind}: lezer has ${fact}`);
    for (const fact of ours[kind]) {
      if (b.has(fact)) continue;
      const [start = 0, end = 0] = fact.split(' ')[0]?.split('-').map(Number) ?? [];
      if (kind === 'links' && (fact.endsWith(' ') || text.slice(start + 1, end).includes('[') || text[start - 1] === ']')) continue;
      differences.push(`${kind}: only we have ${fact}`);
    }
  }
  const lines = text.split('\n');
  const lezerLines = new Set(lezer.items.map((offset) => text.slice(0, Number(offset)).split('\n').length - 1));
  const ourLines = new Set(ours.items.map(Number));
  if (ours.items.length !== lezer.items.length) {
    for (const line of ourLines) {
      if (lezerLines.has(line) || /^[ >]*(?:\d+[.)]|- k3s)/.test(lines[line] ?? '')) continue;
      differences.push(`items: only we have line ${String(line + 1)}`);
    }
    for (const line of lezerLines) if (!ourLines.has(line)) differences.push(`items: lezer has line ${String(line + 1)}`);
  }
  return differences;
}

function markdownBelow(folder: string): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...markdownBelow(path));
    else if (entry.name.endsWith('.md')) found.push(path);
  }
  return found;
}

function compare(path: string): string[] {
  // lezer knows no other line end.
  const text = readFileSync(path, 'utf8').replace(/\r\n?/g, '\n');
  const document = readDocument('document.md', text);
  if (document.problems.some((problem) => problem.kind === 'encoding')) return [];
  return unexplained(ourFacts(document), lezerFacts(document), text).map((difference) => `${path}: ${difference}`);
}

describe('Markdown as @lezer/markdown reads it', () => {
  for (const name of ['minutes.md', 'nested.md']) {
    it(`agrees on ${name}`, () => {
      assert.deepEqual(compare(join(fixtures, name)), []);
    });
  }

  it('compares something: the fixtures have every kind of fact', () => {
    const facts = ['minutes.md', 'nested.md'].map((name) => ourFacts(readDocument(name, readFileSync(join(fixtures, name), 'utf8'))));
    for (const kind of ['headings', 'fences', 'indented', 'tables', 'items', 'tasks', 'links'] as const) {
      assert.ok(facts.some((fact) => fact[kind].length > 0), kind);
    }
  });

  it('agrees on every document of the corpora', function () {
    if (!existsSync(corpora)) {
      process.stdout.write('skipped: no corpora\n');
      this.skip();
    }
    this.timeout(240_000);
    const differences = markdownBelow(corpora).flatMap(compare);
    assert.deepEqual(differences, []);
  });
});
