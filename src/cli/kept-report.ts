import { createHash, type Hash } from 'node:crypto';
import { readFileSync, statSync, type Stats } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { documentEndings } from '../core/document/format';
import { baselinePath } from '../core/product/baseline-path';
import { todayIn } from '../core/product/today';
import { neverCancelled, type FileContent } from '../core/workspace';
import { waitingFolder } from '../host/disk-folder';
import { hasSameHistory } from '../host/git-history';
import { bookFolder, starterFile } from './book-place';
import type { ReportedFinding } from './formats/report';
import type { ProductsOptions } from './options';
import { documentPaths, type ProductPlace } from './places';
import type { ReportedProduct } from './reported-product';

/** Reports of so many products are kept; the oldest go. */
const mostKept = 50;
/** Names of kept reports and of unfinished ones; a folder that somebody names may hold other files as well. */
const keptName = /^[0-9a-f]{20}\.report(?:\.\d+)?$/;
const formatVersion = 5;
/** Every file that can be a document, for git. */
const documentPatterns = documentEndings.map((ending) => `:(icase)*.${ending}`);
/** The files this program consists of. */
const programFiles: readonly string[] = ['cli.js', 'cli-engine.js'];
/** Milliseconds after which a file that changes again gets another time, on the coarsest disks there are (FAT: 2 s). */
const timesDiffer = 3000;

/** The first line of a kept report; the rest of the file is the report as JSON. */
interface Head {
  readonly format: number;
  /** Of the options and `kobo.yaml`. */
  readonly frame: string;
  /** Of every byte that findings come from. */
  readonly bytes: string;
  /** Of sizes and times of the files with these bytes; `null` while one is so new that it could change without changing its times. */
  readonly stamp: string | null;
  /** The Book and the baseline that `kobo.yaml` names. */
  readonly book: string | null;
  readonly baseline: string | null;
  /** The day the report is of, in its time zone. */
  readonly today: string;
  readonly timezone: string;
  /** State of the history as git tells it; `null` where no rule asked for history. */
  readonly history: string | null;
  /** SHA-1 of the rest. */
  readonly body: string;
}

/** What `kobo.yaml` says of where findings come from. */
interface Sources {
  readonly book: string | undefined;
  readonly baseline: string | undefined;
}

/** Every file that findings come from, in order. */
interface Inputs {
  /** Absolute: the program, the Book, the baseline. */
  readonly around: readonly string[];
  /** Relative to the root. */
  readonly documents: readonly string[];
  /** All paths of the product, and those that links of it may lead to: rules ask what is there. */
  readonly paths: readonly string[];
}

/** How a product was before a check read it. */
interface KeptState {
  readonly place: ProductPlace;
  readonly sources: Sources;
  readonly inputs: Inputs;
  readonly stamp: string | undefined;
}

/**
 * Reports of earlier checks, so that a product in which nothing has changed is not checked again. A report counts only while the
 * program, the Book, `kobo.yaml`, the baseline, the files and their bytes, their history where rules ask for it, the options
 * and the day are the same. Files whose sizes, times (also that of the last change of anything about them) and numbers on the disk are
 * the same have the same bytes, as git takes it. A report that cannot be read or written is as good as none.
 */
export class KeptReports {
  readonly #folder: string;
  readonly #options: ProductsOptions;
  /** Text of `--baseline`. */
  readonly #baseline: string | undefined;

  /** @param folder absolute; made when the first report is kept */
  constructor(folder: string, options: ProductsOptions, baseline: string | undefined) {
    this.#folder = folder;
    this.#options = options;
    this.#baseline = baseline;
  }

