/** What helps to read a document: hints, links, folds and selections. */
import { type Document, foldsOf, hintsOf, linksOf, selectionAt, type Settings } from '#engine';
import {
  type DocumentLink,
  type FoldingRange,
  type InlayHint,
  type Position,
  type Range,
  SelectionRange,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rangeOf, spanOf } from '../convert.ts';

/** The hints in a range. */
export const inlayHints = (
  text: TextDocument,
  document: Document,
  range: Range,
  settings: Settings,
): InlayHint[] =>
  hintsOf(document, spanOf(text, range), settings).map(({ offset, label, tooltip }) => ({
    position: text.positionAt(offset),
    label,
    tooltip,
    paddingLeft: true,
  }));

/** The links of a document. */
export const documentLinks = (text: TextDocument, document: Document): DocumentLink[] =>
  linksOf(document).map(({ span, url, tooltip }) => ({ range: rangeOf(text, span), target: url, tooltip }));

/** What can be folded, the line of the closing bracket left in sight; nothing where that is left to the editor. */
export function foldingRanges(text: TextDocument, document: Document): FoldingRange[] | null {
  const folds = foldsOf(document)?.map((span) => rangeOf(text, span));
  if (folds === undefined) return null;
  return folds
    .map(({ start, end }) => ({ startLine: start.line, endLine: end.line - 1 }))
    .filter(({ startLine, endLine }) => endLine > startLine);
}

/** What is selected step by step at each of the positions; nothing where that is left to the editor. */
export function selectionRanges(
  text: TextDocument,
  document: Document,
  positions: readonly Position[],
): SelectionRange[] | null {
  const chains = positions.map((position) => selectionAt(document, text.offsetAt(position)));
  if (chains.every((chain) => chain === undefined)) return null;
  return chains.map((chain = [], index) => {
    const ranges = chain.map((span) => rangeOf(text, span));
    const position = positions[index] ?? text.positionAt(0);
    return (
      ranges.reduceRight<SelectionRange | undefined>(
        (parent, range) => SelectionRange.create(range, parent),
        undefined,
      ) ?? {
        range: { start: position, end: position },
      }
    );
  });
}
