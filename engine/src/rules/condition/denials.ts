/** Conditions of Deny statements that bar nobody, or more callers than it seems. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { moveTest, replaceValue, requireTest } from '../../policy/amend.ts';
import { hasKnownValues, isVacuous } from '../../policy/condition.ts';
import { demandsKey } from '../../policy/demand.ts';
import { includes, testsOn } from '../../policy/grants.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Grant, Policy, Principal, Statement, Test } from '../../policy/policy.ts';
import { callerNames, callerOf, presenceOf } from '../../policy/presence.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

const denials = ({ statements }: Policy): readonly { readonly statement: Statement; readonly test: Test }[] =>
  statements
    .filter(({ effect, open }) => effect === 'Deny' && !open.tests)
    .flatMap((statement) => statement.tests.map((test) => ({ statement, test })));

/** Whether no request that a Deny may be about carries a key. `*` under AWS may be more than AWS identities. */
function isNeverThere(key: string, { principals, open }: Statement): boolean {
  if (open.principals || principals.length === 0) return false;
  const presence = conditionKeyNamed(key)?.presence;
  const everywhere = presence !== undefined && Object.values(presence).every((each) => each === 'no');
  return principals.every((principal) =>
    principal.kind === 'anyone' ? everywhere : presenceOf(key, principal) === 'no',
  );
}

/** Whether every request that a Deny may be about carries a key. */
const isAlwaysThere = (key: string, { principals, open }: Statement): boolean =>
  !open.principals &&
  principals.length > 0 &&
  principals.every((principal) => presenceOf(key, principal) === 'yes');

/** A negated pattern that matches every value leaves nothing to bar but requests without the key. */
const excludesAll = ({ operator, values }: Test): boolean =>
  operator?.negated === true && operator.wildcards && values.some(({ text }) => isVacuous(text));

/** Why a Deny bars nobody, and what to do about it. */
function idleness(statement: Statement, test: Test): { message: string; fixes: readonly Fix[] } | undefined {
  const { key, quantifier, operatorText } = test;
  if (isUnknown(key) || !hasKnownValues(test) || test.operator === undefined) return undefined;
  if (excludesAll(test)) {
    const never = quantifier === 'ForAnyValue' || isAlwaysThere(key, statement);
    return {
      message: never
        ? `Every ${key} matches "*", so this Deny bars nobody. Name those whom it is to spare.`
        : `Every ${key} matches "*", so this Deny bars only requests without the key. Say so with Null, or name those whom it is to spare.`,
      fixes: never ? nameSpared(test) : fix('Bar requests without the key', moveTest(test, 'Null', 'true')),
    };
  }
  if (demandsKey(test) && isNeverThere(key, statement))
    return {
      message: `No request to assume a role carries ${key}, so this Deny bars nobody. Test a key that they carry.`,
      fixes: [],
    };
  const mayLack = quantifier === 'ForAnyValue' && test.operator.negated && !test.ifExists;
  if (!mayLack || isAlwaysThere(key, statement) || testsOn(statement, key).length > 1) return undefined;
  const forAll = operatorText.replace('ForAnyValue', 'ForAllValues');
  return {
    message: `Requests without ${key} pass: ForAnyValue is false for them, so this Deny does not bar those whom it seems to. Use ${forAll}.`,
    fixes: fix(`Use ${forAll}`, moveTest(test, forAll)),
  };
}

const nameSpared = ({ values }: Test): readonly Fix[] => {
  const [value] = values;
  return value && values.length === 1
    ? fix('Name those whom it spares', replaceValue(value.node, placeholder('TRUSTED_VALUE')))
    : [];
};

/** Tests that spare the callers who cannot have a key. */
const spares = ({ key }: Test): boolean =>
  /^aws:(?:PrincipalIsAWSService|ViaAWSService|PrincipalType)$/i.test(key);

/** Whether a Deny may be about a principal: what `*` under AWS means here, AWS does not say. */
const mayConcern = (deny: Statement, principal: Principal): boolean =>
  deny.principals.some((other) => other.kind === 'anyone' || includes(other, principal));

const sharesActions = (deny: Statement, { actions }: Grant): boolean => {
  const denied = new Set(deny.actions.flatMap(({ matches }) => matches));
  return actions.some(({ matches }) => matches.some((action) => action.assumes && denied.has(action)));
};

export const rules = [
  defineRule({
    id: 'condition-deny-never',
    category: 'condition',
    severity: 'warning',
    supersedes: ['condition-key-not-for-action'],
    when: ['Deny'],
    *check(policy) {
      for (const { statement, test } of denials(policy)) {
        const idle = idleness(statement, test);
        if (idle) yield { at: test.member.key, ...idle };
      }
    },
  }),
  defineRule({
    id: 'deny-negated-missing-key',
    category: 'condition',
    severity: 'information',
    scope: 'policy',
    when: ['Deny'],
    *check(policy) {
      for (const { statement, test } of denials(policy)) {
        const { key, operator, quantifier, ifExists } = test;
        if (operator?.negated !== true || ifExists || quantifier === 'ForAnyValue' || excludesAll(test))
          continue;
        if (statement.tests.some((other) => spares(other)) || testsOn(statement, key).length > 1) continue;
        const barred = policy.grants.find(
          (grant) =>
            presenceOf(key, grant.principal) === 'no' &&
            mayConcern(statement, grant.principal) &&
            sharesActions(statement, grant),
        );
        if (barred === undefined) continue;
        const { principal } = barred;
        yield {
          at: test.member.key,
          message: `This Deny bars requests without ${key} too, and those of ${callerNames[callerOf(principal)]} never carry it. Spare them, unless they are meant.`,
          fixes: sparing(statement, test, principal),
          related: [{ at: principal.node, message: 'Trusted here, and perhaps barred by the Deny.' }],
        };
      }
    },
  }),
];

function sparing(statement: Statement, test: Test, { kind }: Principal): readonly Fix[] {
  const changes = requireTest(statement, 'Bool', 'aws:PrincipalIsAWSService', 'false');
  return [
    ...(kind === 'service' ? fix('Spare AWS services', changes) : []),
    ...fix(`Use ${test.operatorText}IfExists`, moveTest(test, `${test.operatorText}IfExists`)),
  ];
}