  /** The report kept of a product, if a check would say the same today. */
  async read(place: ProductPlace): Promise<ReportedProduct | undefined> {
    const text = await readFile(this.#fileOf(place), 'utf8').catch(() => '');
    const end = text.indexOf('\n');
    if (end < 0) return undefined;
    try {
      const head = JSON.parse(text.slice(0, end)) as Head;
      if (head.frame !== this.#frame(place) || head.today !== (this.#options.today ?? todayIn(head.timezone, this.#options.clock()))) return undefined;
      // Git answers while the files are looked at.
      const sameHistory = head.history === null ? Promise.resolve(true) : hasSameHistory(place.root, head.history, documentPatterns).catch(() => false);
      const { inputs, stamp } = await this.state(place, { book: head.book ?? undefined, baseline: head.baseline ?? undefined });
      const isUntouched = stamp !== undefined && stamp === head.stamp;
      const isSame = isUntouched || (await this.#bytes(place, inputs, undefined)) === head.bytes;
      const body = text.slice(end + 1);
      if (!isSame || !(await sameHistory) || head.body !== hashOf(body)) return undefined;
      if (!isUntouched && stamp !== undefined) await this.#put(place, { ...head, stamp }, body);
      // What was written by this program for these bytes and has its hash is a report.
      return unpacked(JSON.parse(body) as PackedReport);
    } catch {
      return undefined;
    }
  }

  /** How a product is now, to be asked before it is read. */
  async state(place: ProductPlace, sources: Sources): Promise<KeptState> {
    const files = await place.files();
    const folder = bookFolder(this.#options.book ?? sources.book, this.#options.book === undefined ? place.root : this.#options.cwd);
    const baseline = sources.baseline === undefined ? undefined : baselinePath(sources.baseline);
    const inputs: Inputs = {
      around: [
        ...programFiles.map((name) => join(__dirname, name)),
        starterFile(),
        ...(folder === undefined ? [] : (await waitingFolder(folder).list(neverCancelled)).map(({ path }) => join(folder, path))),
        ...(baseline === undefined ? [] : [join(place.root, baseline)]),
      ],
      documents: documentPaths(place, files),
      paths: [...files.own, ...files.others],
    };
    return { place, sources, inputs, stamp: stampOf(place.root, inputs, this.#options.clock()) };
  }

  /**
   * Keeps a report; under a name of its own first, so that nobody reads half of one.
   * @param contents the documents as the check read them
   * @param history as the host's `historyState` gave it before the check; `undefined` where no rule asked for history
   */
  async write({ place, sources, inputs, stamp }: KeptState, contents: readonly FileContent[], history: string | undefined, report: ReportedProduct): Promise<void> {
    const body = JSON.stringify(packed(report));
    const bytes = await this.#bytes(place, inputs, contents);
    await this.#put(place, {
      format: formatVersion, frame: this.#frame(place), bytes, stamp: stamp ?? null, book: sources.book ?? null, baseline: sources.baseline ?? null,
      today: report.today, timezone: report.timezone, history: history ?? null, body: hashOf(body),
    }, body);
    await this.#dropOldest().catch(() => undefined);
  }

  async #put(place: ProductPlace, head: Head, body: string): Promise<void> {
    const file = this.#fileOf(place);
    const unfinished = `${file}.${String(process.pid)}`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(unfinished, `${JSON.stringify(head)}\n${body}`, { mode: 0o600 });
      await rename(unfinished, file);
    } catch {
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
  }

  #fileOf(place: ProductPlace): string {
    return join(this.#folder, `${hashOf(`${place.root}\n${this.#options.book ?? ''}`).slice(0, 20)}.report`);
  }

  #frame(place: ProductPlace): string {
    const { today, language, environment } = this.#options;
    const hash = createHash('sha1');
    addTexts(hash, [String(formatVersion), process.version, today, language, environment, place.koboText, this.#baseline]);
    return hash.digest('hex');
  }

  /** @param contents the documents, where they have been read already */
  async #bytes(place: ProductPlace, { around, documents, paths }: Inputs, contents: readonly FileContent[] | undefined): Promise<string> {
    const hash = createHash('sha1');
    addTexts(hash, [String(paths.length), ...paths]);
    for (const file of around) addContent(hash, contentOf(file));
    for (const content of contents ?? (await waitingFolder(place.root).read(documents, neverCancelled))) addContent(hash, content);
    return hash.digest('hex');
  }

  async #dropOldest(): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => keptName.test(name));
    if (names.length <= mostKept) return;
    const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(this.#folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })));
    aged.sort((a, b) => b.at - a.at);
    for (const { name } of aged.slice(mostKept)) await rm(join(this.#folder, name), { force: true });
  }
}

/** A report with each finding as a row: a third of the text, and read in a third of the time. */
interface PackedReport extends Omit<ReportedProduct, 'documents'> {
  readonly documents: readonly (Omit<ReportedProduct['documents'][number], 'findings'> & { readonly rows: readonly Row[] })[];
}

/** Rule, severity, start line and character, end line and character, message, guide, fixable, only in time, suppression. */
type Row = readonly [string, ReportedFinding['severity'], number, number, number, number, string, string | null, 0 | 1, 0 | 1, ReportedFinding['suppression'] | null];

function packed(report: ReportedProduct): PackedReport {
  return {
    ...report,
    documents: report.documents.map(({ findings, ...document }) => ({
      ...document,
      rows: findings.map(({ rule, severity, range: { start, end }, message, guide, fixable, timeOnly, suppression }): Row =>
        [rule, severity, start.line, start.character, end.line, end.character, message, guide ?? null, fixable ? 1 : 0, timeOnly ? 1 : 0, suppression ?? null]),
    })),
  };
}

function unpacked(report: PackedReport): ReportedProduct {
  return {
    ...report,
    documents: report.documents.map(({ rows, ...document }) => ({
      ...document,
      findings: rows.map(([rule, severity, startLine, startCharacter, endLine, endCharacter, message, guide, fixable, timeOnly, suppression]) => ({
        rule, severity, path: document.path, range: { start: { line: startLine, character: startCharacter }, end: { line: endLine, character: endCharacter } },
        message, guide: guide ?? undefined, fixable: fixable === 1, timeOnly: timeOnly === 1, suppression: suppression ?? undefined,
      })),
    })),
  };
}

/** Where reports are kept when nobody says where: the folder for such things of this system; `undefined` where there is none. */
export function usualFolder(environment: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string | undefined {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  // A relative one says nothing (XDG Base Directory Specification).
  const isSet = (value: string | undefined): value is string => value !== undefined && isAbsolute(value);
  if (platform === 'win32' && isSet(LOCALAPPDATA)) return join(LOCALAPPDATA, 'kobo-guide');
  if (isSet(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, 'kobo-guide');
  const home = homeFolder(environment, platform);
  return home === undefined ? undefined : platform === 'darwin' ? join(home, 'Library', 'Caches', 'kobo-guide') : join(home, '.cache', 'kobo-guide');
}

/** Absolute; that of the user database where the environment names none or a relative one, `undefined` where there is none either. */
function homeFolder(environment: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string | undefined {
  const named = environment[platform === 'win32' ? 'USERPROFILE' : 'HOME'];
  if (named !== undefined && isAbsolute(named)) return named;
  try {
    const { homedir } = userInfo();
    return isAbsolute(homedir) ? homedir : undefined;
  } catch {
    return undefined;
  }
}

function contentOf(file: string): FileContent {
  try {
    return { path: file, ok: true, bytes: readFileSync(file) };
  } catch {
    return { path: file, ok: false, code: 'unreadable', message: '' };
  }
}

/** @param now milliseconds since the epoch */
function stampOf(root: string, { around, documents, paths }: Inputs, now: number): string | undefined {
  const texts = [String(paths.length), ...paths];
  for (const file of [...around, ...documents.map((path) => `${root}/${path}`)]) {
    const found = statOf(file);
    if (found !== undefined && Math.max(found.mtimeMs, found.ctimeMs) > now - timesDiffer) return undefined;
    texts.push(file, found === undefined ? '-' : `${String(found.size)} ${String(found.mtimeMs)} ${String(found.ctimeMs)} ${String(found.ino)}`);
  }
  const hash = createHash('sha1');
  addTexts(hash, texts);
  return hash.digest('hex');
}

function statOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

function addContent(hash: Hash, content: FileContent): void {
  addTexts(hash, [content.path, content.ok ? String(content.bytes.byteLength) : content.code]);
  if (content.ok) hash.update(content.bytes);
}

/** Each with its length, so that no two lists look alike. */
function addTexts(hash: Hash, texts: readonly (string | undefined)[]): void {
  hash.update(texts.map((text) => (text === undefined ? '-' : `${String(text.length)}:${text}`)).join('\n'));
}
