/**
 * Runs the tests that use VS Code's screen and keyboard. With `--update-images` their screenshots become the pictures
 * of the documentation; otherwise they go to a folder that git ignores.
 */
import path from 'node:path';
import { parseArgs } from 'node:util';
import Mocha from 'mocha';
import { cacheFolder } from '../host/install.ts';

const { values } = parseArgs({ options: { 'update-images': { type: 'boolean', default: false } } });
const images = path.resolve(import.meta.dirname, '..', '..', 'docs', 'images');
process.env['SCREENSHOTS'] = values['update-images'] ? images : path.join(cacheFolder, 'screenshots');

const mocha = new Mocha({ timeout: 60_000, reporter: 'spec' });
for (const name of ['workbench.test.ts', 'hosts.test.ts', 'repository.test.ts'])
  mocha.addFile(path.join(import.meta.dirname, name));
await mocha.loadFilesAsync();
const runner = mocha.run((failures) => {
  console.log(`${runner.stats?.passes ?? 0} passed, ${failures} failed`);
  process.exitCode = failures > 0 ? 1 : 0;
});
