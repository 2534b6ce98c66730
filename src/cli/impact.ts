import { readFile, stat } from 'node:fs/promises';
import { basename, relative, resolve, sep } from 'node:path';
import type { Book, BookProblem, Severity } from '../core/book/book';
import { changesFindings, loadChanged, loadOverStarter, newFaults, withRulesInForce } from '../core/book/change';
import { isData } from '../core/book/data';
import { readYaml } from '../core/book/yaml-source';
import { impactOf, type ImpactEntry } from '../core/product/impact';
import type { Project } from '../core/product/project';
import { effectiveSettings } from '../core/product/settings';
import { compileRules } from '../core/rules/compile';
import { decodeText } from '../core/text/decode';
import { LineIndex } from '../core/text/position';
import { diskFolder, pathInside } from '../host/disk-folder';
import { committedText } from '../host/git-history';
import { choice, option, parseArguments, UsageError, type Arguments } from './args';
import { inLanguage, productsOptions, type ProductsOptions } from './options';
import { impactJson, impactMarkdown, impactText, type ImpactReport, type ProductImpact } from './formats/impact';
import type { CommandIo, ExitStatus } from './io';
import { findPlaces } from './places';
import { ProductReader } from './products';
import { bookFolder } from './book-place';
import { openBook, starterPack } from './starter';

const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];
const formats = { text: impactText, json: impactJson, markdown: impactMarkdown } as const;

const help = {
  ja: `使い方：kobo rules impact [PATH…] 変更

変更を入れる前に、何が新しく指摘され、何が指摘されなくなるかを、プロダクトごとに数えて見せます。文書も決まりも書きかえません。

変更（どれか1つ）：
  --rule FILE       変えた決まり・種別・用語・book.yaml のファイル。コボブックの中のファイルなら、最後にコミットした内容と比べます
  --level L2        水準をこれにしたとき
  --in-force RULE   試行中・予告中・書きかけの決まりを、すべてのプロダクトで有効にしたとき
  --against DIR     もう1つのコボブック（変更の前）と比べるとき

指定：
  --book DIR        コボブック。指定しなければ、それぞれの kobo.yaml に書いてあるもの
  --format F        text（はじめの値）、json、markdown
  --fail-on S       新しい指摘がこの重さ以上なら終了コード 1。error（はじめの値）、warning、info、hint、never
  --today DAY  --lang ja|en

終了コード：0 新しく増えるエラーはない、1 ある、2 使い方か設定が読めない
`,
  en: `Usage: kobo rules impact [PATH…] CHANGE

Shows, before a change is made, what would be newly flagged and what would be flagged no longer, product by product. Nothing is written.

CHANGE (one of):
  --rule FILE       a changed file of rules, a type, terms or book.yaml; a file of the Book itself is compared with its last commit
  --level L2        with this level
  --in-force RULE   with a draft, pilot or announced rule in force everywhere
  --against DIR     compared with another Book (the one before)

Options:
  --book DIR        the Book; when left out, the one each kobo.yaml names
  --format F        text (default), json, markdown
  --fail-on S       exit status 1 when something new is at least this severe: error (default), warning, info, hint, never
  --today DAY  --lang ja|en

Exit status: 0 no new error, 1 some, 2 wrong use or unreadable configuration
`,
} as const;

