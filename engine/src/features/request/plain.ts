/** Careful looks into data of any shape, such as pasted JSON. */

export type Plain = Readonly<Record<string, unknown>>;

export const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member that is an object; an empty one where it is none. */
export function plainIn(value: unknown, name: string): Plain {
  const found = isPlain(value) ? value[name] : undefined;
  return isPlain(found) ? found : {};
}

/** A text; numbers and booleans are texts to IAM. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** A member that is a text. */
export const textIn = (value: unknown, name: string): string | undefined =>
  isPlain(value) ? textOf(value[name]) : undefined;

/** The texts of a list, or the one text that stands in place of it. */
export const textsOf = (value: unknown): readonly string[] =>
  (Array.isArray(value) ? value : [value]).flatMap((item) => textOf(item) ?? []);

/** The value of a JSON text; nothing where it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
