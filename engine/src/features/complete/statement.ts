/** Whole statements, one for each family of callers, ready for its principal. */
import type { JsonValue } from '../../tree/walk.ts';
import type { TrustActionName } from '../../catalog/catalog.ts';
import type { PrincipalType } from '../../policy/policy.ts';
import type { Place } from '../place.ts';
import { blank, type Suggestion } from './suggestion.ts';

/** A statement that allows a principal; without an action where that depends on the principal. */
export const statementFrom = (principal: JsonValue, action: string = blank): JsonValue => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
});

interface Family {
  readonly label: string;
  readonly type: PrincipalType;
  readonly action: TrustActionName;
}

const families: readonly Family[] = [
  { label: 'Allow an AWS service', type: 'Service', action: 'sts:AssumeRole' },
  { label: 'Allow an AWS account, role or user', type: 'AWS', action: 'sts:AssumeRole' },
  { label: 'Allow an OIDC provider', type: 'Federated', action: 'sts:AssumeRoleWithWebIdentity' },
  { label: 'Allow a SAML provider', type: 'Federated', action: 'sts:AssumeRoleWithSAML' },
];

export function* completeStatement({ slot }: Place<'statement'>): Iterable<Suggestion> {
  for (const { label, type, action } of families) {
    const statement = statementFrom({ [type]: blank }, action);
    const value = slot.kind === 'item' ? statement : [statement];
    yield { label, entry: { value }, detail: action, retrigger: true };
  }
}
