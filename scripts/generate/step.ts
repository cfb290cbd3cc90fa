/** What a step of `npm run generate` is: a name and the texts it derives, keyed by path from the root. */
import { format } from 'prettier';

/** One step: its outputs depend on committed files only, so that `--check` can repeat it anywhere. */
export interface Step {
  readonly name: string;
  outputs(): Promise<ReadonlyMap<string, string>>;
}

/** The text as Prettier prints it under this project's options, so that generated files pass `--check` too. */
export function pretty(text: string, path: string): Promise<string> {
  return format(text, { filepath: path, printWidth: 110, singleQuote: true });
}
