/** The compiler as a test: whether it refuses a mutant. `npm test` runs it, so what it refuses is found without any other. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Mutant } from '@stryker-mutator/api/core';
import ts from 'typescript';
import { lineStarts } from '#engine';

/** What is unused in a mutant is no fault of it. */
const lenient: ts.CompilerOptions = {
  ...{ noUnusedLocals: false, noUnusedParameters: false },
  ...{ composite: false, incremental: false, noEmit: true, emitDeclarationOnly: false },
};

/**
 * A compiler of mutants: it tells what is wrong with a file of the engine that has a mutant in it, as a file of its own beside it.
 * @param root the folder of the repository as it was when mutants were made of it
 */
export function createCompiler(root: string): (mutant: Mutant) => string | undefined {
  const project = path.join(root, 'engine/tsconfig.json');
  const { config } = ts.readConfigFile(project, (file) => readFileSync(file, 'utf8')) as {
    readonly config: unknown;
  };
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(project));
  const options = { ...parsed.options, ...lenient };
  const declarations = parsed.fileNames.filter((name) => name.endsWith('.d.ts'));
  const host = ts.createCompilerHost(options);
  const texts = new Map(parsed.fileNames.map((name) => [name, readFileSync(name, 'utf8')]));
  const sources = new Map<string, ts.SourceFile | undefined>();
  let before: ts.Program | undefined;
  return (mutant) => {
    const copy = path.resolve(mutant.fileName).replaceAll(path.sep, '/').replace(/\.ts$/, '.mutant.ts');
    const text = mutated(texts.get(copy.replace('.mutant.ts', '.ts')) ?? '', mutant);
    before = ts.createProgram(
      [copy, ...declarations],
      options,
      {
        ...host,
        fileExists: (name) => name === copy || host.fileExists(name),
        getSourceFile: (name, version) => {
          if (name === copy) return ts.createSourceFile(name, text, version);
          if (!sources.has(name)) sources.set(name, host.getSourceFile(name, version));
          return sources.get(name);
        },
      },
      before,
    );
    const [error] = before.getSemanticDiagnostics(before.getSourceFile(copy));
    return error && ts.flattenDiagnosticMessageText(error.messageText, '\n');
  };
}

function mutated(text: string, { location: { start, end }, replacement }: Mutant): string {
  const starts = lineStarts(text);
  const offsetOf = ({ line, column }: Mutant['location']['start']): number => (starts[line] ?? 0) + column;
  return text.slice(0, offsetOf(start)) + replacement + text.slice(offsetOf(end));
}
