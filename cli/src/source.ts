/** A file as the engine reads it: with what its project says of where trust policies are. */
import { pathToFileURL } from 'node:url';
import { defaultSettings, type Settings, type Source } from '#engine';
import type { Readable } from './files.ts';
import { createProjects } from './project.ts';

/** @throws Misuse where the project file cannot be taken */
export function sourceOf(
  { file, text, languageId }: Readable,
  { terraformArguments }: Settings = createProjects(defaultSettings).settingsOf(file),
): Source {
  return { uri: pathToFileURL(file).href, languageId, text, terraformArguments };
}
