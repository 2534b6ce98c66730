import type { BookProblem, Kit, Origin, Page, RuleSource, Severity, Template, Term } from './book';
import type { Data } from './data';
import { entriesOf, isData, listOf, mapOf, textOf, withoutBlanks, wordsOf } from './data';
import { readBookHead } from './book-file';
import type { BookPlace } from './book-folder';
import { placeOf } from './book-folder';
import { readPageHead } from './front-matter';
import type { PageHead } from './front-matter';
import { isSafePath, readKit } from './kit-file';
import type { BookHead, BookLayer, LifecycleSource, OverlaySource, TypeSource } from './layer';
import { readLifecycle } from './lifecycle';
import { usesOf } from './type-uses';
import { readOverlay, type AdjustmentPlace } from './overlay';
import { readPage } from './page';
import { fileStart, nearest, problem, yamlProblem } from './problems';
import { readRule } from './rule-file';
import { builtInVariables, readTemplate, variablesOf } from './template-file';
import { readTerms } from './terms';
import { readType } from './type-file';
import { uniqueThings } from './unique';
import { hasShape, schemaNamed, shapeProblems } from './validate';
import type { SchemaName } from './validate';
import type { YamlPath, YamlSource } from './yaml-source';
import type { Span } from '../text/position';
import { foreignQuotes } from './foreign-quotes';
import { readYaml } from './yaml-source';

const pageKeys = ['title', 'summary', 'owner', 'reviewed', 'review_cycle', 'audience', 'phase', 'kind', 'tags', 'aliases', 'format'];

interface CsvPair {
  readonly head: { readonly id: string; readonly data: Data; readonly origin: Origin };
  readonly body: string;
}

/**
 * Collects the files of one Book folder into a layer. What is wrong with a file is a problem at its place; a YAML file
 * that cannot be read, and a rule of the wrong shape, are left out, everything else loads.
 */
export class LayerReader {
  readonly #id: string;
  readonly #plain: boolean;
  readonly #problems: BookProblem[] = [];
  readonly #pages: Page[] = [];
  readonly #types: TypeSource[] = [];
  readonly #rules: RuleSource[] = [];
  readonly #templates: Template[] = [];
  readonly #kits: Kit[] = [];
  readonly #overlays: OverlaySource[] = [];
  /** Where the bodies of templates begin in their files. */
  readonly #bodies = new Map<Template, { readonly path: string; readonly start: number }>();
  readonly #csv = new Map<string, Partial<CsvPair>>();
  #terms: readonly Term[] = [];
  #head: BookHead | undefined;
  #common: TypeSource | undefined;
  #lifecycle: LifecycleSource | undefined;
  #layer: string;

  /**
   * @param id id of the layer while `book.yaml` gives none.
   * @param plain a folder without `book.yaml`: pages only, nothing is a problem.
   */
  constructor(id: string, plain: boolean) {
    this.#id = id;
    this.#layer = id;
    this.#plain = plain;
  }

  /** Reads one file; `book.yaml` comes first, so that origins name the Book. Paths that a Book does not read are ignored. */
  add(path: string, text: string): void {
    if (this.#plain) {
      this.#pages.push(readPage(path, text, readPageHead(text), this.#layer));
      return;
    }
    const place = placeOf(path);
    if (place) this.#read(place, path, text);
  }

