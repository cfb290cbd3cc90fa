/** The language server: what it can do, and which handler answers which request. It judges nothing itself. */
import { type Finding, hoverAt, isProjectFile, projectFileName, symbolsOf } from '#engine';
import {
  CodeLensRefreshRequest,
  type Connection,
  DidChangeWatchedFilesNotification,
  DocumentDiagnosticReportKind,
  ErrorCodes,
  type InitializeResult,
  MessageType,
  ResponseError,
  ShowMessageNotification,
  type ShowMessageParams,
  TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { type Analyses, createAnalyses } from './analyses.ts';
import { capabilitiesFor } from './capabilities.ts';
import { type Client, clientOf } from './client.ts';
import { type Configuration, createConfiguration } from './configuration.ts';
import { hoverOf, symbolOf } from './convert.ts';
import { codeActions } from './handlers/code-actions.ts';
import { withVersion } from './handlers/ignore-actions.ts';
import { type Files, filesFor } from './files.ts';
import { createCompleter } from './handlers/completion.ts';
import { decodeActions, decodeCommand, decodedFor } from './handlers/decode.ts';
import { createPusher, pull } from './handlers/diagnostics.ts';
import {
  codeLenses,
  explainCommand,
  type Explanation,
  explanationFor,
  type Open,
} from './handlers/explain.ts';
import { answerTo, simulateCommand } from './handlers/simulate.ts';
import { compareCommand, comparisonFor } from './handlers/compare.ts';
import {
  draftCommand,
  draftFor,
  policiesCommand,
  policiesIn,
  testsCommand,
  testsOf,
} from './handlers/trust-tests.ts';
import { causesOf, whyCommand } from './handlers/why.ts';
import { templateAnswers } from './handlers/templates.ts';
import { createProjectFiles, type ProjectFiles } from './project-files.ts';
import { answerSoon, inBackground } from './soon.ts';
import { openPage, openPageCommand } from './handlers/rule-page.ts';
import { documentLinks, foldingRanges, inlayHints, selectionRanges } from './handlers/reading.ts';
import { createWorkspaces, type Workspaces } from './workspace.ts';

/** Serves a connection until it ends; `disk` is what files are read with where there is one. */
export function serve(connection: Connection, disk?: Files): void {
  let started = false;
  connection.onInitialize((params): InitializeResult => {
    if (started) throw new ResponseError(ErrorCodes.InvalidRequest, 'The server is initialized already.');
    started = true;
    const client = clientOf(params);
    start(connection, client, filesFor(connection, client, disk));
    return {
      serverInfo: { name: 'trust-policy-language-server' },
      capabilities: capabilitiesFor(client),
    };
  });
  connection.listen();
}

/** What the handlers share. */
interface Session {
  readonly connection: Connection;
  readonly client: Client;
  readonly documents: TextDocuments<TextDocument>;
  readonly analyses: Analyses;
  readonly configuration: Configuration;
  readonly workspaces: Workspaces;
  readonly projects: ProjectFiles;
}

function start(connection: Connection, client: Client, files: Files): void {
  const workspaces = createWorkspaces(files, client.folders);
  const documents = new TextDocuments(TextDocument);
  const analyses = createAnalyses((uri) => configuration.knownOf(uri));
  const refresh = (): void => {
    if (client.refreshesLenses)
      inBackground(connection, 'Refresh of lenses', connection.sendRequest(CodeLensRefreshRequest.type));
    if (client.refreshesHints)
      inBackground(connection, 'Refresh of hints', connection.languages.inlayHint.refresh());
    if (!client.pullsDiagnostics) documents.all().forEach(push);
    else if (client.refreshesDiagnostics) {
      inBackground(connection, 'Refresh of diagnostics', connection.languages.diagnostics.refresh());
    }
  };
  const projects = createProjectFiles(connection, client, documents, files, () => {
    configuration.forgetAll();
    refresh();
  });
  const configuration = createConfiguration(connection, client, projects, refresh);
  const push = createPusher(connection, documents, analyses, configuration);

  documents.onDidOpen(({ document }) => {
    if (isProjectFile(document.uri)) projects.forget();
    // Asked for now, so that the answer is there when it is needed.
    void configuration.settingsOf(document.uri);
    if (!client.watchesFiles) workspaces.forget();
    if (analyses.documentOf(document).host !== undefined) void workspaces.of(document.uri);
  });
  documents.onDidChangeContent(({ document }) => {
    if (isProjectFile(document.uri)) projects.forget();
    if (!client.pullsDiagnostics) push(document);
  });
  documents.onDidClose(({ document: { uri } }) => {
    analyses.forget(uri);
    configuration.forget(uri);
    if (isProjectFile(uri)) projects.forget();
    if (client.pullsDiagnostics) return;
    inBackground(connection, 'Diagnostics', connection.sendDiagnostics({ uri, diagnostics: [] }));
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    if (changes.some(({ uri }) => isProjectFile(uri))) projects.forget();
    if (!changes.every(({ uri }) => isProjectFile(uri))) workspaces.forget();
  });
  // One handler is all that a connection has.
  connection.onInitialized(() => {
    configuration.follow();
    projects.follow();
    followFiles(connection, client);
  });
  const session = { connection, client, documents, analyses, configuration, workspaces, projects };
  answerFindings(session);
  answerPlaces(session);
  answerReading(session);
  answerCallers(session);
  documents.listen(connection);
}

/** Files that say something of a workspace. */
const watched = [
  `**/${projectFileName}`,
  '**/.git/{HEAD,config,packed-refs}',
  '**/.github/workflows/*.{yml,yaml}',
  '**/*.{yml,yaml}',
] as const;

/** Has the client tell when such files change; for when it is initialized. */
function followFiles(connection: Connection, client: Client): void {
  if (!client.watchesFiles) return;
  const watchers = watched.map((globPattern) => ({ globPattern }));
  const registration = connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
  inBackground(connection, 'Registration for changes of files', registration);
}

/** Requests that are answered from the findings of a document. */
function answerFindings({ connection, client, documents, analyses, configuration, projects }: Session): void {
  connection.languages.diagnostics.on((params, token) =>
    answerSoon(connection, token, () => {
      const text = documents.get(params.textDocument.uri);
      if (!text) return { kind: DocumentDiagnosticReportKind.Full, items: [] };
      return pull(text, params.previousResultId, analyses, configuration);
    }),
  );
  connection.onCodeAction((params, token) =>
    answerSoon(connection, token, async () => {
      const { uri } = params.textDocument;
      const [settings, project] = await Promise.all([configuration.settingsOf(uri), projects.locate(uri)]);
      const text = documents.get(uri);
      if (!text) return [];
      const { findings } = analyses.findingsOf(text, settings);
      const document = analyses.documentOf(text);
      return [
        ...codeActions(
          params,
          {
            text,
            document,
            findings,
            settings,
            project: project && withVersion(project, documents.get(project.uri)),
          },
          client,
        ),
        ...decodeActions(params, text, document, client),
      ];
    }),
  );
}

/** Requests about a place or the outline: they need the document read, but not judged. */
function answerPlaces({ connection, client, documents, analyses, configuration, workspaces }: Session): void {
  const completer = createCompleter(client);
  connection.onCompletion(({ textDocument: { uri }, position }, token) =>
    answerSoon(connection, token, async () => {
      const [settings, workspace] = await Promise.all([configuration.settingsOf(uri), workspaces.of(uri)]);
      const text = documents.get(uri);
      const offset = text?.offsetAt(position) ?? 0;
      return text && completer.complete(text, analyses.documentOf(text), offset, { settings, workspace });
    }),
  );
  connection.onCompletionResolve((item) => completer.resolve(item));
  connection.onHover(({ textDocument: { uri }, position }, token) =>
    answerSoon(connection, token, async () => {
      const settings = await configuration.settingsOf(uri);
      const text = documents.get(uri);
      const hover = text && hoverAt(analyses.documentOf(text), text.offsetAt(position), settings);
      return text && hover && hoverOf(text, hover);
    }),
  );
  connection.onDocumentSymbol(({ textDocument: { uri } }, token) =>
    answerSoon(connection, token, async () => {
      await configuration.settingsOf(uri);
      const text = documents.get(uri);
      return text ? symbolsOf(analyses.documentOf(text)).map((symbol) => symbolOf(text, symbol)) : [];
    }),
  );
}

/** Requests of a reader: what stands behind a text, and how it hangs together. */
function answerReading({ connection, documents, analyses, configuration }: Session): void {
  connection.languages.inlayHint.on(({ textDocument: { uri }, range }, token) =>
    answerSoon(connection, token, async () => {
      const settings = await configuration.settingsOf(uri);
      const text = documents.get(uri);
      return text ? inlayHints(text, analyses.documentOf(text), range, settings) : [];
    }),
  );
  connection.onDocumentLinks(({ textDocument: { uri } }, token) =>
    answerSoon(connection, token, async () => {
      await configuration.settingsOf(uri);
      const text = documents.get(uri);
      return text ? documentLinks(text, analyses.documentOf(text)) : [];
    }),
  );
  connection.onFoldingRanges(({ textDocument: { uri } }, token) =>
    answerSoon(connection, token, async () => {
      await configuration.settingsOf(uri);
      const text = documents.get(uri);
      return text ? foldingRanges(text, analyses.documentOf(text)) : null;
    }),
  );
  connection.onSelectionRanges(({ textDocument: { uri }, positions }, token) =>
    answerSoon(connection, token, async () => {
      await configuration.settingsOf(uri);
      const text = documents.get(uri);
      return text ? selectionRanges(text, analyses.documentOf(text), positions) : null;
    }),
  );
}

/** Who can assume the role: the lens above a policy, and the command behind it. */
function answerCallers({ connection, client, documents, analyses, configuration }: Session): void {
  connection.onCodeLens(({ textDocument: { uri } }, token) =>
    answerSoon(connection, token, async () => {
      const { codeLens } = await configuration.settingsOf(uri);
      const text = documents.get(uri);
      return text && codeLens ? [...codeLenses(text, analyses.documentOf(text), client)] : [];
    }),
  );
  const open: Open = (uri) => {
    const text = documents.get(uri);
    return text && { text, document: analyses.documentOf(text) };
  };
  const commands: ReadonlyMap<string, (given: readonly unknown[] | undefined) => unknown> = new Map([
    [explainCommand, (given) => explained(given)],
    [simulateCommand, (given) => answerTo(given, open, configuration.settingsOf)],
    [testsCommand, (given) => testsOf(given)],
    [draftCommand, (given) => draftFor(given, open, configuration.settingsOf)],
    [policiesCommand, (given) => policiesIn(given, open)],
    [whyCommand, (given) => causesOf(given, open, findingsOf)],
    [decodeCommand, (given) => decodedFor(given, open)],
    [compareCommand, (given) => comparisonFor(given, open)],
    [openPageCommand, (given) => openPage(connection, given?.[0])],
    ...templateAnswers({ connection, client, open }),
  ]);
  const findingsOf = async (text: TextDocument): Promise<readonly Finding[]> =>
    analyses.findingsOf(text, await configuration.settingsOf(text.uri)).findings;
  const explained = (given: readonly unknown[] | undefined): Explanation | null => {
    const answer = explanationFor(given, open);
    if (!client.knows('trustPolicy.showCallers') && answer !== null) {
      const message: ShowMessageParams = { type: MessageType.Info, message: answer.text };
      inBackground(
        connection,
        'The message',
        connection.sendNotification(ShowMessageNotification.type, message),
      );
    }
    return answer;
  };
  connection.onExecuteCommand(({ command, arguments: given }) => {
    const run = commands.get(command);
    if (!run) throw new ResponseError(ErrorCodes.InvalidParams, `There is no command ${command}.`);
    return run(given);
  });
}
