/** The files of Git that tell where a repository comes from. A virtual workspace of GitHub says it by its address. */
import type { WorkspaceFile } from '#engine';
import { childOf, folderOf, resolved } from './addresses.ts';
import type { Files } from './files.ts';

/** The repository that a folder lies in. */
interface GitFiles {
  readonly root?: string;
  readonly files: readonly WorkspaceFile[];
}

/** How many folders up a repository is looked for. */
const highest = 16;

/** Looks for a repository in a folder and those above it. */
export async function gitFilesAbove(files: Files, start: string): Promise<GitFiles> {
  const virtual = virtualRepository(start);
  if (virtual) return virtual;
  let folder: string | undefined = start;
  for (let steps = 0; folder !== undefined && steps < highest; steps++) {
    const found = (await files.list(folder)).find(({ name }) => name === '.git');
    if (found)
      return { root: folder, files: await gitFilesOf(files, childOf(folder, '.git'), found.isFolder) };
    folder = folderOf(folder);
  }
  return { files: [] };
}

/** `vscode-vfs://github/OWNER/REPOSITORY/…`, as VS Code opens repositories without a checkout. */
function virtualRepository(uri: string): GitFiles | undefined {
  const [scheme, , authority = '', owner, repository] = uri.split('/');
  if (scheme !== 'vscode-vfs:' || !authority.startsWith('github') || !owner || !repository) return undefined;
  const text = `[remote "origin"]\nurl = https://github.com/${owner}/${repository}\n`;
  return {
    root: `${scheme}//${authority}/${owner}/${repository}`,
    files: [{ kind: 'git-config', path: uri, text }],
  };
}

/** In a worktree or submodule `.git` is a file that says where the folder is, and that says where the rest is. */
async function gitFilesOf(files: Files, git: string, isFolder: boolean): Promise<readonly WorkspaceFile[]> {
  const own = isFolder ? git : await folderNamedIn(files, git);
  if (own === undefined) return [];
  const common = isFolder ? undefined : await files.read(childOf(own, 'commondir'));
  const rest = (common === undefined ? undefined : resolved(common, own)) ?? own;
  const wanted: readonly (readonly [WorkspaceFile['kind'], string])[] = [
    ['git-config', `${rest}/config`],
    ['git-head', `${own}/HEAD`],
    ['git-default-branch', `${rest}/refs/remotes/origin/HEAD`],
    ['git-tags', `${rest}/packed-refs`],
  ];
  const texts = await Promise.all(wanted.map(([, path]) => files.read(path)));
  return wanted.flatMap(([kind, path], index) => {
    const text = texts[index];
    return text === undefined ? [] : { kind, path, text };
  });
}

/** The folder in a file `gitdir: PATH`. */
async function folderNamedIn(files: Files, file: string): Promise<string | undefined> {
  const text = (await files.read(file)) ?? '';
  const folder = folderOf(file);
  const prefix = 'gitdir:';
  return text.startsWith(prefix) && folder !== undefined
    ? resolved(text.slice(prefix.length), folder)
    : undefined;
}