/** `kobo rules impact [PATH…]`: what a change of rules, types, words or level would do to the products below the paths. */
export async function impactCommand(args: readonly string[], world: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, { options: ['book', 'rule', 'level', 'in-force', 'against', 'format', 'fail-on', 'today', 'lang'], switches: ['help'] });
  if (parsed.switches.has('help')) {
    world.out(help[world.language]);
    return 0;
  }
  const format = formats[choice(parsed, 'format', ['text', 'json', 'markdown'] as const, 'text')];
  const failOn = choice(parsed, 'fail-on', [...severities, 'never'] as const, 'error');
  const options = productsOptions(parsed, world);
  const io = inLanguage(world, options);
  const changes = new Changes(parsed, options, io);

  const products: ProductImpact[] = [];
  const reader = new ProductReader(options);
  for (const found of await findPlaces(parsed.words, options.cwd)) {
    const place = reader.knownPlace(found);
    if (place.koboFile === undefined) continue;
    const { settings } = place.koboFile;
    const change = await changes.of(options.book ?? settings.book, options.book === undefined ? place.root : io.cwd);
    const { project } = await reader.read(place, change.before);
    for (const { path, line, message } of project.unreadable) throw new UsageError(`${shown(io, place.root, path)}:${String(line)}: ${message}`);
    const after = project.changed({ book: change.after, ...(change.level === undefined ? {} : { settings: { ...settings, level: knownLevel(project, change.level) } }) });
    const impact = await impactOf(project, after);
    products.push({
      id: settings.id, name: settings.name, documents: impact.documents,
      entries: impact.entries.map((entry) => ({ ...entry, finding: { ...entry.finding, path: shown(io, place.root, entry.finding.path) } })),
      titleOf: titles(project, after),
    });
  }
  if (products.length === 0) throw new UsageError('ここには kobo.yaml がありません。プロダクトのフォルダーを並べてください（例：kobo rules impact ../navi ../calendar --rule rules/own.yaml）。 / There is no kobo.yaml here. Name the folders of the products (kobo rules impact ../navi ../calendar --rule rules/own.yaml).');
  const report: ImpactReport = { products, language: io.language };
  io.out(format(report));
  return products.some(({ entries }) => entries.some((entry) => fails(entry, failOn))) ? 1 : 0;
}

/** New, or graver than it was. Time alone never turns a build red. */
function fails({ kind, finding, before }: ImpactEntry, failOn: Severity | 'never'): boolean {
  if (failOn === 'never' || kind === 'removed' || finding.timeOnly) return false;
  const rank = (severity: Severity): number => severities.indexOf(severity);
  return rank(finding.severity) <= rank(failOn) && (before === undefined || rank(before.severity) > rank(failOn));
}

function titles(before: Project, after: Project): (rule: string) => string {
  return (id) => {
    const rule = after.rule(id) ?? before.rule(id);
    if (rule === undefined) return '';
    return after.language === 'en' ? (rule.title.en ?? rule.title.text) : rule.title.text;
  };
}

function knownLevel({ book }: Project, level: string): string {
  const levels = book.lifecycle.levels.map(({ id }) => id);
  if (levels.length > 0 && !levels.includes(level)) throw new UsageError(`水準「${level}」はありません（${levels.join('、')}）。 / There is no level ${level}.`);
  return level;
}

interface Change {
  readonly before: Book;
  readonly after: Book;
  readonly level: string | undefined;
}

/** The Books of the products before and after the change, each read once. */
class Changes {
  readonly #args: Arguments;
  readonly #options: ProductsOptions;
  readonly #io: CommandIo;
  readonly #known = new Map<string, Promise<Change>>();

  constructor(args: Arguments, options: ProductsOptions, io: CommandIo) {
    const given = ['rule', 'level', 'in-force', 'against'].filter((name) => option(args, name) !== undefined);
    if (given.length !== 1) throw new UsageError(...help[io.language].split('\n'));
    this.#args = args;
    this.#options = options;
    this.#io = io;
  }

  of(address: string | undefined, from: string): Promise<Change> {
    const key = bookFolder(address, from) ?? '';
    const known = this.#known.get(key) ?? this.#read(address, from);
    this.#known.set(key, known);
    return known;
  }

