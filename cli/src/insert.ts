/** `insert`: a named insertion into one statement of a file, printed or written. */
import { randomUUID } from 'node:crypto';
import {
  applyEdits,
  defaultSettings,
  type Document,
  insertAt,
  type Inserted,
  insertions,
  readDocument,
  type Site,
  sitesIn,
} from '#engine';
import { inputFrom } from './files.ts';
import type { InsertOneRequest, InsertRequest } from './insert-args.ts';
import type { Format } from './options.ts';
import { replaceFile } from './replace-file.ts';
import { sourceOf } from './source.ts';
import { Misuse } from './usage.ts';

/** Carries out what is asked for. @returns the exit code @throws Misuse */
export async function insert(request: InsertRequest): Promise<number> {
  if ('list' in request) {
    console.log(listed(request.list));
    return 0;
  }
  const { file, stdinName, write } = request;
  const input = await inputFrom(file, stdinName);
  if ('problem' in input) throw new Misuse(`${input.file} cannot be read: ${input.problem}`);
  const { text, mark } = input;
  const document = readDocument(sourceOf(input));
  const made = madeIn(document, request);
  if (made.kind === 'unfit') throw new Misuse(made.why);
  if (made.kind === 'present') console.error(`trust-policy: nothing to do. ${made.why}`);
  const after = made.kind === 'edits' ? applyEdits(text, made.edits) : text;
  if (!write) process.stdout.write(mark + after);
  else if (after !== text) {
    const problem = replaceFile(file, mark + after);
    if (problem !== undefined) throw new Misuse(`${file} cannot be written: ${problem}`);
  }
  return 0;
}

function madeIn(document: Document, request: InsertOneRequest): Inserted {
  const make = (site: Site): Inserted =>
    insertAt(request.insertion, site, document, defaultSettings, randomUUID, request.value);
  const sites = sitesMeant(document, request);
  const [only, ...others] = sites;
  if (only === undefined) throw new Misuse('There is no statement in it.');
  if (others.length === 0) return make(only);
  const all = sites.map(make);
  const fitting = all.filter(({ kind }) => kind !== 'unfit');
  const [first, ...more] = fitting;
  if (first && more.length === 0) return first;
  throw new Misuse(
    first
      ? 'It makes sense for several statements: say which by --statement.'
      : 'It makes sense for none of the statements: say which by --statement to learn why.',
  );
}

/** The statements that the arguments leave. */
function sitesMeant(document: Document, { policy, statement }: InsertOneRequest): readonly Site[] {
  const { regions } = document;
  if (regions.length === 0) throw new Misuse('There is no trust policy in it.');
  const meant = regions.filter(
    ({ label }, index) => policy === undefined || label === policy || String(index) === policy,
  );
  if (meant.length === 0) throw new Misuse(`There is no policy "${policy ?? ''}" in it.`);
  const sites = sitesIn(document).filter(({ region }) => meant.includes(region));
  if (statement === undefined) return sites;
  if (meant.length > 1) throw new Misuse('There are several policies in it: say which by --policy.');
  const named = sites.filter((site) => site.statement.sid === statement);
  const found = named.length > 0 ? named : sites.filter((site) => String(site.statement.index) === statement);
  if (found.length === 0) throw new Misuse(`There is no statement "${statement}" in it.`);
  if (found.length > 1) throw new Misuse(`Several statements are called "${statement}": give an index.`);
  return found;
}

function listed(format: Format): string {
  const all = insertions.map(({ id, title, summary, form }) => ({
    name: id,
    title,
    description: summary,
    value: form?.name ?? null,
  }));
  if (format === 'json') return JSON.stringify({ insertions: all }, undefined, 2);
  const lines = all.map(
    ({ name, description, value }) =>
      `${name.padEnd(35)} ${(value === null ? '' : `--value ${value}`).padEnd(21)} ${description}`,
  );
  return [...lines, '', `${String(all.length)} insertions.`].join('\n');
}
