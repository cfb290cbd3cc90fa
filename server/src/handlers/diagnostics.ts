/** Diagnostics: pulled by clients that can, pushed to the others once the newest version is all there is to do. */
import {
  type Connection,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analyses } from '../analyses.ts';
import type { Configuration } from '../configuration.ts';
import { diagnosticOf } from '../convert.ts';
import { inBackground, soon } from '../soon.ts';

/** Answers a pull; the same result again is not sent twice. */
export async function pull(
  text: TextDocument,
  previousResultId: string | undefined,
  analyses: Analyses,
  { settingsOf }: Configuration,
): Promise<DocumentDiagnosticReport> {
  const { findings, resultId } = analyses.findingsOf(text, await settingsOf(text.uri));
  if (resultId === previousResultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
  const items = findings.map((finding) => diagnosticOf(text, finding));
  return { kind: DocumentDiagnosticReportKind.Full, resultId, items };
}

/** Judging that takes longer than this makes the next one wait, so that typing is not held up. */
const unnoticed = 10;
const longestWait = 250;

/**
 * Pushes diagnostics of changed documents: as soon as the messages that are there have been read, and always of the
 * newest version only. The delay grows with what the last judgement cost, in milliseconds.
 */
export function createPusher(
  connection: Connection,
  documents: TextDocuments<TextDocument>,
  analyses: Analyses,
  { settingsOf }: Configuration,
): (text: TextDocument) => void {
  const waiting = new Set<string>();
  let cost = 0;

  const push = async (uri: string): Promise<void> => {
    waiting.delete(uri);
    if (!documents.get(uri)) return;
    const settings = await settingsOf(uri);
    const text = documents.get(uri);
    if (!text) return;
    const started = performance.now();
    const { findings } = analyses.findingsOf(text, settings);
    cost = performance.now() - started;
    const diagnostics = findings.map((finding) => diagnosticOf(text, finding));
    await connection.sendDiagnostics({ uri, version: text.version, diagnostics });
  };

  return ({ uri }) => {
    if (waiting.has(uri)) return;
    waiting.add(uri);
    const run = (): void => {
      inBackground(connection, `Diagnostics of ${uri}`, push(uri));
    };
    if (cost < unnoticed) soon(run);
    else setTimeout(run, Math.min(2 * cost, longestWait));
  };
}
