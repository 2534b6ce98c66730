import { stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { Lifecycle } from '../core/book/book';
import { gateLabel, gateNamed } from '../core/book/lifecycle';
import { nearest } from '../core/book/problems';
import { gateAhead, gateReport } from '../core/product/gate';
import type { Project } from '../core/product/project';
import { choice, parseArguments, UsageError } from './args';
import { bookErrorLines } from './book-errors';
import { bookErrorsOf } from './book-places';
import { gateFormats, type GateFormatName } from './formats/gate';
import { reportedGate, type ReportedGate } from './formats/gate-report';
import type { CommandIo, ExitStatus } from './io';
import { inLanguage, productsOptions } from './options';
import { findPlaces, shownIn, type ProductPlace } from './places';
import { printable, printableSentence } from './printable';
import { ProductReader } from './products';
import { reportBase } from './repository';
import { gateUsage } from './usage';

/** `kobo gate [GATE] [PATH]`: whether products are ready for a gate. Exit status 1 when something is left. */
export async function gateCommand(args: readonly string[], world: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, { options: ['format', 'today', 'book', 'lang'], switches: [] });
  if (parsed.words.length > 2) throw new UsageError(gateUsage);
  const options = productsOptions(parsed, world);
  const io = inLanguage(world, options);
  const format = choice(parsed, 'format', Object.keys(gateFormats) as readonly GateFormatName[], 'pretty');
  const reader = new ProductReader(options);
  const { name, path } = await namedIn(parsed.words, reader, io);
  const places = await placesAt(path, io);
  if (places.length === 0) {
    io.err(noProduct(path, io));
    return 2;
  }
  const gates: ReportedGate[] = [];
  let failed = false;
  for (const found of places) {
    const place = reader.knownPlace(found);
    // What the baseline lists counts at a gate too: whether it can be read does not matter.
    const { project, bookFolder } = await reader.read(place, undefined, { ...(await reader.files(place)), baseline: undefined });
    const shown = shownIn(place.root, io.cwd);
    const { unreadable } = project;
    for (const problem of unreadable) io.err(`${printable(shown(problem.path))}: ${printableSentence(problem.message)}\n`);
    const gate = unreadable.length > 0 ? undefined : name === undefined ? gateAhead(project) : gateNamed(project.book.lifecycle, name);
    if (gate === undefined) {
      failed = true;
      if (unreadable.length === 0) io.err(name === undefined ? noPhase(place.koboFile?.settings.phase, shown('kobo.yaml'), project, io) : noGate(name, project.book.lifecycle, io));
      continue;
    }
    const errors = await bookErrorsOf(project.bookErrors, project.book, bookFolder, project.language);
    if (errors.length > 0) {
      failed = true;
      io.err(bookErrorLines(errors, io));
    }
    const report = await gateReport(project, gate);
    for (const rule of report.slowRules) io.err(`${printable(io.language === 'ja' ? `決まり ${rule} は時間がかかりすぎたため途中で止めました。` : `Rule ${rule} took too long and was stopped.`)}\n`);
    gates.push(reportedGate(report, project, { id: place.koboFile?.settings.id ?? '', name: place.koboFile?.settings.name ?? '' }, shown, options.book));
  }
  if (gates.length > 0) io.out(gateFormats[format](gates, { colour: io.colour, language: gates[0]?.language ?? io.language, base: reportBase(io.cwd, process.env) }));
  if (failed) return 2;
  return gates.every(({ ready }) => ready) ? 0 : 1;
}

/**
 * The gate and the folder that a command line names. One word is the gate; where it also is the name of something here it is a
 * folder, unless a product here knows a gate of this name. `./G4` is a folder in any case.
 */
