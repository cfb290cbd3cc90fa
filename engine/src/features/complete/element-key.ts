/** Names of elements: the legal ones that are still missing, each with a value to begin with. */
import { placeholder } from '../../tree/change.ts';
import type { JsonValue } from '../../tree/walk.ts';
import { policyElements, statementElements } from '../elements.gen.ts';
import { documented } from '../markdown.ts';
import type { Place } from '../place.ts';
import type { Statement } from '../../policy/policy.ts';
import { actionValueFor } from './action.ts';
import { completeTemplate, statementFrom } from './statement.ts';
import { blank, open, type Suggestion } from './suggestion.ts';

type PolicyElement = (typeof policyElements)[number]['name'];
type StatementElement = (typeof statementElements)[number]['name'];

/** The value that an element begins with, and whether there are suggestions for the place it leaves open. */
interface Beginning {
  readonly value: JsonValue;
  readonly retrigger?: true;
}

const inPolicy: Readonly<Record<PolicyElement, Beginning>> = {
  Version: { value: '2012-10-17' },
  Id: { value: blank },
  Statement: { value: [statementFrom(open)], retrigger: true },
};

const inStatement: Readonly<Record<StatementElement, (statement: Statement) => Beginning>> = {
  Sid: () => ({ value: blank }),
  Effect: () => ({ value: placeholder('Allow') }),
  Principal: () => ({ value: open, retrigger: true }),
  NotPrincipal: () => ({ value: open, retrigger: true }),
  Action: (statement) => {
    const value = actionValueFor(statement);
    return value === undefined ? { value: blank, retrigger: true } : { value };
  },
  NotAction: () => ({ value: blank, retrigger: true }),
  Condition: () => ({ value: open, retrigger: true }),
};

/** Elements that exclude each other: where one stands the other is not offered. */
const twins: Readonly<Partial<Record<StatementElement, StatementElement>>> = {
  Principal: 'NotPrincipal',
  NotPrincipal: 'Principal',
  Action: 'NotAction',
  NotAction: 'Action',
};

/** Everything but what is named is too much to allow; the forms are offered for Deny only. */
const forDeny: readonly StatementElement[] = ['NotPrincipal', 'NotAction'];

/** Names that mean nothing to IAM: they come after what a policy needs. */
const optional: readonly (PolicyElement | StatementElement)[] = ['Id', 'Sid'];

const neededFirst = <Info extends { readonly name: PolicyElement | StatementElement }>(
  elements: readonly Info[],
): readonly Info[] =>
  [...elements].sort((a, b) => Number(optional.includes(a.name)) - Number(optional.includes(b.name)));

export function* completeElementKey(place: Place<'elementKey'>): Iterable<Suggestion> {
  const { statement, taken } = place;
  if (statement === undefined) {
    for (const { name, doc, url } of neededFirst(policyElements))
      if (!taken.includes(name)) yield suggest(name, doc, url, inPolicy[name]);
    // Where statements stand beside each other in the policy itself, this is the place for a whole one.
    if (place.region.syntax.mayRepeat?.(place.slot, 'Statement') === true && place.node === undefined)
      yield* completeTemplate((value) => ({ key: 'Statement', value }));
    return;
  }
  for (const { name, doc, url } of neededFirst(statementElements)) {
    const twin = twins[name];
    if (taken.includes(name) || (twin && taken.includes(twin))) continue;
    if (statement.effect !== 'Deny' && forDeny.includes(name)) continue;
    yield suggest(name, doc, url, inStatement[name](statement));
  }
}

const suggest = (name: string, doc: string, url: string, { value, retrigger }: Beginning): Suggestion => ({
  label: name,
  entry: { key: name, value },
  doc: documented(doc, url),
  ...(retrigger && { retrigger }),
});
