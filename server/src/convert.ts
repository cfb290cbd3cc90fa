/** The engine's types as those of the protocol; the only file that knows both. Spans become ranges here and nowhere else. */
import {
  type Completion,
  type Finding,
  type Hover as EngineHover,
  type PlaceKind,
  type PolicySymbol,
  pageUrl,
  type Severity,
  type Span,
  type Tag,
  type TextEdit as EngineEdit,
} from '#engine';
import {
  type CompletionItem,
  CompletionItemKind,
  type Diagnostic,
  DiagnosticSeverity,
  DiagnosticTag,
  type DocumentSymbol,
  type Hover,
  InsertTextFormat,
  InsertTextMode,
  type Range,
  type SnippetTextEdit,
  SymbolKind,
  type TextEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import {
  fromLineStarts,
  hasStops,
  linkedNumbers,
  type NumberOf,
  snippetOf,
  stopNumbers,
} from './snippets.ts';

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

const tags: Readonly<Record<Tag, DiagnosticTag>> = {
  unnecessary: DiagnosticTag.Unnecessary,
  deprecated: DiagnosticTag.Deprecated,
};

export const rangeOf = (text: TextDocument, { start, end }: Span): Range => ({
  start: text.positionAt(start),
  end: text.positionAt(end),
});

export const spanOf = (text: TextDocument, { start, end }: Range): Span => ({
  start: text.offsetAt(start),
  end: text.offsetAt(end),
});

/** A finding as a diagnostic; its code links to the page of the rule. */
export function diagnosticOf(text: TextDocument, finding: Finding): Diagnostic {
  const { rule, severity, span, message, related, tag } = finding;
  const relatedInformation = related.map((other) => ({
    location: { uri: text.uri, range: rangeOf(text, other.span) },
    message: other.message,
  }));
  return {
    range: rangeOf(text, span),
    severity: severities[severity],
    code: rule,
    codeDescription: { href: pageUrl(rule) },
    source: 'trust-policy',
    message,
    ...(tag && { tags: [tags[tag]] }),
    ...(relatedInformation.length > 0 && { relatedInformation }),
  };
}

/** Edits with tab stops where the client takes them, and with readable stand-ins where it does not. */
export function editsOf(
  text: TextDocument,
  edits: readonly EngineEdit[],
  snippets: boolean,
  numberOf: NumberOf = stopNumbers(),
): (TextEdit | SnippetTextEdit)[] {
  const placed = snippets && edits.some(hasStops) ? fromLineStarts(text, edits) : undefined;
  if (placed === undefined) return edits.map((edit) => plainEditOf(text, edit));
  return placed.map((edit) =>
    hasStops(edit)
      ? {
          range: rangeOf(text, edit.span),
          snippet: { kind: 'snippet', value: snippetOf(edit, numberOf) },
        }
      : plainEditOf(text, edit),
  );
}

/** An edit with readable stand-ins at its stops. */
export const plainEditOf = (text: TextDocument, edit: EngineEdit): TextEdit => ({
  range: rangeOf(text, edit.span),
  newText: edit.text,
});

const itemKinds: Readonly<Record<PlaceKind, CompletionItemKind>> = {
  elementKey: CompletionItemKind.Property,
  version: CompletionItemKind.Value,
  statement: CompletionItemKind.Struct,
  sid: CompletionItemKind.Text,
  effect: CompletionItemKind.EnumMember,
  principalType: CompletionItemKind.Property,
  principalValue: CompletionItemKind.Value,
  action: CompletionItemKind.Function,
  operator: CompletionItemKind.Operator,
  conditionKey: CompletionItemKind.Field,
  conditionValue: CompletionItemKind.Value,
};

/** What a client makes of completions. */
export interface ItemOptions {
  readonly snippets: boolean;
  /** Lines can be inserted as they are, with their own indentation. */
  readonly asIs: boolean;
  /** The range is given once for all items. */
  readonly defaultRange: boolean;
  /** The command that asks for suggestions again, if the client has one. */
  readonly retrigger: boolean;
}

/** A completion as an item without its documentation, which follows when the item is looked at. */
export function itemOf(text: TextDocument, completion: Completion, options: ItemOptions): CompletionItem {
  const { label, kind, detail, edits, filterText, sortText, retrigger } = completion;
  const [main, ...others] = edits;
  const stops = options.snippets && hasStops(main);
  const newText = stops ? snippetOf(main, linkedNumbers()) : main.text;
  return {
    label,
    kind: itemKinds[kind],
    filterText,
    sortText,
    ...(detail !== undefined && { detail }),
    ...(options.defaultRange
      ? { textEditText: newText }
      : { textEdit: { range: rangeOf(text, main.span), newText } }),
    ...(stops && { insertTextFormat: InsertTextFormat.Snippet }),
    ...(options.asIs && newText.includes('\n') && { insertTextMode: InsertTextMode.asIs }),
    ...(others.length > 0 && { additionalTextEdits: others.map((edit) => plainEditOf(text, edit)) }),
    ...(retrigger &&
      options.retrigger && { command: { title: 'Suggest', command: 'editor.action.triggerSuggest' } }),
  };
}

export const hoverOf = (text: TextDocument, { span, markdown }: EngineHover): Hover => ({
  contents: { kind: 'markdown', value: markdown },
  range: rangeOf(text, span),
});

/** A policy or statement in the outline. */
export const symbolOf = (text: TextDocument, symbol: PolicySymbol): DocumentSymbol => ({
  name: symbol.name,
  ...(symbol.detail !== undefined && { detail: symbol.detail }),
  kind: symbol.kind === 'policy' ? SymbolKind.Module : SymbolKind.Object,
  range: rangeOf(text, symbol.span),
  selectionRange: rangeOf(text, symbol.selection),
  children: symbol.children.map((child) => symbolOf(text, child)),
});
