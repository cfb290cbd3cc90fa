/** IAM wildcards: `*` stands for any characters, also none, `?` for exactly one, and nothing escapes them. */

/** How two letters are compared. */
export interface GlobOptions {
  /** True if upper and lower case are the same, as in actions; values of conditions tell them apart. */
  readonly ignoreCase?: boolean;
}

/** Whether the pattern matches the whole text. */
export function globMatches(pattern: string, text: string, options: GlobOptions = {}): boolean {
  return covers(folded(pattern, options), folded(text, options), false);
}

/** Whether the wide pattern matches every text that the narrow pattern matches. */
export function globIncludes(wide: string, narrow: string, options: GlobOptions = {}): boolean {
  const normal = ordered(folded(narrow, options));
  return covers(ordered(folded(wide, options)), normal, true);
}

/** Whether some text matches both patterns. */
export function globsOverlap(one: string, other: string, options: GlobOptions = {}): boolean {
  const a = folded(one, options);
  const b = folded(other, options);
  // For each place in `b`, whether what is left of both can match the same text; built up from the ends.
  let below: readonly boolean[] = [];
  for (let i = a.length; i >= 0; i--) {
    const row: boolean[] = [];
    for (let j = b.length; j >= 0; j--) {
      const [left, right] = [a[i], b[j]];
      if (left === undefined && right === undefined) row[j] = true;
      else if (left === '*') row[j] = below[j] === true || row[j + 1] === true;
      else if (right === '*') row[j] = row[j + 1] === true || below[j] === true;
      else row[j] = meet(left, right) && below[j + 1] === true;
    }
    below = row;
  }
  return below[0] === true;
}

function meet(left: string | undefined, right: string | undefined): boolean {
  if (left === undefined || right === undefined) return false;
  return left === right || left === '?' || right === '?';
}

/** Whether the text has a wildcard. */
export function hasWildcard(text: string): boolean {
  return text.includes('*') || text.includes('?');
}

function folded(text: string, options: GlobOptions): string {
  return options.ignoreCase === true ? text.toLowerCase() : text;
}

/** Runs of wildcards with their question marks first and one star at most: `*?*` and `?*` mean the same. */
function ordered(pattern: string): string {
  return pattern.replace(/[*?]+/g, (run) => run.replaceAll('*', '') + (run.includes('*') ? '*' : ''));
}

/**
 * Greedy matching with one step back to the last star, so that the time grows with the product of the lengths
 * at worst. With `patterned` the subject is itself a pattern: its star is a symbol that only a star covers.
 */
function covers(pattern: string, subject: string, patterned: boolean): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  for (let index = 0; index < subject.length;) {
    const symbol = pattern[at];
    if (symbol === '*') {
      star = at++;
      resume = index;
    } else if (symbol !== undefined && stands(symbol, subject[index], patterned)) {
      at++;
      index++;
    } else if (star >= 0) {
      at = star + 1;
      index = ++resume;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(at));
}

function stands(symbol: string, letter: string | undefined, patterned: boolean): boolean {
  if (symbol === '?') return !(patterned && letter === '*');
  return symbol === letter;
}
