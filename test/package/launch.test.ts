/** The launchers start a bundle with code that was compiled before, or without, and it makes no difference. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { fromBuild } from './built.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'launch-'));
  for (const file of ['cli.cjs', 'cli.main.cjs']) cpSync(fromBuild(`dist/${file}`), path.join(folder, file));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const start = (): unknown => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [path.join(folder, 'cli.cjs'), '--help'], {
    encoding: 'utf8',
  });
  return { status, stderr, helps: stdout.includes('Usage') };
};
const helped = { status: 0, stderr: '', helps: true };

/** The compiled code, of which there is one at most. */
const compiled = (): string => {
  const files = readdirSync(folder).filter((file) => !file.endsWith('.cjs'));
  expect(files).toHaveLength(1);
  return path.join(folder, files[0] ?? '');
};

it('the first start leaves compiled code, and the next one uses it', () => {
  expect(start()).toEqual(helped);
  const first = readFileSync(compiled());
  expect(start()).toEqual(helped);
  expect(readFileSync(compiled()).equals(first)).toBe(true);
});

it.each([
  ['nothing', (code: Buffer) => code.subarray(0, 0)],
  ['half of it', (code: Buffer) => code.subarray(0, code.length / 2)],
  ['a byte of it', (code: Buffer) => code.map((byte, index) => (index === 5000 ? byte ^ 0x55 : byte))],
  ['zeros', (code: Buffer) => code.fill(0, 4096)],
])('compiled code of which the disk has kept wrongly %s is made again', (_, spoil) => {
  start();
  const whole = readFileSync(compiled());
  writeFileSync(compiled(), spoil(Buffer.from(whole)));
  expect(start()).toEqual(helped);
  expect(readFileSync(compiled()).length).toBeGreaterThan(whole.length / 2);
  expect(start()).toEqual(helped);
});

it('starts where nothing can be written', () => {
  start();
  const file = compiled();
  rmSync(file);
  mkdirSync(file);
  expect(start()).toEqual(helped);
});

it('starts another bundle without the code of this one', () => {
  start();
  const bundle = path.join(folder, 'cli.main.cjs');
  writeFileSync(bundle, readFileSync(bundle, 'utf8').replaceAll('Usage', 'Abuse'));
  // The build gives every bundle its own name for the code; here the launcher is the old one.
  rmSync(compiled());
  expect(start()).toEqual({ ...helped, helps: false });
});
