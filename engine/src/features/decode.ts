/** A policy as JSON to be read, whatever it is written in: decoded, formatted, with expressions of the host as they are written. */
import { slice } from '../text/span.ts';
import type { Node } from '../tree/tree.ts';
import type { JsonValue } from '../tree/walk.ts';
import type { Document, Region } from './document.ts';

/** The JSON text of a policy; `text` is that of its document. */
export const decodedPolicy = ({ node }: Region, text: string): string =>
  `${JSON.stringify(shown(node, text), undefined, 2)}\n`;

/** Whether a policy stands in what a command has printed: it can be looked at there, but not edited. */
export const isPrintout = ({ host }: Document): boolean => host === 'aws-cli';

function shown(node: Node, text: string): JsonValue {
  switch (node.kind) {
    case 'object':
      return Object.fromEntries(
        node.members.map(({ key, value }) => [
          partsOf(key.parts),
          value === undefined ? null : shown(value, text),
        ]),
      );
    case 'array':
      return node.items.map((item) => shown(item, text));
    case 'string':
      return partsOf(node.parts);
    case 'number':
    case 'boolean':
      return node.value;
    case 'null':
      return null;
    case 'opaque':
      return node.text === '' ? slice(text, node.span) : node.text;
  }
}

const partsOf = (parts: Extract<Node, { kind: 'string' }>['parts']): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.hole)).join('');
