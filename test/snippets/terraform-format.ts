/** What `terraform fmt` would change in a text of plain blocks and objects. Written apart from the engine's printer. */

const signs = /^(\s*(?:"(?:[^"\\]|\\.)*"|[\w-]+))(\s+)=\s/;

/** The lines whose indentation, or whose sign among its neighbours, is not where `terraform fmt` puts it. */
export function unformattedLines(text: string): readonly string[] {
  const lines = text.split('\n');
  return lines.filter((line, index) => {
    if (line === '') return false;
    return (
      indentOf(line) !== 2 * depthBefore(lines, index) || line.trimEnd() !== line || !isAligned(lines, index)
    );
  });
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

/** How many levels are open where a line begins; brackets that open together count once. */
function depthBefore(lines: readonly string[], index: number): number {
  const before = lines.slice(0, index).reduce((depth, line) => depth + Math.sign(balance(line)), 0);
  return /^\s*[\]})]/.test(lines[index] ?? '') ? before - 1 : before;
}

function balance(line: string): number {
  const plain = line.replace(/"(?:[^"\\]|\\.)*"/g, '');
  const closing = plain.match(/[\]})]/g)?.length ?? 0;
  return (plain.match(/[[{(]/g)?.length ?? 0) - closing;
}

/** Whether the sign of a line stands behind the longest name of the lines that stand together with it. */
function isAligned(lines: readonly string[], index: number): boolean {
  const own = partsOf(lines[index]);
  if (own === undefined) return !(lines[index] ?? '').includes('  =');
  let first = index;
  while (partsOf(lines[first - 1])) first--;
  let last = index;
  while (partsOf(lines[last + 1])) last++;
  const widths = lines.slice(first, last + 1).map((line) => partsOf(line)?.name.length ?? 0);
  return own.name.length + own.gap.length === Math.max(...widths) + 1;
}

/** The name and the blanks before the sign of a line that says a whole value. */
function partsOf(line = ''): { readonly name: string; readonly gap: string } | undefined {
  const found = balance(line) === 0 ? signs.exec(line) : undefined;
  const [, name, gap] = found ?? [];
  return name === undefined || gap === undefined ? undefined : { name, gap };
}
