/**
 * `npm run generate` derives every generated file from the committed data, schemas, rules and pages.
 * `npm run generate -- --check` writes nothing, lists what is stale and exits with 1.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { catalogData } from './generate/catalog-data.ts';
import { catalogNames } from './generate/catalog-names.ts';
import { catalogTypes } from './generate/catalog-types.ts';
import { elements } from './generate/elements.ts';
import { manifest } from './generate/manifest.ts';
import { projectFile } from './generate/project-file.ts';
import { registry } from './generate/registry.ts';
import { snippets } from './generate/snippets.ts';
import type { Step } from './generate/step.ts';

/** In this order: a later step may read what an earlier one wrote. */
const steps: readonly Step[] = [
  catalogData,
  catalogTypes,
  catalogNames,
  elements,
  registry,
  projectFile,
  manifest,
  snippets,
];

const check = process.argv.includes('--check');
const stale: string[] = [];
for (const step of steps) {
  for (const [path, text] of await step.outputs()) {
    if ((await readFile(path, 'utf8').catch(() => '')) === text) continue;
    stale.push(`${path} (${step.name})`);
    if (!check) await write(path, text);
  }
}
report();

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}

function report(): void {
  if (stale.length === 0) {
    console.log('Nothing to generate: all files are up to date.');
    return;
  }
  console.log(`${check ? 'Stale' : 'Written'}:\n${stale.map((line) => `  ${line}`).join('\n')}`);
  if (!check) return;
  console.log('Run: npm run generate');
  process.exitCode = 1;
}
