/** IAM expands no wildcards in principals; a condition on the caller's ARN can have them. */
import { replaceValue, requireTest } from '../../policy/amend.ts';
import { type Arn, isAccountId, parseArn } from '../../policy/arn.ts';
import type { Principal, Statement } from '../../policy/policy.ts';
import { hasWildcard } from '../../text/glob.ts';
import { faultyPrincipals } from '../principals.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'partial-wildcard-principal',
  category: 'principal',
  severity: 'error',
  when: ['principal fault wildcard'],
  *check(policy) {
    for (const { statement, principal } of faultyPrincipals(policy, 'wildcard')) {
      if (principal.type !== 'AWS') continue;
      yield {
        at: principal.node,
        message:
          'IAM refuses wildcards inside a principal. Trust the account, and narrow it by a condition with ArnLike on aws:PrincipalArn.',
        fixes: remedies(statement, principal),
      };
    }
  },
});

function remedies(statement: Statement, { node, text }: Principal): readonly Fix[] {
  const arn = parseArn(text);
  if (arn === undefined || !isAccountId(arn.account) || arn.region !== '') return [];
  const role = roleOfSessions(arn);
  const inIam = `arn:${arn.partition}:iam::${arn.account}:`;
  if (role !== undefined && !hasWildcard(role))
    return fix('Trust the role, with all its sessions', replaceValue(node, `${inIam}role/${role}`));
  const pattern = role === undefined ? text : `${inIam}role/${role}`;
  // The condition would be asked of the other principals of the statement too.
  const condition =
    statement.principals.length === 1
      ? requireTest(statement, 'ArnLike', 'aws:PrincipalArn', pattern)
      : undefined;
  return fix(
    'Trust the account, with ArnLike on aws:PrincipalArn',
    condition && [...replaceValue(node, `${inIam}root`), ...condition],
  );
}

/** The role of an assumed-role ARN: `aws:PrincipalArn` has its ARN and not that of the session. */
function roleOfSessions({ service, resource }: Arn): string | undefined {
  const [kind, role, ...session] = resource.split('/');
  return service === 'sts' && kind === 'assumed-role' && session.length > 0 ? role : undefined;
}
