import assert from 'node:assert/strict';
import { readDocument } from '../../../src/core/document/read';
import type { Project } from '../../../src/core/product/project';
import type { DocumentReport } from '../../../src/core/product/report';
import type { Finding } from '../../../src/core/rules/finding';
import { applied } from './apply';
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

/**
 * What is wrong with the texts that fixes make, each applied alone as a person would: edits lie in the text they are for, here
 * or in another document, what comes out can be read and says something else, and a file to be created has a template.
 */
function faultOfFixes(findings: readonly Finding[], path: string, project: Project, koboText: string | undefined): string | undefined {
  for (const finding of findings) {
    for (const fix of finding.fixes) {
      const what = `${finding.rule} 「${fix.title}」`;
      for (const target of new Set(fix.edits.map((edit) => edit.path ?? path))) {
        const text = target === 'kobo.yaml' ? koboText : project.textOf(target);
        const edits = fix.edits.filter((edit) => (edit.path ?? path) === target).map((edit) => ({ ...edit, path: undefined }));
        if (text === undefined) return `${what} edits ${target}, which is not there`;
        if (edits.some(({ span }) => span.start < 0 || span.end < span.start || span.end > text.length)) return `${what} edits ${target} outside of its text`;
        const after = applied(text, { ...fix, edits });
        if (after === text) return `${what} changes nothing`;
        const document = readDocument(target, after, readDocument(target, text));
        if (document.text !== after || document.lines.count < 1) return `${what} makes a text that is not read`;
      }
      if (project.rangesOf(path, fix.edits).length !== fix.edits.length) return `${what} has edits without a range`;
      if (fix.create !== undefined && (fix.create.path === '' || project.render(fix.create.template) === undefined)) return `${what} creates ${JSON.stringify(fix.create)}`;
      if (fix.rename?.to === '') return `${what} has no name`;
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
 * nothing may throw, findings and fixes lie in the text, each fix can be applied, and a check that remembers says what one without memory says.
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
        const fault = faultOf(report?.findings ?? [], path, text) ?? faultOfFixes(report?.findings ?? [], path, project, products[n]?.koboText);
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
