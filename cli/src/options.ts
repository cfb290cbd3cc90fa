/** What the arguments of all commands have in common. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { Misuse } from './usage.ts';

export type Format = 'text' | 'json';

/** The options that a command has. */
type Options = NonNullable<ParseArgsConfig['options']>;

type Read<Known extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; allowPositionals: true; options: Known }>
>;

/** Reads arguments by the options that a command has; names and files may stand between them. @throws Misuse */
export function read<const Known extends Options>(args: readonly string[], options: Known): Read<Known> {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error));
  }
}

/** Reads arguments of a command that takes options and nothing else. @throws Misuse */
export function readOptions<const Known extends Options>(
  args: readonly string[],
  options: Known,
): Read<Known>['values'] {
  const { values, positionals } = read(args, options);
  const [first] = positionals;
  if (first !== undefined) throw new Misuse(`Unexpected argument "${first}": there are only options here.`);
  return values;
}

/** The format that is asked for: text, unless something else is. `formats` are those that the command has. */
export function formatOf(text: string | undefined, formats = 'text or json'): Format {
  if (text === undefined || text === 'text' || text === 'json') return text ?? 'text';
  throw new Misuse(`There is no format "${text}": use ${formats}.`);
}
