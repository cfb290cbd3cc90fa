/** Addresses of files and folders, whatever their scheme. Those of folders have no slash at the end. */

/** The folder of a file, or the one above a folder; nothing above the root and for documents without a place. */
export function folderOf(uri: string): string | undefined {
  const authority = uri.indexOf('://');
  const slash = uri.lastIndexOf('/');
  return authority < 0 || slash < authority + 3 ? undefined : uri.slice(0, slash);
}

/** A file or folder in a folder. */
export const childOf = (folder: string, name: string): string => `${folder}/${encodeURIComponent(name)}`;

/** Whether a file lies below a folder. */
export const isIn = (uri: string, folder: string): boolean => uri.startsWith(`${withoutSlash(folder)}/`);

/** The address of a folder, however it was given. */
export const withoutSlash = (folder: string): string => (folder.endsWith('/') ? folder.slice(0, -1) : folder);

/** Where a path leads that stands in a file of a folder. */
export function resolved(path: string, folder: string): string | undefined {
  const posix = path.trim().replaceAll('\\', '/');
  const isDrive = /^[a-z]:\//i.test(posix);
  const base = isDrive ? `file:///${posix}` : posix;
  return URL.canParse(base, `${folder}/`) ? withoutSlash(new URL(base, `${folder}/`).href) : undefined;
}
