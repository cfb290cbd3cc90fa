/** An Allow that another one covers: the same once more, or a guarded way in beside one without the guards. */
import { conditionOf, conditionText, testText } from '../../policy/condition-text.ts';
import { accountOf, includes } from '../../policy/grants.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Principal, Statement } from '../../policy/policy.ts';
import { remembered } from '../../tree/remembered.ts';
import { memberOf } from '../../tree/walk.ts';
import { removeStatement } from '../remedies.ts';
import { defineRule } from '../rule.ts';
import { nameOf } from '../statements.ts';

export const rule = defineRule({
  id: 'redundant-statement',
  category: 'quality',
  severity: 'hint',
  tag: 'unnecessary',
  scope: 'policy',
  *check(policy) {
    const all = policy.statements.filter(isJudged);
    const names = namesIn(all);
    const statements = all.filter((statement) => mayBeCovered(statement, names));
    if (statements.length === 0) return;
    const index = indexOf(all);
    for (const statement of statements) {
      const wider = candidates(statement, index).find((other) => covers(other, statement));
      if (wider === undefined) continue;
      const number = String(wider.index + 1);
      const isBypass = wider.tests.length < statement.tests.length;
      yield {
        at: isBypass
          ? (memberOf(statement.node, 'Condition')?.key ?? nameOf(statement.node))
          : nameOf(statement.node),
        severity: isBypass ? 'warning' : 'hint',
        message: isBypass
          ? `Statement ${number} lets the same principals in without these conditions, so they guard nothing. Put them there, too, or remove that statement.`
          : messageFor(number, wider, statement),
        fixes: isSame(wider, statement) ? removeStatement(statement) : [],
        related: [{ at: nameOf(wider.node), message: 'The statement that covers this one.' }],
      };
    }
  },
});

const messageFor = (number: string, wider: Statement, narrow: Statement): string =>
  isSame(wider, narrow)
    ? `Statement ${number} allows all of this already. Remove one of the two.`
    : `Statement ${number} trusts these principals, too, by a wider one. Keep this one only if it is to work without permissions of the caller's own account.`;

/** Statements of which everything that counts is known. */
const isJudged = remembered(
  ({ effect, open, principals, actions, node, tests }: Statement): boolean =>
    effect === 'Allow' &&
    node.complete &&
    !open.principals &&
    !open.actions &&
    !open.tests &&
    principals.length > 0 &&
    actions.length > 0 &&
    principals.every(({ text, kind }) => !isUnknown(text) && kind !== 'unknown' && kind !== 'malformed') &&
    actions.every(({ matches }) => matches.length > 0) &&
    tests.every(
      ({ open: isOpen, operatorText, key, values }) =>
        !isOpen && ![operatorText, key, ...values.map(({ text }) => text)].some(isUnknown),
    ),
);

const nameOfPrincipal = ({ type, text }: Principal): string => `${type ?? ''} ${text}`;

/** The names of the principals of a statement, each once. */
const ownNames = remembered(
  ({ principals }: Statement): ReadonlySet<string> => new Set(principals.map(nameOfPrincipal)),
);

/** How many statements name a principal. */
function namesIn(statements: readonly Statement[]): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (const statement of statements)
    for (const name of ownNames(statement)) names.set(name, (names.get(name) ?? 0) + 1);
  return names;
}

/** Whether another statement names the first principal, or one that stands for it: most do not, and that is quickly seen. */
function mayBeCovered(statement: Statement, names: ReadonlyMap<string, number>): boolean {
  const own = ownNames(statement);
  return widerNames(statement).some((name) => (names.get(name) ?? 0) > (own.has(name) ? 1 : 0));
}

/** Statements by conditions and one principal, so that those that may cover another are found without a search. */
function indexOf(statements: readonly Statement[]): ReadonlyMap<string, readonly Statement[]> {
  const index = new Map<string, Statement[]>();
  for (const statement of statements) {
    const condition = conditionOf(statement);
    for (const principal of statement.principals) {
      const key = `${nameOfPrincipal(principal)}\n${condition}`;
      const found = index.get(key);
      if (found) found.push(statement);
      else index.set(key, [statement]);
    }
  }
  return index;
}

/** How many tests a statement may have for each part of them to be looked for. */
const FEW = 4;

function candidates(
  statement: Statement,
  index: ReadonlyMap<string, readonly Statement[]>,
): readonly Statement[] {
  const texts = statement.tests.map(testText);
  const parts = texts.length > FEW ? [[], texts] : subsets(texts);
  return widerNames(statement).flatMap((name) =>
    parts.flatMap((part) => index.get(`${name}\n${conditionText(part)}`)?.slice(0, FEW) ?? []),
  );
}

const subsets = (texts: readonly string[]): readonly (readonly string[])[] =>
  texts.reduce<readonly (readonly string[])[]>(
    (all, text) => [...all, ...all.map((part) => [...part, text])],
    [[]],
  );

/** The first principal of a statement and those that stand for it, too. */
const widerNames = remembered(({ principals: [first] }: Statement): readonly string[] =>
  first === undefined ? [] : widerThan(first),
);

/** A principal and those that stand for it, too. */
function widerThan(principal: Principal): readonly string[] {
  const account = accountOf(principal);
  const own = nameOfPrincipal(principal);
  if (account === undefined) return [own];
  const partition = 'partition' in principal ? (principal.partition ?? 'aws') : 'aws';
  return [own, `AWS arn:${partition}:iam::${account}:root`, `AWS ${account}`, 'AWS *'];
}

function covers(wide: Statement, narrow: Statement): boolean {
  if (wide === narrow) return false;
  // Of two that are the same, the later one is too many.
  if (isSame(wide, narrow)) return wide.index < narrow.index;
  const given = new Set(wide.actions.flatMap(({ matches }) => matches));
  return (
    narrow.principals.every((principal) => wide.principals.some((other) => includes(other, principal))) &&
    narrow.actions.every(({ matches }) => matches.every((action) => given.has(action)))
  );
}

function isSame(one: Statement, other: Statement): boolean {
  const text = (statement: Statement): string =>
    JSON.stringify([
      statement.principals.map(nameOfPrincipal).sort(),
      [...new Set(statement.actions.flatMap(({ matches }) => matches.map(({ id }) => id)))].sort(),
      conditionOf(statement),
    ]);
  return text(one) === text(other);
}
