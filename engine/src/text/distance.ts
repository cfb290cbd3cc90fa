/** Edit distance, for did-you-mean: how many letters to insert, drop, replace or swap with the neighbour. */

/**
 * The distance between two texts, or `limit + 1` as soon as it is certain to exceed the limit. A swap of two
 * neighbours counts once, as it is the most common slip.
 */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
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
    const costs = [at(next, column - 1) + 1, at(last, column) + 1, at(last, column - 1) + (same ? 0 : 1)];
    const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
    if (swapped) costs.push(at(beforeLast, column - 2) + 1);
    next.push(Math.min(...costs));
  }
  return next;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
