/** What the generated data files of the catalogue have in common: their place, provenance and order. */
import { readFile } from 'node:fs/promises';
import { pretty } from '../generate/step.ts';

/** Where the entries of a data file come from; the schema of the same name states the fields. */
export interface Provenance {
  readonly source: string;
  readonly url: string;
  readonly retrieved: string;
  readonly method: 'generated';
  readonly licence: string;
}

/** The text of a pinned input. */
export function readSource(name: string): Promise<string> {
  return readFile(`scripts/catalog/sources/${name}`, 'utf8');
}

/** The path and text of a data file, its entries sorted by id. */
export async function dataFile(
  name: string,
  provenance: Provenance,
  entries: readonly { readonly id: string }[],
): Promise<[path: string, text: string]> {
  const path = `engine/src/catalog/${name}.json`;
  const sorted = [...entries].sort((a, b) => (a.id < b.id ? -1 : 1));
  const data = { $schema: `../../../schemas/catalog/${name}.schema.json`, provenance, entries: sorted };
  return [path, await pretty(JSON.stringify(data), path)];
}
