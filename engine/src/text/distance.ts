/** Edit distance, for did-you-mean: how many letters to insert, drop, replace or swap with the neighbour. */

/**
 * The distance between two texts, or `limit + 1` as soon as it is certain to exceed the limit. A swap of two
 * neighbours counts once, as it is the most common slip.
 */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  // A slip exchanges one letter at most, so texts of very different letters need no table.
  if (bitsIn(letters(a) ^ letters(b)) > 2 * limit) return limit + 1;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = nextRow(a, b, row, last, beforeLast);
    if (Math.min(...next) > limit) return limit + 1;
    beforeLast = last;
    last = next;
  }
  return Math.min(at(last, b.length), limit + 1);
}

/** The name that a wrong one probably means: the closest, or the first that it is part of; nothing if there is none. */
export function nearest(wrong: string, names: readonly string[]): string | undefined {
  for (let limit = 1; limit <= 3 && limit * 2 < wrong.length; limit++) {
    const close = names.find((name) => distance(wrong, name, limit) <= limit);
    if (close !== undefined) return close;
  }
  return wrong.length > 2 ? names.find((name) => name.includes(wrong)) : undefined;
}

/** Which letters a text has, each as one of 32 bits; letters may share a bit. */
function letters(text: string): number {
  let set = 0;
  for (let index = 0; index < text.length; index++) set |= 1 << (text.charCodeAt(index) & 31);
  return set;
}

function bitsIn(set: number): number {
  let count = 0;
  for (let rest = set; rest !== 0; rest &= rest - 1) count++;
  return count;
}

/** One row of the table of optimal string alignment: the distances of `a`'s first `row` letters to each prefix of `b`. */
function nextRow(
  a: string,
  b: string,
  row: number,
  last: readonly number[],
  beforeLast: readonly number[],
): number[] {
  const next = [row];
  for (let column = 1; column <= b.length; column++) {
    const same = a[row - 1] === b[column - 1];
    const step = Math.min(at(next, column - 1), at(last, column)) + 1;
    const cost = Math.min(step, at(last, column - 1) + (same ? 0 : 1));
    const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
    next.push(swapped ? Math.min(cost, at(beforeLast, column - 2) + 1) : cost);
  }
  return next;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
