/** Trust that is guarded, but widely or weakly: by the organization alone, or by what the caller chooses. */
import { requireTest } from '../../policy/amend.ts';
import { allowsAssumeRole } from '../../policy/grants.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Grant } from '../../policy/policy.ts';
import { narrowing } from '../../policy/strength.ts';
import { placeholder } from '../../tree/change.ts';
import { requireExternalId } from '../remedies.ts';
import { defineRule, fix } from '../rule.ts';

const ofOrganization: ReadonlySet<string> = new Set(['aws:principalorgid', 'aws:principalorgpaths']);

/** What whoever assumes the role writes into the request. */
const chosen =
  /^(?:sts:(?:rolesessionname|sourceidentity|transitivetagkeys)|aws:(?:requesttag\/.*|tagkeys))$/;

/** Session names and source identities that follow from who calls, such as `${aws:username}`. */
const followsCaller = /\$\{aws:/i;

const isEveryKey = (grant: Grant, test: (key: string) => boolean): boolean =>
  !grant.open &&
  narrowing(grant).length > 0 &&
  narrowing(grant).every(({ key }) => test(key) && !isUnknown(key));

export const rules = [
  defineRule({
    id: 'org-wide-trust',
    category: 'privilege',
    severity: 'information',
    when: ['principal anyone'],
    *check({ grants }) {
      for (const grant of grants) {
        const { principal, statement } = grant;
        if (principal.kind !== 'anyone' || principal.bare || !allowsAssumeRole(grant)) continue;
        if (!isEveryKey(grant, (key) => ofOrganization.has(key))) continue;
        yield {
          at: principal.node,
          message:
            'Every identity of the organization that is allowed to use sts:AssumeRole can assume this role. If fewer are meant, name them by aws:PrincipalArn.',
          fixes: fix(
            'Require aws:PrincipalArn',
            requireTest(
              statement,
              'ArnLike',
              'aws:PrincipalArn',
              `arn:aws:iam::*:role/${placeholder('ROLE_NAME')}`,
            ),
          ),
        };
      }
    },
  }),
  defineRule({
    id: 'caller-controlled-guard',
    category: 'privilege',
    severity: 'warning',
    when: ['principal account'],
    *check({ grants }, { settings }) {
      for (const grant of grants) {
        const { principal, statement } = grant;
        if (principal.kind !== 'account' || !allowsAssumeRole(grant)) continue;
        if (!isEveryKey(grant, (key) => chosen.test(key))) continue;
        const [guard] = narrowing(grant).filter(({ from }) => from === 'allow');
        if (guard === undefined) continue;
        const follows = narrowing(grant).some(({ test }) =>
          test.values.some(({ text }) => followsCaller.test(text)),
        );
        const isOwn = settings.trustedAccounts.some((account) => account === principal.account);
        const arn = `arn:${principal.partition ?? 'aws'}:iam::${principal.account ?? placeholder('ACCOUNT_ID')}:role/${placeholder('ROLE_NAME')}`;
        yield {
          at: guard.test.member.key,
          severity: follows || isOwn ? 'information' : 'warning',
          message: `Whoever assumes the role chooses ${guard.test.key}, so it keeps nobody of the account out. Ask who calls, for example by aws:PrincipalArn.`,
          fixes: [
            ...fix('Require aws:PrincipalArn', requireTest(statement, 'ArnLike', 'aws:PrincipalArn', arn)),
            ...requireExternalId(statement),
          ],
        };
      }
    },
  }),
];
