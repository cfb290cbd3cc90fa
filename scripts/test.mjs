/**
 * `npm test`: everything that is checked, on a machine that has nothing but Node.js. It installs what is missing, runs
 * every step even if one fails, and ends with "N passed, N failed". `npm run check` (`--without-vscode`) leaves out the
 * steps that need a browser.
 */
import { spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import { ensureChromium } from './chromium.mjs';
import { ensurePackages, root, shell } from './packages.mjs';

/**
 * A step counts as one test, unless its output tells how many it has run.
 * @typedef {object} Step
 * @property {string} title
 * @property {string[]} command
 * @property {string} [needs]     title of a step that must have succeeded
 * @property {boolean} [vscode]   whether it needs VS Code, and a browser to show it
 */

/** @type {Step[]} */
const steps = [
  { title: 'Generated files', command: ['npm', 'run', '--silent', 'generate', '--', '--check'] },
  { title: 'Format', command: ['npx', 'prettier', '--check', '--log-level', 'warn', '.'] },
  { title: 'Lint', command: ['npm', 'run', '--silent', 'lint'] },
  { title: 'Types', command: ['npx', 'tsc', '-b'] },
  { title: 'Unused code', command: ['npx', 'knip'] },
  { title: 'Bundles', command: ['npm', 'run', '--silent', 'build'] },
  { title: 'Package', command: ['npm', 'run', '--silent', 'package'], needs: 'Bundles' },
  { title: 'Units, pages, protocol, command line', command: ['npx', 'vitest', 'run', '--coverage'] },
  ...vscodeSteps(),
];

ensurePackages();
const withVsCode = !process.argv.includes('--without-vscode');
if (withVsCode) {
  try {
    ensureChromium();
  } catch (missing) {
    console.error(missing instanceof Error ? missing.message : missing); // the steps that need it will fail
  }
}

/** @type {Map<string, { passed: number, failed: number, seconds: number }>} */
const results = new Map();
for (const step of steps) {
  if (withVsCode || !step.vscode) results.set(step.title, await perform(step));
}
summarize();

/** @returns {Step[]} */
function vscodeSteps() {
  const needs = 'Package';
  return [
    { title: 'VS Code, Node.js extension host', command: ['npm', 'run', '--silent', 'test:host'] },
    { title: 'VS Code, web worker extension host', command: ['npm', 'run', '--silent', 'test:host:worker'] },
    { title: 'VS Code, screen and keyboard', command: ['npm', 'run', '--silent', 'test:workbench'] },
    { title: 'npm start', command: ['npm', 'start', '--silent', '--', '--smoke'] },
  ].map((step) => ({ ...step, needs, vscode: true }));
}

/** @param {Step} step */
async function perform({ title, command, needs }) {
  console.log(`\n=== ${title}`);
  if (needs !== undefined && (results.get(needs)?.failed ?? 0) > 0) {
    console.log(`Not run, because "${needs}" has failed.`);
    return { passed: 0, failed: 1, seconds: 0 };
  }
  const started = performance.now();
  const { output, code } = await runAndShow(command);
  const { passed, failed } = countsIn(output) ?? { passed: code === 0 ? 1 : 0, failed: 0 };
  const seconds = (performance.now() - started) / 1000;
  console.log(`--- ${title}: ${seconds.toFixed(1)} s`);
  // A runner may also fail for another reason, such as too little coverage.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, seconds };
}

/**
 * @param {string[]} command
 * @returns {Promise<{ output: string, code: number }>}
 */
function runAndShow([program = '', ...args]) {
  const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'], shell });
  let output = '';
  for (const [from, to] of /** @type {const} */ ([
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ])) {
    from.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      output += text;
      to.write(text);
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (code) => resolve({ output, code: code ?? 1 }));
  });
}

/**
 * The closing line of mocha's report, or that of vitest.
 * @param {string} output
 */
function countsIn(output) {
  const text = stripVTControlCharacters(output);
  const closing = [...text.matchAll(/^ *Tests +(.+)\(\d+\)$|^(\d+ passed, \d+ failed)$/gm)].at(-1);
  if (!closing) return undefined;
  const line = closing[1] ?? closing[2] ?? '';
  /** @param {string} what */
  const count = (what) => Number(new RegExp(`(\\d+) ${what}`).exec(line)?.[1] ?? 0);
  return { passed: count('passed'), failed: count('failed') };
}

function summarize() {
  console.log('\n=== Summary');
  let passed = 0;
  let failed = 0;
  for (const [title, result] of results) {
    const { seconds } = result;
    const counts = `${result.passed} passed, ${result.failed} failed`;
    console.log(`${title.padEnd(38)} ${counts.padEnd(24)} ${seconds.toFixed(1).padStart(6)} s`);
    passed += result.passed;
    failed += result.failed;
  }
  console.log(`\n${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