  /** Notes a file that could not be read. */
  report(found: BookProblem): void {
    if (!this.#plain) this.#problems.push(found);
  }

  /** The layer of everything added so far. */
  layer(): BookLayer {
    for (const [key, pair] of this.#csv) {
      if (pair.head && pair.body === undefined) {
        this.#problems.push(problem(pair.head.origin.path, fileStart, 'error', 'template-csv',
          `中身の「${key}.csv」がありません。`, `Its content, "${key}.csv", is missing.`));
      }
    }
    for (const [template, place] of this.#bodies) this.#problems.push(...unknownVariables(template, place, this.#kits));
    return {
      head: this.#head ?? readBookHead({}, this.#id, () => this.#origin('book.yaml')),
      pages: this.#pages,
      common: this.#common,
      types: uniqueThings('types', this.#types, (type) => type.id, this.#problems),
      rules: uniqueThings('rules', this.#rules, (rule) => rule.id, this.#problems),
      templates: uniqueThings('templates', this.#templates, (template) => template.id, this.#problems),
      kits: uniqueThings('kits', this.#kits, (kit) => kit.id, this.#problems),
      terms: uniqueThings('terms', this.#terms, (term) => term.preferred, this.#problems),
      lifecycle: this.#lifecycle,
      overlays: uniqueThings('overlays', this.#overlays, (overlay) => overlay.product, this.#problems),
      problems: this.#problems,
    };
  }

  #read(place: BookPlace, path: string, text: string): void {
    switch (place.kind) {
      case 'page':
        this.#readPage(path, text);
        break;
      case 'template':
        this.#readTemplate(place.id, path, text);
        break;
      case 'template-csv':
        this.#pairCsv(path, { body: text });
        break;
      case 'template-head':
        this.#withYaml('template', path, text, (data, source) => {
          const id = this.#checkId(path, source, 'id', textOf(data.id), place.id);
          this.#pairCsv(path, { head: { id, data, origin: this.#origin(path, source, ['title']) } });
        });
        break;
      case 'rules':
        this.#readRules(path, text);
        break;
      case 'book':
        this.#withYaml('book', path, text, (data, source) => {
          this.#head = readBookHead(data, this.#id, (id, within = [], part = 'key') => this.#origin(path, source, ['adjust', id, ...within], part));
          this.#layer = this.#head.id;
        });
        break;
      case 'common':
        this.#withYaml('type', path, text, (data, source) => {
          this.#common = { ...readType(data, 'common', this.#origin(path, source, ['type'])), uses: usesOf(data, source) };
        });
        break;
      case 'type':
        this.#withYaml('type', path, text, (data, source) => {
          const id = this.#checkId(path, source, 'type', textOf(data.type), place.id);
          this.#types.push({ ...readType(data, id, this.#origin(path, source, ['type'])), uses: usesOf(data, source) });
        });
        break;
      case 'kit':
        this.#withYaml('kit', path, text, (data, source) => this.#readKit(data, source, path, place.id));
        break;
      case 'terms':
        this.#withYaml('terms', path, text, (data, source) => {
          this.#terms = readTerms(data, (index) => this.#origin(path, source, ['terms', index, 'preferred']));
        });
        break;
      case 'lifecycle':
        this.#withYaml('lifecycle', path, text, (data, source) => {
          const read = readLifecycle(data, (list, index) => this.#origin(path, source, [list, index, 'id']));
          this.#lifecycle = { ...read, phases: uniqueThings('phases', read.phases, (phase) => phase.id, this.#problems), gates: uniqueThings('gates', read.gates, (gate) => gate.id, this.#problems) };
        });
        break;
      case 'overlay':
        this.#withYaml('overlay', path, text, (data, source) => {
          const added = this.#rulesOf(data, 'add_rules', {}, source, path, text);
          const product = this.#checkId(path, source, 'product', textOf(data.product), place.product);
          const originOf: AdjustmentPlace = (id, within = [], part = 'key') => this.#origin(path, source, ['rules', id, ...within], part);
          this.#overlays.push(readOverlay(data, product, added, this.#origin(path, source, ['product']), originOf));
        });
        break;
    }
  }

  #readRules(path: string, text: string): void {
    this.#withYaml('rule', path, text, (data, source) => this.#rules.push(...this.#rulesOf(data, 'rules', data, source, path, text)));
  }

  /** Rules one by one: a rule of the wrong shape is left out, its neighbours stay. */
  #rulesOf(data: Data, key: string, head: Data, source: YamlSource, path: string, text: string): readonly RuleSource[] {
    return listOf(data[key]).flatMap((rule, index) => {
      if (!hasShape('one-rule', rule)) {
        const id = textOf(mapOf(rule).id);
        const types = wordsOf(mapOf(rule).types ?? head.types);
        this.#problems.push(...inText(shapeProblems('one-rule', rule, path, source, [key, index]), text).map((found) => ({ ...found, types, ...(id === '' ? {} : { leavesOut: id }) })));
        return [];
      }
      return [readRule(mapOf(rule), head, this.#origin(path, source, [key, index, 'id']))];
    });
  }

  #readKit(data: Data, source: YamlSource, path: string, fileId: string): void {
    const id = this.#checkId(path, source, 'kit', textOf(data.kit), fileId);
    const kit = readKit(data, id, this.#origin(path, source, ['kit']));
    const items = kit.items.filter((item, index) => {
      if (isSafePath(item.path)) return true;
      this.#problems.push(problem(path, source.spanOf(['items', index, 'path']), 'error', 'kit-path',
        `「${item.path}」には文書を作れません。プロダクトの中の .md、.yaml、.csv の場所を書いてください。`,
        `No document can be made at "${item.path}". Give a place inside the product that ends in .md, .yaml or .csv.`));
      return false;
    });
    this.#kits.push({ ...kit, items });
  }

  #readPage(path: string, text: string): void {
    const head = readPageHead(text);
    this.#problems.push(...head.problems.map((found) => yamlProblem(path, found)));
    if (head.unclosed) this.#problems.push(unclosedHead(path));
    if (!this.#knownFormat(path, head.data, head)) return;
    this.#problems.push(...shapeProblems('page', toCheck(head.data), path, spansOf(head), [], 'warning'));
    for (const [key] of entriesOf(head.data)) {
      const near = pageKeys.includes(key) || key.length < 4 ? undefined : nearest(key, pageKeys);
      if (near) {
        this.#problems.push(problem(path, head.spanOf(key, 'key'), 'hint', 'unknown-key',
          `「${key}」という項目はありません。「${near}」のことですか。`, `There is no key "${key}". Did you mean "${near}"?`));
      }
    }
    this.#pages.push(readPage(path, text, head, this.#layer));
  }

  #readTemplate(fileId: string, path: string, text: string): void {
    const head = readPageHead(text);
    if (head.problems.length > 0 || Object.keys(head.data).length === 0) {
      this.#problems.push(...head.problems.map((found) => yamlProblem(path, found)));
      if (head.unclosed) this.#problems.push(unclosedHead(path));
      else if (head.problems.length === 0) {
        this.#problems.push(problem(path, fileStart, 'error', 'template-head',
          'テンプレートの先頭に、title などを書いた「---」で囲む部分がありません。',
          'The template does not begin with a part between --- lines that gives its title.'));
      }
      return;
    }
    if (!this.#knownFormat(path, head.data, head)) return;
    this.#problems.push(...shapeProblems('template', toCheck(head.data), path, spansOf(head)));
    const id = this.#checkId(path, spansOf(head), 'id', textOf(head.data.id), fileId);
    const origin = { layer: this.#layer, path, span: head.spanOf('title') };
    const template = readTemplate(id, head.data, text.slice(head.bodyStart), false, origin);
    this.#templates.push(template);
    this.#bodies.set(template, { path, start: head.bodyStart });
    const bare = template.format === 'markdown' && template.kind === 'document' ? bareHead(template.body) : undefined;
    if (bare !== undefined) {
      this.#problems.push(problem(path, { start: head.bodyStart + bare.start, end: head.bodyStart + bare.end }, 'warning', 'bare-head',
        '新しい文書の先頭の「type:」などの行が「---」で囲まれていないため、ただの文になります。この行の前に「---」だけの行を足してください（テンプレートの説明を閉じる「---」とは別に要ります）。',
        'The keys at the top of the new document do not stand between --- lines, so they are plain text. Put a line of --- before this one, besides the one that closes the head of the template.'));
    }
  }

  /** A CSV template is two files of one name; whichever comes second completes it. */
  #pairCsv(path: string, half: Partial<CsvPair>): void {
    const key = path.slice(0, path.lastIndexOf('.'));
    const pair = { ...this.#csv.get(key), ...half };
    this.#csv.set(key, pair);
    if (!pair.head || pair.body === undefined) return;
    const template = readTemplate(pair.head.id, pair.head.data, pair.body, true, pair.head.origin);
    this.#templates.push(template);
    this.#bodies.set(template, { path: `${key}.csv`, start: 0 });
  }

  /** Reads a YAML file, checks its format and shape, and hands its map on; a file that is not a map is left out. */
  #withYaml(shape: SchemaName, path: string, text: string, use: (data: Data, source: YamlSource) => void): void {
    const source = readYaml(text);
    const data = source.data;
    const outside = shape === 'rule' ? outsideRules(data, path, source) : undefined;
    if (outside !== undefined) {
      this.#problems.push(outside);
      return;
    }
    this.#problems.push(...source.problems.map((found) => yamlProblem(path, found)));
    if (data === undefined) {
      if (source.problems.length === 0) {
        this.#problems.push(problem(path, fileStart, 'warning', 'empty', 'このファイルには何も書かれていません。', 'This file is empty.'));
      }
      return;
    }
    if (!isData(data)) {
      this.#problems.push(problem(path, source.spanOf([]), 'error', 'not-a-map',
        'ファイル全体を「名前: 値」の組で書いてください。', 'Write the file as a map of keys.'));
      return;
    }
    if (!this.#knownFormat(path, data, { spanOf: (key) => source.spanOf([key]) })) return;
    this.#problems.push(...foreignQuotes(text, path));
    // Rules are checked one by one, where they are read.
    const outer = { ...toCheck(data), ...(Array.isArray(data.rules) && shape === 'rule' ? { rules: [] } : {}), ...(Array.isArray(data.add_rules) ? { add_rules: [] } : {}) };
    this.#problems.push(...inText(shapeProblems(shape, outer, path, source), text));
    use(data, source);
  }

  #knownFormat(path: string, data: Data, place: Pick<PageHead, 'spanOf'>): boolean {
    const format = data.format;
    if (format === undefined || format === 1 || format === '1') return true;
    this.#problems.push(unknownFormat(path, format, place.spanOf('format')));
    return false;
  }

  #checkId(path: string, source: Pick<YamlSource, 'spanOf'>, key: string, written: string, fromName: string): string {
    if (!written || written === fromName) return fromName;
    this.#problems.push(problem(path, source.spanOf([key]), 'warning', 'id-differs',
      `「${written}」はファイルやフォルダーの名前「${fromName}」と違います。同じにしてください。`,
      `"${written}" differs from the name of the file or folder, "${fromName}". Make them the same.`));
    return written;
  }

  #origin(path: string, source?: YamlSource, at: YamlPath = [], part: 'key' | 'value' = 'value'): Origin {
    return { layer: this.#layer, path, span: source ? source.spanOf(at, part) : fileStart };
  }
}