async function namedIn(words: readonly string[], reader: ProductReader, io: CommandIo): Promise<{ readonly name: string | undefined; readonly path: string }> {
  const [first, second] = words;
  if (first === undefined) return { name: undefined, path: '.' };
  if (second !== undefined) return { name: first, path: second };
  const isHere = (await stat(resolve(io.cwd, first)).catch(() => undefined)) !== undefined;
  if (!isHere) {
    if (/[\\/]/u.test(first)) throw new UsageError(`${first} がありません。 / ${first} does not exist.`);
    return { name: first, path: '.' };
  }
  const isPath = /[\\/]/u.test(first) || first === '.' || first === '..';
  const books = isPath ? [] : await Promise.all((await placesAt('.', io)).map((place) => reader.bookOf(reader.knownPlace(place))));
  return books.some(({ lifecycle }) => gateNamed(lifecycle, first) !== undefined) ? { name: first, path: '.' } : { name: undefined, path: first };
}

/** The product that a folder belongs to; where there is none, all those below it. */
async function placesAt(path: string, { cwd }: CommandIo): Promise<readonly ProductPlace[]> {
  const target = resolve(cwd, path);
  const places = (await findPlaces([path], cwd)).filter(({ koboText }) => koboText !== undefined);
  const own = places.filter(({ root }) => root === target || target.startsWith(root.endsWith(sep) ? root : `${root}${sep}`)).sort((a, b) => b.root.length - a.root.length)[0];
  return own === undefined ? places : [own];
}

function noProduct(path: string, { language }: CommandIo): string {
  const shown = printable(path);
  return language === 'ja'
    ? `${path === '.' ? 'ここ' : shown} には kobo.yaml がないので、どのプロダクトのゲートか分かりません。プロダクトのフォルダーで実行するか、kobo init で kobo.yaml を作ってください。\n`
    : `There is no kobo.yaml ${path === '.' ? 'here' : `in ${shown}`}, so there is no product to ask about. Run this in the folder of a product, or make one with kobo init.\n`;
}

function gateList({ gates }: Lifecycle, { language }: CommandIo): string {
  if (gates.length === 0) return language === 'ja' ? 'このコボブックにゲートはありません（lifecycle.yaml）。' : 'This Book has no gates (lifecycle.yaml).';
  const labels = gates.map((gate) => gateLabel(gate, language));
  return language === 'ja' ? `ゲート：${labels.join('、')}` : `Gates: ${labels.join(', ')}`;
}

function noGate(name: string, lifecycle: Lifecycle, io: CommandIo): string {
  const near = nearest(name, lifecycle.gates.flatMap(({ id, title }) => [id, title.text, ...(title.en === undefined ? [] : [title.en])]));
  const text = io.language === 'ja'
    ? `「${name}」というゲートはありません。${near === undefined ? '' : `「${near}」のことですか。`}${gateList(lifecycle, io)}`
    : `There is no gate ${name}. ${near === undefined ? '' : `Did you mean ${near}? `}${gateList(lifecycle, io)}`;
  return `${printable(text)}\n`;
}

/** Why nobody can say which gate comes next, with both ways out. */
function noPhase(phase: string | undefined, file: string, { book: { lifecycle } }: Project, io: CommandIo): string {
  const example = lifecycle.gates[0]?.id;
  if (example === undefined) return `${gateList(lifecycle, io)}\n`;
  const phases = lifecycle.phases.map(({ id, title }) => (io.language === 'ja' ? `${id}（${title.text}）` : `${id} (${title.en ?? title.text})`));
  const text = io.language === 'ja'
    ? `${file} に${phase === undefined ? '工程（phase）が書かれていない' : `書かれた工程「${phase}」にゲートがない`}ので、どのゲートか分かりません。phase に ${phases.join('、')} のどれかを書くか、kobo gate ${example} のようにゲートを指定してください。${gateList(lifecycle, io)}`
    : `${phase === undefined ? `${file} says no phase` : `The phase ${phase} in ${file} has no gate`}, so the next gate is not known. Write phase with one of ${phases.join(', ')}, or name a gate as in kobo gate ${example}. ${gateList(lifecycle, io)}`;
  return `${printable(text)}\n`;
}
