/**
 * The settings of a file: those of the project file that is nearest above it, under what the command line says. And whether what
 * the project file ignores is there.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  defaultSettings,
  type Document,
  type Entry,
  type Finding,
  findingsIn,
  type Ignored,
  isPathPattern,
  joinSettings,
  judgeProject,
  lineColumnAt,
  lineStarts,
  type Project,
  projectFileName,
  projectSettings,
  readDocument,
  readProject,
  type Settings,
} from '#engine';
import { textOfFinding } from './text.ts';
import { Misuse } from './usage.ts';

/** A project file that stands above something that is checked. */
interface Found {
  readonly file: string;
  readonly folder: string;
  readonly text: string;
  readonly document: Document;
  readonly project: Project;
  /** The entries that are meant for a file that was checked. */
  readonly met: Set<Entry>;
  /** Those that ignored something, or may have. */
  readonly used: Set<Ignored>;
}

/** What there is to say about a project file. */
export type ProjectReport = Pick<Found, 'file' | 'text' | 'document'> & {
  readonly findings: readonly Finding[];
};

/** The project files above what is checked; each is read once. */
export interface Projects {
  /** The settings of a file. */
  readonly settingsOf: (file: string) => Settings;
  /** Notes what the entries have ignored in a file; without `used` it could not be read. */
  readonly note: (file: string, used?: ReadonlySet<Ignored>) => void;
  /** What is wrong with what is ignored, once all that was asked for is checked. */
  readonly reports: (paths: readonly string[]) => readonly ProjectReport[];
}

/** Finds project files and keeps account of what they ignore. */
export function createProjects(over: Settings): Projects {
  const found = new Map<string, Found | undefined>();
  const nearest = (folder: string): Found | undefined => {
    if (found.has(folder)) return found.get(folder);
    const above = path.dirname(folder);
    const project = projectIn(folder) ?? (above === folder ? undefined : nearest(above));
    found.set(folder, project);
    return project;
  };
  const located = (file: string): { readonly settings: Settings; readonly above?: Found } => {
    const whole = path.resolve(file);
    const above = nearest(path.dirname(whole));
    if (above === undefined) return { settings: over };
    const relative = path.relative(above.folder, whole).replaceAll(path.sep, '/');
    return { settings: joinSettings(over, projectSettings(above.project, relative)), above };
  };
  return {
    settingsOf: (file) => located(file).settings,
    note: (file, used) => {
      const { settings, above } = located(file);
      for (const entry of settings.ignore) {
        above?.met.add(entry);
        if (used?.has(entry) !== false) above?.used.add(entry);
      }
    },
    reports: (paths) =>
      [...new Set(found.values())].flatMap((each) => (each ? reportsOn(each, paths, over) : [])),
  };
}

function reportsOn(found: Found, paths: readonly string[], over: Settings): readonly ProjectReport[] {
  const { file, text, document, project, met, used } = found;
  const isWalked = paths.some(
    (each) => existsSync(each) && statSync(each).isDirectory() && isIn(each, found),
  );
  // An entry for many files may be of use in one that was not read.
  const isDecided = (entry: Entry): boolean =>
    met.has(entry) && (isWalked || (entry.file !== undefined && !isPathPattern(entry.file)));
  const idle = project.ignore.flatMap((entry, index) =>
    isDecided(entry) && !used.has(entry) ? [index] : [],
  );
  const findings = judgeProject(document, joinSettings(over, project.settings), new Set(idle));
  return findings.length === 0 ? [] : [{ file, text, document, findings }];
}

/** Whether a project is in a folder, as a whole. */
function isIn(folder: string, { folder: own }: Found): boolean {
  const relative = path.relative(path.resolve(folder), own);
  return !relative.startsWith('..') && !path.isAbsolute(relative);
}

/** @throws Misuse where the file says what cannot be taken: to go on would be to check by other rules than were meant */
function projectIn(folder: string): Found | undefined {
  const file = path.join(folder, projectFileName);
  let text: string;
  try {
    text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
  } catch {
    return undefined;
  }
  const document = readDocument({ uri: pathToFileURL(file).href, languageId: 'json', text });
  const findings = findingsIn(document, defaultSettings).filter(({ severity }) => severity === 'error');
  if (findings.length === 0) {
    const shown = path.relative('.', file) || file;
    return {
      file: shown,
      folder,
      text,
      document,
      project: readProject(text),
      met: new Set(),
      used: new Set(),
    };
  }
  const starts = lineStarts(text);
  const lines = findings.map((finding) => {
    const { line, character } = lineColumnAt(starts, finding.span.start);
    return `  ${String(line + 1)}:${String(character + 1)}  ${textOfFinding(finding)}`;
  });
  throw new Misuse([`${path.relative('.', file) || file} cannot be taken:`, ...lines].join('\n'));
}
