import * as vscode from 'vscode';
import type { SetupLine, SetupView, SeverityCounts } from '../../server/protocol';
import type { GuideClient } from '../client';
import { back, inputStep, pickStep, tickStep } from './steps';

/**
 * `kobo.setup` (Use This Folder): looks at the folder, proposes what is what with the reason for each line and what it
 * would report, and shows the `kobo.yaml` before it is there. Cancelling at any step writes nothing.
 */
export function registerSetup(client: GuideClient): vscode.Disposable {
  return vscode.commands.registerCommand('kobo.setup', async (resource?: unknown) => {
    const folder = resource instanceof vscode.Uri ? resource : await chooseFolder();
    if (folder === undefined) return;
    const proposal = await propose(client, folder);
    if (proposal === undefined) return;
    if (proposal.exists) {
      await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, 'kobo.yaml'));
      void vscode.window.showInformationMessage(vscode.l10n.t('This folder is in use already: here is its kobo.yaml.'));
      return;
    }
    const choices = await ask(proposal, (chosen) => client.countSetup({ folder: folder.toString(), ...chosen }));
    if (choices === undefined) return;
    const rendered = await client.renderSetup({ folder: folder.toString(), ...choices });
    await write(client, folder, rendered.koboYaml, rendered.baseline);
  });
}

async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length <= 1) return folders[0]?.uri;
  return (await vscode.window.showWorkspaceFolderPick({ placeHolder: vscode.l10n.t('Which folder?') }))?.uri;
}

async function propose(client: GuideClient, folder: vscode.Uri): Promise<SetupView | undefined> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Looking at the documents of this folder'), cancellable: true },
    async (progress, token) => {
      const listener = client.onCheckProgress(({ done, total }) => progress.report({ message: vscode.l10n.t('{0}/{1} files', done, total) }));
      try {
        const view = await client.proposeSetup({ folder: folder.toString() }, token);
        return token.isCancellationRequested ? undefined : view;
      } catch (error) {
        if (!token.isCancellationRequested) void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
        return undefined;
      } finally {
        listener.dispose();
      }
    },
  );
}

interface Choices {
  readonly id: string;
  readonly name: string;
  readonly phase: string;
  readonly lines: readonly { readonly pattern: string; readonly type: string }[];
  readonly baseline: boolean;
}

const title = (): string => vscode.l10n.t('Use This Folder');

/** @param countOf what a check with the choices would show */
async function ask(view: SetupView, countOf: (choices: Choices) => Promise<SeverityCounts>): Promise<Choices | undefined> {
  let name = view.name;
  let step = 1;
  let phase = '';
  let lines: readonly SetupLine[] = [];
  for (;;) {
    if (step === 1) {
      const answer = await inputStep({
        title: title(), step, totalSteps: 4, canGoBack: false, value: name, prompt: vscode.l10n.t('What is the product called?'),
        validate: (text) => (text === '' ? vscode.l10n.t('Write a name') : undefined),
      });
      if (answer === undefined || answer === back) return undefined;
      name = answer;
    } else if (step === 2) {
      const answer = await askPhase(view);
      if (answer === undefined) return undefined;
      if (answer === back) {
        step--;
        continue;
      }
      phase = answer;
    } else if (step === 3) {
      const answer = await askLines(view);
      if (answer === undefined) return undefined;
      if (answer === back) {
        step--;
        continue;
      }
      lines = answer;
    } else {
      const chosen = { id: view.id, name, phase, lines: lines.map(({ pattern, type }) => ({ pattern, type })) };
      const baseline = await askBaseline(await countOf({ ...chosen, baseline: false }));
      if (baseline === undefined) return undefined;
      if (baseline === back) {
        step--;
        continue;
      }
      return { ...chosen, baseline };
    }
    step++;
  }
}

async function askPhase(view: SetupView): Promise<string | typeof back | undefined> {
  const items = view.phases.map((phase) => ({ label: phase.title, description: phase.likely ? phase.evidence : '', id: phase.id }));
  const likely = view.phases.findIndex((phase) => phase.likely);
  if (likely > 0) items.unshift(...items.splice(likely, 1));
  items.push({ label: vscode.l10n.t('I do not know yet'), description: vscode.l10n.t('rules for single phases wait until kobo.yaml names one'), id: '' });
  const picked = await pickStep({ title: title(), step: 2, totalSteps: 4, canGoBack: true, placeholder: vscode.l10n.t('Where does the product stand?'), items });
  return picked === undefined || picked === back ? picked : picked.id;
}

