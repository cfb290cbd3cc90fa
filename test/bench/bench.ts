/**
 * `npm run bench`: what users feel, as ratios to `jsonc-parser` and to VS Code's JSON language server in the same run.
 * Machines are shared and noisy: only figures of one run are compared. `--quick` does fewer rounds.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseTree } from 'jsonc-parser';
import { evaluatorOf, readPolicies, readRequest } from '../../engine/src/index.ts';
import { type Sample, samples, template } from './documents.ts';
import { measureHosts } from './hosts.ts';
import {
  burst,
  coldStart,
  completions,
  keystrokes,
  median,
  open,
  type Opened,
  residentMiB,
} from './measure.ts';
import { servers } from './servers.ts';

const here = import.meta.dirname;
const root = path.resolve(here, '../..');
const quick = process.argv.includes('--quick');
const rounds = quick ? 3 : 9;
const [small, , large] = samples;

type Row = readonly [what: string, ours: string, yardstick: string, ratio: string];
const rows: Row[] = [];

prepare();
measureEvaluation();
await measureStart();
for (const sample of samples) await measureKeystrokes(sample);
await measureTemplate();
await measureBurst();
await measureMemory();
print();

function prepare(): void {
  if (!existsSync(path.join(root, 'dist/server-node.cjs'))) run('npm', ['run', '--silent', 'build'], root);
  if (!existsSync(path.join(here, 'node_modules'))) run('npm', ['ci', '--ignore-scripts', '--silent'], here);
}

function run(command: string, args: readonly string[], cwd: string): void {
  console.error(`${command} ${args.join(' ')} …`);
  const { status } = spawnSync(command, args, { cwd, stdio: 'inherit' });
  if (status !== 0) throw new Error(`${command} failed.`);
}

function add(what: string, ours: number, yardstick: number, unit: string, digits = 1): void {
  console.error(`  ${what}: ${ours.toFixed(digits)} against ${yardstick.toFixed(digits)} ${unit}`);
  rows.push([
    what,
    `${ours.toFixed(digits)} ${unit}`,
    `${yardstick.toFixed(digits)} ${unit}`,
    (ours / yardstick).toFixed(2),
  ]);
}

async function measureStart(): Promise<void> {
  if (!small) return;
  const results = servers.map(() => [] as Awaited<ReturnType<typeof coldStart>>[]);
  for (let round = 0; round < rounds; round++) {
    for (const [index, server] of servers.entries()) results[index]?.push(await coldStart(server, small));
  }
  const of = (index: number, field: 'initialize' | 'diagnostics' | 'memory'): number =>
    median((results[index] ?? []).map((one) => one[field]));
  add('start → initialize', of(0, 'initialize'), of(1, 'initialize'), 'ms', 0);
  add('start → first diagnostics', of(0, 'diagnostics'), of(1, 'diagnostics'), 'ms', 0);
  add('resident memory, one document', of(0, 'memory'), of(1, 'memory'), 'MiB', 0);
}

/** One call put to a policy of 2 kB, against one pass of `jsonc-parser` over its text. */
function measureEvaluation(): void {
  const [, sample] = samples;
  const [region] = readPolicies({
    uri: 'file:///trust-policy.json',
    languageId: 'json',
    text: sample?.text ?? '',
  });
  const caller = { type: 'AWS', arn: 'arn:aws:sts::111122223336:assumed-role/deploy/x' };
  const context = { 'aws:MultiFactorAuthPresent': 'true', 'sts:ExternalId': 'x' };
  const request = readRequest({ action: 'sts:AssumeRole', principal: caller, context }, '111122223333');
  if (sample === undefined || region === undefined || 'problem' in request)
    throw new Error('There is nothing to evaluate.');
  const each = (run: () => unknown): number => {
    const times = Array.from({ length: rounds * 20 }, () => {
      const started = performance.now();
      for (let count = 0; count < 50; count++) run();
      return (performance.now() - started) / 50;
    });
    return median(times);
  };
  const evaluate = evaluatorOf(region);
  const { reason } = evaluate(request);
  if (reason !== 'condition-not-met') throw new Error(`The call is answered by ${reason}.`);
  const ours = each(() => evaluate(request));
  const parse = each(() => parseTree(sample.text));
  rows.push([
    'evaluation of a call, 2 kB, × one parseTree',
    `${ours.toFixed(3)} ms`,
    `${parse.toFixed(3)} ms`,
    (ours / parse).toFixed(2),
  ]);
}

