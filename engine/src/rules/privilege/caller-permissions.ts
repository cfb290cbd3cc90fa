/** What a caller's own policy lets it assume: every role, roles of every account, or every role of an account. */
import { replaceValue } from '../../policy/amend.ts';
import { parseArn } from '../../policy/arn.ts';
import { isEffective, isVacuous } from '../../policy/condition.ts';
import { isUnknown, knownText } from '../../policy/known.ts';
import type { Policy, Statement } from '../../policy/policy.ts';
import { hasWildcard } from '../../text/glob.ts';
import { placeholder } from '../../tree/change.ts';
import type { Node } from '../../tree/tree.ts';
import { listOf, valueOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

/** Letters of a role's name that tell it from most others. */
const ENOUGH = 3;

interface Resource {
  readonly statement: Statement;
  readonly node: Node;
  readonly text: string;
}

/** The roles that a policy lets its owner assume. Administrators may do so with everything else. */
const assumable = ({ statements }: Policy): readonly Resource[] =>
  statements
    .filter(({ effect, actions, open }) => effect === 'Allow' && !open.actions && actions.some(assumesRoles))
    .flatMap((statement) =>
      listOf(valueOf(statement.node, 'Resource')).flatMap((node) => {
        const text = knownText(node, 'principal');
        return text === undefined || isUnknown(text) ? [] : [{ statement, node, text }];
      }),
    );

const assumesRoles = ({ pattern, matches }: Statement['actions'][number]): boolean =>
  pattern.toLowerCase().startsWith('sts:') && matches.some(({ id }) => id === 'sts:AssumeRole');

/** Keys that choose among roles, or tie the call to something that the owner of the role gave out. */
const choosing =
  /^(?:sts:(?:ExternalId|RoleSessionName)|aws:(?:ResourceAccount|ResourceOrgID|ResourceOrgPaths|(?:Request|Resource)Tag\/.+)|iam:ResourceTag\/.+)$/i;

const isRestricted = ({ tests, open }: Statement): boolean =>
  open.tests || tests.some((test) => choosing.test(test.key) && isEffective(test, tests));

const aRole = `arn:aws:iam::${placeholder('ACCOUNT_ID')}:role/${placeholder('ROLE_NAME')}`;

const replacedIn = (text: string, index: number, by: string): string => {
  const fields = text.split(':');
  return [...fields.slice(0, index), by, ...fields.slice(index + 1)].join(':');
};

export const rules = [
  defineRule({
    id: 'identity-assume-role-star',
    category: 'privilege',
    severity: 'warning',
    subject: 'caller',
    *check(policy) {
      for (const { statement, node, text } of assumable(policy)) {
        if (!isVacuous(text) || isRestricted(statement)) continue;
        yield {
          at: node,
          message:
            'This allows its owner to assume every role, in any account, that lets it in. List the ARNs of the roles that it needs.',
          fixes: fix('Name the role', replaceValue(node, aRole)),
        };
      }
    },
  }),
  defineRule({
    id: 'identity-assume-role-wildcard-account',
    category: 'privilege',
    severity: 'warning',
    subject: 'caller',
    *check(policy) {
      for (const { statement, node, text } of assumable(policy)) {
        const arn = parseArn(text);
        if (arn === undefined || !hasWildcard(arn.account) || isRestricted(statement)) continue;
        yield {
          at: node,
          message: `"${text}" is a role in every account of AWS, also in one of a stranger who chose the name. Write the ids of the accounts.`,
          fixes: fix('Name the account', replaceValue(node, replacedIn(text, 4, placeholder('ACCOUNT_ID')))),
        };
      }
    },
  }),
  defineRule({
    id: 'identity-assume-role-wildcard-role',
    category: 'privilege',
    severity: 'information',
    subject: 'caller',
    *check(policy) {
      for (const { statement, node, text } of assumable(policy)) {
        const arn = parseArn(text);
        if (arn === undefined || hasWildcard(arn.account) || isRestricted(statement)) continue;
        const name = arn.resource.replace(/^role\/(?:.*\/)?/, '');
        const letters = name.search(/[*?]/);
        if (letters < 0 || letters >= ENOUGH) continue;
        yield {
          at: node,
          message: `This is every role of account ${arn.account} that lets its owner in, administrators included. Name the roles, or begin the pattern with what they have in common.`,
          fixes: fix(
            'Name the role',
            replaceValue(node, text.slice(0, text.length - name.length) + placeholder('ROLE_NAME')),
          ),
        };
      }
    },
  }),
];
