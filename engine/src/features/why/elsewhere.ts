/** Causes that lie in other policies than this one: what the message says of them, and what remains when this one allows. */
import type { AssumeRequest } from '../../evaluate/request.ts';
import type { Policy } from '../../policy/policy.ts';
import { verbatim } from '../explain/phrase.ts';
import type { Cause } from '../why.ts';
import type { Denial, PolicyKind } from './denial.ts';

const logic = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html';
const messages = 'https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html';

/** Whose matter a kind of policy is. */
const sides: Readonly<Record<PolicyKind, Cause['side']>> = {
  'identity-based policy': 'caller',
  'permissions boundary': 'caller',
  'resource control policy': 'organization',
  'resource-based policy': 'trust',
  'service control policy': 'organization',
  'session policy': 'session',
  'VPC endpoint policy': 'caller',
};

/** The causes besides the trust policy. */
export function elsewhere(
  denial: Denial,
  request: AssumeRequest | undefined,
  policy: Policy,
): readonly Cause[] {
  const { refusedBy } = denial;
  if (refusedBy && refusedBy.policy !== 'resource-based policy') return [named(refusedBy, denial)];
  const caller = request?.caller;
  if (caller?.principal.type !== 'AWS') return caller === undefined ? [] : [ofOrganization];
  return [...ofCaller(request, denial, policy), ofSession, ofOrganization, ofRole(denial)];
}

function named(
  { policy, explicit }: NonNullable<Denial['refusedBy']>,
  { action = 'sts:AssumeRole' }: Denial,
): Cause {
  return {
    certainty: 'certain',
    side: sides[policy],
    what: explicit
      ? [`A Deny in a ${policy} refused `, verbatim(action), ', not the trust policy.']
      : [`No ${policy} allows `, verbatim(action), '; the trust policy is not what refused.'],
    remedy: [explicit ? `Find the Deny in the ${policy}.` : `Allow the action on the role in the ${policy}.`],
    url: messages,
  };
}

function ofCaller(
  request: AssumeRequest | undefined,
  { caller, role, action = 'sts:AssumeRole' }: Denial,
  { statements }: Policy,
): readonly Cause[] {
  if (request === undefined) return [];
  const { principal, account } = request.caller;
  if (principal.kind === 'account')
    return [
      {
        certainty: 'certain',
        side: 'caller',
        what: ['A root user cannot assume roles.'],
        remedy: ['Call as an IAM user or as a session of a role.'],
        url: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html',
      },
    ];
  const isOther = account !== request.roleAccount;
  const isWhole = statements.some(({ principals }) => principals.some(({ kind }) => kind === 'account'));
  if (!isOther && !isWhole) return [];
  return [
    {
      certainty: 'likely',
      side: 'caller',
      what: [
        'The own policies of ',
        verbatim(caller ?? principal.text),
        ' may not allow ',
        verbatim(action),
        ' on the role.',
      ],
      remedy: ['Allow it there on ', verbatim(role ?? 'the ARN of the role'), '.'],
      url: logic,
    },
  ];
}

const ofSession: Cause = {
  certainty: 'possible',
  side: 'session',
  what: ['A permissions boundary or a session policy of the caller may not allow the call.'],
  remedy: [
    'Look at the boundary of the user or role, and at the policies that its session was started with.',
  ],
  url: logic,
};

const ofOrganization: Cause = {
  certainty: 'possible',
  side: 'organization',
  what: [
    'A service control policy of the caller’s organization, or a resource control policy of the role’s, may deny the call.',
  ],
  remedy: ['Ask those who administer the organizations.'],
  url: logic,
};

const ofRole = ({ role }: Denial): Cause => ({
  certainty: 'possible',
  side: 'caller',
  what: [
    'There may be no such role',
    ...(role === undefined ? [] : [': ', verbatim(role)]),
    '; AWS answers the same then.',
  ],
  remedy: ['Compare the ARN, with the path of the role and the account.'],
});
