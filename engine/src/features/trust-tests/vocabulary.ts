/** The keys and words of files of trust tests; held to `schemas/trust-tests.schema.json`. */
import type { Reason } from '../../evaluate/evaluate.ts';

/** How the names of such files end. */
export const endings = ['.trust-tests.yaml', '.trust-tests.yml'];

export const suiteKeys = ['policy', 'role', 'roleAccount', 'allow', 'deny'] as const;
export const caseKeys = ['name', 'caller', 'action', 'context', 'token', 'reason'] as const;
export const callerKeys = ['arn', 'issuer'] as const;
export const reasons = [
  'explicit-deny',
  'no-principal-match',
  'no-action-match',
  'condition-not-met',
] as const satisfies readonly Reason[];

/** What the keys mean, in the words of the schema. */
export const keyDocs: Readonly<Record<string, string>> = {
  policy: 'The file with the policy, relative to this file.',
  role: 'The role that is meant, where the file has several.',
  roleAccount: 'The account of the role; otherwise that of its providers.',
  allow: 'Calls that the policy must let in.',
  deny: 'Calls that the policy must keep out.',
  name: 'What the case is called.',
  caller: 'Who calls: the ARN of a user or session, a service, the ARN of a provider.',
  action: 'The action, or all that the call needs; otherwise the one that the caller can use.',
  context: 'The condition keys that the call carries.',
  token: 'The claims of an OIDC token, in place of caller and context.',
  reason: 'Why the call is kept out, where that matters.',
  arn: 'The ARN of the caller.',
  issuer: 'The ARN of the role that a session is of.',
};
