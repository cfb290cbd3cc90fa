/** The arguments of `template`. */
import { type Format, formatOf, read } from './options.ts';
import { Misuse } from './usage.ts';

export interface TemplateRequest {
  readonly command: 'template';
  readonly format: Format;
  /** Nothing for the list of all templates. */
  readonly name?: string;
  readonly host: string;
  /** Each `NAME=VALUE`. */
  readonly settings: readonly string[];
}

/** Reads the arguments behind `template`. @throws Misuse */
export function templateRequest(args: readonly string[]): TemplateRequest {
  const { values, positionals } = read(args, {
    list: { type: 'boolean', default: false },
    format: { type: 'string' },
    host: { type: 'string' },
    set: { type: 'string', multiple: true },
  });
  const [name, ...more] = positionals;
  if (values.list ? name !== undefined : name === undefined || more.length > 0)
    throw new Misuse('template takes the name of one template, or --list.');
  if (values.list && (values.host !== undefined || values.set))
    throw new Misuse('--host and --set are for one template: name it in place of --list.');
  if (!values.list && values.format !== undefined)
    throw new Misuse('--format is for --list: say by --host how a template is printed.');
  return {
    command: 'template',
    format: formatOf(values.format),
    ...(name !== undefined && { name }),
    host: values.host ?? 'json',
    settings: values.set ?? [],
  };
}
