/**
 * Clause by clause: whether everything that one policy lets through is let through by another. Sound, not complete; it
 * serves where cases cannot all be tried, above all where parts are not known but the same in both.
 */
import { globIncludes } from '../text/glob.ts';
import { isUnknown } from '../policy/known.ts';
import type { Policy, Statement, Test, TestValue } from '../policy/policy.ts';
import type { Node } from '../tree/tree.ts';
import { valueOf } from '../tree/walk.ts';
import { includes, patternOf } from './diff-classes.ts';

/** Whether another policy surely lets through all that a policy does. */
export function isCoveredBy(policy: Policy, other: Policy): boolean {
  if (writtenAs(policy.node) === writtenAs(other.node)) return true;
  if (isList(policy) && policy.statements.every(({ effect }) => effect === 'Deny')) return true;
  return (
    isSameLanguage(policy, other) &&
    isList(policy) &&
    isList(other) &&
    areCovered(policy.statements, other.statements)
  );
}

/** Whether policy variables are in both what they are in either. */
export const isSameLanguage = (policy: Policy, other: Policy): boolean =>
  writtenAs(policy.version) === writtenAs(other.version);

/** Whether some statements let through only what others do, in policies of the same language. */
export const areCovered = (own: readonly Statement[], others: readonly Statement[]): boolean =>
  own
    .filter(({ effect }) => effect !== 'Deny')
    .every((narrow) => others.some((wide) => isWithin(narrow, wide))) &&
  others
    .filter(({ effect }) => effect !== 'Allow')
    .every((narrow) => own.some((wide) => isWithin(narrow, wide)));

/** Whether all statements are seen. */
export function isList({ node }: Policy): boolean {
  const statements = valueOf(node, 'Statement');
  if (statements?.kind !== 'array') return statements?.kind !== 'opaque' && node.kind === 'object';
  return statements.items.every(({ kind }) => kind === 'object');
}

/** Whether a statement takes effect only where another of the same effect does. */
function isWithin(narrow: Statement, wide: Statement): boolean {
  if (writtenAs(withoutSid(narrow)) === writtenAs(withoutSid(wide))) return true;
  if (narrow.effect === undefined || narrow.effect !== wide.effect) return false;
  const isSame = (...elements: readonly string[]): boolean =>
    elements.every(
      (element) => writtenAs(valueOf(narrow.node, element)) === writtenAs(valueOf(wide.node, element)),
    );
  const hasNot = (element: string): boolean =>
    [narrow, wide].some(({ node }) => valueOf(node, element) !== undefined);
  const principals =
    isSame('Principal', 'NotPrincipal') ||
    (!hasNot('NotPrincipal') &&
      !narrow.open.principals &&
      narrow.principals.every(({ node, type }) =>
        wide.principals.some((each) => each.type === type && writtenAs(each.node) === writtenAs(node)),
      ));
  const actions =
    isSame('Action', 'NotAction') ||
    (!hasNot('NotAction') &&
      !narrow.open.actions &&
      narrow.actions.every(
        ({ pattern }) =>
          !isUnknown(pattern) &&
          wide.actions.some(
            (each) => !isUnknown(each.pattern) && globIncludes(each.pattern, pattern, { ignoreCase: true }),
          ),
      ));
  const tests =
    isSame('Condition') ||
    (!wide.open.tests && wide.tests.every((theirs) => narrow.tests.some((own) => implies(own, theirs))));
  return principals && actions && tests;
}

/** Whether a test is met only where another is: the same, or with fewer values to pass. */
function implies(own: Test, other: Test): boolean {
  if (own.key.toLowerCase() !== other.key.toLowerCase() || isUnknown(own.key)) return false;
  const [mine, theirs] = [own.operator, other.operator];
  if (mine?.type !== theirs?.type || mine === undefined || theirs === undefined) return false;
  const isText = mine.type === 'string' || mine.type === 'arn';
  if (isText ? mine.negated !== theirs.negated : mine !== theirs) return false;
  if (own.quantifier !== other.quantifier || (own.ifExists && !other.ifExists)) return false;
  const [few, many] = mine.negated ? [other, own] : [own, other];
  if (few.open) return false;
  return few.values.every((value) =>
    many.values.some((each) => isPartOf([few, value], [many, each], isText)),
  );
}

type Value = readonly [test: Test, value: TestValue];

/** Whether a value asks for nothing that another does not ask for, too. */
function isPartOf([test, value]: Value, [other, wide]: Value, isText: boolean): boolean {
  if (test.operator === other.operator && writtenAs(wide.node) === writtenAs(value.node)) return true;
  const isPlain = [value, wide].every(({ text }) => !isUnknown(text) && !text.includes('${'));
  if (!isText || !isPlain || test.operator === undefined || other.operator === undefined) return false;
  return includes(patternOf(other.operator, wide.text), patternOf(test.operator, value.text));
}

/** The members of a statement but for its Sid, which decides nothing. */
const withoutSid = ({ node }: Statement): Node => ({
  ...node,
  members: node.members.filter(({ key }) => key.value !== 'Sid'),
});

/** A tree as text in which unknown parts have their names: the same text has the same meaning. */
function writtenAs(node: Node | undefined): string {
  switch (node?.kind) {
    case undefined:
      return '';
    case 'string':
      return JSON.stringify(node.parts);
    case 'number':
    case 'boolean':
      return JSON.stringify([node.kind === 'number' ? node.text : String(node.value)]);
    case 'null':
      return 'null';
    case 'opaque':
      return JSON.stringify({ hole: node.text });
    case 'array': {
      const items = node.items.map(writtenAs);
      return items.length === 1 ? (items[0] ?? '') : `[${items.sort().join()}]`;
    }
    case 'object':
      return `{${node.members
        .map(({ key, value }) => `${writtenAs(key)}:${writtenAs(value)}`)
        .sort()
        .join()}}`;
  }
}
