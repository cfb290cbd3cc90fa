/**
 * Stands in for `vitest` where mutants are tried: the tests of a file are collected, to be run one at a time and again and
 * again. `expect` is that of vitest.
 */
import { format } from 'node:util';
import * as vitest from 'vitest';

/** A test, ready to be run. */
export interface Test {
  readonly id: string;
  readonly file: string;
  readonly run: () => unknown;
}

type Body = (...values: readonly unknown[]) => unknown;

export const tests: Test[] = [];
const suites: string[] = [];
const taken = new Map<string, number>();
let file = '';

/** What is collected from now on stands in this file. */
export function begin(path: string): void {
  file = path;
}

export const { expect } = vitest;

const test = Object.assign(
  (title: string, run: Body) => {
    const name = [file, ...suites, title].join(' > ');
    const times = taken.get(name) ?? 0;
    taken.set(name, times + 1);
    tests.push({ id: times === 0 ? name : `${name} (${String(times + 1)})`, file, run });
  },
  {
    each: eachOf((title, run) => {
      test(title, run);
    }),
  },
);

export { test, test as it };

export const describe = Object.assign(suite, { each: eachOf(suite) });

function suite(title: string, body: Body): void {
  suites.push(title);
  body();
  suites.pop();
}

/** `it.each` and `describe.each`: once for each row, with the row in the title. */
function eachOf(how: (title: string, body: Body) => void) {
  return (rows: readonly unknown[]) =>
    (title: string, body: Body): void => {
      for (const [index, row] of rows.entries()) {
        const values: readonly unknown[] = Array.isArray(row) ? row : [row];
        how(titleOf(title, values, index), () => body(...values));
      }
    };
}

function titleOf(title: string, values: readonly unknown[], index: number): string {
  const [first] = values;
  const named = title.replaceAll(/\$(\w+)/g, (whole, key: string) =>
    typeof first === 'object' && first !== null && key in first
      ? String((first as Readonly<Record<string, unknown>>)[key])
      : whole,
  );
  const places = named.match(/%[sdifjoO]/g)?.length ?? 0;
  return `${places > 0 ? format(named, ...values.slice(0, places)) : named} [${String(index)}]`;
}
