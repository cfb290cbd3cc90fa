/** Patterns of paths, as shells have them: `*`, `?`, `[…]`, `{a,b}`, and `**` for any folders. Parts are set apart by slashes. */

/** Whether a path is meant as a pattern. */
export const isPathPattern = (path: string): boolean => /[*?[{]/.test(path);

/** The folder that everything lies in that a pattern can match. */
export function folderOfPattern(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex(isPathPattern);
  return parts.slice(0, first).join('/') || (pattern.startsWith('/') ? '/' : '.');
}

/** The pattern that matches just this path. */
export const literalPath = (path: string): string => path.replace(/[*?[{]/g, (sign) => `[${sign}]`);

/** An expression for the whole paths that a pattern matches; what is no pattern matches itself. */
export function pathExpression(pattern: string): RegExp {
  const plain = pattern.replace(/^(?:\.\/)+/, '');
  try {
    return new RegExp(`^${sourceOf(plain)}$`, 'u');
  } catch {
    // A range such as [z-a].
    return new RegExp(`^${escaped(plain)}$`, 'u');
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.|?*+()[\]{}/]/g, String.raw`\$&`);

const signs: Readonly<Record<string, string>> = {
  '**/': '(?:[^/]+/)*',
  '**': '.*',
  '*': '[^/]*',
  '?': '[^/]',
};

function sourceOf(pattern: string): string {
  const tokens = pattern.match(/\*\*\/|\*{1,2}|\?|\[[^\]/]+\]|\{[^{}]*\}|./gsu) ?? [];
  return tokens.map(sourceOfToken).join('');
}

function sourceOfToken(token: string): string {
  const sign = signs[token];
  if (sign !== undefined) return sign;
  if (token.length > 1 && token.startsWith('{')) {
    return `(?:${token.slice(1, -1).split(',').map(sourceOf).join('|')})`;
  }
  if (token.length > 1 && token.startsWith('[')) {
    const negated = token.startsWith('[!');
    const characters = token.slice(negated ? 2 : 1, -1).replace(/[\\[\]^]/g, String.raw`\$&`);
    return `[${negated ? '^' : ''}${characters}]`;
  }
  return escaped(token);
}
