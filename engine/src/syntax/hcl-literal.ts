/** Strings, heredocs and bare names of HCL as nodes, and expressions that are not evaluated. */
import { slice, type Span } from '../text/span.ts';
import type { Node, OpaqueNode, StringNode } from '../tree/tree.ts';
import { type Cursor, endOf, fail } from './hcl-cursor.ts';
import { heredocHead, type Token } from './hcl-lexer.ts';
import { hclPieces, stringNode } from './hcl-template.ts';

/** Where a token stands. */
export const spanOf = ({ start, end }: Token): Span => ({ start, end });

/** A string of one expression and nothing else is that expression, which may be no text at all. */
export function lone(node: StringNode): Node {
  const [part, more] = node.parts;
  if (more !== undefined || typeof part !== 'object' || !part.hole.startsWith('$')) return node;
  return { kind: 'opaque', span: node.span, complete: node.complete, text: part.hole };
}

/** Reads a string in quotes. */
export function readString(cursor: Cursor, token: Token): StringNode {
  cursor.at++;
  const span = spanOf(token);
  if (!token.closed) fail(cursor, span, 'the string is not closed on its line');
  const content = { start: token.start + 1, end: token.closed ? token.end - 1 : token.end };
  const node = stringNode(cursor.text, span, content, token.closed);
  return failEscapes(cursor, node) ? { ...node, complete: false } : node;
}

/** Notes escapes that HCL does not have. */
function failEscapes({ text, problems }: Cursor, node: StringNode): boolean {
  const before = problems.length;
  if (slice(text, node.content).includes('\\'))
    for (const { kind, raw, ...piece } of hclPieces(node, text))
      if (kind === 'escape' && 'text' in piece && piece.text === slice(text, raw))
        problems.push({
          kind: 'syntax',
          span: raw,
          message: 'there is no such escape: \\\\ stands for one \\',
        });
  return problems.length > before;
}

/** Reads a heredoc. */
export function readHeredoc(cursor: Cursor, token: Token): StringNode {
  cursor.at++;
  const span = spanOf(token);
  const { text } = cursor;
  const start = heredocHead(text, token.start)?.body ?? token.end;
  if (!token.closed) fail(cursor, { start: token.start, end: start }, 'the heredoc is not closed');
  const end = token.closed ? Math.max(start, text.lastIndexOf('\n', token.end - 1) + 1) : token.end;
  return stringNode(text, span, { start, end }, token.closed);
}

/** A name without quotes, as a string. */
export function nameNode(text: string, span: Span): StringNode {
  const value = slice(text, span);
  return { kind: 'string', span, content: span, complete: true, value, parts: [value] };
}

/** What was read since an offset, as one expression; `before` is how many problems there were then. */
export function opaqueFrom(cursor: Cursor, start: number, before: number, inner?: Span): OpaqueNode {
  // A bracket that is not closed goes on behind its last token.
  const span = { start, end: Math.max(endOf(cursor), inner?.end ?? 0) };
  const complete = cursor.problems.length === before;
  return { kind: 'opaque', span, complete, text: slice(cursor.text, span) };
}
