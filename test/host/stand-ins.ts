/**
 * Plain JavaScript in place of the compiled add-ons of VS Code's server, so that no compiler is needed.
 * Only what the server calls is there.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Writes the log files, synchronously; the tests keep them when they fail. */
const spdlog = `
const fs = require('node:fs');
const path = require('node:path');

class Logger {
  constructor(file) {
    this.file = file;
    this.level = 2;
    fs.mkdirSync(path.dirname(file), { recursive: true });
  }
  getLevel() { return this.level; }
  setLevel(level) { this.level = level; }
  clearFormatters() { this.raw = true; }
  setPattern() {}
  flush() {}
  flushOn() {}
  drop() {}
  write(level, name, message) {
    if (level < this.level) return;
    fs.appendFileSync(this.file, this.raw ? message : new Date().toISOString() + ' [' + name + '] ' + message + '\\n');
  }
}
['trace', 'debug', 'info', 'warn', 'error', 'critical'].forEach((name, level) => {
  Logger.prototype[name] = function (message) { this.write(level, name, message); };
});

exports.Logger = Logger;
exports.setLevel = () => {};
exports.setFlushOn = () => {};
exports.createRotatingLogger = async (name, file) => new Logger(file);
exports.createAsyncRotatingLogger = exports.createRotatingLogger;
`;

/** The extension host notices the end of its parent without the watchdog, too. */
const watchdog = 'exports.start = () => {};\n';

const standIns = {
  '@vscode/spdlog': spdlog,
  '@vscode/native-watchdog': watchdog,
  'native-watchdog': watchdog,
  // Of the Git extension, which copies files into new worktrees with it.
  '@vscode/fs-copyfile': "exports.cp = require('node:fs/promises').cp;\n",
  '@vscode/deviceid': 'exports.getDeviceId = async () => "00000000-0000-4000-8000-000000000000";\n',
  // Of older hosts; the binary would be downloaded, so it is the program of the machine.
  '@vscode/ripgrep': 'exports.rgPath = "rg";\n',
};

/** Puts the stand-ins where VS Code's server looks for the add-ons. */
export async function writeStandIns(nodeModules: string): Promise<void> {
  for (const [name, source] of Object.entries(standIns)) {
    const folder = path.join(nodeModules, name);
    await mkdir(folder, { recursive: true });
    const manifest = { name, version: '0.0.0', main: 'index.js' };
    await writeFile(path.join(folder, 'package.json'), JSON.stringify(manifest));
    await writeFile(path.join(folder, 'index.js'), source);
  }
}
