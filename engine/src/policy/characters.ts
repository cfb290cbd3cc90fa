/**
 * The characters that IAM takes in a policy: tab, line breaks, and U+0020 to U+00FF.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAssumeRolePolicy.html
 */

const refused = /[^\t\n\r\u0020-\u00ff]/u;

/** What word processors make of plain characters, and characters that are not seen at all. */
const plainForms: readonly (readonly [pattern: RegExp, plain: string])[] = [
  [/[\u2018\u2019\u201a\u2032]/gu, "'"],
  [/[\u201c\u201d\u201e\u2033]/gu, '"'],
  [/[\u2010-\u2015\u2212]/gu, '-'],
  [/[\u2000-\u200a\u202f\u205f\u3000]/gu, ' '],
  [/\u2026/gu, '...'],
  [/[\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu, ''],
];

/** A character that IAM refuses, and where it stands in its text. */
export interface RefusedCharacter {
  readonly index: number;
  readonly character: string;
}

/** The first character of a text that IAM refuses. */
export function refusedCharacter(text: string): RefusedCharacter | undefined {
  const found = refused.exec(text);
  return found ? { index: found.index, character: found[0] } : undefined;
}

/** A text with plain characters in place of those that IAM refuses; nothing where one of them has no plain form. */
export function inPlainCharacters(text: string): string | undefined {
  const plain = plainForms.reduce((changed, [pattern, form]) => changed.replace(pattern, form), text);
  return refused.test(plain) ? undefined : plain;
}

/** A character by its code, such as `U+2019`. */
export const codeOf = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
