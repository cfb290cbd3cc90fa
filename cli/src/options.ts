/** What the arguments of all commands have in common. */
import { Misuse } from './usage.ts';

export type Format = 'text' | 'json';

/** What `parseArgs` of Node.js throws is misuse. */
export function orMisuse<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

/** The format that is asked for: text, unless something else is. `formats` are those that the command has. */
export function formatOf(text: string | undefined, formats = 'text or json'): Format {
  if (text === undefined || text === 'text' || text === 'json') return text ?? 'text';
  throw new Misuse(`There is no format "${text}": use ${formats}.`);
}
