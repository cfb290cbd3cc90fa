/**
 * Policies as JSON text in quoted strings and heredocs of Terraform. `${…}` is a hole. What stands between the directives
 * `%{ if … }` and `%{ for … }` is read as if it stood there once, and is not edited; alternatives are not read.
 */
import type { Piece, SegmentedText } from '../text/segments.ts';
import { segmented } from '../text/segments.ts';
import { readEmbedded } from '../syntax/embedded.ts';
import { encodeInto, hclPieces, templateTextPieces, withoutHoles } from '../syntax/hcl-template.ts';
import type { StringNode } from '../tree/tree.ts';
import type { Embedded } from './host.ts';

/** The policy in a string; nothing where it is no JSON object. */
export const policyInString = (node: StringNode, text: string): Embedded | undefined =>
  policyIn(node, text, [...hclPieces(node, text)], (added) => encodeInto(node, text, added));

/** The policy that a whole file is as a template. */
export const policyInTemplate = (node: StringNode, text: string): Embedded | undefined =>
  policyIn(node, text, [...templateTextPieces(text)], withoutHoles);

function policyIn(
  node: StringNode,
  text: string,
  pieces: readonly Piece[],
  escape: (added: string) => string,
): Embedded | undefined {
  const directives = pieces.filter((piece) => isDirective(piece, text));
  if (directives.some((piece) => saysElse(piece, text))) return undefined;
  const isPlain = directives.length === 0;
  const decoded = segmented(text, isPlain ? pieces : withoutDirectives(pieces, text));
  if (!decoded.text.trimStart().startsWith('{')) return undefined;
  const encode = (added: string): string | undefined => (isPlain ? escape(added) : undefined);
  const { root, problems, syntax } = readEmbedded({ decoded, encode }, node, text);
  if (root === undefined) return undefined;
  if (isPlain) return { root, problems, syntax };
  return problems.some(({ kind }) => kind === 'syntax') ? undefined : { root, problems: [], syntax };
}

const isDirective = ({ kind, raw }: Piece, text: string): boolean =>
  kind === 'hole' && text[raw.start] === '%';

/** `%{ else }`, also `%{~ else ~}`. */
const saysElse = ({ raw }: Piece, text: string): boolean =>
  text
    .slice(raw.start + 2, raw.end)
    .split('~')
    .join('')
    .trimStart()
    .startsWith('else');

/** Directives between values say nothing; inside of a JSON string they are part of what is not known. */
function* withoutDirectives(pieces: readonly Piece[], text: string): Generator<Piece> {
  let inString = false;
  for (const piece of pieces) {
    if (!isDirective(piece, text) || inString) yield piece;
    inString = isInString(segmented(text, [piece]), inString);
  }
}

/** Whether a JSON string is open behind a stretch of text. */
function isInString({ text }: SegmentedText, before: boolean): boolean {
  let inString = before;
  for (let at = 0; at < text.length; at++) {
    if (inString && text[at] === '\\') at++;
    else if (text[at] === '"') inString = !inString;
  }
  return inString;
}
