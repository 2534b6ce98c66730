import { createHash, type Hash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { documentEndings } from '../core/document/read';
import { neverCancelled, type FileContent } from '../core/workspace';
import { todayIn } from '../core/product/today';
import { waitingFolder } from '../host/disk-folder';
import { hasSameHistory } from '../host/git-history';
import type { ProductFiles, ProductPlace, ProductsOptions } from './products';
import type { ReportedFinding } from './formats/report';
import type { ReportedProduct } from './reported-product';
import { bookFolder, starterFile } from './starter';

/** Reports of so many products are kept; the oldest go. */
const mostKept = 50;
const formatVersion = 1;
/** Every file that can be a document, for git. */
const documentPatterns = documentEndings.map((ending) => `:(icase)*.${ending}`);

/** The first line of a kept report; the rest of the file is the report as JSON. */
interface Head {
  readonly format: number;
  /** Of everything that findings come from. */
  readonly key: string;
  /** The day the report is of, in its time zone. */
  readonly today: string;
  readonly timezone: string;
  /** State of the history as git tells it; `null` where no rule asked for history. */
  readonly history: string | null;
  /** SHA-1 of the rest. */
  readonly body: string;
}

/**
 * Reports of earlier checks, so that a product in which no byte has changed is not checked again. A report counts only while the
 * program, the Book, `kobo.yaml`, the baseline, the files and their bytes, their history where rules ask for it, the options
 * and the day are the same. One that cannot be read or written is as good as none.
 */
export class KeptReports {
  readonly #folder: string;
  readonly #options: ProductsOptions;
  readonly #books = new Map<string, Promise<string>>();

  /** @param folder absolute; made when the first report is kept */
  constructor(folder: string, options: ProductsOptions) {
    this.#folder = folder;
    this.#options = options;
  }

  /** The key under which the report of a product as it is now is kept. @param baseline text of `--baseline` */
  async keyOf(place: ProductPlace, files: ProductFiles, baseline: string | undefined): Promise<string> {
    const [program, book] = await Promise.all([hashOfFile(__filename), this.#bookKey(place)]);
    const hash = createHash('sha1');
    const { today, language } = this.#options;
    addTexts(hash, [String(formatVersion), process.version, program, book, today, language, place.settings?.text, files.baseline, baseline]);
    addTexts(hash, [String(files.paths.length), ...files.paths]);
    addContents(hash, files.contents);
    return hash.digest('hex');
  }

  /** The report kept under a key, if it is still of today. */
  async read(place: ProductPlace, key: string): Promise<ReportedProduct | undefined> {
    const text = await readFile(this.#fileOf(place), 'utf8').catch(() => '');
    const end = text.indexOf('\n');
    if (end < 0) return undefined;
    try {
      const head = JSON.parse(text.slice(0, end)) as Partial<Head>;
      if (head.format !== formatVersion || head.key !== key || head.today !== (this.#options.today ?? todayIn(head.timezone, this.#options.clock()))) return undefined;
      if (head.history !== null && !(await hasSameHistory(place.root, head.history ?? '', documentPatterns))) return undefined;
      const body = text.slice(end + 1);
      // What was written under this key by this program and has its hash is a report.
      return head.body === hashOf(body) ? unpacked(JSON.parse(body) as PackedReport) : undefined;
    } catch {
      return undefined;
    }
  }

  /**
   * Keeps a report; under a name of its own first, so that nobody reads half of one.
   * @param history as the host's `historyState` gave it before the check; `undefined` where no rule asked for history
   */
  async write(place: ProductPlace, key: string, history: string | undefined, report: ReportedProduct): Promise<void> {
    const body = JSON.stringify(packed(report));
    const head: Head = { format: formatVersion, key, today: report.today, timezone: report.timezone, history: history ?? null, body: hashOf(body) };
    const file = this.#fileOf(place);
    const unfinished = `${file}.${String(process.pid)}`;
    try {
      await mkdir(this.#folder, { recursive: true, mode: 0o700 });
      await writeFile(unfinished, `${JSON.stringify(head)}\n${body}`, { mode: 0o600 });
      await rename(unfinished, file);
      await this.#dropOldest();
    } catch {
      await rm(unfinished, { force: true }).catch(() => undefined);
    }
  }

  #fileOf(place: ProductPlace): string {
    return join(this.#folder, `${hashOf(`${place.root}\n${place.book.address ?? ''}`).slice(0, 20)}.report`);
  }

  async #dropOldest(): Promise<void> {
    const names = await readdir(this.#folder);
    if (names.length <= mostKept) return;
    const aged = await Promise.all(names.map(async (name) => ({ name, at: (await stat(join(this.#folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })));
    aged.sort((a, b) => b.at - a.at);
    for (const { name } of aged.slice(mostKept)) await rm(join(this.#folder, name), { force: true });
  }

  /** Of every byte of a Book and of the starter Book, which others may extend. */
  #bookKey({ book }: ProductPlace): Promise<string> {
    const folder = bookFolder(book.address, book.from);
    const known = this.#books.get(folder ?? '');
    if (known !== undefined) return known;
    const key = hashOfBook(folder);
    this.#books.set(folder ?? '', key);
    return key;
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

/** Where reports are kept when nobody says where: the folder for such things of this system. */
export function usualFolder(environment: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  // A relative one says nothing (XDG Base Directory Specification).
  const isSet = (value: string | undefined): value is string => value !== undefined && isAbsolute(value);
  if (platform === 'win32' && isSet(LOCALAPPDATA)) return join(LOCALAPPDATA, 'kobo-guide');
  if (isSet(XDG_CACHE_HOME)) return join(XDG_CACHE_HOME, 'kobo-guide');
  return platform === 'darwin' ? join(homedir(), 'Library', 'Caches', 'kobo-guide') : join(homedir(), '.cache', 'kobo-guide');
}

async function hashOfBook(folder: string | undefined): Promise<string> {
  const starter = await hashOfFile(starterFile());
  if (folder === undefined) return starter;
  const door = waitingFolder(folder);
  const hash = createHash('sha1').update(starter);
  addContents(hash, await door.read((await door.list(neverCancelled)).map((entry) => entry.path), neverCancelled));
  return hash.digest('hex');
}

async function hashOfFile(file: string): Promise<string> {
  return createHash('sha1').update(await readFile(file)).digest('hex');
}

function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('hex');
}

function addContents(hash: Hash, contents: readonly FileContent[]): void {
  for (const content of contents) {
    addTexts(hash, [content.path, content.ok ? String(content.bytes.byteLength) : content.code]);
    if (content.ok) hash.update(content.bytes);
  }
}

/** Each with its length, so that no two lists look alike. */
function addTexts(hash: Hash, texts: readonly (string | undefined)[]): void {
  hash.update(texts.map((text) => (text === undefined ? '-' : `${String(text.length)}:${text}`)).join('\n'));
}
