/** The project file of a document: the nearest one in its folder and those above, up to the workspace folder's. */
import { isProjectFile, type Project, projectFileName, readProject } from '#engine';
import type { Connection, TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { childOf, folderOf, isIn, withoutSlash } from './addresses.ts';
import type { Client } from './client.ts';
import type { Files } from './files.ts';

/** A project file that was found, or the place where one would be. */
export interface Located {
  readonly uri: string;
  readonly text?: string;
  readonly project?: Project;
  /** The path of the document from the folder of the project file. */
  readonly file: string;
}

export interface ProjectFiles {
  /** The project file that a document belongs to, or the place for one; nothing for documents without a place. */
  readonly locate: (uri: string) => Promise<Located | undefined>;
  /** Forgets what was read. */
  readonly forget: () => void;
  /** Has the client tell which folders are opened and closed; for when it is initialized. */
  readonly follow: () => void;
}

interface Found {
  readonly folder: string;
  readonly text: string;
  readonly project: Project;
}

/** Finds project files; `changed` is called when one may have changed. */
export function createProjectFiles(
  connection: Connection,
  client: Client,
  documents: TextDocuments<TextDocument>,
  files: Files,
  changed: () => void,
): ProjectFiles {
  const found = new Map<string, Promise<Found | undefined>>();
  let folders = client.folders;

  const read = (uri: string): Promise<string | undefined> => {
    const open = documents.get(uri)?.getText();
    return open === undefined ? files.read(uri) : Promise.resolve(open);
  };
  const find = async (folder: string): Promise<Found | undefined> => {
    const text = await read(childOf(folder, projectFileName));
    if (text !== undefined) return { folder, text, project: readProject(text) };
    const above = folders.includes(folder) ? undefined : folderOf(folder);
    return above === undefined ? undefined : nearest(above);
  };
  const nearest = (folder: string): Promise<Found | undefined> => {
    const known = found.get(folder) ?? find(folder);
    found.set(folder, known);
    return known;
  };
  const forget = (): void => {
    found.clear();
    changed();
  };

  return {
    locate: async (uri) => {
      const own = folderOf(pathOf(uri)) ?? folders[0];
      if (own === undefined || isProjectFile(uri)) return undefined;
      const project = await nearest(own);
      const folder = project?.folder ?? around(own, folders) ?? own;
      return {
        uri: childOf(folder, projectFileName),
        file: relative(uri, folder),
        ...(project && { text: project.text, project: project.project }),
      };
    },
    forget,
    follow: () => {
      if (!client.changesFolders) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = removed.map(({ uri }) => withoutSlash(uri));
        folders = [
          ...folders.filter((uri) => !gone.includes(uri)),
          ...added.map(({ uri }) => withoutSlash(uri)),
        ];
        forget();
      });
    },
  };
}

/** An address without query and fragment. */
const pathOf = (uri: string): string => uri.split('?')[0]?.split('#')[0] ?? uri;

/** The workspace folder that a folder lies in. */
const around = (folder: string, folders: readonly string[]): string | undefined =>
  folders.find((each) => folder === each || isIn(folder, each));

/** The path of a document from a folder, as people write it. */
function relative(uri: string, folder: string): string {
  const path = pathOf(uri);
  const rest = isIn(path, folder) ? path.slice(folder.length + 1) : path;
  try {
    return decodeURIComponent(rest);
  } catch {
    return rest;
  }
}
