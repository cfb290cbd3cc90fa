/** What fixes write where something is missing altogether: valid in form, with places to fill in. */
import { claimTests } from '../policy/oidc.ts';
import type { Statement } from '../policy/policy.ts';
import { placeholder } from '../tree/change.ts';
import type { JsonValue } from '../tree/walk.ts';

const inAccount = (resource: string): string => `arn:aws:iam::${placeholder('ACCOUNT_ID')}:${resource}`;

const aRole = { AWS: inAccount(`role/${placeholder('ROLE_NAME')}`) };

/** A statement to start from. */
export const firstStatement: JsonValue = { Effect: 'Allow', Principal: aRole, Action: 'sts:AssumeRole' };

/** A value of `Principal` to start from, and what to call it. */
export interface PrincipalSkeleton {
  readonly title: string;
  readonly value: JsonValue;
}

/** The principals that can use the actions of a statement; all of them where it has no action yet. */
export function principalSkeletons(statement: Statement): readonly PrincipalSkeleton[] {
  // Claims that are tested tell who issues them.
  const issuer = claimTests(statement)[0]?.issuer ?? placeholder('ISSUER');
  const skeletons = [
    ['sts:AssumeRole', 'Trust a role', aRole],
    ['sts:AssumeRole', 'Trust an AWS service', { Service: `${placeholder('SERVICE')}.amazonaws.com` }],
    [
      'sts:AssumeRoleWithSAML',
      'Trust a SAML provider',
      { Federated: inAccount(`saml-provider/${placeholder('PROVIDER_NAME')}`) },
    ],
    [
      'sts:AssumeRoleWithWebIdentity',
      'Trust an OIDC provider',
      { Federated: inAccount(`oidc-provider/${issuer}`) },
    ],
  ] as const;
  const named = statement.actions.flatMap(({ matches }) => matches);
  return skeletons
    .filter(([action]) => named.length === 0 || named.some(({ id }) => id === action))
    .map(([, title, value]) => ({ title, value }));
}
