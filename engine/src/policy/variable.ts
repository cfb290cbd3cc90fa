/**
 * Policy variables: `${aws:username}`, with a default behind a comma, and the escapes `${*}`, `${?}` and `${$}`.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */

/** What is written between `${` and `}`, or to the end of the text where no brace closes it. */
export interface Variable {
  readonly text: string;
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** What is wrong with it, and the text that was probably meant. */
  readonly fault?: VariableFault;
}

export interface VariableFault {
  readonly kind: 'brace' | 'empty' | 'space' | 'quote';
  readonly repaired?: string;
}

const escapes: ReadonlySet<string> = new Set(['*', '?', '$']);

const begun = /\$\{(\$|[^${}]*)(\}?)/g;

/** The variables of a text, in its order; escapes are none, and `${AWS::Region}` is one of a template. */
export function variablesIn(text: string): readonly Variable[] {
  return [...text.matchAll(begun)].flatMap(({ 0: all, 1: inner = '', 2: close, index }) => {
    if (escapes.has(inner)) return [];
    const [name = ''] = inner.split(',');
    const fault = close === '' ? unclosed(inner) : faultIn(inner);
    return [{ text: all, name: name.trim(), start: index, end: index + all.length, ...(fault && { fault }) }];
  });
}

/** A part of a value: text as written, a letter that is meant as itself, or a context key to look up. */
export type ValuePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'letter'; readonly text: string }
  | { readonly kind: 'key'; readonly key: string; readonly otherwise?: string };

/** What a value is made of; a variable that nothing closes is text. */
export function valueParts(text: string): readonly ValuePart[] {
  if (!text.includes('${')) return [{ kind: 'text', text }];
  const parts: ValuePart[] = [];
  let end = 0;
  for (const { 0: all, 1: inner = '', 2: close, index } of text.matchAll(begun)) {
    if (close === '') continue;
    if (index > end) parts.push({ kind: 'text', text: text.slice(end, index) });
    end = index + all.length;
    parts.push(escapes.has(inner) ? { kind: 'letter', text: inner } : keyPart(inner));
  }
  return end < text.length ? [...parts, { kind: 'text', text: text.slice(end) }] : parts;
}

/** A key, and its default where one stands in quotes behind a comma. */
function keyPart(inner: string): ValuePart {
  const [key = ''] = inner.split(',');
  const [, otherwise] = /^\s*'([^']*)'\s*$/.exec(inner.slice(key.length + 1)) ?? [];
  return { kind: 'key', key: key.trim(), ...(otherwise !== undefined && { otherwise }) };
}

/** The text of a variable is a context key of IAM: a prefix, a colon, a name. Templates write `AWS::Region`. */
export const isContextKey = (name: string): boolean => /^[\w.-][\w./-]*:[^\s:].*$/.test(name);

/** Whether a text has a policy variable in it. */
export const usesVariable = (text: string): boolean =>
  variablesIn(text).some(({ name, fault }) => fault === undefined && isContextKey(name));

/** Only what reads like a context key can be closed; the brace of something else belongs to another language. */
function unclosed(inner: string): VariableFault {
  const [, key] = /^\s*([a-z]+:\w+(?:\/[\w.-]+)?)/i.exec(inner) ?? [];
  return key === undefined
    ? { kind: 'brace' }
    : { kind: 'brace', repaired: `\${${key}}${inner.slice(key.length)}` };
}

function faultIn(inner: string): VariableFault | undefined {
  if (inner.trim() === '') return { kind: 'empty' };
  const comma = inner.indexOf(',');
  const name = comma < 0 ? inner : inner.slice(0, comma);
  const rest = comma < 0 ? undefined : inner.slice(comma + 1).trim();
  const trimmed = name.trim();
  if (rest !== undefined && !/^'[^']*'$/.test(rest)) {
    const bare = rest.replace(/^["']|["']$/g, '');
    return /['"]/.test(bare) ? { kind: 'quote' } : { kind: 'quote', repaired: `\${${trimmed}, '${bare}'}` };
  }
  const isTagged = /^[a-z]+:(?:Principal|Request|Resource)Tag\/\S/i.test(trimmed);
  if (name === trimmed && (isTagged || !/\s/.test(name))) return undefined;
  if (!isContextKey(trimmed.replace(/\s/g, ''))) return undefined;
  const meant = isTagged ? trimmed : trimmed.replace(/\s/g, '');
  return { kind: 'space', repaired: `\${${meant}${rest === undefined ? '' : `, ${rest}`}}` };
}
