import assert from 'node:assert/strict';
import type { DocumentReport } from '../../../src/core/product/project';
import type { Finding } from '../../../src/core/rules/finding';
import { changed } from './changes';
import { pick, seeded } from './mutation';
import { cleanProducts } from './mutation-product';

const longest = 60_000;

/** What is wrong with findings, whatever the text. */
function faultOf(findings: readonly Finding[], path: string, text: string): string | undefined {
  const isIn = (span: Finding['span']): boolean => span.start >= 0 && span.end >= span.start && span.end <= text.length;
  for (const finding of findings) {
    if (finding.path === path && !isIn(finding.span)) return `${finding.rule} underlines ${JSON.stringify(finding.span)}`;
    if (finding.message === '' || /[\n\r]/u.test(finding.message)) return `${finding.rule} says ${JSON.stringify(finding.message)}`;
    for (const fix of finding.fixes) {
      const own = fix.edits.filter((edit) => edit.path === undefined).sort((a, b) => a.span.start - b.span.start);
      for (const [i, edit] of own.entries()) {
        if (!isIn(edit.span)) return `${finding.rule} edits ${JSON.stringify(edit.span)}`;
        if (edit.span.start < (own[i - 1]?.span.end ?? 0)) return `${finding.rule} edits one place twice`;
      }
    }
  }
  return undefined;
}

export interface FuzzResult {
  readonly cases: number;
  /** The first thing that went wrong, with what it takes to see it again. */
  readonly fault: string | undefined;
}

/**
 * Changes clean documents of three formats at random, key by key and piece by piece, and asks all rules about each version:
 * nothing may throw, findings and fixes lie in the text, and a check that remembers says what one without memory says.
 *
 * @param more asked before each case with how many there were
 */
export async function fuzz(seed: number, more: (cases: number) => boolean): Promise<FuzzResult> {
  const products = await cleanProducts();
  const fresh = await cleanProducts();
  const texts = products.flatMap(({ documents }) => [...documents.values()].map(({ document }) => document.text));
  let cases = 0;
  for (; more(cases); cases++) {
    const random = seeded(seed + cases);
    const n = Math.floor(random() * products.length);
    const project = products[n]?.project;
    const other = fresh[n]?.project;
    const [path, original] = pick(random, [...(products[n]?.documents ?? [])]) ?? [];
    if (project === undefined || other === undefined || path === undefined || original === undefined) continue;
    let text = original.document.text;
    for (let step = Math.floor(random() * 5); step >= 0; step--) {
      for (let changes = Math.floor(random() * 3); changes >= 0; changes--) text = changed(random, text, texts).slice(0, longest);
      try {
        project.put(path, text);
        const network = random() < 0.2;
        const report: DocumentReport | undefined = await project.report(path, { network });
        other.remove(path);
        other.put(path, text);
        const whole: DocumentReport | undefined = await other.report(path, { network });
        assert.deepEqual(report?.findings, whole?.findings);
        const fault = faultOf(report?.findings ?? [], path, text);
        if (fault !== undefined) throw new Error(fault);
      } catch (error) {
        return { cases, fault: `seed ${String(seed + cases)} ${path}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n${JSON.stringify(text)}` };
      }
    }
    project.put(path, original.document.text);
    other.put(path, original.document.text);
  }
  return { cases, fault: undefined };
}
