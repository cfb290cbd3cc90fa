/** Documents with a comment behind every line that can have one, as a hard case for edits. */
import { readDocument } from '#engine';
import { descendants, plainValue } from '../../engine/src/tree/walk.ts';
import type { Text } from '../insertions/each.ts';

/** The text with numbered comments; as it is where comments would change what it says. */
export function commented(source: Text): Text {
  const { text, language } = source;
  const mark = language === 'json' ? '//' : '#';
  const before = readDocument({ uri: `file:///${source.file}`, languageId: language, text });
  const inStrings = [...(before.tree.root ? descendants(before.tree.root) : [])].filter(
    ({ kind, span }) => kind === 'string' && text.slice(span.start, span.end).includes('\n'),
  );
  const isInString = (offset: number): boolean =>
    inStrings.some(({ span }) => span.start <= offset && offset <= span.end);
  let offset = -1;
  const lines = text.split('\n').map((line, index) => {
    offset += line.length + 1;
    return line.trim() === '' || isInString(offset) ? line : `${line} ${mark} note ${String(index)};`;
  });
  const noted = { ...source, language: language === 'json' ? 'jsonc' : language, text: lines.join('\n') };
  const after = readDocument({ uri: `file:///${source.file}`, languageId: noted.language, text: noted.text });
  const values = [before, after].map(({ regions: [region] }) =>
    JSON.stringify(region && plainValue(region.node)),
  );
  return values[0] === values[1] && values[0] !== undefined ? noted : source;
}
