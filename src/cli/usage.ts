import type { CommandIo } from './io';

/** How `kobo search` is written. */
export const searchUsage = `kobo search QUERY [--book DIR] [--json] [--limit N] [--kind page,rule,…]
kobo search --queries FILE --json`;

/** How each command is written; words in capitals stand for what the person fills in. */
const usages: ReadonlyMap<string, string> = new Map([
  ['init', 'kobo init [DIR] [--book DIR] [--yes]'],
  ['check', `kobo check [PATH…] [--since REVISION] [--today YYYY-MM-DD] [--lang ja|en] [--format NAME] [--fix]
kobo check [PATH…] [--fail-on SEVERITY] [--max-warnings N] [--baseline FILE] [--write-baseline]
kobo check [PATH…] [--no-cache | --cache DIR]`],
  ['search', searchUsage],
  ['new', 'kobo new TYPE|KIT [--out DIR] [--set key=value]…'],
  ['templates', 'kobo templates list [--json]'],
  ['rules', `kobo rules list [--json]
kobo rules test [RULE…]
kobo rules explain RULE
kobo rules impact [PATH…] --rule FILE | --level LEVEL | --in-force RULE | --against DIR`],
  ['book', `kobo book check [DIR] [--today YYYY-MM-DD] [--json]
kobo book index --out FILE [--book DIR]`],
  ['lsp', 'kobo lsp --stdio'],
]);

/** What `kobo NAME --help` prints: what the command is for and how it is written. */
export function usageText(name: string, about: string, io: CommandIo): string {
  return `${about}\n\n${io.language === 'ja' ? '書き方：' : 'Usage:'}\n${(usages.get(name) ?? `kobo ${name}`).replace(/^/gmu, '  ')}\n`;
}
