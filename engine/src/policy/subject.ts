/**
 * Patterns of subjects, part by part: does a wildcard stand where a tenant or a repository is named?
 * https://docs.github.com/en/actions/reference/security/oidc
 */
import { hasWildcard } from '../text/glob.ts';

/**
 * Whether a pattern can match the subjects of more than one tenant. The tenant is the first part to fill in of a
 * template; a pattern that fits no template is not judged.
 */
export function leavesTenantOpen(pattern: string, templates: readonly string[]): boolean {
  return templates.some((template) => {
    const [, prefix = '', delimiter = ''] = /^([^{]*)\{\w+\}(.?)/.exec(template) ?? [];
    if (prefix === '' || delimiter === '') return false;
    if (!pattern.startsWith(prefix)) {
      const head = literalHead(pattern);
      return head.length < pattern.length && prefix.startsWith(head);
    }
    const tenant = pattern.slice(prefix.length).split(delimiter)[0] ?? '';
    return hasWildcard(tenant);
  });
}

/** What stands before the first wildcard. */
export const literalHead = (pattern: string): string => /^[^*?]*/.exec(pattern)?.[0] ?? '';

/** How far a pattern of GitHub subjects opens: to any owner, to owners alike in name, or to any repository of one. */
export type GitHubScope = 'any-owner' | 'owners-alike' | 'any-repository';

/** A GitHub subject pattern that does not name one repository: how far it opens and, where it has one, its owner. */
export interface OpenSubject {
  readonly scope: GitHubScope;
  /** The name of the owner, or what it begins with. */
  readonly owner: string;
}

const PREFIX = 'repo:';

/** Judges a pattern under an operator with wildcards; nothing where it names a repository or is of a custom form. */
export function openSubject(pattern: string): OpenSubject | undefined {
  const head = literalHead(pattern);
  if (head.length === pattern.length) return undefined;
  if (!head.startsWith(PREFIX))
    return PREFIX.startsWith(head) ? { scope: 'any-owner', owner: '' } : undefined;
  const named = head.slice(PREFIX.length);
  const [owner = '', repository] = named.split('/');
  // An @ begins the id of the owner or repository, a colon ends the repository: the name before them is complete.
  if (named.includes('@') || named.includes(':')) return undefined;
  if (repository === undefined) return { scope: owner === '' ? 'any-owner' : 'owners-alike', owner };
  return repository === '' ? { scope: 'any-repository', owner } : undefined;
}

/** A pattern of owners alike in name with the owner ended where the wildcard stands; nothing where that is no place. */
export function withOwnerEnded(pattern: string): string | undefined {
  const head = literalHead(pattern);
  const rest = pattern.slice(head.length).replace(/^[*?]+/, '');
  if (rest.startsWith('/')) return head + rest;
  return rest === '' || rest.startsWith(':') ? `${head}/*${rest}` : undefined;
}
