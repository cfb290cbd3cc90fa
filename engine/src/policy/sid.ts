/**
 * The names of statements: letters and digits, each name once.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html
 */

/** Whether a name has nothing but letters and digits. */
export const isPlainSid = (text: string): boolean => /^[A-Z0-9]+$/i.test(text);

/** A name in letters and digits, with a capital where a word begins; nothing where no letter or digit is left. */
export function plainSid(text: string): string | undefined {
  const words = text.split(/[^A-Z0-9]+/i).filter((word) => word !== '');
  return words.length === 0
    ? undefined
    : words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}

/** The name with the smallest number behind it, from 2 on, that makes it unlike the others; itself if it is. */
export function uniqueSid(name: string, others: readonly string[]): string {
  if (!others.includes(name)) return name;
  let number = 2;
  while (others.includes(`${name}${String(number)}`)) number++;
  return `${name}${String(number)}`;
}
