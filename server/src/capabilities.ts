/** What the server can do for a client. */
import { CodeActionKind, type ServerCapabilities, TextDocumentSyncKind } from 'vscode-languageserver';
import type { Client } from './client.ts';
import { fixAllKind } from './handlers/code-actions.ts';
import { compareCommand } from './handlers/compare.ts';
import { decodeCommand } from './handlers/decode.ts';
import { explainCommand } from './handlers/explain.ts';
import { refactoringKinds } from './handlers/refactorings.ts';
import { openPageCommand } from './handlers/rule-page.ts';
import { simulateCommand } from './handlers/simulate.ts';
import { templateCommands } from './handlers/templates.ts';
import { draftCommand, policiesCommand, testsCommand } from './handlers/trust-tests.ts';
import { whyCommand } from './handlers/why.ts';

/** The capabilities that a client is told, by what it can do itself. */
export const capabilitiesFor = (client: Client): ServerCapabilities => ({
  textDocumentSync: TextDocumentSyncKind.Incremental,
  completionProvider: { triggerCharacters: ['"', ':', '/', '@'], resolveProvider: true },
  hoverProvider: true,
  documentSymbolProvider: true,
  documentLinkProvider: {},
  foldingRangeProvider: true,
  inlayHintProvider: true,
  selectionRangeProvider: true,
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind, ...refactoringKinds] },
  codeLensProvider: { resolveProvider: false },
  executeCommandProvider: {
    commands: [
      explainCommand,
      simulateCommand,
      testsCommand,
      draftCommand,
      policiesCommand,
      whyCommand,
      decodeCommand,
      compareCommand,
      openPageCommand,
      ...templateCommands,
    ],
  },
  ...(client.changesFolders && {
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  }),
  ...(client.pullsDiagnostics && {
    diagnosticProvider: { interFileDependencies: false, workspaceDiagnostics: false },
  }),
});