/** Both servers with the same document, in turns. */
async function withBoth(
  sample: Sample,
  measure: (opened: Opened) => Promise<readonly number[]>,
): Promise<readonly [number, number]> {
  const opened = await Promise.all(servers.map(async (server) => open(await server.start(), sample)));
  const times: number[][] = [[], []];
  for (let round = -1; round < rounds; round++) {
    for (const [index, one] of opened.entries()) {
      const measured = await measure(one);
      if (round >= 0) times[index]?.push(...measured); // the first round warms up
    }
  }
  for (const { client } of opened) client.process.kill();
  return [median(times[0] ?? []), median(times[1] ?? [])];
}

async function measureKeystrokes(sample: Sample): Promise<void> {
  const count = sample.text.length > 1e6 ? 2 : sample.text.length > 1e5 ? 6 : 40;
  const [ours, yardstick] = await withBoth(sample, (opened) => keystrokes(opened, count));
  const digits = ours < 10 ? 2 : 0;
  add(`keystroke → diagnostics, ${sample.name}`, ours, yardstick, 'ms', digits);
  const parses = Array.from({ length: rounds * 3 }, () => {
    const started = performance.now();
    parseTree(sample.text);
    return performance.now() - started;
  });
  rows.push([
    `the same, × one parseTree`,
    `${(ours / median(parses)).toFixed(1)} ×`,
    `${(yardstick / median(parses)).toFixed(1)} ×`,
    '',
  ]);
  if (sample.text.length > 1e6) return;
  const [own, theirs] = await withBoth(sample, (opened) => completions(opened, sample, Math.min(count, 20)));
  add(`keystroke → completion, ${sample.name}`, own, theirs, 'ms', 2);
}

async function measureTemplate(): Promise<void> {
  const [ours, yardstick] = await withBoth(template, (opened) => completions(opened, template, 20));
  add(`keystroke → completion, ${template.name}`, ours, yardstick, 'ms', 2);
}

async function measureBurst(): Promise<void> {
  if (!large) return;
  const [ours, yardstick] = await withBoth(large, async (opened) => [await burst(opened, 300)]);
  add('300 keystrokes in 500 statements: last → diagnostics', ours, yardstick, 'ms', 0);
}

async function measureMemory(): Promise<void> {
  if (!small) return;
  const memory: number[] = [];
  for (const server of servers) {
    const opened = await open(await server.start(), small);
    await keystrokes(opened, quick ? 1000 : 10_000);
    memory.push(residentMiB(opened.client));
    opened.client.process.kill();
  }
  add(
    `resident memory after ${quick ? '1,000' : '10,000'} keystrokes`,
    memory[0] ?? 0,
    memory[1] ?? 0,
    'MiB',
    0,
  );
}

function print(): void {
  console.log('\n| what | ours | VS Code’s JSON server | ratio |\n| --- | ---: | ---: | ---: |');
  for (const row of rows) console.log(`| ${row.join(' | ')} |`);
  console.log('\n| what | ours | yardstick | ratio |\n| --- | ---: | ---: | ---: |');
  for (const { what, ours, yardstick, against } of measureHosts(rounds))
    console.log(
      `| ${what} | ${ours.toFixed(2)} ms | ${yardstick.toFixed(2)} ms (${against}) | ${(ours / yardstick).toFixed(2)} |`,
    );
  console.log('\n| file | KB |\n| --- | ---: |');
  const files = [
    'client-node.cjs',
    'client-browser.js',
    'server-node.cjs',
    'server-browser.js',
    'cli.cjs',
  ].map((file) => `dist/${file}`);
  for (const file of [...files, 'iam-trust-policy.vsix']) {
    if (existsSync(path.join(root, file)))
      console.log(`| ${file} | ${(statSync(path.join(root, file)).size / 1024).toFixed(0)} |`);
  }
}
