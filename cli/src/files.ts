/** Which files are meant, and their texts. Folders are walked; links in them are not followed. */
import { createReadStream, type Dirent, existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { folderOfPattern, hosts, isPathPattern, pathExpression } from '#engine';
import { Misuse } from './usage.ts';

/** What could not be read, and why. */
export interface Unreadable {
  readonly file: string;
  readonly problem: string;
}

/** A text to check. */
export interface Readable {
  readonly file: string;
  readonly text: string;
  readonly languageId: string;
  /** The byte order mark that the file begins with; positions are counted behind it, as editors do. */
  readonly mark: '\uFEFF' | '';
}

export type Input = Readable | Unreadable;

const languages: Readonly<Record<string, string>> = {
  '.json': 'json',
  '.jsonc': 'jsonc',
  '.yaml': 'yaml',
  '.yml': 'yaml',
  '.template': 'cloudformation',
  '.tf': 'terraform',
  '.tofu': 'opentofu',
  '.tftpl': 'template',
  '.tpl': 'template',
};

const skipped = new Set(['node_modules', '.git', '.terraform', '.aws-sam']);

/** The language of a file by its ending; JSON where the ending says nothing. */
export function languageOf(file: string, text: string): string {
  const language = languages[path.extname(file).toLowerCase()] ?? 'json';
  return language === 'cloudformation' ? (text.trimStart().startsWith('{') ? 'json' : 'yaml') : language;
}

/** Whether some host reads the language of a file. */
function isReadable(file: string): boolean {
  const name = file.toLowerCase();
  const language = languages[path.extname(name)];
  const speaks = ({ languages: spoken, extensions = [] }: (typeof hosts)[number]): boolean =>
    spoken.includes(language ?? '') || extensions.some((ending) => name.endsWith(ending));
  return language === 'cloudformation' || hosts.some(speaks);
}

/**
 * The files that arguments name, in order and each once, and the folders among them that cannot be read.
 * @throws Misuse where an argument names nothing
 */
export function filesFor(paths: readonly string[]): readonly (string | Unreadable)[] {
  return [...new Set(paths.flatMap(filesAt))];
}

function filesAt(argument: string): readonly (string | Unreadable)[] {
  if (argument === '-') return ['-'];
  if (existsSync(argument)) {
    if (!statSync(argument).isDirectory()) return [argument];
    return orMisuse(walk(argument, isReadable), `There is no file to check in "${argument}".`);
  }
  if (!isPathPattern(argument)) throw new Misuse(`There is no file or folder "${argument}".`);
  const pattern = argument.replaceAll(path.sep, '/');
  const expression = pathExpression(pattern);
  const matching = walk(folderOfPattern(pattern), (file) => expression.test(file.replaceAll(path.sep, '/')));
  return orMisuse(matching, `There is no file that matches "${argument}".`);
}

function orMisuse<T>(found: readonly T[], message: string): readonly T[] {
  if (found.length === 0) throw new Misuse(message);
  return found;
}

function walk(folder: string, isMeant: (file: string) => boolean): readonly (string | Unreadable)[] {
  let entries: readonly Dirent[];
  try {
    entries = readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    return [{ file: folder, problem: problemOf(error) }];
  }
  const sorted = [...entries].sort((a, b) => (a.name < b.name ? -1 : 1));
  return sorted.flatMap((entry) => {
    const child = path.join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : walk(child, isMeant);
    return entry.isFile() && isMeant(child) ? [child] : [];
  });
}

/** Reads what `filesFor` has found; `-` is standard input under the given name. */
export async function inputFrom(file: string | Unreadable, stdinName: string): Promise<Input> {
  if (typeof file !== 'string') return file;
  return file === '-' ? readStdin(stdinName) : readInput(file);
}

/** Reads a file. What is not UTF-8 is not guessed at. */
function readInput(file: string): Input {
  try {
    return inputOf(file, readFileSync(file));
  } catch (error) {
    return { file, problem: problemOf(error) };
  }
}

/** Reads standard input to its end, under the given name. */
async function readStdin(name: string): Promise<Input> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of createReadStream('', { fd: 0 })) chunks.push(Buffer.from(chunk as Uint8Array));
  } catch (error) {
    return { file: 'standard input', problem: problemOf(error) };
  }
  return inputOf(name, Buffer.concat(chunks));
}

function inputOf(file: string, bytes: Buffer): Input {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const mark = text.startsWith('\uFEFF') ? '\uFEFF' : '';
    const unmarked = text.slice(mark.length);
    return { file, text: unmarked, languageId: languageOf(file, unmarked), mark };
  } catch {
    return { file, problem: 'it is not UTF-8 text' };
  }
}

/** Why something failed, in a few words. */
export const problemOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
