import type { ClientCapabilities } from 'vscode-languageserver';
import type { InitializationOptions } from './protocol';

/** What the client can do, from how it introduces itself. Nothing is sent to a client that it did not say it takes. */
export interface ClientAbilities {
  /** It is the extension: it runs the commands of actions and lenses, opens addresses of guides and watches the files of the workspace by itself. */
  readonly isExtension: boolean;
  /** It asks for diagnostics, and again when it is told to; to others they are sent. */
  readonly pullsDiagnostics: boolean;
  /** It shows the edits of an action before it makes them. */
  readonly previewsEdits: boolean;
  readonly createsFiles: boolean;
  readonly renamesFiles: boolean;
  readonly refreshesLenses: boolean;
  /** It tells when workspace folders come and go. */
  readonly tellsFolders: boolean;
  /** Formatters can be registered for single documents. */
  readonly registersFormatting: boolean;
  readonly registersRangeFormatting: boolean;
  /** It watches files that it is asked to; the extension watches those of the workspace unasked. */
  readonly registersWatchers: boolean;
  /** Also below folders that are not in the workspace. */
  readonly watchesElsewhere: boolean;
  readonly takesSnippets: boolean;
}

/** Reads what a client says of itself in `initialize`. */
export function abilitiesOf({ workspace, textDocument }: ClientCapabilities, { extension }: Pick<InitializationOptions, 'extension'>): ClientAbilities {
  const edits = workspace?.workspaceEdit;
  const operations = edits?.documentChanges === true ? (edits.resourceOperations ?? []) : [];
  const watching = workspace?.didChangeWatchedFiles;
  const isExtension = extension === true;
  return {
    isExtension,
    // Findings change when other documents do: a client that cannot be told to ask again would show old ones.
    pullsDiagnostics: (textDocument?.diagnostic ?? undefined) !== undefined && workspace?.diagnostics?.refreshSupport === true,
    previewsEdits: (edits?.changeAnnotationSupport ?? undefined) !== undefined,
    createsFiles: operations.includes('create'),
    renamesFiles: operations.includes('rename'),
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    tellsFolders: workspace?.workspaceFolders === true,
    registersFormatting: textDocument?.formatting?.dynamicRegistration === true,
    registersRangeFormatting: textDocument?.rangeFormatting?.dynamicRegistration === true,
    registersWatchers: watching?.dynamicRegistration === true,
    watchesElsewhere: watching?.relativePatternSupport === true,
    takesSnippets: textDocument?.completion?.completionItem?.snippetSupport === true,
  };
}
