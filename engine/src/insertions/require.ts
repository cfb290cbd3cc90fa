/** Insertions that ask for condition keys in the statement itself: the common way of all of them. */
import { type Block, moveTest, requireBlocks } from '../policy/amend.ts';
import { isEffective, withoutIfExists } from '../policy/condition.ts';
import { testsOn } from '../policy/grants.ts';
import type { Test } from '../policy/policy.ts';
import { fillMarks } from '../tree/change.ts';
import type { JsonValue } from '../tree/walk.ts';
import { type Caller, isDeniedWithout, lockedOut, strangers, testedIn } from './fitting.ts';
import { changing, type Outcome, present, type Target, unfit } from './insertion.ts';

/** Asks for values of keys, in blocks by operator; the first key is the one that may be there already. */
export function demand(
  target: Target,
  callers: readonly Caller[],
  blocks: readonly Block[],
  alike?: string,
): Outcome {
  const { statement, policy } = target;
  const [first] = keysOf(blocks);
  const why =
    strangers(statement, callers) ??
    keysOf(blocks)
      .map((key) => lockedOut(statement, key))
      .find(Boolean);
  if (why !== undefined) return unfit(why);
  if (first === undefined) return unfit('There is nothing to ask for.');
  if (isDeniedWithout(policy, statement, first)) return present(`A Deny keeps out callers without ${first}.`);
  const tested = testedIn(statement, target.value === undefined ? (alike ?? first) : first);
  if (tested?.effective === true && !saysNo(tested.test)) return alreadyAsked(tested.test, blocks, target);
  const tightened = tested && hardened(tested.test, target);
  if (tightened) return tightened;
  return taken(statement.tests, blocks) ?? changing(requireBlocks(statement, blocks));
}

/** A flag that is asked to be off. */
const saysNo = ({ operator, values }: Test): boolean =>
  operator?.type === 'bool' && values.every(({ text }) => text.toLowerCase() === 'false');

const plain = (text: string): string => fillMarks(text, () => '').text;

const keysOf = (blocks: readonly Block[]): readonly string[] =>
  blocks.flatMap(([, tests]) => Object.keys(tests).map(plain));

/** The key is asked for; where a value was given, it has to be that. */
function alreadyAsked({ key }: Test, blocks: readonly Block[], { statement, value }: Target): Outcome {
  const isSame = (operator: string, name: string, wanted: JsonValue): boolean =>
    testsOn(statement, name).some(
      ({ operatorText, values: [only, ...others] }) =>
        operatorText === operator && others.length === 0 && only?.text === wanted,
    );
  const same = blocks.every(([operator, tests]) =>
    Object.entries(tests).every(([name, wanted]) => isSame(operator, name, wanted)),
  );
  return value !== undefined && !same
    ? unfit(`The statement asks for ${key} already, with another value. Change that one.`)
    : present(`The statement asks for ${key} already.`);
}

/** A test that only `IfExists` keeps from being one, without it. */
function hardened(test: Test, { statement, value }: Target): Outcome | undefined {
  if (value !== undefined || !test.ifExists) return undefined;
  const strict = { ...test, ifExists: false };
  return isEffective(strict, statement.tests) ? changing(moveTest(test, withoutIfExists(test))) : undefined;
}

/** A test of the same key under the same operator that says something else: both cannot stand there. */
function taken(tests: readonly Test[], blocks: readonly Block[]): Outcome | undefined {
  const names = blocks.flatMap(([operator, each]) =>
    Object.keys(each).map((key) => `${operator} ${plain(key)}`.toLowerCase()),
  );
  const other = tests.find(({ operatorText, key }) => names.includes(`${operatorText} ${key}`.toLowerCase()));
  return (
    other && unfit(`The statement tests ${other.key} with ${other.operatorText} already. Correct that test.`)
  );
}

/** One key under one operator. */
export const block = (operator: Block[0], key: string, value: JsonValue): Block => [
  operator,
  { [key]: value },
];
