import { access, stat, writeFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { formatOf } from '../core/document/format';
import { readDocument } from '../core/document/read';
import type { ProjectDocument } from '../core/document/document';
import { defaultSettings } from '../core/product/kobo-file';
import { ownEntries } from '../core/product/own-files';
import { koboFileName } from '../core/product/product';
import { Project } from '../core/product/project';
import { countedLines } from '../core/product/setup-counts';
import { proposeSetup, type SetupLine } from '../core/product/setup';
import { defaultChoices, renderKoboFile } from '../core/product/setup-file';
import { decodeText } from '../core/text/decode';
import { neverCancelled } from '../core/workspace';
import { diskFolder } from '../host/disk-folder';
import { option, parseArguments, UsageError } from './args';
import { counted } from './formats/counted';
import type { CommandIo, ExitStatus } from './io';
import { printable } from './printable';
import { openBook } from './starter';

/** `kobo init [DIR]`: proposes a `kobo.yaml`, shows it, and writes it when the person agrees (`--yes`: at once). */
export async function initCommand(args: readonly string[], io: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, { options: ['book'], switches: ['yes'] });
  const root = resolve(io.cwd, parsed.words[0] ?? '.');
  const file = join(root, koboFileName);
  const ja = io.language === 'ja';
  if (await access(file).then(() => true, () => false)) {
    io.err(ja ? `${printable(file)} はすでにあります。何も変えていません。\n` : `${printable(file)} exists already. Nothing was changed.\n`);
    return 2;
  }
  if ((await stat(root).catch(() => undefined))?.isDirectory() !== true) {
    throw new UsageError(`${root} というフォルダーがありません。先に作るか、名前を確かめてください。 / There is no folder ${root}. Make it first, or check its name.`);
  }
  const address = option(parsed, 'book');
  const book = await openBook(address, io.cwd);
  const door = diskFolder(root);
  const { own: files, others } = ownEntries(await door.list(neverCancelled));
  const documents: ProjectDocument[] = [];
  const readable = files.map((entry) => entry.path).filter((path) => formatOf(path) !== undefined);
  for (const content of await door.read(readable, neverCancelled)) if (content.ok) documents.push(readDocument(content.path, decodeText(content.bytes).text));

  const project = new Project({
    book, settings: defaultSettings, files: files.map((entry) => entry.path), others, editorRules: {}, clock: io.clock, now: io.now, history: undefined,
  });
  for (const document of documents) project.putDocument(document);
  const proposed = proposeSetup(files, documents, book, { folderName: basename(root) });
  const proposal = { ...proposed, lines: await countedLines(project, proposed.lines, { ...defaultSettings, language: proposed.language, phase: proposed.phase?.value }) };
  const choices = { ...defaultChoices(proposal), book: address };
  const text = renderKoboFile(proposal, choices, book);

  for (const line of proposal.lines) io.err(`${printable(lineText(line, ja))}\n`);
  if (proposal.unknown.length > 0) io.err(`${printable(unknownText(proposal.unknown, ja))}\n`);
  io.out(text);
  if (!parsed.switches.has('yes') && !(await agrees(ja, io))) {
    io.err(ja ? '何も書きませんでした。書くには kobo init --yes とします。\n' : 'Nothing was written. Use kobo init --yes to write it.\n');
    return 0;
  }
  await writeFile(file, text, { flag: 'wx' });
  io.err(ja ? `${printable(file)} に書きました。\n` : `Wrote ${printable(file)}.\n`);
  return 0;
}

function lineText(line: SetupLine, ja: boolean): string {
  const counts = line.counts;
  const report = counts === undefined ? '' : ja ? `エラー ${String(counts.errors)} 警告 ${String(counts.warnings)} 情報 ${String(counts.infos)}` : `${counted(counts.errors, 'error')} ${counted(counts.warnings, 'warning')} ${counted(counts.infos, 'info')}`;
  return `${line.ticked ? '[x]' : '[ ]'} ${line.pattern} → ${line.type}  ${line.evidence.join(ja ? '、' : ', ')}  (${String(line.files.length)})  ${report}`;
}

const mostNamed = 10;

function unknownText(paths: readonly string[], ja: boolean): string {
  const named = paths.slice(0, mostNamed).join(ja ? '、' : ', ');
  const more = paths.length > mostNamed ? (ja ? ' ほか' : ' …') : '';
  return ja ? `種類がわからない文書 ${String(paths.length)} 件：${named}${more}` : `${counted(paths.length, 'document')} of unknown kind: ${named}${more}`;
}

async function agrees(ja: boolean, io: CommandIo): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const prompt = createInterface({ input: process.stdin, output: process.stderr });
  try {
    const answer = await prompt.question(ja ? 'この内容で kobo.yaml を作りますか（y/N） ' : 'Write this kobo.yaml? (y/N) ');
    return /^(y|yes|はい)$/i.test(answer.trim());
  } catch {
    io.err('\n');
    return false;
  } finally {
    prompt.close();
  }
}
