/**
 * The subjects of GitHub Actions, taken apart: `repo:OWNER/REPOSITORY:CONTEXT`, or the claims that a template of the
 * repository or organization puts together. https://docs.github.com/en/actions/reference/security/oidc
 */
import { globMatches, globsOverlap, hasWildcard } from '../text/glob.ts';
import { placeholder } from '../tree/change.ts';
import { literalHead } from './subject.ts';

/** A subject, or a pattern of them, that begins with an owner and a repository without wildcards. */
export interface RepositorySubject {
  readonly owner: string;
  readonly repository: string;
  /** What follows the colon behind the repository; nothing where a wildcard stands in its place. */
  readonly context?: string;
}

/** Takes apart a subject whose owner and repository are named. The name of the repository may be a beginning only. */
export function repositorySubject(pattern: string): RepositorySubject | undefined {
  const [, owner, repository = '', rest = ''] = /^repo:([^/:*?]+)\/([^/:*?]+)([:*?].*)$/s.exec(pattern) ?? [];
  if (owner === undefined) return undefined;
  return rest.startsWith(':') ? { owner, repository, context: rest.slice(1) } : { owner, repository };
}

/** The subject with the same repository and another context. */
export const withContext = ({ owner, repository }: RepositorySubject, context: string): string =>
  `repo:${owner}/${repository}:${context}`;

/** Contexts that name something, and what they name. */
const namingContexts = [
  ['ref:refs/heads/', 'branch'],
  ['ref:refs/tags/', 'tag'],
  ['environment:', 'environment'],
] as const;

/** What a wildcard in a context leaves open: everything, or the name of a branch, a tag or an environment. */
export type OpenContext =
  | { readonly kind: 'any' }
  | { readonly kind: 'name'; readonly what: (typeof namingContexts)[number][1]; readonly name: string };

/** How far the context of a subject opens; nothing where it is exact, or of a form of one's own. */
export function openContext({ context }: RepositorySubject): OpenContext | undefined {
  if (context === undefined) return { kind: 'any' };
  if (!hasWildcard(context)) return undefined;
  const head = literalHead(context);
  const named = namingContexts.find(([prefix]) => head.startsWith(prefix));
  if (named) return { kind: 'name', what: named[1], name: context.slice(named[0].length) };
  const whole = ['pull_request', ...namingContexts.map(([prefix]) => prefix)];
  return whole.some((each) => each.startsWith(head)) ? { kind: 'any' } : undefined;
}

/** Claims by which alone a subject may begin: they say which repository, or whose. */
const tellingClaims = ['repo', 'repository', 'repository_id', 'repository_owner', 'repository_owner_id'];

/** Claims that every repository has, so that anybody can make a token with their values. */
const commonClaims = [
  'actor',
  'actor_id',
  'base_ref',
  'context',
  'environment',
  'event_name',
  'head_ref',
  'ref',
  'ref_protected',
  'ref_type',
  'repository_visibility',
  'run_id',
  'runner_environment',
  'sha',
  'workflow',
];

/** Claims that tell something more of the workflow or its owner. */
const otherClaims = [
  'enterprise',
  'enterprise_id',
  'environment_node_id',
  'job_workflow_ref',
  'job_workflow_sha',
  'run_attempt',
  'run_number',
  'workflow_ref',
  'workflow_sha',
];

/** The claim that a subject of a template begins with, if it is one that every repository has. */
export function commonFirstClaim(pattern: string): string | undefined {
  const first = pattern.slice(0, pattern.indexOf(':'));
  return commonClaims.find((claim) => claim === first);
}

/** What a subject behind owner and repository can be: a context, or claims of a template. */
const contexts = [
  'ref:refs/*',
  'pull_request',
  ...[...tellingClaims, ...commonClaims, ...otherClaims]
    .filter((claim) => claim !== 'ref' && claim !== 'repo')
    .map((claim) => `${claim}:*`),
].flatMap((context) => (context.endsWith('*') ? [context] : [context, `${context}:*`]));

/** Whether a token can have a subject that the pattern matches. Templates of one's own get the benefit of the doubt. */
export function isPossibleSubject(pattern: string): boolean {
  if (/^\*|^\?/.test(pattern)) return true;
  const head = literalHead(pattern);
  const [first = ''] = head.split(':');
  // The text may end, or a wildcard begin, before it tells what it is.
  if (first === head && head.length < pattern.length) return /^[a-z_]*$/.test(head);
  if (first !== 'repo') return /^[a-z][a-z_]*$/.test(first) && !/^https?$/.test(first) && head.includes(':');
  if (/\s/.test(pattern)) return false;
  const [, context] = /^repo:[^/:*?]+\/[^/:*?]+:(.*)$/s.exec(pattern) ?? [];
  if (context === undefined) return contexts.some((each) => globsOverlap(pattern, `repo:?*/?*:${each}`));
  // A stand-in for the context is unfinished, not wrong.
  if (/^[A-Z][A-Z_]*$/.test(context)) return true;
  return contexts.some((each) =>
    hasWildcard(context) ? globsOverlap(context, each) : globMatches(each, context),
  );
}

/** Slips in the context and what was meant. */
const slips = [
  [/^(refs\/(?:heads|tags)\/.+)$/, 'ref:$1'],
  [/^(?:ref|branch|ref:refs|ref:heads):([^:/]+)$/, 'ref:refs/heads/$1'],
  [/^ref:(?:heads|branch)\/(.+)$/, 'ref:refs/heads/$1'],
  [/^tags?:([^:]+)$/, 'ref:refs/tags/$1'],
  [/^env:(.+)$/, 'environment:$1'],
  [/^pull[-_]requests?$/, 'pull_request'],
] as const;

/** What an impossible subject was probably meant to be, with places to fill in; nothing if that is not plain. */
export function subjectMeant(text: string): string | undefined {
  const bare = text
    .replace(/\s+/g, '')
    .replace(/^(?:https?:\/\/)?github\.com\//i, 'repo:')
    .replace(/^repo(?:sitory)?:/i, 'repo:');
  const [, name, context] = /^(?:repo:)?([^/:*?]+\/[^/:*?]+?)(?:\.git)?(?::(.*))?$/.exec(bare) ?? [];
  if (name === undefined) return undefined;
  if (context === undefined) return `repo:${name}:ref:refs/heads/${placeholder('BRANCH')}`;
  const slip = slips.find(([pattern]) => pattern.test(context));
  const meant = `repo:${name}:${slip ? context.replace(slip[0], slip[1]) : context}`;
  return meant !== text && isPossibleSubject(meant) ? meant : undefined;
}
