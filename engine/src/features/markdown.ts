/** Markdown made of parts that cannot break out: what a policy says is shown as code, never as markup or link. */

const active: readonly string[] = ['\\', '`', '*', '_', '[', ']', '<', '>', '&', '~', '|'];

/** Our own prose, with the characters that mean something in Markdown made plain. */
export function prose(text: string): string {
  if (!active.some((character) => text.includes(character))) return text;
  return Array.from(text, (character) => (active.includes(character) ? `\\${character}` : character)).join(
    '',
  );
}

/** Text from a policy or a name, as inline code; long texts are cut. */
export function code(text: string): string {
  const plain = Array.from(text, (character) =>
    character < ' ' || character === '\u007F' ? ' ' : character,
  );
  const shown = (plain.length > 200 ? [...plain.slice(0, 200), '…'] : plain).join('').trim();
  if (shown === '') return '` `';
  let fence = '`';
  while (shown.includes(fence)) fence += '`';
  return fence.length > 1 ? `${fence} ${shown} ${fence}` : `\`${shown}\``;
}

/** A link to a page of ours or of AWS. */
export const link = (title: string, url: string): string => `[${prose(title)}](${url})`;

/** Paragraphs, those that are missing left out. */
export const paragraphs = (...parts: readonly (string | undefined)[]): string =>
  parts.filter((part) => part !== undefined && part !== '').join('\n\n');

/** What is known of something, with a link to where it is said. */
export const documented = (doc: string, url: string, pitfalls?: string): string =>
  paragraphs(
    prose(doc),
    pitfalls === undefined ? undefined : prose(pitfalls),
    link(url.includes('amazon') ? 'AWS documentation' : 'Documentation', url),
  );