/** The first key of a document head that no `---` opens: it names the type, or a `---` closes it. */
function bareHead(body: string): Span | undefined {
  const lines = body.split('\n');
  const first = lines.findIndex((line) => line.trim() !== '');
  const line = lines[first];
  if (line === undefined || !isKey.test(line)) return undefined;
  const end = lines.findIndex((each, i) => i > first && !isKey.test(each) && !/^(?:\s+\S|- )/u.test(each));
  if (lines[end]?.trimEnd() !== '---' && !/^type:\s*[a-z][a-z0-9-]*\s*$/u.test(line)) return undefined;
  const start = lines.slice(0, first).reduce((sum, each) => sum + each.length + 1, 0);
  return { start, end: start + line.trimEnd().length };
}

const isKey = /^[a-z_]+:(?:\s|$)/u;

function unclosedHead(path: string): BookProblem {
  return problem(path, { start: 0, end: 3 }, 'error', 'unclosed-head',
    '先頭の「---」を閉じる「---」の行がありません。項目の終わりに「---」だけの行を足してください。直すまで、先頭の項目は読み込みません。',
    'The --- at the top is not closed. Put a line of --- after the last key. Until then these keys are not read.');
}

/** Variables of a template that neither it nor a kit with it asks for: they would stand in new documents as blanks that nobody fills in. */
function unknownVariables({ id, body, asks }: Template, { path, start }: { readonly path: string; readonly start: number }, kits: readonly Kit[]): readonly BookProblem[] {
  const known = [...asks, ...kits.filter((kit) => kit.items.some((item) => item.template === id)).flatMap((kit) => kit.asks)].map((ask) => ask.id).concat(builtInVariables);
  const told = new Set<string>(known);
  return variablesOf(body).flatMap(({ name, span }) => {
    if (told.has(name)) return [];
    told.add(name);
    const near = nearest(name, known);
    return [problem(path, { start: span.start + start, end: span.end + start }, 'warning', 'unknown-variable',
      `「{{${name}}}」に入るものがありません。${near === undefined ? `asks に id: ${name} の質問を書き足してください。` : `「{{${near}}}」のことですか。`}`,
      `Nothing fills in "{{${name}}}".${near === undefined ? ` Add a question with id: ${name} to asks.` : ` Did you mean "{{${near}}}"?`}`)];
  });
}

