/** Stack traces from the extension host name bundled files; here they get the positions of the sources. */
import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import path from 'node:path';

const position = /([^\s()]+?\.js)(#vscode-extension)?:(\d+):(\d+)/;

/**
 * Returns a translator. It replaces every "file.js:line:column" that has a source map beside the file, and drops
 * the lines that turn out to lie inside node_modules (mocha's own frames). `locate` makes a path of what a stack
 * trace calls a file.
 */
export function sourcePositions(locate: (file: string) => string): (text: string) => string {
  const maps = new Map<string, SourceMap | undefined>();
  const mapOf = (file: string): SourceMap | undefined => {
    if (!maps.has(file)) maps.set(file, readMap(file));
    return maps.get(file);
  };

  const translate = (
    match: string,
    name: string,
    evaluated: string | undefined,
    row: string,
    column: string,
  ) => {
    const file = locate(name);
    const shift = evaluated === undefined ? 0 : 2; // in a worker VS Code wraps the file in a function
    const origin = mapOf(file)?.findOrigin(Number(row) - shift, Number(column));
    if (!origin || !('fileName' in origin)) return match;
    const source = path.relative('', path.resolve(path.dirname(file), origin.fileName));
    return `${source}:${origin.lineNumber}:${origin.columnNumber}`;
  };

  return (text) =>
    text
      .split('\n')
      .map((line) => ({ line, translated: line.replace(position, translate) }))
      .filter(({ line, translated }) => translated === line || !translated.includes('node_modules'))
      .map(({ translated }) => translated)
      .join('\n');
}

/** A file without a map keeps its positions. */
function readMap(file: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload);
  } catch {
    return undefined;
  }
}
