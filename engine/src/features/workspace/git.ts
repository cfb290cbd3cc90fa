/** What files of Git say: where a repository is pushed to, its branch and its tags. https://git-scm.com/docs/git-config */

/** A repository on a host, such as `octo-org/octo-repo` on `github.com`. */
export interface Remote {
  readonly host: string;
  /** Without a slash or `.git` at the ends. */
  readonly path: string;
}

/** The remote of a configuration: `origin`, else the first. */
export function originIn(config: string): Remote | undefined {
  const remotes: { readonly name: string; readonly remote: Remote }[] = [];
  let name: string | undefined;
  for (const line of config.split('\n').map((each) => each.trim())) {
    if (line.startsWith('[')) name = sectionName(line);
    else if (name !== undefined && line.startsWith('url')) {
      const remote = remoteIn(line.slice(line.indexOf('=') + 1).trim());
      if (remote && line.includes('=')) remotes.push({ name, remote });
    }
  }
  return (remotes.find((each) => each.name === 'origin') ?? remotes[0])?.remote;
}

/** The name in `[remote "origin"]`. */
function sectionName(line: string): string | undefined {
  const [head, name] = line.split('"');
  return head?.trim() === '[remote' ? name : undefined;
}

/** `https://host/path.git`, `ssh://git@host:22/path.git` or `git@host:path.git`. */
function remoteIn(url: string): Remote | undefined {
  const scheme = url.indexOf('://');
  const rest = scheme < 0 ? url : url.slice(scheme + 3);
  const split = scheme < 0 ? rest.indexOf(':') : rest.indexOf('/');
  if (split <= 0) return undefined;
  const authority = rest.slice(0, split);
  const [host = ''] = authority.slice(authority.lastIndexOf('@') + 1).split(':');
  const path = trimmed(rest.slice(split + 1));
  return host.includes('.') && isPath(path) ? { host: host.toLowerCase(), path } : undefined;
}

function trimmed(path: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  const whole = parts.join('/');
  return whole.endsWith('.git') ? whole.slice(0, -'.git'.length) : whole;
}

/** An owner and a name at least, of characters that cannot end a policy's string. */
const isPath = (path: string): boolean =>
  path.includes('/') &&
  Array.from(path).every((character) => character > ' ' && !`"'\\\`$:*?@`.includes(character));

/** The branch that a reference such as `ref: refs/heads/main` stands for. */
export function branchIn(head: string): string | undefined {
  const prefixes = ['ref: refs/heads/', 'ref: refs/remotes/origin/'];
  const prefix = prefixes.find((each) => head.startsWith(each));
  const name = prefix === undefined ? '' : head.slice(prefix.length).trim();
  return isRefName(name) ? name : undefined;
}

/** As many of the last tags as one would want to choose from. */
const lastTags = 3;

/** The last tags of a `packed-refs` file, which is sorted by name. */
export function tagsIn(packedRefs: string): readonly string[] {
  const marker = ' refs/tags/';
  const names = packedRefs.split('\n').flatMap((line) => {
    const at = line.indexOf(marker);
    const name = at < 0 ? '' : line.slice(at + marker.length).trim();
    return isRefName(name) ? [name] : [];
  });
  return names.slice(-lastTags).reverse();
}

/** Git allows no more than this in names either, but for characters that would have to be escaped in a policy. */
export const isRefName = (name: string): boolean =>
  name !== '' &&
  Array.from(name).every((character) => character > ' ' && !`"'\\\`$:?[~^`.includes(character));