/** A key that only a rule has in the head of a rule file: the lines of a rule do not stand below its dash. One message instead of one for every key. */
function outsideRules(data: unknown, path: string, source: YamlSource): BookProblem | undefined {
  if (!isData(data)) return undefined;
  const [inRules, inHead] = [mapOf(mapOf(mapOf(schemaNamed('rule').$defs).rule).properties), mapOf(schemaNamed('rule').properties)];
  const key = Object.keys(data).find((one) => one in inRules && !(one in inHead));
  const last = mapOf(listOf(data.rules).at(-1));
  if (key === undefined || 'message' in last) return undefined;
  const id = textOf(last.id);
  const named = { ja: id === '' ? 'ルール' : `ルール ${id}`, en: id === '' ? 'the rule' : `rule ${id}` };
  return { ...problem(path, source.spanOf([key], 'key'), 'error', 'outside-rule',
    `「${key}」などの行が${named.ja}の中に入っていません。「- id:」より2文字深く字下げしてください。直すまで、このファイルは全体を読み込みません。`,
    `"${key}" and the lines beside it do not belong to ${named.en}. Indent them two spaces deeper than "- id:". Until then nothing of this file is read.`), ...(id === '' ? {} : { leavesOut: id }) };
}

/** Problems of empty values, where the text shows why they are: `#` begins a comment. */
function inText(problems: readonly BookProblem[], text: string): readonly BookProblem[] {
  return problems.map((found) => {
    if (found.code !== 'book.kind' && found.code !== 'book.too-few') return found;
    const from = text.lastIndexOf('\n', Math.max(0, found.span.start - 1)) + 1;
    const [, key = '', comment = ''] = /^\s*(?:- +)*([\w-]+):[ \t]+(#\S.*?)\s*$/u.exec(text.slice(from).split('\n', 1)[0] ?? '') ?? [];
    if (comment === '') return found;
    return { ...found, message: {
      text: `「#」から後ろはコメントになるため、「${key}」が空です。${key}: "${comment}" のように引用符で囲んでください。`,
      en: `What follows # is a comment, so "${key}" is empty. Put it in quotes: ${key}: "${comment}".`,
    } };
  });
}

/** What of a file is held against its schema: blanks are no mistake, and a format that is known may be written as a number or a text. */
function toCheck(data: Data): Data {
  return withoutBlanks(data.format === undefined ? data : { ...data, format: 1 });
}

function spansOf(head: PageHead): Pick<YamlSource, 'spanOf'> {
  return { spanOf: (at, part) => head.spanOf(String(at[0] ?? ''), part) };
}

/** A file of a format that this version does not know; it is left out. */
export function unknownFormat(path: string, format: unknown, span: { readonly start: number; readonly end: number }, severity: Severity = 'error'): BookProblem {
  const written = textOf(format);
  return problem(path, span, severity, 'format',
    `format ${written} のファイルは、この版では読めません。コボガイドを新しくするか、format: 1 で書いてください。`,
    `This version cannot read format ${written}. Update Kobo Guide, or write format: 1.`);
}
