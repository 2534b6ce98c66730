import type { CancellationToken } from 'vscode-languageserver';
import { formatOf } from '../core/document/format';
import { readDocument } from '../core/document/read';
import type { ProjectDocument } from '../core/document/document';
import type { ProductSettings } from '../core/product/product';
import { defaultSettings, readKoboFile } from '../core/product/kobo-file';
import { ownEntries } from '../core/product/own-files';
import { Project } from '../core/product/project';
import { proposeSetup, type ReportCounts, type SetupLine as ProposedLine, type SetupProposal } from '../core/product/setup';
import { unmanaged } from '../core/product/recognise';
import { countedLines, countsOf } from '../core/product/setup-counts';
import { renderKoboFile } from '../core/product/setup-file';
import { baselineFileName, createBaseline } from '../core/product/baseline';
import { decodeText } from '../core/text/decode';
import type { FileEntry } from '../core/workspace';
import type { ServerContext } from './context';
import type { OpenBook } from './bookshelf';
import { cancellationOf } from './cancellation';
import { isShown } from './diagnostics';
import { refusal } from './errors';
import { methods, type CheckProgress, type ProposeSetupParams, type RenderedSetup, type RenderSetupParams, type SetupLine, type SetupView, type SeverityCounts } from './protocol';
import { canonicalUri, nameOf } from './uri';
import { inLanguage, say } from './words';

const filesAtOnce = 100;

interface Survey {
  readonly folder: string;
  readonly proposal: SetupProposal;
  readonly shelved: OpenBook;
  readonly project: Project;
}

/** "Use This Folder": what the folder could say in its `kobo.yaml`, with the evidence and what each line would report. */
export function serveSetup(context: ServerContext): void {
  const { connection, language } = context;
  let survey: Survey | undefined;

  connection.onRequest(methods.proposeSetup, async ({ folder }: ProposeSetupParams, token: CancellationToken): Promise<SetupView> => {
    const root = canonicalUri(folder);
    if (!context.products.folders.some((known) => root === known || root.startsWith(`${known}/`))) throw refusal(say(language, 'setUpElsewhere'));
    const cancellation = cancellationOf(token);
    const { own: files, others } = ownEntries(await context.products.filesBelow(root, cancellation));
    const documents = await readAll(context, root, files, cancellation);
    const shelved = await context.shelf.openAddress(context.products.settingsBook(context.products.folderOf(`${root}/x`) ?? root));
    const project = countingProject(context, shelved, files, others, documents);
    const proposed = proposeSetup(files, documents, shelved.book, { folderName: nameOf(root) });
    const proposal = { ...proposed, lines: await countedLines(project, proposed.lines, { ...defaultSettings, language: proposed.language, phase: proposed.phase?.value }, { breath: context.platform.breath, cancellation }) };
    survey = { folder: root, proposal, shelved, project };
    const { phases } = shelved.book.lifecycle;
    return {
      exists: files.some((file) => file.path === 'kobo.yaml'),
      id: proposal.id.value,
      name: proposal.name.value,
      phases: phases.map((phase) => ({
        id: phase.id,
        title: inLanguage(phase.title, language),
        likely: proposal.phase?.value === phase.id,
        evidence: proposal.phase?.value === phase.id ? proposal.phase.evidence : '',
      })),
      lines: proposal.lines.map((line) => viewOf(line, shelved, language)),
      unknown: proposal.unknown,
      types: [...shelved.book.types.values()].map((type) => ({ id: type.id, title: inLanguage(type.title, language) })),
    };
  });

  const surveyOf = (folder: string): Survey => {
    if (survey?.folder !== canonicalUri(folder)) throw refusal(say(language, 'setUpElsewhere'));
    return survey;
  };

  connection.onRequest(methods.renderSetup, async (params: RenderSetupParams): Promise<RenderedSetup> => {
    const known = surveyOf(params.folder);
    const lines = chosenLines(known, params);
    return { koboYaml: koboFileOf(context, known, params), baseline: params.baseline ? await baselineOf(context, known, lines, params) : '' };
  });

  connection.onRequest(methods.countSetup, async (params: RenderSetupParams, token: CancellationToken): Promise<SeverityCounts> => {
    const known = surveyOf(params.folder);
    const koboText = koboFileOf(context, known, { ...params, baseline: false });
    const project = known.project.withSettings(readKoboFile(koboText).settings, koboText);
    const { findings } = await project.reportAll({ breath: context.platform.breath, cancellation: cancellationOf(token) });
    return severityCounts(countsOf(findings.filter((finding) => isShown(finding, context.settings()))));
  });
}

