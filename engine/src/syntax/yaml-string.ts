/** YAML scalars as nodes. All are text but plain `true`, `false` and `null`: an account id keeps its leading zero. */
import type { CST } from 'yaml';
import { segmented } from '../text/segments.ts';
import type { Span } from '../text/span.ts';
import type { Node, StringNode } from '../tree/tree.ts';
import { isClosed, scalarPieces } from './yaml-scalar.ts';

const plainWords: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['~', null],
]);

/** The node of a value. */
export function scalarNode(token: CST.FlowScalar | CST.BlockScalar, text: string): Node {
  const word = token.type === 'scalar' ? plainWords.get(token.source) : undefined;
  if (word === undefined) return stringNode(token, text);
  const span = { start: token.offset, end: token.offset + token.source.length };
  return word === null
    ? { kind: 'null', span, complete: true }
    : { kind: 'boolean', span, complete: true, value: word };
}

/** The node of a key, or of a value that is text. */
export function stringNode(token: CST.FlowScalar | CST.BlockScalar, text: string): StringNode {
  if (token.type === 'block-scalar') return blockNode(token, text);
  const span = { start: token.offset, end: token.offset + token.source.length };
  const closed = isClosed(token);
  const quoted = token.type === 'single-quoted-scalar' || token.type === 'double-quoted-scalar';
  const content = quoted ? { start: span.start + 1, end: closed ? span.end - 1 : span.end } : span;
  const inside = text.slice(content.start, content.end);
  const encoded =
    token.type === 'double-quoted-scalar' ? inside.includes('\\') : quoted && inside.includes("'");
  const value = encoded || inside.includes('\n') ? segmented(text, scalarPieces(token, text)).text : inside;
  return { kind: 'string', span, complete: closed, value, parts: [value], content };
}

/** A block scalar ends with its last character: the line breaks behind it belong to nobody. */
function blockNode(token: CST.BlockScalar, text: string): StringNode {
  const { text: value, segments } = segmented(text, scalarPieces(token, text));
  const header = token.props.reduce(
    (end, prop) => ('source' in prop && prop.type !== 'newline' ? prop.offset + prop.source.length : end),
    token.offset + 1,
  );
  const shown = segments.filter(({ kind }) => kind === 'same');
  const content: Span = { start: shown[0]?.raw.start ?? header, end: shown.at(-1)?.raw.end ?? header };
  const span = { start: token.offset, end: content.end };
  return { kind: 'string', span, complete: true, value, parts: [value], content };
}
