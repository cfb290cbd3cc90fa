/**
 * What is known of the open documents: read once for each version, and again where the settings say that there are policies in
 * other places; judged once for each version and settings.
 */
import { type Document, type Finding, judge, type Memory, readDocument, type Settings } from '#engine';
import type { TextDocument } from 'vscode-languageserver-textdocument';

/** Trees are large and quickly made again, so only those of the documents last looked at are kept. */
const kept = 10;

export interface Analyses {
  readonly documentOf: (text: TextDocument) => Document;
  readonly findingsOf: (text: TextDocument, settings: Settings) => Judged;
  readonly forget: (uri: string) => void;
}

export interface Judged {
  readonly findings: readonly Finding[];
  /** Differs whenever the findings were made anew. */
  readonly resultId: string;
}

interface Entry {
  readonly version: number;
  readonly terraformArguments: Settings['terraformArguments'];
  readonly document: Document;
  /** Left by the judgement of this version or, until there is one, of the one before. */
  memory?: Memory;
  judged?: Judged;
}

/** An empty store; `settingsOf` tells what is known of the settings of a document. */
export function createAnalyses(settingsOf: (uri: string) => Settings): Analyses {
  const entries = new Map<string, Entry>();
  let judgements = 0;

  const entryOf = (text: TextDocument): Entry => {
    const known = entries.get(text.uri);
    entries.delete(text.uri);
    const { terraformArguments } = settingsOf(text.uri);
    const isRead =
      known?.version === text.version && String(known.terraformArguments) === String(terraformArguments);
    const entry = isRead ? known : next(text, terraformArguments, known);
    entries.set(text.uri, entry); // the last is the one last looked at
    const [oldest] = entries.keys();
    if (entries.size > kept && oldest !== undefined) entries.delete(oldest);
    return entry;
  };

  return {
    documentOf: (text) => entryOf(text).document,
    findingsOf: (text, settings) => {
      const entry = entryOf(text);
      if (entry.judged && entry.memory?.settings === settings) return entry.judged;
      const { findings, memory } = judge(entry.document, settings, entry.memory);
      entry.memory = memory;
      entry.judged = { findings, resultId: String(++judgements) };
      return entry.judged;
    },
    forget: (uri) => entries.delete(uri),
  };
}

/** A new version keeps what the one before has learned, but neither its tree nor its findings. */
function next(
  text: TextDocument,
  terraformArguments: Settings['terraformArguments'],
  previous: Entry | undefined,
): Entry {
  const { uri, languageId, version } = text;
  const source = { uri, languageId, version, text: text.getText(), terraformArguments };
  const document = readDocument(source, previous?.document);
  return { version, terraformArguments, document, ...(previous?.memory && { memory: previous.memory }) };
}
