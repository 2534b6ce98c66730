import { version } from '../../package.json';
import { checkCommand } from './check';
import { isUsageError } from './args';
import { nodeIo } from './node-io';
import type { CommandIo, ExitStatus } from './io';
import { lspCommand } from './lsp';
import { printable } from './printable';
import { systemErrorText } from './system-errors';
import { usageText } from './usage';

/** A command: its arguments after the name, and the world. */
type Command = (args: readonly string[], io: CommandIo) => Promise<ExitStatus>;

const engine = () => import('./engine');

const commands: ReadonlyMap<string, { readonly run: Command; readonly ja: string; readonly en: string }> = new Map([
  ['init', { run: async (args, io) => (await engine()).initCommand(args, io), ja: 'このフォルダーを使う（kobo.yaml を作る）', en: 'use this folder (makes kobo.yaml)' }],
  ['check', { run: checkCommand, ja: '文書を確かめる', en: 'check documents' }],
  ['gate', { run: async (args, io) => (await engine()).gateCommand(args, io), ja: 'ゲートまでに残っていることを確かめる', en: 'what is left before a gate' }],
  ['search', { run: async (args, io) => (await engine()).search(args, io), ja: 'コボブックを検索する', en: 'search the Book' }],
  ['new', { run: async (args, io) => (await engine()).newCommand(args, io), ja: 'テンプレートから文書を作る', en: 'make a document from a template' }],
  ['templates', { run: async (args, io) => (await engine()).templatesCommand(args, io), ja: 'テンプレートの一覧と中身', en: 'list templates, show one' }],
  ['rules', { run: async (args, io) => (await engine()).rulesCommand(args, io), ja: '決まりの一覧・例の確認・説明・変更の影響', en: 'list, test and explain rules, show what a change would do' }],
  ['types', { run: async (args, io) => (await engine()).typesCommand(args, io), ja: '文書の種類と、その項目・見出し・列の id', en: 'document types, and the ids of their fields, sections and columns' }],
  ['book', { run: async (args, io) => (await engine()).bookCommand(args, io), ja: 'コボブックを確かめる・索引を作る', en: 'check a Book, build its index' }],
  ['lsp', { run: lspCommand, ja: '言語サーバー（ほかのエディター用）', en: 'language server for other editors' }],
]);

/** Runs one command line and gives its exit status: 0 clean, 1 findings, 2 wrong use or unreadable configuration. */
async function main(args: readonly string[], io: CommandIo): Promise<ExitStatus> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === 'help') {
    io.out(help(io));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    io.out(`kobo ${version}\n`);
    return 0;
  }
  const command = commands.get(name);
  if (command === undefined) {
    const shown = printable(name);
    io.err(io.language === 'ja' ? `「${shown}」というコマンドはありません。\n\n${help(io)}` : `There is no command "${shown}".\n\n${help(io)}`);
    return 2;
  }
  // `rules impact` has a help of its own, with examples.
  if (rest.includes('--help') && rest[0] !== 'impact') {
    io.out(usageText(name, io.language === 'ja' ? command.ja : command.en, io));
    return 0;
  }
  return command.run(rest, io);
}

/** Why a command could not end as it should, for a person. */
function failureText(error: unknown, { language }: CommandIo): string {
  if (isUsageError(error)) return inOneLanguage(error.message, language);
  return systemErrorText(error, language) ?? (error instanceof Error ? (error.stack ?? error.message) : String(error));
}

/** Of sentences that stand in both languages (`…。 / In English.`) those that the person reads. */
function inOneLanguage(text: string, language: 'ja' | 'en'): string {
  const lines = text.split('\n').map((line) => {
    const [, ja, en] = /^(.*?。) \/ (\S.*)$/u.exec(line) ?? [];
    return (language === 'ja' ? ja : en) ?? line;
  });
  return lines.join('\n');
}

function help(io: CommandIo): string {
  const lines = [...commands].map(([name, { ja, en }]) => `  kobo ${name.padEnd(10)} ${io.language === 'ja' ? ja : en}`);
  return `${io.language === 'ja' ? '使い方：' : 'Usage:'}\n${lines.join('\n')}\n`;
}

const world = nodeIo();
const args = process.argv.slice(2);
// Also where the command gets no further than its own use.
const language = args.flatMap((arg, i) => /^--lang(?:=(ja|en))?$/u.exec(arg)?.[1] ?? (arg === '--lang' ? (args[i + 1] ?? []) : [])).at(-1);
const io: CommandIo = language === 'ja' || language === 'en' ? { ...world, language, namesLanguage: true } : world;
void main(args, io)
  .catch((error: unknown): ExitStatus => {
    io.err(`${failureText(error, io)}\n`);
    return 2;
  })
  .then((status) => {
    process.exitCode = status;
  });
