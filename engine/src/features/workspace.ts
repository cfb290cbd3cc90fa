/**
 * What a workspace says besides the document that is open: whose repository it is, and which workloads are deployed
 * from it. Files are read by an adapter and given here as text; nothing in them is carried out.
 */
import { branchIn, originIn, type Remote, tagsIn } from './workspace/git.ts';
import { serviceAccountsIn, type ServiceAccount } from './workspace/manifests.ts';
import { workflowNames } from './workspace/workflows.ts';

export type { Remote } from './workspace/git.ts';
export type { ServiceAccount } from './workspace/manifests.ts';

/** What is known of a workspace, the likeliest first; everything may be missing. */
export interface Workspace {
  readonly remote?: Remote;
  readonly branches: readonly string[];
  /** Tags, and patterns of tags that a workflow begins with. */
  readonly tags: readonly string[];
  /** The environments that jobs of workflows deploy to. */
  readonly environments: readonly string[];
  readonly serviceAccounts: readonly ServiceAccount[];
}

/** A file of a workspace. */
export interface WorkspaceFile {
  readonly kind: 'git-config' | 'git-head' | 'git-default-branch' | 'git-tags' | 'workflow' | 'manifest';
  readonly path: string;
  readonly text: string;
}

/** A workspace of which nothing is known. */
export const unknownWorkspace: Workspace = { branches: [], tags: [], environments: [], serviceAccounts: [] };

/** What files say of their workspace. Files that cannot be read as what they should be say nothing. */
export function workspaceFrom(files: readonly WorkspaceFile[]): Workspace {
  const textsOf = (...kinds: readonly WorkspaceFile['kind'][]): readonly string[] =>
    kinds.flatMap((kind) => files.filter((file) => file.kind === kind).map(({ text }) => text));
  const remote = textsOf('git-config').flatMap((text) => originIn(text) ?? [])[0];
  const workflows = textsOf('workflow').map(workflowNames);
  const branches = textsOf('git-default-branch', 'git-head').flatMap((text) => branchIn(text) ?? []);
  return {
    ...(remote && { remote }),
    branches: distinct([...branches, ...workflows.flatMap((names) => names.branches)]),
    tags: distinct([...workflows.flatMap((names) => names.tags), ...textsOf('git-tags').flatMap(tagsIn)]),
    environments: distinct(workflows.flatMap(({ environments }) => environments)),
    serviceAccounts: serviceAccountsIn(files.filter(({ kind }) => kind === 'manifest')),
  };
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];
