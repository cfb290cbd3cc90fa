/** The line above a policy that says who can assume the role, and the command that says it in full. */
import {
  copiesOf,
  type Copy,
  type Document,
  explainRegion,
  explanationMarkdown,
  explanationText,
  lensesOf,
} from '#engine';
import { type CodeLens, type Command, Position } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Client } from '../client.ts';
import { rangeOf } from '../convert.ts';

/** Takes the address of a document and which of its policies is meant: its number, or a position in it. */
export const explainCommand = 'trustPolicy.explainPolicy';

/** The lenses of a document. Clients that cannot show an explanation of their own get it as a message. */
export function codeLenses(text: TextDocument, document: Document, client: Client): readonly CodeLens[] {
  const name = client.knows('trustPolicy.showCallers') ? 'trustPolicy.showCallers' : explainCommand;
  return lensesOf(document).flatMap(({ span, title, region }) => {
    const range = rangeOf(text, { start: span.start, end: span.start });
    const lens = (shown: string, command: string): CodeLens => ({
      range,
      command: commandOf(shown, command, text.uri, region),
    });
    return [
      lens(title, name),
      ...(client.knows('trustPolicy.simulateCall') ? [lens('Simulate…', 'trustPolicy.simulateCall')] : []),
      ...(client.knows('trustPolicy.copyPolicy') ? [lens('Copy…', 'trustPolicy.copyPolicy')] : []),
    ];
  });
}

const commandOf = (title: string, command: string, uri: string, region: number): Command => ({
  title,
  command,
  arguments: [uri, region],
});

/** What the command answers. */
export interface Explanation {
  /** The number of the policy in its document. */
  readonly region: number;
  readonly label: string | null;
  readonly text: string;
  readonly markdown: string;
  readonly copies: readonly Copy[];
}

/** Finds an open document and what was read of it. */
export type Open = (uri: string) => { readonly text: TextDocument; readonly document: Document } | undefined;

/** A policy of an open document. */
export interface OpenPolicy {
  readonly text: TextDocument;
  readonly index: number;
  readonly region: Document['regions'][number];
  readonly document: Document;
}

/** The policy that the first two arguments of a command name; nothing where there is none. */
export function policyFor(given: readonly unknown[] | undefined, open: Open): OpenPolicy | undefined {
  const [uri, place] = given ?? [];
  const found = typeof uri === 'string' ? open(uri) : undefined;
  if (found === undefined) return undefined;
  const index = regionAt(place, found.text, found.document);
  const region = found.document.regions[index];
  return region && { text: found.text, index, region, document: found.document };
}

/** Explains the policy that the arguments of the command name; nothing where there is none. */
export function explanationFor(given: readonly unknown[] | undefined, open: Open): Explanation | null {
  const found = policyFor(given, open);
  if (found === undefined) return null;
  const { index, region } = found;
  const policy = explainRegion(region);
  return {
    region: index,
    label: policy.label ?? null,
    text: explanationText(policy),
    markdown: explanationMarkdown(policy),
    copies: copiesOf(region),
  };
}

/** The number itself, or the last policy that begins before a position; the first where that is before all. */
function regionAt(place: unknown, text: TextDocument, { regions }: Document): number {
  if (typeof place === 'number') return place;
  if (!Position.is(place)) return 0;
  const offset = text.offsetAt(place);
  return Math.max(
    regions.findLastIndex(({ node }) => node.span.start <= offset),
    0,
  );
}
