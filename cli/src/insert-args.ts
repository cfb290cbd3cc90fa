/** Arguments of `insert` to a request. */
import { type Insertion, insertions } from '#engine';
import { type Format, formatOf, read } from './options.ts';
import { Misuse } from './usage.ts';

export type InsertRequest = InsertOneRequest | { readonly command: 'insert'; readonly list: Format };

/** One insertion into one statement. */
export interface InsertOneRequest {
  readonly command: 'insert';
  readonly insertion: Insertion;
  readonly file: string;
  readonly stdinName: string;
  readonly write: boolean;
  /** An index or a name, as written. */
  readonly statement?: string;
  readonly policy?: string;
  readonly value?: string;
}

/** Reads the arguments behind `insert`. @throws Misuse */
export function insertRequest(args: readonly string[]): InsertRequest {
  const { values, positionals } = read(args, {
    list: { type: 'boolean', default: false },
    format: { type: 'string' },
    statement: { type: 'string' },
    policy: { type: 'string' },
    value: { type: 'string' },
    write: { type: 'boolean', default: false },
    'stdin-filename': { type: 'string', default: 'trust-policy.json' },
  });
  const [name, file, ...more] = positionals;
  if (values.list) {
    if (name !== undefined) throw new Misuse('insert --list takes no names and files.');
    return { command: 'insert', list: formatOf(values.format) };
  }
  if (values.format !== undefined) throw new Misuse('--format of insert is for --list.');
  if (name === undefined || file === undefined || more.length > 0)
    throw new Misuse('insert needs the name of an insertion and one file, or "-" for standard input.');
  if (values.write && file === '-') throw new Misuse('--write cannot write to standard input.');
  const { statement, policy, value } = values;
  return {
    command: 'insert',
    insertion: insertionNamed(name, value),
    file,
    stdinName: values['stdin-filename'],
    write: values.write,
    ...(statement !== undefined && { statement }),
    ...(policy !== undefined && { policy }),
    ...(value !== undefined && { value }),
  };
}

function insertionNamed(name: string, value: string | undefined): Insertion {
  const insertion = insertions.find(({ id }) => id === name);
  if (insertion === undefined)
    throw new Misuse(`There is no insertion "${name}": see "trust-policy insert --list".`);
  if (value === undefined) return insertion;
  const { form } = insertion;
  if (form === undefined) throw new Misuse(`${name} takes no value.`);
  if (!form.accepts(value)) throw new Misuse(`The value of ${name} has to be ${form.says}: "${value}".`);
  return insertion;
}
