/** What the client at the other end can do, read once from its `initialize` request. */
import { type InitializeParams, InsertTextMode } from 'vscode-languageserver';
import { withoutSlash } from './addresses.ts';

/** Commands that our items may carry; a client says in its initialization options which it knows. */
export type ClientCommand =
  | 'trustPolicy.explainRule'
  | 'trustPolicy.showCallers'
  | 'trustPolicy.copyPolicy'
  | 'trustPolicy.simulateCall'
  | 'trustPolicy.decode'
  | 'editor.action.triggerSuggest';

export interface Client {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly refreshesHints: boolean;
  readonly hasConfiguration: boolean;
  readonly registersConfiguration: boolean;
  /** Edits may say which version of a document they are of. */
  readonly versionedEdits: boolean;
  /** Actions that are refused may be shown, with the reason. */
  readonly showsRefusals: boolean;
  /** Edits may make files. */
  readonly makesFiles: boolean;
  /** Opens addresses, also outside of itself. */
  readonly showsDocuments: boolean;
  /** Fixes may have tab stops. */
  readonly snippetEdits: boolean;
  /** Completion items may have tab stops. */
  readonly snippetItems: boolean;
  /** The lines of completion items need not be indented by the client. */
  readonly asIs: boolean;
  /** A range common to all completion items need not be repeated. */
  readonly defaultEditRange: boolean;
  /** The client tells when files have changed. */
  readonly watchesFiles: boolean;
  /** The client reads files for the server: `trustPolicy/readFile`, `trustPolicy/readFolder`. */
  readonly readsFiles: boolean;
  /** The folders that are open. */
  readonly folders: readonly string[];
  /** The client tells when others are opened. */
  readonly changesFolders: boolean;
  readonly knows: (command: ClientCommand) => boolean;
  /** The settings that it sent along, of any shape. */
  readonly options: unknown;
}

/** Reads the capabilities; what is not said is not there. */
export function clientOf(params: InitializeParams): Client {
  const { capabilities } = params;
  const initializationOptions: unknown = params.initializationOptions;
  const { textDocument, workspace } = capabilities;
  const commands = commandsIn(initializationOptions);
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    refreshesHints: workspace?.inlayHint?.refreshSupport === true,
    hasConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    showsRefusals: textDocument?.codeAction?.disabledSupport === true,
    makesFiles:
      workspace?.workspaceEdit?.documentChanges === true &&
      workspace.workspaceEdit.resourceOperations?.includes('create') === true,
    showsDocuments: capabilities.window?.showDocument?.support === true,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    snippetItems: textDocument?.completion?.completionItem?.snippetSupport === true,
    asIs:
      textDocument?.completion?.completionItem?.insertTextModeSupport?.valueSet.includes(
        InsertTextMode.asIs,
      ) === true,
    defaultEditRange: textDocument?.completion?.completionList?.itemDefaults?.includes('editRange') === true,
    watchesFiles: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    readsFiles: hasFlag(initializationOptions, 'readsFiles'),
    folders: foldersIn(params),
    changesFolders: workspace?.workspaceFolders === true,
    knows: (command) => commands.includes(command),
    options: initializationOptions,
  };
}

const hasFlag = (options: unknown, name: string): boolean =>
  typeof options === 'object' && options !== null && Reflect.get(options, name) === true;

/** Older clients have one folder, under another name. */
function foldersIn(params: InitializeParams): readonly string[] {
  const folders = Array.isArray(params.workspaceFolders) ? params.workspaceFolders : [];
  const uris: readonly unknown[] =
    folders.length > 0 ? folders.map(({ uri }) => uri) : [Reflect.get(params, 'rootUri')];
  return uris.filter((uri) => typeof uri === 'string').map(withoutSlash);
}

function commandsIn(options: unknown): readonly unknown[] {
  const commands =
    typeof options === 'object' && options !== null && 'commands' in options ? options.commands : [];
  return Array.isArray(commands) ? commands : [];
}