function chosenLines(known: Survey, params: RenderSetupParams): readonly ProposedLine[] {
  return known.proposal.lines.filter((line) => params.lines.some((one) => one.pattern === line.pattern && one.type === line.type));
}

function koboFileOf(context: ServerContext, known: Survey, params: RenderSetupParams): string {
  const { book } = context.settings();
  return renderKoboFile(known.proposal, {
    id: params.id, name: params.name, phase: params.phase === '' ? undefined : params.phase, book: book === '' ? undefined : book, lines: chosenLines(known, params),
    baseline: params.baseline ? baselineFileName : undefined, people: known.proposal.people?.value,
  }, known.shelved.book);
}

function severityCounts({ errors, warnings, infos, hints }: ReportCounts): SeverityCounts {
  return { error: errors, warning: warnings, info: infos, hint: hints };
}

async function readAll(context: ServerContext, root: string, files: readonly FileEntry[], cancellation: { readonly isCancelled: boolean }): Promise<readonly ProjectDocument[]> {
  const paths = files.map((file) => file.path).filter((path) => formatOf(path) !== undefined);
  const door = context.products.door(root);
  const documents: ProjectDocument[] = [];
  for (let from = 0; from < paths.length && !cancellation.isCancelled; from += filesAtOnce) {
    for (const content of await door.read(paths.slice(from, from + filesAtOnce), cancellation)) {
      if (content.ok) documents.push(readDocument(content.path, decodeText(content.bytes).text));
    }
    await context.platform.breath();
    void context.connection.sendNotification(methods.checkProgress, { done: Math.min(from + filesAtOnce, paths.length), total: paths.length } satisfies CheckProgress);
  }
  return documents;
}

function countingProject(
  context: ServerContext, shelved: OpenBook, files: readonly FileEntry[], others: readonly string[], documents: readonly ProjectDocument[],
): Project {
  const project = new Project({
    book: shelved.book,
    settings: defaultSettings,
    files: files.map((file) => file.path),
    others,
    editorRules: context.settings().rules,
    clock: context.platform.clock,
    now: context.platform.now,
    history: undefined,
  });
  for (const document of documents) project.putDocument(document);
  return project;
}

async function baselineOf(context: ServerContext, known: Survey, lines: readonly ProposedLine[], params: RenderSetupParams): Promise<string> {
  const settings: ProductSettings = {
    ...defaultSettings, id: params.id, name: params.name, phase: params.phase === '' ? undefined : params.phase, language: known.proposal.language,
    documents: lines.map(({ pattern, type }) => ({ pattern, type, span: { start: 0, end: 0 } })),
  };
  const project = known.project.withSettings(settings);
  const all = await project.reportAll({ breath: context.platform.breath });
  return createBaseline(all.uncapped, (path) => project.textOf(path), project.today);
}

function viewOf(line: ProposedLine, shelved: OpenBook, language: 'ja' | 'en'): SetupLine {
  const type = shelved.book.types.get(line.type);
  return {
    pattern: line.pattern,
    type: line.type,
    typeTitle: line.type === unmanaged ? say(language, 'notManaged') : type === undefined ? line.type : inLanguage(type.title, language),
    evidence: line.evidence.join(' · '),
    sure: line.ticked,
    files: line.files.length,
    counts: line.counts === undefined ? { error: 0, warning: 0, info: 0, hint: 0 } : severityCounts(line.counts),
  };
}
