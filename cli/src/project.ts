/** The settings of a file: those of the project file that is nearest above it, under what the command line says. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  defaultSettings,
  findingsIn,
  joinSettings,
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

interface Found {
  readonly folder: string;
  readonly project: Project;
}

/** Tells the settings of files; project files are read once. */
export function createSettings(over: Settings): (file: string) => Settings {
  const found = new Map<string, Found | undefined>();
  const nearest = (folder: string): Found | undefined => {
    if (found.has(folder)) return found.get(folder);
    const above = path.dirname(folder);
    const project = projectIn(folder) ?? (above === folder ? undefined : nearest(above));
    found.set(folder, project);
    return project;
  };
  return (file) => {
    const whole = path.resolve(file);
    const located = nearest(path.dirname(whole));
    if (located === undefined) return over;
    const relative = path.relative(located.folder, whole).replaceAll(path.sep, '/');
    return joinSettings(over, projectSettings(located.project, relative));
  };
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
  const findings = findingsIn(document, defaultSettings);
  if (findings.length === 0) return { folder, project: readProject(text) };
  const starts = lineStarts(text);
  const lines = findings.map((finding) => {
    const { line, character } = lineColumnAt(starts, finding.span.start);
    return `  ${String(line + 1)}:${String(character + 1)}  ${textOfFinding(finding)}`;
  });
  throw new Misuse([`${path.relative('.', file) || file} cannot be taken:`, ...lines].join('\n'));
}
