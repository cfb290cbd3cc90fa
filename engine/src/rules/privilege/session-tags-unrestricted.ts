/** Strangers who may tag their sessions as they like: tags decide what a session may do where access goes by attributes. */
import { removeItem, requireTest } from '../../policy/amend.ts';
import { accountOf } from '../../policy/grants.ts';
import { isUnknown } from '../../policy/known.ts';
import type { ActionRef, Principal, Statement } from '../../policy/policy.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, type Facts, fix } from '../rule.ts';

const ofTags = /^(?:aws:RequestTag\/.+|aws:TagKeys|sts:TransitiveTagKeys)$/i;

/** IAM Identity Center makes these providers, and sets the tags itself. */
const isOfIdentityCenter = (principal: Principal): boolean =>
  principal.kind === 'saml' && principal.name.startsWith('AWSSSO_');

/** Whether somebody else decides who a principal is, as far as one's own accounts are known. */
function isForeign(principal: Principal, own: readonly string[]): boolean {
  if (principal.kind === 'anyone') return true;
  if (principal.kind === 'oidc' || principal.kind === 'saml')
    return !isUnknown(principal.text) && !isOfIdentityCenter(principal);
  const account = accountOf(principal);
  return own.length > 0 && account !== undefined && !own.includes(account);
}

const taggingIn = ({ actions }: Statement): ActionRef | undefined =>
  actions.find(({ matches }) => matches.some(({ id }) => id === 'sts:TagSession'));

const isLimited = ({ tests, open }: Statement): boolean =>
  open.tests ||
  tests.some(({ key, operator }) => isUnknown(key) || (ofTags.test(key) && operator?.negated === false));

const ownAccounts = ({ settings, role }: Facts): readonly string[] => [
  ...settings.trustedAccounts,
  ...(role?.account === undefined ? [] : [role.account]),
];

export const rule = defineRule({
  id: 'session-tags-unrestricted',
  category: 'privilege',
  severity: 'information',
  *check({ statements }, facts) {
    for (const statement of statements.filter(({ effect }) => effect === 'Allow')) {
      const action = taggingIn(statement);
      const stranger = statement.principals.find((each) => isForeign(each, ownAccounts(facts)));
      if (action === undefined || stranger === undefined || isLimited(statement)) continue;
      yield {
        at: action.node,
        message:
          'Callers from outside may give their sessions any tags, and tags can decide what a session may do. Limit them by aws:TagKeys, or leave sts:TagSession out.',
        fixes: [
          ...fix(
            'Limit the tags',
            stranger.kind === 'anyone'
              ? undefined
              : requireTest(statement, 'ForAllValues:StringEquals', 'aws:TagKeys', [placeholder('TAG_KEY')]),
          ),
          ...fix('Remove sts:TagSession', /[*?]/.test(action.pattern) ? undefined : removeItem(action.node)),
        ],
        related: [{ at: stranger.node, message: 'Trusted here.' }],
      };
    }
  },
});
