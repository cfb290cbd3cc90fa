/** Which files are meant, and their texts. Folders are walked; links in them are not followed. */
import { createReadStream, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { hosts } from '#engine';
import { Misuse } from './usage.ts';

/** A text to check, or why it could not be read. */
export type Input =
  | { readonly file: string; readonly text: string; readonly languageId: string }
  | { readonly file: string; readonly problem: string };

const languages: Readonly<Record<string, string>> = {
  '.json': 'json',
  '.jsonc': 'jsonc',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.template': 'cloudformation',
  '.tf': 'terraform',
  '.tofu': 'opentofu',
};

const skipped = new Set(['node_modules', '.git', '.terraform', '.aws-sam']);

/** The language of a file by its ending; JSON where the ending says nothing. */
export function languageOf(file: string, text: string): string {
  const language = languages[path.extname(file).toLowerCase()] ?? 'json';
  return language === 'cloudformation' ? (text.trimStart().startsWith('{') ? 'json' : 'yaml') : language;
}

/** Whether some host reads the language of a file. */
function isReadable(file: string): boolean {
  const language = languages[path.extname(file).toLowerCase()];
  return (
    language !== undefined &&
    (language === 'cloudformation' || hosts.some((host) => host.languages.includes(language)))
  );
}

/** The files that arguments name, in order and each once. @throws Misuse where an argument names nothing */
export function filesFor(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap(filesAt))];
}

function filesAt(argument: string): readonly string[] {
  if (argument === '-') return ['-'];
  if (existsSync(argument)) return statSync(argument).isDirectory() ? walk(argument) : [argument];
  throw new Misuse(`There is no file or folder "${argument}".`);
}

function walk(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(child);
    return entry.isFile() && isReadable(entry.name) ? [child] : [];
  });
}

/** Reads a file. What is not UTF-8 is not guessed at. */
export function readInput(file: string): Input {
  try {
    return inputOf(file, readFileSync(file));
  } catch (error) {
    return { file, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Reads standard input to its end, under the given name. */
export async function readStdin(name: string): Promise<Input> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream('', { fd: 0 })) chunks.push(Buffer.from(chunk as Uint8Array));
  return inputOf(name, Buffer.concat(chunks));
}

function inputOf(file: string, bytes: Buffer): Input {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return { file, text, languageId: languageOf(file, text) };
  } catch {
    return { file, problem: 'it is not UTF-8 text' };
  }
}
