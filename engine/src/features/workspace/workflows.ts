/**
 * What workflows of GitHub Actions name: the branches and tags that begin them, and the environments of their jobs.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
 */
import { yaml } from '../../syntax/yaml.ts';
import type { Node } from '../../tree/tree.ts';
import { listOf, textOf, valueOf } from '../../tree/walk.ts';
import { isRefName } from './git.ts';

/** The names in a workflow. Branches and tags may be patterns, in which `*` stands for any characters. */
export interface WorkflowNames {
  readonly branches: readonly string[];
  readonly tags: readonly string[];
  readonly environments: readonly string[];
}

/** Reads a workflow; expressions name nothing. */
export function workflowNames(text: string): WorkflowNames {
  const { root } = yaml.parse(text);
  const push = valueOf(valueOf(root, 'on'), 'push');
  const jobs = valueOf(root, 'jobs');
  const members = jobs?.kind === 'object' ? jobs.members : [];
  return {
    branches: refsIn(valueOf(push, 'branches')),
    tags: refsIn(valueOf(push, 'tags')),
    environments: members
      .map(({ value }) => valueOf(value, 'environment'))
      .flatMap((environment) => textOf(environment) ?? textOf(valueOf(environment, 'name')) ?? [])
      .filter(isRefName),
  };
}

/** `**` is any characters with slashes, which in a policy is `*`; what starts with `!` keeps out. */
const refsIn = (list: Node | undefined): readonly string[] =>
  listOf(list)
    .flatMap((item) => textOf(item) ?? [])
    .filter((pattern) => isRefName(pattern) && !pattern.startsWith('!') && !hasRepeat(pattern))
    .map((pattern) => pattern.split('**').join('*'));

/** Workflows also have `+` for repetition, for which a policy has nothing. */
const hasRepeat = (pattern: string): boolean => pattern.includes('+');
