/** Marks in the text that stay until it changes or others take their place. */
import {
  Disposable,
  MarkdownString,
  Range,
  ThemeColor,
  window,
  workspace,
  type DecorationOptions,
  type TextDocument,
} from 'vscode';

/** A range as the server sends it. */
export interface SentRange {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

export interface Marks {
  /** Marks ranges as good or bad; `hover` is what is said of them under the mouse. */
  readonly show: (
    document: TextDocument,
    ranges: readonly SentRange[],
    kind: 'good' | 'bad',
    hover: string,
  ) => void;
  readonly disposable: Disposable;
}

/** Creates marks of two kinds. */
export function createMarks(): Marks {
  const typeFor = (colour: string) =>
    window.createTextEditorDecorationType({
      backgroundColor: new ThemeColor('editor.findMatchHighlightBackground'),
      border: '1px solid',
      borderColor: new ThemeColor(colour),
      overviewRulerColor: new ThemeColor(colour),
    });
  const types = { good: typeFor('testing.iconPassed'), bad: typeFor('testing.iconFailed') };
  const editorsOf = (document: TextDocument) =>
    window.visibleTextEditors.filter((editor) => editor.document === document);
  const clear = (document: TextDocument): void => {
    for (const editor of editorsOf(document))
      for (const type of Object.values(types)) editor.setDecorations(type, []);
  };
  return {
    show: (document, ranges, kind, hover) => {
      clear(document);
      const options = ranges.map(({ start, end }): DecorationOptions => ({
        range: new Range(start.line, start.character, end.line, end.character),
        hoverMessage: new MarkdownString().appendText(hover),
      }));
      for (const editor of editorsOf(document)) {
        editor.setDecorations(types[kind], options);
        const [first] = options;
        if (first) editor.revealRange(first.range);
      }
    },
    disposable: Disposable.from(
      ...Object.values(types),
      workspace.onDidChangeTextDocument(({ document }) => {
        clear(document);
      }),
    ),
  };
}
