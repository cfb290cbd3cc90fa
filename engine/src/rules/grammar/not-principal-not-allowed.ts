/** Trust policies have no `NotPrincipal`; with Allow it would let in everybody else. */
import { replaceValue, requireTest } from '../../policy/amend.ts';
import { testsOn } from '../../policy/grants.ts';
import type { Statement } from '../../policy/policy.ts';
import { readPrincipal } from '../../policy/principal.ts';
import type { Change } from '../../tree/change.ts';
import type { Member } from '../../tree/tree.ts';
import { listOf, memberOf, plainValue, valueOf } from '../../tree/walk.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'not-principal-not-allowed',
  category: 'grammar',
  severity: 'error',
  when: ['element NotPrincipal'],
  *check({ statements }) {
    for (const statement of statements) {
      const member = memberOf(statement.node, 'NotPrincipal');
      if (member === undefined) continue;
      yield {
        at: member.key,
        message:
          statement.effect === 'Deny'
            ? 'IAM refuses NotPrincipal in a trust policy. Deny everybody, with a condition that exempts these by aws:PrincipalArn.'
            : 'IAM refuses NotPrincipal in a trust policy, and with Allow it would trust everybody but these. Name whom to trust in Principal.',
        fixes: memberOf(statement.node, 'Principal') ? [] : remedies(statement, member),
      };
    }
  },
});

function remedies(statement: Statement, member: Member): readonly Fix[] {
  const rename: Change = { kind: 'rename', member, key: 'Principal' };
  if (statement.effect === 'Allow') return fix('Trust exactly these: change to "Principal"', [rename]);
  const exempt = exemption(statement, member);
  return member.value && exempt
    ? fix('Deny everybody but these by aws:PrincipalArn', [
        rename,
        ...replaceValue(member.value, { AWS: '*' }),
        ...exempt,
      ])
    : [];
}

/** Only roles and users have the one ARN that the condition compares. */
function exemption(statement: Statement, { value }: Member): readonly Change[] | undefined {
  const named = valueOf(value, 'AWS');
  const exempt = listOf(named).map((node) => readPrincipal(node, 'AWS'));
  const arns = named && plainValue(named);
  const only = value?.kind === 'object' && value.members.length === 1;
  if (!only || arns === undefined || testsOn(statement, 'aws:PrincipalArn').length > 0) return undefined;
  if (!exempt.every(({ kind }) => kind === 'role' || kind === 'user')) return undefined;
  return requireTest(statement, 'ArnNotEquals', 'aws:PrincipalArn', arns);
}
