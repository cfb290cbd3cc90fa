/** The elements of an XML text as far as assertions need them: names without prefix, attributes and text. Never throws. */

export interface Element {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** The text up to the next tag. */
  readonly text: string;
}

/** The elements in the order of their beginnings; what is no element is passed over. */
export function* elementsOf(xml: string): Generator<Element> {
  for (let at = xml.indexOf('<'); at >= 0; at = xml.indexOf('<', at + 1)) {
    const end = endOfTag(xml, at);
    if (end < 0) return;
    const tag = xml.slice(at + 1, end);
    if (tag.startsWith('/') || tag.startsWith('!') || tag.startsWith('?')) continue;
    const next = xml.indexOf('<', end);
    yield { ...tagOf(tag), text: unescaped(xml.slice(end + 1, next < 0 ? undefined : next)).trim() };
  }
}

/** The end of a tag; a `>` in a value of an attribute does not end it. */
function endOfTag(xml: string, start: number): number {
  let quote = '';
  for (let at = start; at < xml.length; at++) {
    const sign = xml.charAt(at);
    if (quote !== '') quote = sign === quote ? '' : quote;
    else if (sign === '"' || sign === "'") quote = sign;
    else if (sign === '>') return at;
  }
  return -1;
}

const isSpace = (sign: string): boolean => sign === ' ' || sign === '\n' || sign === '\r' || sign === '\t';

function tagOf(tag: string): Pick<Element, 'name' | 'attributes'> {
  let at = 0;
  while (at < tag.length && !isSpace(tag.charAt(at)) && tag.charAt(at) !== '/') at++;
  const attributes = new Map<string, string>();
  const name = localName(tag.slice(0, at));
  for (let equals = tag.indexOf('=', at); equals >= 0; equals = tag.indexOf('=', at)) {
    const key = tag.slice(at, equals).trim();
    let start = equals + 1;
    while (isSpace(tag.charAt(start))) start++;
    const close = tag.indexOf(tag.charAt(start), start + 1);
    if (close < 0) break;
    attributes.set(localName(key), unescaped(tag.slice(start + 1, close)));
    at = close + 1;
  }
  return { name, attributes };
}

const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

const entities: readonly (readonly [string, string])[] = [
  ['&lt;', '<'],
  ['&gt;', '>'],
  ['&quot;', '"'],
  ['&apos;', "'"],
  ['&amp;', '&'],
];

const unescaped = (text: string): string =>
  entities.reduce((result, [entity, sign]) => result.replaceAll(entity, sign), text);
