/** Completion: a list at once, the documentation of an item when it is looked at. */
import {
  type Completion,
  completeAt,
  completeTestsAt,
  type Document,
  isTestFile,
  type Settings,
  type Workspace,
} from '#engine';
import type { CompletionItem, CompletionList } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.ts';
import { itemOf, rangeOf } from '../convert.ts';

export interface Completer {
  readonly complete: (
    text: TextDocument,
    document: Document,
    offset: number,
    known: { readonly settings: Settings; readonly workspace: Workspace },
  ) => CompletionList;
  readonly resolve: (item: CompletionItem) => CompletionItem;
}

/** A completer for one client; it keeps its last list, from which items are resolved. */
export function createCompleter(client: Client): Completer {
  let last: { readonly id: number; readonly completions: readonly Completion[] } = { id: 0, completions: [] };
  return {
    complete: (text, document, offset, { settings, workspace }) => {
      const completions = isTestFile(text.uri)
        ? completeTestsAt(text.getText(), offset)
        : completeAt(document, offset, settings, workspace);
      const id = last.id + 1;
      last = { id, completions };
      const range = client.defaultEditRange ? commonSpan(completions) : undefined;
      const options = {
        snippets: client.snippetItems,
        asIs: client.asIs,
        defaultRange: range !== undefined,
        retrigger: client.knows('editor.action.triggerSuggest'),
      };
      const items = completions.map((completion, index) => ({
        ...itemOf(text, completion, options),
        ...(completion.doc !== undefined && { data: [id, index] }),
      }));
      const itemDefaults = range && { editRange: rangeOf(text, range) };
      return { isIncomplete: false, items, ...(itemDefaults && { itemDefaults }) };
    },
    resolve: (item) => {
      const data: unknown = item.data;
      const [id, index] = Array.isArray(data) ? (data as readonly unknown[]) : [];
      if (id !== last.id || typeof index !== 'number') return item;
      const doc = last.completions[index]?.doc;
      return doc === undefined ? item : { ...item, documentation: { kind: 'markdown', value: doc } };
    },
  };
}

/** The span that every completion replaces, if it is the same. */
function commonSpan(completions: readonly Completion[]): Completion['edits'][0]['span'] | undefined {
  const spans = completions.map(({ edits: [main] }) => main.span);
  const [first] = spans;
  return first && spans.every(({ start, end }) => start === first.start && end === first.end)
    ? first
    : undefined;
}