  async #read(address: string | undefined, from: string): Promise<Change> {
    const book = await openBook(address, from);
    const level = option(this.#args, 'level');
    if (level !== undefined) return { before: book, after: book, level };
    const against = option(this.#args, 'against');
    if (against !== undefined) return this.#sound({ before: await openBook(against, this.#options.cwd), after: book, level: undefined }, undefined);
    const rules = this.#args.options.get('in-force') ?? [];
    if (rules.length > 0) {
      const ids = new Set([...book.rules, ...[...book.overlays.values()].flatMap((overlay) => overlay.addedRules)].map(({ id }) => id));
      for (const id of rules) if (!ids.has(id)) throw new UsageError(`「${id}」という決まりはありません。 / There is no rule ${id}.`);
      return { before: book, after: withRulesInForce(book, new Set(rules)), level: undefined };
    }
    return this.#ofFile(book, bookFolder(address, from), resolve(this.#options.cwd, option(this.#args, 'rule') ?? ''));
  }

  async #ofFile(book: Book, root: string | undefined, file: string): Promise<Change> {
    if ((await stat(file).catch(() => undefined))?.isFile() !== true) throw new UsageError(`${file} を読めません。 / ${file} cannot be read.`);
    const { text } = decodeText(await readFile(file));
    const starter = await starterPack();
    const own = root === undefined ? undefined : pathInside(root, file);
    if (own !== undefined && !changesFindings(own)) throw new UsageError(`${own} を変えても、指摘は変わりません。 / ${own} does not change what is found.`);
    if (root === undefined) {
      const path = placeFor(book, file, text);
      return this.#sound({ before: book, after: await loadOverStarter(book, [{ path, text }], { starter }), level: undefined }, { path, text });
    }
    if (own === undefined) {
      const path = placeFor(book, file, text);
      return this.#sound({ before: book, after: await loadChanged(diskFolder(root), book, [{ path, text }], { starter }), level: undefined }, { path, text });
    }
    const committed = await committedText(root, own);
    if (committed === undefined) {
      throw new UsageError(`${own} の前の内容が分かりません（git がありません）。変えたファイルをコボブックの外に置くか、--against を使ってください。 / What ${own} was before is not known (no git). Keep the changed file outside of the Book, or use --against.`);
    }
    return this.#sound({ before: await loadChanged(diskFolder(root), book, [{ path: own, text: committed }], { starter }), after: book, level: undefined }, { path: own, text });
  }

  /** A file that cannot be read as meant would only show that its rules are gone. */
  #sound(change: Change, file: { readonly path: string; readonly text: string } | undefined): Change {
    if (file === undefined) return change;
    const { problems } = compileRules(change.after, effectiveSettings(change.after, undefined, '2000-01-01'));
    const faults = [...newFaults(change.before, change.after, [file.path]), ...problems.filter((one) => one.path === file.path && one.severity === 'error')];
    if (faults.length === 0) return change;
    const lines = new LineIndex(file.text);
    const words = ({ span, message }: BookProblem): string =>
      `${file.path}:${String(lines.positionAt(span.start).line + 1)}: ${this.#io.language === 'ja' ? message.text : (message.en ?? message.text)}`;
    throw new UsageError(...faults.map(words));
  }
}

/** Where a changed file that lies outside of the Book belongs in it: by its name, else by what it defines. */
function placeFor(book: Book, file: string, text: string): string {
  const name = basename(file);
  if (['book.yaml', 'terms.yaml', 'lifecycle.yaml'].includes(name)) return name;
  const known = [...book.rules, ...book.types.values(), book.common].map(({ origin }) => origin.path).find((path) => path.endsWith(`/${name}`));
  if (known !== undefined) return known;
  const { data } = readYaml(text);
  if (isData(data) && typeof data.type === 'string') return `types/${data.type}.yaml`;
  const ids = isData(data) && Array.isArray(data.rules) ? data.rules.map((rule: unknown) => (isData(rule) ? rule.id : undefined)) : [];
  return book.rules.find((rule) => ids.includes(rule.id))?.origin.path ?? `rules/${name}`;
}

function shown(io: CommandIo, root: string, path: string): string {
  return relative(io.cwd, resolve(root, path)).split(sep).join('/');
}
