import { MarkupKind, type Hover } from 'vscode-languageserver';
import type { RuleSource } from '../core/book/book';
import { hintAt } from '../core/product/writing';
import { exampleDay } from '../core/rules/examples';
import type { Finding } from '../core/rules/finding';
import { addDays, daysBetween, isIsoDay } from '../core/text/calendar';
import type { Authoring } from './authoring';
import { hoverInBook } from './book-writing';
import type { ServerContext } from './context';
import { checkOne, type Checked } from './diagnostics';
import { guideInHover, homeOf } from './guides';
import { escapeMarkdown } from './markdown';
import { canonicalUri } from './uri';
import { waiveAddress } from './waive';
import { inLanguage, say, type Language } from './words';

/**
 * The part of a hover that stands under the finding's own message: why, an example of each kind, the guide. The message
 * itself is the editor's; it is not said twice.
 */
export function serveHover(context: ServerContext, authoring: Authoring): void {
  context.connection.onHover(async ({ textDocument, position }): Promise<Hover | null> => {
    const written = await hoverInBook(context, authoring, textDocument.uri, position);
    if (written !== undefined && written !== null) return written;
    const checked = await checkOne(context, canonicalUri(textDocument.uri));
    if (checked === undefined) return null;
    const findings = checked.report.findings.filter((finding) => finding.suppression === undefined && contains(finding, position));
    const texts = findings.slice(0, 3).flatMap((finding) => hoverText(context, checked, finding) ?? []);
    const first = findings[0];
    if (texts.length === 0 || first === undefined) return belongsHere(context, checked, position);
    return { contents: { kind: MarkupKind.Markdown, value: texts.join('\n\n---\n\n') }, range: first.range };
  });
}

/** What the type says belongs under a heading, in a column or behind a key. */
function belongsHere(context: ServerContext, { product, report }: Checked, position: { readonly line: number; readonly character: number }): Hover | null {
  const { document } = report.typed;
  const found = report.managed ? hintAt(report.typed, document.lines.offsetAt(position)) : undefined;
  if (found === undefined) return null;
  const guide = report.typed.type?.guide;
  const link = guide === undefined ? '' : `\n\n${guideInHover(context, homeOf(product), guide, product.project.guideTitle(guide), product.project.language)}`;
  return { contents: { kind: MarkupKind.Markdown, value: `**${escapeMarkdown(found.title)}** ${escapeMarkdown(found.hint)}${link}` }, range: document.lines.rangeOf(found.span) };
}

function contains(finding: Finding, { line, character }: { readonly line: number; readonly character: number }): boolean {
  const { start, end } = finding.range;
  const afterStart = line > start.line || (line === start.line && character >= start.character);
  const beforeEnd = line < end.line || (line === end.line && character <= end.character);
  return afterStart && beforeEnd;
}

function hoverText(context: ServerContext, checked: Checked, finding: Finding): string | undefined {
  const language = checked.product.project.language;
  const rule = checked.product.project.rule(finding.rule);
  const parts: string[] = [];
  if (rule?.why !== undefined) parts.push(`**${say(language, 'why')}** ${escapeMarkdown(inLanguage(rule.why, language))}`);
  if (rule !== undefined) parts.push(...examples(rule, checked.product.project.today, language));
  const links: string[] = [];
  if (finding.guide !== undefined) {
    links.push(guideInHover(context, homeOf(checked.product), finding.guide, checked.product.project.guideTitle(finding.guide), language));
  }
  const waive = context.client.isExtension ? waiveAddress(checked, finding) : undefined;
  if (waive !== undefined) links.push(`[${say(language, 'waiveLink')}](${waive})`);
  if (links.length > 0) parts.push(links.join(' · '));
  return parts.length === 0 ? undefined : parts.join('\n\n');
}

/** The first example of each kind that fits on a line. */
function examples(rule: RuleSource, today: string, language: Language): readonly string[] {
  const line = (kind: 'good' | 'bad'): string | undefined => {
    const text = shortExample(rule.definition[kind]);
    return text === undefined ? undefined : `${say(language, kind === 'good' ? 'good' : 'toImprove')}: ${escapeMarkdown(asOf(today, text, rule))}`;
  };
  return [line('good'), line('bad')].flatMap((text) => text ?? []);
}

/** Of a rule that looks at today the days of an example are told as they are from today: 2026-11-23 was the day before. */
function asOf(today: string, text: string, { definition }: RuleSource): string {
  const { when, unless, require, forbid } = definition;
  const looksAtToday = /\btoday\b/u.test(JSON.stringify([when, unless, require, forbid]));
  const then = typeof definition.today === 'string' ? definition.today : exampleDay;
  const days = looksAtToday ? daysBetween(then, today) : undefined;
  return days === undefined ? text : text.replace(/\b\d{4}-\d{2}-\d{2}\b/gu, (day) => (isIsoDay(day) ? addDays(day, days) : day));
}

function shortExample(example: unknown): string | undefined {
  const first: unknown = Array.isArray(example) ? example[0] : example;
  if (typeof first === 'string') return first.includes('\n') || first === '' ? undefined : first.replace(/[《》]/g, '');
  if (typeof first !== 'object' || first === null) return undefined;
  const row = 'row' in first && typeof first.row === 'object' && first.row !== null ? first.row : first;
  const entries = Object.entries(row);
  if (entries.length === 0 || entries.some(([key, value]) => typeof value === 'object' || ['rows', 'files', 'finds', 'type', 'name'].includes(key))) return undefined;
  return entries.map(([, value]) => String(value)).join(' · ');
}
