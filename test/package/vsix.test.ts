/** What the packed extension contains: nothing less, and nothing more. Needs `npm run package`. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromBuild, root } from './built.ts';
import { readZip } from './zip.ts';

const vsix = fromBuild('iam-trust-policy.vsix');
const files = readZip(readFileSync(vsix));
const pages = readdirSync(`${root}/engine/src/rules`, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => file.replace(/^.*[\\/]/, '').replace(/\.md$/, ''));

const manifest = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as Record<string, unknown>;
const parsed = (file: string): unknown => JSON.parse(files.get(file)?.toString('utf8') ?? '');

describe('the packed extension', () => {
  it('contains exactly these files', () => {
    const expected = [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/NOTICE',
      'extension/changelog.md',
      'extension/dist/client-browser.js',
      'extension/dist/client-node.cjs',
      'extension/dist/rules.json',
      'extension/dist/server-browser.js',
      'extension/dist/server-node.cjs',
      'extension/dist/server-node.main.cjs',
      'extension/dist/third-party-notices.txt',
      'extension/images/icon.png',
      'extension/package.json',
      'extension/readme.md',
      'extension/schemas/project-file.completion.json',
      'extension/schemas/trust-tests.schema.json',
      'extension/snippets/json.gen.json',
      'extension/snippets/terraform.gen.code-snippets',
      'extension/snippets/yaml.gen.code-snippets',
      'extension/walkthrough/fix.md',
      'extension/walkthrough/template.md',
      'extension/walkthrough/terraform.md',
    ];
    expect([...files.keys()].sort()).toEqual(expected.sort());
  });

  it('is at most 1 MB', () => {
    expect(statSync(vsix).size).toBeLessThanOrEqual(1024 * 1024);
  });

  it('has the manifest of the repository, without what only the repository needs', () => {
    const omitted = ['devDependencies', 'imports', 'private', 'scripts', 'type'];
    const own = Object.entries(manifest).filter(([key]) => !omitted.includes(key));
    const packed = parsed('extension/package.json') as object;
    expect(packed).toMatchObject(Object.fromEntries(own));
    // VS Code's web worker host refuses to load an extension whose type is "module".
    for (const key of [...omitted, 'dependencies']) expect(packed).not.toHaveProperty(key);
  });

  it('has the files that the manifest names', () => {
    const { main, browser, icon } = manifest as Record<string, string>;
    for (const file of [main, browser, icon]) {
      expect([...files.keys()]).toContain(`extension/${(file ?? '').replace(/^\.\//, '')}`);
    }
  });

  it('has every rule page, with its summary', () => {
    const index = parsed('extension/dist/rules.json') as { id: string; summary: string; text: string }[];
    expect(index.map(({ id }) => id).sort()).toEqual(pages.sort());
    for (const { id, summary, text } of index) {
      expect(summary).not.toBe('');
      expect(text).toContain(`# ${id}\n`);
    }
  });
});
