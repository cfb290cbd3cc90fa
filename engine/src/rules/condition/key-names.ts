/** Condition keys that no request has, because they are misspelt, incomplete, old, or of another service. */
import { dropTest } from '../../policy/amend.ts';
import { unsupportedClaims } from '../../policy/claims.ts';
import { claimKey, isGitHub } from '../../policy/oidc.ts';
import { distance } from '../../text/distance.ts';
import { removeUseless } from '../remedies.ts';
import { type KeyFault, keyFault } from '../../policy/key-fault.ts';
import { holdsIfAbsent } from '../../policy/demand.ts';
import type { Policy, Test } from '../../policy/policy.ts';
import { defineRule, type Fix, fix, type Report } from '../rule.ts';

interface Faulty {
  readonly test: Test;
  readonly fault: KeyFault;
}

/** The tests whose keys have a fault of one kind. What is not written to its end, or under no operator, is passed over. */
const faultyKeys = ({ statements }: Policy, kind: KeyFault['kind']): readonly Faulty[] =>
  statements.flatMap(({ tests }) =>
    tests.flatMap((test) => {
      if (test.operator === undefined || test.member.value === undefined) return [];
      const fault = keyFault(test.key);
      return fault?.kind === kind ? [{ test, fault }] : [];
    }),
  );

/** Gives the test the key that was meant, unless that is tested beside it. */
function rename({ test: { member }, fault: { repaired } }: Faulty): readonly Fix[] {
  if (repaired === undefined) return [];
  const taken = member.parent.members.some(
    (other) => other !== member && other.key.value?.toLowerCase() === repaired.toLowerCase(),
  );
  return taken ? [] : fix(`Use ${plain(repaired)}`, [{ kind: 'rename', member, key: repaired }]);
}

/** A title has no marks of places to fill in. */
const plain = (text: string): string => text.replace(/[\uFDD0\uFDD1]/g, '');

/** A test that does nothing can go; one that is never met cannot, because somebody would get in by that. */
const dropIdle = (test: Test): readonly Fix[] =>
  holdsIfAbsent(test) ? fix('Remove the test, which does nothing', dropTest(test)) : [];

const hint = ({ repaired }: KeyFault, other: string): string =>
  repaired === undefined ? other : `Did you mean ${repaired}?`;

/** What comes of a test whose key is in no request. */
const effectOf = (test: Test): string => (holdsIfAbsent(test) ? 'keeps nobody out' : 'is never met');

/** What IAM says of a key where that is known: https://github.com/terraform-aws-modules/terraform-aws-eks/issues/1084 */
const refusal = (key: string): string =>
  /:.*:/.test(key)
    ? 'IAM answers "Condition can contain only one colon": a key is a prefix, a colon and a name, and issuers are named without https://.'
    : `"${key}" is no condition key: a key is a prefix, a colon and a name, without blanks.`;

/** A key that no request has. AWS adds keys from time to time, so only for a slip of the pen is it certain. */
const missing = (found: Faulty, what: string, otherwise: string): Report => ({
  at: found.test.member.key,
  severity: found.fault.repaired === undefined ? 'warning' : 'error',
  message: `${what}, so the condition ${effectOf(found.test)}. ${hint(found.fault, otherwise)}`,
  fixes: [...rename(found), ...dropIdle(found.test)],
});

export const rules = [
  defineRule({
    id: 'invalid-condition-key-format',
    category: 'condition',
    severity: 'error',
    supersedes: ['oidc-key-issuer-mismatch'],
    when: ['key fault format'],
    *check(policy) {
      for (const found of faultyKeys(policy, 'format')) {
        yield {
          at: found.test.member.key,
          message: `${refusal(found.test.key)} ${hint(found.fault, 'Write one such as aws:PrincipalOrgID.')}`,
          fixes: rename(found),
        };
      }
    },
  }),
  defineRule({
    id: 'missing-tag-key',
    category: 'condition',
    severity: 'error',
    when: ['key fault tag'],
    *check(policy) {
      for (const found of faultyKeys(policy, 'tag')) {
        const { key, member } = found.test;
        yield {
          at: member.key,
          message: `${key} does not say which tag is compared. Add its name: ${key.replace(/\/$/, '')}/team.`,
          fixes: rename(found),
        };
      }
    },
  }),
  defineRule({
    id: 'unknown-global-key',
    category: 'condition',
    severity: 'error',
    when: ['key fault global'],
    *check(policy) {
      for (const found of faultyKeys(policy, 'global'))
        yield missing(
          found,
          `AWS documents no global condition key ${found.test.key}`,
          'Take one from the list of global keys.',
        );
    },
  }),
  defineRule({
    id: 'unknown-service-key',
    category: 'condition',
    severity: 'error',
    when: ['key fault service', 'principal oidc'],
    *check(policy) {
      for (const found of faultyKeys(policy, 'service'))
        yield missing(
          found,
          `AWS STS documents no condition key ${found.test.key}`,
          'Take one from the list of its keys.',
        );
      for (const found of unsupportedClaims(policy)) {
        const { test, statement, principal, claim, known } = found;
        // GitHub has a rule of its own, and names in capitals are to be filled in.
        if (isGitHub(principal.provider) || /^[A-Z][A-Z_]*$/.test(claim)) continue;
        const meant = known.find((name) => distance(name, claim.toLowerCase(), 1) <= 1);
        yield {
          at: test.member.key,
          severity: 'warning',
          message: `IAM takes over ${known.join(', ')} from tokens of ${principal.provider?.name ?? principal.issuer} and not ${claim}, so the condition ${effectOf(test)}. ${meant === undefined ? 'Test one of these.' : `Did you mean ${meant}?`}`,
          fixes: [
            ...(meant === undefined
              ? []
              : rename({ test, fault: { kind: 'service', repaired: claimKey(principal, meant) } })),
            ...removeUseless(statement, test),
          ],
        };
      }
    },
  }),
  defineRule({
    id: 'irrelevant-service-key',
    category: 'condition',
    severity: 'warning',
    when: ['key fault foreign'],
    *check(policy) {
      for (const found of faultyKeys(policy, 'foreign'))
        yield {
          ...missing(
            found,
            `${found.test.key} has the prefix of another service and is in no request to assume a role`,
            'Test a key of AWS STS, or a global one.',
          ),
          severity: 'warning',
        };
    },
  }),
  defineRule({
    id: 'deprecated-condition-key',
    category: 'condition',
    severity: 'warning',
    tag: 'deprecated',
    when: ['key fault deprecated'],
    *check(policy) {
      for (const found of faultyKeys(policy, 'deprecated')) {
        const { test, fault } = found;
        yield {
          at: test.member.key,
          message: `AWS has given up ${test.key} and asks to use ${fault.repaired ?? 'another key'} in its place. Change the key; the values stay.`,
          fixes: rename(found),
        };
      }
    },
  }),
];
