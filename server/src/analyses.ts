/** What is known of the open documents: read once for each version, judged once for each version and settings. */
import { type Document, type Finding, findingsIn, readDocument, type Settings } from '#engine';
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
  readonly document: Document;
  judged?: { readonly settings: Settings; readonly result: Judged };
}

/** An empty store. */
export function createAnalyses(): Analyses {
  const entries = new Map<string, Entry>();
  let judgements = 0;

  const entryOf = (text: TextDocument): Entry => {
    const known = entries.get(text.uri);
    entries.delete(text.uri);
    const entry = known?.version === text.version ? known : { version: text.version, document: read(text) };
    entries.set(text.uri, entry); // the last is the one last looked at
    const [oldest] = entries.keys();
    if (entries.size > kept && oldest !== undefined) entries.delete(oldest);
    return entry;
  };

  return {
    documentOf: (text) => entryOf(text).document,
    findingsOf: (text, settings) => {
      const entry = entryOf(text);
      if (entry.judged?.settings === settings) return entry.judged.result;
      const result = { findings: findingsIn(entry.document, settings), resultId: String(++judgements) };
      entry.judged = { settings, result };
      return result;
    },
    forget: (uri) => entries.delete(uri),
  };
}

const read = (text: TextDocument): Document =>
  readDocument({ uri: text.uri, languageId: text.languageId, text: text.getText(), version: text.version });
