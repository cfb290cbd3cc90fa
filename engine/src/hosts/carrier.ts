/** Strings of JSON and YAML that hold text in JSON: what they say, and how more text is written into them. */
import { segmented, segmentedAgain, type Piece, type SegmentedText } from '../text/segments.ts';
import type { StringNode } from '../tree/tree.ts';
import type { Carrier } from '../syntax/embedded.ts';
import { encodeJson, jsonPieces } from '../syntax/json-string.ts';
import { stringPieces } from '../syntax/yaml-scalar.ts';
import { encodeYaml } from '../syntax/yaml-style.ts';

/** Finds expressions of a template language in a decoded text, and says how text is kept from being one. */
export interface TemplateLanguage {
  readonly pieces: (text: string) => Iterable<Piece>;
  readonly escape: (text: string) => string;
}

/** The carrier that a string of a JSON document is. */
export function jsonCarrier(node: StringNode, text: string, template?: TemplateLanguage): Carrier {
  return carrierOf(segmented(text, jsonPieces(text, node.content)), encodeJson, template);
}

/** The carrier that a scalar of a YAML document is. */
export function yamlCarrier(node: StringNode, text: string, template?: TemplateLanguage): Carrier {
  return carrierOf(
    segmented(text, stringPieces(node, text)),
    (added) => encodeYaml(node, text, added),
    template,
  );
}

function carrierOf(
  decoded: SegmentedText,
  encode: Carrier['encode'],
  template: TemplateLanguage | undefined,
): Carrier {
  if (template === undefined) return { decoded, encode };
  return {
    decoded: segmentedAgain(decoded, template.pieces(decoded.text)),
    encode: (text) => encode(template.escape(text)),
  };
}
