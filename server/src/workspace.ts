/**
 * What is known of the workspaces that documents lie in: read once, in the background, and again when files change.
 * Reading is bounded in depth and number, and nothing that is read is carried out.
 */
import { unknownWorkspace, type Workspace, workspaceFrom, type WorkspaceFile } from '#engine';
import type { Files, FolderEntry } from './files.ts';
import { gitFilesAbove } from './git-files.ts';
import { childOf, folderOf, isIn } from './addresses.ts';

export interface Workspaces {
  /** What is known of the workspace of a document; nothing yet where reading takes too long to wait for. */
  readonly of: (uri: string) => Promise<Workspace>;
  /** Files have changed. */
  readonly forget: () => void;
}

/** How long completion waits for files that are still being read, in milliseconds. */
const patience = 250;

/** @param roots the folders that are open in the editor */
export function createWorkspaces(files: Files, roots: readonly string[]): Workspaces {
  const known = new Map<string, Promise<Workspace>>();
  return {
    of: (uri) => {
      const root = roots.find((each) => isIn(uri, each));
      const start = root === undefined && uri.startsWith('untitled:') ? roots[0] : folderOf(uri);
      if (start === undefined) return Promise.resolve(unknownWorkspace);
      const workspace = known.get(start) ?? read(files, start, root);
      known.set(start, workspace);
      return Promise.race([workspace, later(unknownWorkspace)]);
    },
    forget: () => {
      known.clear();
    },
  };
}

const later = <T>(value: T): Promise<T> =>
  new Promise((resolve) => {
    setTimeout(() => {
      resolve(value);
    }, patience);
  });

async function read(files: Files, start: string, root: string | undefined): Promise<Workspace> {
  const git = await gitFilesAbove(files, start);
  const top = git.root ?? root;
  const [workflows, manifests] = await Promise.all([
    top === undefined ? [] : workflowsIn(files, top),
    manifestsBelow(files, root ?? git.root ?? start),
  ]);
  return workspaceFrom([...git.files, ...workflows, ...manifests]);
}

const isYaml = (name: string): boolean => name.endsWith('.yml') || name.endsWith('.yaml');

/** As many workflows as are read of a repository. */
const mostWorkflows = 50;

async function workflowsIn(files: Files, root: string): Promise<readonly WorkspaceFile[]> {
  const folder = childOf(childOf(root, '.github'), 'workflows');
  const entries = await files.list(folder);
  const names = entries.filter(({ name, isFolder }) => !isFolder && isYaml(name)).map(({ name }) => name);
  return readAll(
    files,
    'workflow',
    names
      .sort()
      .slice(0, mostWorkflows)
      .map((name) => childOf(folder, name)),
  );
}

/** How far manifests are searched for. Asking a client costs more than reading from a disk. */
const limitsFor = (
  uri: string,
): { readonly depth: number; readonly folders: number; readonly files: number } =>
  uri.startsWith('file:') ? { depth: 5, folders: 300, files: 200 } : { depth: 3, folders: 60, files: 60 };

/** Folders of what others have written, or programs. */
const skipped: ReadonlySet<string> = new Set(['build', 'dist', 'node_modules', 'target', 'vendor', 'venv']);

/** Manifests below a folder, level by level. */
async function manifestsBelow(files: Files, top: string): Promise<readonly WorkspaceFile[]> {
  const limits = limitsFor(top);
  const found: string[] = [];
  let level: readonly string[] = [top];
  let left = limits.folders;
  for (let depth = 0; depth <= limits.depth && level.length > 0; depth++) {
    const folders = level.slice(0, left);
    left -= folders.length;
    const entries = (await Promise.all(folders.map((folder) => entriesOf(files, folder)))).flat();
    found.push(...entries.filter(({ name, isFolder }) => !isFolder && isYaml(name)).map(({ uri }) => uri));
    level = entries.filter(mayHoldManifests).map(({ uri }) => uri);
  }
  return readAll(files, 'manifest', found.slice(0, limits.files));
}

const entriesOf = async (
  files: Files,
  folder: string,
): Promise<readonly (FolderEntry & { readonly uri: string })[]> =>
  (await files.list(folder)).map((entry) => ({ ...entry, uri: childOf(folder, entry.name) }));

const mayHoldManifests = ({ name, isFolder }: FolderEntry): boolean =>
  isFolder && !name.startsWith('.') && !skipped.has(name);

async function readAll(
  files: Files,
  kind: WorkspaceFile['kind'],
  uris: readonly string[],
): Promise<readonly WorkspaceFile[]> {
  const texts = await Promise.all(uris.map((uri) => files.read(uri)));
  return uris.flatMap((path, index) => {
    const text = texts[index];
    return text === undefined ? [] : { kind, path, text };
  });
}
