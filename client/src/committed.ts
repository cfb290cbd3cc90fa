/**
 * A document as it was committed last, read through VS Code's own Git extension, or why there is no such version. Renames
 * that Git knows of are followed; a submodule or a worktree is a repository of its own.
 */
import { type Event, extensions, Uri, type TextDocument } from 'vscode';

/** What is used of VS Code's own Git extension. */
interface GitExtension {
  readonly getAPI: (version: 1) => Git;
}

interface Git {
  readonly state: 'initialized' | 'uninitialized';
  readonly onDidChangeState: Event<unknown>;
  readonly getRepository: (uri: Uri) => Repository | null;
  readonly getRepositoryRoot: (folder: Uri) => Promise<Uri | null>;
  readonly openRepository: (root: Uri) => Promise<Repository | null>;
}

interface Change {
  readonly originalUri: Uri;
  readonly renameUri: Uri | undefined;
}

interface Repository {
  readonly state: {
    readonly HEAD: { readonly commit?: string } | undefined;
    readonly indexChanges: readonly Change[];
    readonly workingTreeChanges: readonly Change[];
  };
  readonly status: () => Promise<void>;
  readonly show: (ref: string, path: string) => Promise<string>;
}

/** The text in HEAD, with what there is to say of it; the text is empty for a file that is new. */
export interface Committed {
  readonly text: string;
  readonly note?: string;
}

/** Why there is no text. */
export interface Uncommitted {
  readonly problem: string;
}

/** The text of a document as it was committed last. */
export async function committed({ uri, isUntitled }: TextDocument): Promise<Committed | Uncommitted> {
  if (isUntitled) return { problem: 'The document has not been saved yet, so Git does not know it.' };
  const git = await gitHere();
  if ('problem' in git) return git;
  const repository = await repositoryOf(git, uri);
  if (!repository) return { problem: 'The file lies in no Git repository.' };
  return (await textAt(repository, uri)) ?? (await withoutText(repository, uri));
}

const notHere =
  'VS Code’s Git extension is not running here: it is switched off, the folder is not trusted, or its files are not on this machine. "trust-policy diff OLD NEW" compares files, too.';

async function gitHere(): Promise<Git | Uncommitted> {
  try {
    const extension = await extensions.getExtension<GitExtension>('vscode.git')?.activate();
    if (!extension) return { problem: notHere };
    const git = extension.getAPI(1);
    if (git.state === 'uninitialized') await changed(git);
    return git;
  } catch {
    return { problem: notHere };
  }
}

/** Git looks for repositories when VS Code starts, which is not waited for longer than this, in milliseconds. */
const patience = 10_000;

function changed({ onDidChangeState }: Git): Promise<void> {
  return new Promise((resolve) => {
    const listener = onDidChangeState(() => {
      finish();
    });
    const timer = setTimeout(() => {
      finish();
    }, patience);
    const finish = (): void => {
      listener.dispose();
      clearTimeout(timer);
      resolve();
    };
  });
}

/** The innermost repository, also where it is not open yet, as of a file outside of the open folders. */
async function repositoryOf(git: Git, uri: Uri): Promise<Repository | null> {
  try {
    const root = await git.getRepositoryRoot(Uri.joinPath(uri, '..'));
    return root && (git.getRepository(root) ?? (await git.openRepository(root)));
  } catch {
    return git.getRepository(uri);
  }
}

/** Git fails for what a commit does not have. */
async function textAt(repository: Repository, uri: Uri): Promise<Committed | undefined> {
  try {
    return { text: await repository.show('HEAD', uri.fsPath) };
  } catch {
    return undefined;
  }
}

/** The file may have had another name, or it is new. */
async function withoutText(repository: Repository, uri: Uri): Promise<Committed | Uncommitted> {
  await repository.status();
  const { HEAD, indexChanges, workingTreeChanges } = repository.state;
  if (HEAD?.commit === undefined) return { problem: 'The repository has no commit yet.' };
  const former = [...indexChanges, ...workingTreeChanges].find(
    ({ originalUri, renameUri }) =>
      renameUri?.toString() === uri.toString() && originalUri.toString() !== uri.toString(),
  )?.originalUri;
  const renamed = former && (await textAt(repository, former));
  if (renamed) return { ...renamed, note: `In HEAD the file is called \`${nameOf(former)}\`.` };
  return { text: '', note: 'HEAD does not have this file, so that all whom it lets in are new.' };
}

const nameOf = ({ path }: Uri): string => path.slice(path.lastIndexOf('/') + 1).replaceAll('`', '´');
