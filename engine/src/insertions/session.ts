/** What callers say of the session that they ask for: its name, who is behind it, and its tags. */
import type { TrustAction } from '../catalog/catalog.ts';
import { mayUse } from '../policy/allowed.ts';
import { addActions } from '../policy/amend.ts';
import { isSessionPattern, tagIn } from '../policy/value-form.ts';
import { placeholder } from '../tree/change.ts';
import { addStatement, copiedElements } from './add-statement.ts';
import { assumedBy, type Caller, strangers } from './fitting.ts';
import { changing, type Insertion, type Outcome, present, type Target, unfit } from './insertion.ts';
import { block, demand } from './require.ts';

/** Services name their sessions themselves. */
const callers: readonly Caller[] = ['aws', 'saml', 'oidc'];

const form = {
  name: 'PATTERN',
  accepts: isSessionPattern,
  says: 'letters, digits, + = , . @ - _, wildcards and policy variables',
} as const;

const sessionName: Insertion = {
  id: 'require-session-name',
  title: 'Require a pattern of session names',
  summary:
    'Lets callers in only if the name of the session that they ask for matches a pattern, which logs then show.',
  form,
  make: (target) =>
    demand(target, callers, [
      block('StringLike', 'sts:RoleSessionName', target.value ?? `${placeholder('YOUR_PREFIX')}-*`),
    ]),
};

const maySetAll = ({ statement, policy }: Target, action: TrustAction['id']): boolean =>
  statement.principals.every((principal) => mayUse(principal, action, policy));

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html */
const sourceIdentity: Insertion = {
  id: 'require-source-identity',
  title: 'Require a source identity',
  summary: 'Lets callers in only if they say who is behind the session, and allows them to say so.',
  form,
  make: (target) => {
    const value = target.value ?? placeholder('YOUR_SOURCE_IDENTITY');
    const asked = demand(target, callers, [block('StringLike', 'sts:SourceIdentity', value)]);
    if (asked.kind === 'unfit' || maySetAll(target, 'sts:SetSourceIdentity')) return asked;
    const allowed = addActions(target.statement, ['sts:SetSourceIdentity']);
    const changes = asked.kind === 'changes' ? asked.changes : [];
    return changing(allowed && [...changes, ...allowed]);
  },
};

/**
 * A statement of its own: callers may still come without tags, and those of the session are limited.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_session-tags.html
 */
const sessionTags: Insertion = {
  id: 'allow-session-tags',
  title: 'Allow session tags',
  summary:
    'Adds a statement by which the same callers may tag their sessions with one tag, and with no other.',
  form: {
    name: 'KEY=VALUE',
    accepts: (text) => tagIn(text) !== undefined,
    says: 'the key of a tag and a pattern for its value: KEY=VALUE',
  },
  make: (target) => {
    const why = strangers(target.statement, callers);
    if (why !== undefined) return unfit(why);
    if (assumedBy(target.statement).length === 0)
      return unfit('The statement allows nobody to assume the role.');
    if (maySetAll(target, 'sts:TagSession')) return present('The callers may tag their sessions already.');
    return addTags(target);
  },
};

function addTags(target: Target): Outcome {
  const { key, value } = tagIn(target.value ?? '') ?? {
    key: placeholder('YOUR_TAG_KEY'),
    value: placeholder('YOUR_TAG_VALUE'),
  };
  const principal = copiedElements(target)?.['Principal'];
  if (principal === undefined)
    return unfit('The principals of the statement cannot be written a second time.');
  return addStatement(target, 'AllowSessionTags', {
    Effect: 'Allow',
    Principal: principal,
    Action: 'sts:TagSession',
    Condition: {
      StringLike: { [`aws:RequestTag/${key}`]: value },
      'ForAllValues:StringEquals': { 'aws:TagKeys': [key] },
    },
  });
}

export const sessionInsertions: readonly Insertion[] = [sessionName, sourceIdentity, sessionTags];
