/**
 * Starts the bundle that lies beside this file, from what V8 made of it the last time: compiling a megabyte takes longer than all
 * else that happens at the start. The compiled code lies beside the bundle, goes with it, and belongs to this very text. Where there
 * is none yet, where none can be written or another V8 wrote it, the bundle is compiled as ever.
 */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import Module, { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';

/** Of the bundle's text; the build puts it in. Empty while the bundle changes under our hands. */
declare const bundleHash: string;

/** By then all that is needed for the first findings is compiled. */
const settled = 10_000;

/** In bytes. */
const hashLength = 32;

const bundle = __filename.replace(/\.cjs$/, '.main.cjs');
const compiled = `${bundle}.${bundleHash}.compiled`;

start();

function start(): void {
  const cachedData = bundleHash === '' ? undefined : readCompiled();
  const options = { filename: bundle, ...(cachedData && { cachedData }) };
  // The build escapes all that is not ASCII.
  const script = new Script(Module.wrap(readFileSync(bundle, 'latin1')), options);
  if (bundleHash !== '' && script.cachedDataRejected !== false) keepLater(script);
  const run: unknown = script.runInThisContext();
  if (typeof run === 'function')
    Reflect.apply(run, exports, [exports, createRequire(bundle), module, bundle, path.dirname(bundle)]);
}

/** V8 trusts what it reads, so what the disk has spoilt must not reach it: the first bytes are the hash of the others. */
function readCompiled(): Buffer | undefined {
  try {
    const bytes = readFileSync(compiled);
    const code = bytes.subarray(hashLength);
    return hashOf(code).equals(bytes.subarray(0, hashLength)) ? code : undefined;
  } catch {
    return undefined;
  }
}

function hashOf(code: Buffer): Buffer {
  return createHash('sha256').update(code).digest();
}

/** Keeps what was compiled once the work is done, so that the functions which were called are among it. */
function keepLater(script: Script): void {
  let isKept = false;
  const keep = (): void => {
    if (isKept) return;
    isKept = true;
    try {
      const draft = `${compiled}.${String(process.pid)}`;
      const code = script.createCachedData();
      writeFileSync(draft, Buffer.concat([hashOf(code), code]));
      renameSync(draft, compiled);
    } catch {
      // It is compiled again the next time.
    }
  };
  process.once('exit', keep);
  setTimeout(keep, settled).unref();
}
