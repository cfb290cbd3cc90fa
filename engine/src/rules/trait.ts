/** What a policy has in it, as far as rules depend on it: a rule that is about none of it need not be asked. */
import type { Operator } from '../catalog/catalog.ts';
import { keyFault, type KeyFault } from '../policy/key-fault.ts';
import type { Policy, Principal, PrincipalFault, Quantifier, Statement, Test } from '../policy/policy.ts';
import { hasWildcard } from '../text/glob.ts';
import { remembered } from '../tree/remembered.ts';

/** One thing that a rule may need to have anything to say. Keys of conditions are in lower case; `aws:requesttag/` is any such tag. */
export type Trait =
  | 'Deny'
  | `element ${'NotAction' | 'NotPrincipal' | 'Resource' | 'NotResource'}`
  | `principal ${Principal['kind']}`
  | `principal fault ${PrincipalFault['kind']}`
  | `operator ${Operator['type'] | Quantifier | 'IfExists' | 'negated' | 'wildcards'}`
  | `key ${string}:${string}`
  | `key fault ${KeyFault['kind']}`
  | 'value list'
  | 'value wildcard'
  | 'value variable';

/** Whatever stands in the place of a key, too. */
type Present = Trait | `key ${string}`;

/** All that a policy has. */
export function traitsOf({ statements }: Pick<Policy, 'statements'>): ReadonlySet<Present> {
  const traits = new Set<Present>();
  for (const statement of statements) for (const trait of traitsOfStatement(statement)) traits.add(trait);
  return traits;
}

const traitsOfStatement = remembered((statement: Statement) => [...new Set(traitsIn(statement))]);

function* traitsIn({ effect, node, principals, tests }: Statement): Generator<Present> {
  if (effect === 'Deny') yield 'Deny';
  for (const { key } of node.members) {
    const name = key.value;
    if (name === 'NotAction' || name === 'NotPrincipal' || name === 'Resource' || name === 'NotResource')
      yield `element ${name}`;
  }
  for (const { kind, fault } of principals) {
    yield `principal ${kind}`;
    if (fault) yield `principal fault ${fault.kind}`;
  }
  for (const test of tests) yield* traitsOfTest(test);
}

function* traitsOfTest({ key, operator, quantifier, ifExists, values }: Test): Generator<Present> {
  const name = key.toLowerCase();
  yield `key ${name}`;
  if (name.includes('/')) yield `key ${name.slice(0, name.indexOf('/') + 1)}`;
  const fault = keyFault(key);
  if (fault) yield `key fault ${fault.kind}`;
  if (operator) yield `operator ${operator.type}`;
  if (operator?.negated === true) yield 'operator negated';
  if (operator?.wildcards === true) yield 'operator wildcards';
  if (quantifier) yield `operator ${quantifier}`;
  if (ifExists) yield 'operator IfExists';
  if (values.length > 1) yield 'value list';
  if (values.some(({ text }) => hasWildcard(text))) yield 'value wildcard';
  if (values.some(({ text }) => text.includes('${'))) yield 'value variable';
}
