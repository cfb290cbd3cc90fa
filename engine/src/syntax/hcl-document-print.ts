/** Members of a policy printed as the arguments and blocks of a policy document. Nothing where they cannot be said there. */
import { isVerbatim, vacancy } from '../tree/change.ts';
import type { JsonValue } from '../tree/walk.ts';
import { conditionBlock, listArguments, principalBlocks, termFor } from './hcl-document-names.ts';
import { printHclText } from './hcl-style.ts';

/** Where printed text begins, and how it goes on. */
export interface Place {
  readonly eol: string;
  readonly indent: string;
  readonly unit: string;
}

/** An argument or a block, without the indentation of its first line. */
export interface Printed {
  /** Of an argument: its name, and its value, so that several can be aligned. */
  readonly argument?: readonly [name: string, value: string];
  readonly block?: string;
}

type JsonObject = Readonly<Record<string, JsonValue>>;

const isRecord = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is a list. */
export const isList = (value: JsonValue): value is readonly JsonValue[] => Array.isArray(value);

/** An element of a policy or of a statement. */
export function printElement(
  element: string,
  value: JsonValue,
  place: Place,
): readonly Printed[] | undefined {
  const term = termFor(element);
  if (term === undefined) return undefined;
  if (!term.isBlock) {
    const text = printArgument(term.name, value);
    return text === undefined ? undefined : [{ argument: [term.name, text] }];
  }
  if (element === 'Statement')
    return all((isList(value) ? value : [value]).map((each) => statement(each, place)));
  if (element === conditionBlock.element) return isRecord(value) ? conditions(value, place) : undefined;
  return principals(term.name, value, place);
}

/** The value of an argument. Lists are lists of texts, also where there is only one. */
export function printArgument(name: string, value: JsonValue): string | undefined {
  if (!listArguments.has(name)) return isList(value) ? undefined : printText(value);
  // An expression of the host may be one value or a list of them.
  if (typeof value === 'string' && isVerbatim(value)) return `flatten([${value}])`;
  const texts = all((isList(value) ? value : [value]).map(printText));
  return texts && `[${texts.join(', ')}]`;
}

/** A single value as text: Terraform has no others here. */
function printText(value: JsonValue): string | undefined {
  return value === null || typeof value === 'object' ? undefined : printHclText(String(value));
}

/** All of them, or nothing where one of them is missing. */
function all<T>(values: readonly (T | undefined)[]): readonly T[] | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === values.length ? known : undefined;
}

/** The blocks of a `Principal` value. */
function principals(name: string, value: JsonValue, place: Place): readonly Printed[] | undefined {
  if (value === '*')
    return all([
      block(
        name,
        [
          ['type', value],
          ['identifiers', value],
        ],
        place,
      ),
    ]);
  if (!isRecord(value)) return undefined;
  return all(
    Object.entries(value).map(([type, ids]) =>
      block(
        name,
        [
          ['type', type],
          ['identifiers', type === vacancy ? [] : ids],
        ],
        place,
      ),
    ),
  );
}

/** The blocks of a `Condition` value. */
function conditions(value: JsonObject, place: Place): readonly Printed[] | undefined {
  const blocks = Object.entries(value).map(([operator, tests]) => {
    if (operator === vacancy) return [condition(operator, '', [], place)];
    return isRecord(tests)
      ? Object.entries(tests).map(([key, values]) => condition(operator, key, values, place))
      : [undefined];
  });
  return all(blocks.flat());
}

/** The block of one test. */
function condition(operator: string, key: string, values: JsonValue, place: Place): Printed | undefined {
  const value = key === vacancy ? [] : values;
  return block(
    conditionBlock.name,
    [
      ['test', operator],
      ['variable', key],
      ['values', value],
    ],
    place,
  );
}

function block(
  name: string,
  values: readonly (readonly [name: string, value: JsonValue])[],
  place: Place,
): Printed | undefined {
  const printed = all(
    values.map(([argument, value]) => {
      const text = printArgument(argument, value);
      return text === undefined ? undefined : { argument: [argument, text] as const };
    }),
  );
  return printed && wrapped(name, printed, place);
}

function statement(value: JsonValue, place: Place): Printed | undefined {
  if (!isRecord(value)) return undefined;
  const inner = { ...place, indent: place.indent + place.unit };
  const parts = all(
    Object.entries(value).map(([key, part]) =>
      termFor(key)?.of === 'statement' ? printElement(key, part, inner) : undefined,
    ),
  );
  return parts && wrapped('statement', parts.flat(), place);
}

function wrapped(name: string, parts: readonly Printed[], place: Place): Printed {
  const inner = place.indent + place.unit;
  const lines = joined(parts, { ...place, indent: inner });
  const inside = lines === '' ? '' : `${place.eol}${inner}${lines}${place.eol}${place.indent}`;
  return { block: `${name} {${inside}}` };
}

/** Arguments in lines, aligned with those beside them, and blocks set apart by blank lines. */
export function joined(parts: readonly Printed[], { eol, indent }: Place): string {
  let text = '';
  for (const [index, { argument, block: body = '' }] of parts.entries()) {
    const isApart = argument === undefined || parts[index - 1]?.block !== undefined;
    const gap = index === 0 ? '' : (isApart ? eol : '') + eol + indent;
    text += gap + (argument ? `${argument[0].padEnd(widthAt(parts, index))} = ${argument[1]}` : body);
  }
  return text;
}

/** The length of the longest name among the arguments that stand together with one. */
function widthAt(parts: readonly Printed[], index: number): number {
  const start = parts.findLastIndex(({ block: body }, at) => at < index && body !== undefined) + 1;
  const next = parts.findIndex(({ block: body }, at) => at > index && body !== undefined);
  const run = parts.slice(start, next < 0 ? parts.length : next);
  return Math.max(...run.map(({ argument }) => argument?.[0].length ?? 0));
}

/** Whether a name is that of a block which lists principals. */
export const isPrincipalElement = (element: string): boolean =>
  Object.values(principalBlocks).includes(element);