async function askLines(view: SetupView): Promise<readonly SetupLine[] | typeof back | undefined> {
  const items = view.lines.map((line) => ({ label: `${line.pattern} → ${line.typeTitle}`, description: countsText(line), detail: line.evidence, line }));
  const unsure = view.lines.length === 0
    ? vscode.l10n.t('No file here looks like a project document yet. Go on and start one from a template.')
    : vscode.l10n.t('Unsure lines are not ticked. You can change everything in kobo.yaml later.');
  const picked = await tickStep({
    title: title(), step: 3, totalSteps: 4, canGoBack: true, items, ticked: items.filter((item) => item.line.sure),
    placeholder: vscode.l10n.t('Which files are documents of the product?'),
    prompt: view.unknown.length === 0 ? unsure : `${unsure} ${unknownText(view.unknown)}`,
  });
  return picked === undefined || picked === back ? picked : picked.map((item) => item.line);
}

const mostNamed = 6;

function unknownText(paths: readonly string[]): string {
  const named = paths.slice(0, mostNamed).join(vscode.l10n.t(', '));
  return vscode.l10n.t('{0} documents of unknown kind: {1}', paths.length, paths.length > mostNamed ? `${named} …` : named);
}

function countsText(line: SetupLine): string {
  const { error, warning, info } = line.counts;
  const files = vscode.l10n.t('{0} files', line.files);
  return error + warning + info === 0
    ? vscode.l10n.t('{0} · nothing to fix at the first level', files)
    : vscode.l10n.t('{0} · {1} errors, {2} warnings, {3} remarks', files, error, warning, info);
}

async function askBaseline({ error, warning, info }: SeverityCounts): Promise<boolean | typeof back | undefined> {
  // Hints stand only in the document itself; the list of problems does not have them.
  const total = error + warning + info;
  const items = [
    { label: vscode.l10n.t('Show everything'), detail: vscode.l10n.t('{0} findings in the documents of today: {1} errors, {2} warnings, {3} remarks', total, error, warning, info), baseline: false },
    { label: vscode.l10n.t('Only what is new from now on'), detail: vscode.l10n.t('Writes .kobo-baseline.json with the findings of today'), baseline: true },
  ];
  const picked = await pickStep({ title: title(), step: 4, totalSteps: 4, canGoBack: true, placeholder: vscode.l10n.t('What about the findings that are there already?'), items: total === 0 ? items.slice(0, 1) : items });
  return picked === undefined || picked === back ? picked : picked.baseline;
}

/** Both files in one edit; `kobo.yaml` is shown, so that the person sees what was written. */
async function write(client: GuideClient, folder: vscode.Uri, koboYaml: string, baseline: string): Promise<void> {
  const file = vscode.Uri.joinPath(folder, 'kobo.yaml');
  const encoder = new TextEncoder();
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(file, { contents: encoder.encode(koboYaml), overwrite: false });
  if (baseline !== '') edit.createFile(vscode.Uri.joinPath(folder, '.kobo-baseline.json'), { contents: encoder.encode(baseline), overwrite: true });
  const known = productKnown(client, folder);
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(vscode.l10n.t('kobo.yaml could not be written. Nothing was changed.'));
    return;
  }
  await vscode.window.showTextDocument(file);
  await known;
  // The person asked to be checked: the first findings are shown without a further step.
  await vscode.commands.executeCommand('kobo.checkAll');
  // The panel with the guides stands beside from now on; what has the focus keeps it.
  await vscode.commands.executeCommand('kobo.book.focus', { preserveFocus: true });
  await vscode.commands.executeCommand('workbench.actions.view.problems');
}

const longestWait = 10_000;

/** Resolves when the server has seen the new `kobo.yaml`, at the latest after ten seconds. */
function productKnown(client: GuideClient, folder: vscode.Uri): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      listener.dispose();
      clearTimeout(timer);
      resolve();
    };
    const listener = client.onWorkspaceState((state) => {
      if (state.products.some((product) => vscode.Uri.parse(product.folder).path === folder.path)) done();
    });
    const timer = setTimeout(done, longestWait);
  });
}
