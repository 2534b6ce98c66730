import * as vscode from 'vscode';
import type { BookState } from '../server/protocol';
import { GuideClient, type ClientHost } from './client';
import { registerBookCommands } from './commands/book';
import { registerCheckAll } from './commands/check-all';
import { registerReopen } from './commands/reopen';
import { registerFixes } from './commands/fixes';
import { registerGate } from './commands/gate';
import { registerGuideCommands } from './commands/guide';
import { registerImpact } from './commands/impact';
import { registerLinkCommands } from './commands/links';
import { registerManageAs } from './commands/manage-as';
import { registerNew } from './commands/new';
import { registerProposal } from './commands/proposal';
import { registerNewRule } from './commands/new-rule';
import { registerSample } from './commands/sample';
import { registerSearch } from './commands/search';
import { registerSetup } from './commands/setup';
import { registerWaive } from './commands/waive';
import { registerWhy } from './commands/why';
import { registerUnanswered } from './commands/unanswered';
import { indexesUri, storageFolder } from './files';
import { IndexStore } from './index-store';
import { LastDocument } from './last-document';
import { startWhenNeeded } from './start-when-needed';
import { registerBookPanel } from './views/book-panel';
import { registerCountsStatus } from './views/counts-status';
import { registerStartView } from './views/start';
import { registerStatus } from './views/status';
import { registerRuleTests } from './views/rule-tests';
import { registerWaiversView } from './views/waivers';

/** What the extension gives to those who extend or test it. */
export interface GuideApi {
  /** Resolves once the language server runs. */
  readonly ready: () => Promise<void>;
  /** Whether anything has asked for the language server so far. */
  readonly isStarted: () => boolean;
  /** The last that is known of the Book. */
  readonly bookState: () => BookState | undefined;
}

/**
 * The composition page of the extension: registers everything, starts nothing. The language server starts where the
 * workspace shows that it is wanted ({@link startWhenNeeded}), or with the first use of the panel or a command.
 */
export function activateGuide(context: vscode.ExtensionContext, createHost: (log: vscode.LogOutputChannel) => ClientHost): GuideApi {
  const log = vscode.window.createOutputChannel(vscode.l10n.t('Kobo Guide'), { log: true });
  const host = createHost(log);
  const indexes = new IndexStore(storageFolder(indexesUri(context)), host.wire);
  const client = new GuideClient(host, indexes, log);
  const last = new LastDocument();
  context.subscriptions.push(log, client, last);

  const panel = registerBookPanel(context, {
    search: (params, token) => client.search(params, token),
    page: (params) => client.page(params),
    context: (params) => client.context(params),
    onBookState: client.onBookState,
    onContextChanged: client.onContextChanged,
    bookState: () => client.bookState,
    wake: (uri) => client.wake(uri),
    stopIndexing: (book) => client.stopIndexing(book),
    log,
  });
  context.subscriptions.push(
    panel,
    registerStartView(),
    registerStatus(client, last),
    registerCountsStatus(client),
    registerSearch(client, panel),
    registerNew(context, client, last),
    registerCheckAll(client),
    registerGate(client),
    registerSetup(client),
    registerSample(context),
    registerManageAs(client, last),
    registerLinkCommands(client, context.extension.id),
    registerBookCommands(client, panel, log),
    registerGuideCommands(panel),
    registerFixes(client),
    registerReopen(),
    registerImpact(client),
    registerProposal(client),
    registerWaive(client),
    registerWhy(client),
    registerWaiversView(client),
    registerNewRule(client),
    registerRuleTests(client),
    registerUnanswered(context),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('kobo')) client.sendSettings();
    }),
    vscode.workspace.onDidGrantWorkspaceTrust(() => client.tellTrust()),
    startWhenNeeded(client, indexes),
  );
  return { ready: () => client.start().then(() => undefined), isStarted: () => client.started, bookState: () => client.bookState };
}
