/** What the client at the other end can do, read once from its `initialize` request. */
import { type InitializeParams, InsertTextMode } from 'vscode-languageserver';

/** Commands that our items may carry; a client says in its initialization options which it knows. */
export type ClientCommand =
  | 'trustPolicy.explainRule'
  | 'trustPolicy.showCallers'
  | 'trustPolicy.copyPolicy'
  | 'editor.action.triggerSuggest';

export interface Client {
  readonly pullsDiagnostics: boolean;
  readonly refreshesDiagnostics: boolean;
  readonly refreshesLenses: boolean;
  readonly hasConfiguration: boolean;
  readonly registersConfiguration: boolean;
  /** Edits may say which version of a document they are of. */
  readonly versionedEdits: boolean;
  /** Fixes may have tab stops. */
  readonly snippetEdits: boolean;
  /** Completion items may have tab stops. */
  readonly snippetItems: boolean;
  /** The lines of completion items need not be indented by the client. */
  readonly asIs: boolean;
  /** A range common to all completion items need not be repeated. */
  readonly defaultEditRange: boolean;
  readonly knows: (command: ClientCommand) => boolean;
  /** The settings that it sent along, of any shape. */
  readonly options: unknown;
}

/** Reads the capabilities; what is not said is not there. */
export function clientOf({ capabilities, initializationOptions }: InitializeParams): Client {
  const { textDocument, workspace } = capabilities;
  const commands = commandsIn(initializationOptions);
  return {
    pullsDiagnostics: textDocument?.diagnostic !== undefined,
    refreshesDiagnostics: workspace?.diagnostics?.refreshSupport === true,
    refreshesLenses: workspace?.codeLens?.refreshSupport === true,
    hasConfiguration: workspace?.configuration === true,
    registersConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
    snippetEdits: workspace?.workspaceEdit?.snippetEditSupport === true,
    snippetItems: textDocument?.completion?.completionItem?.snippetSupport === true,
    asIs:
      textDocument?.completion?.completionItem?.insertTextModeSupport?.valueSet.includes(
        InsertTextMode.asIs,
      ) === true,
    defaultEditRange: textDocument?.completion?.completionList?.itemDefaults?.includes('editRange') === true,
    knows: (command) => commands.includes(command),
    options: initializationOptions,
  };
}

function commandsIn(options: unknown): readonly unknown[] {
  const commands =
    typeof options === 'object' && options !== null && 'commands' in options ? options.commands : [];
  return Array.isArray(commands) ? commands : [];
}
