/** Patterns of paths, for shells that leave them to the program: `*`, `?`, `[…]`, `{a,b}`, and `**` for any folders. */

/** Whether a path is meant as a pattern. */
export const isPattern = (path: string): boolean => /[*?[{]/.test(path);

/** The folder that everything lies in that a pattern can match. */
export function folderOf(pattern: string): string {
  const parts = pattern.split('/');
  const first = parts.findIndex(isPattern);
  return parts.slice(0, first).join('/') || (pattern.startsWith('/') ? '/' : '.');
}

/** An expression for the whole paths that a pattern matches; their parts are separated by slashes. */
export const expressionOf = (pattern: string): RegExp =>
  new RegExp(`^${sourceOf(pattern.replace(/^(?:\.\/)+/, ''))}$`, 'u');

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
  return token.replace(/[\\^$.|?*+()[\]{}/]/g, String.raw`\$&`);
}
