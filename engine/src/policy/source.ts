/** Source conditions of service roles: for which resource of which account a service may use the role. */
import { type ServicePrincipal, servicePrincipalNamed } from '../catalog/catalog.ts';
import { hasWildcard } from '../text/glob.ts';
import { placeholder } from '../tree/change.ts';
import { type Arn, isAccountId, parseArn } from './arn.ts';
import { isWrittenOut } from './condition.ts';
import { allowsAssumeRole, guardsOn, testsOn } from './grants.ts';
import type { Grant, Policy, Principal, Statement, Test, TestValue } from './policy.ts';
import { filled } from './template.ts';

/** A grant whose principal is an AWS service. */
export interface ServiceGrant extends Grant {
  readonly principal: Extract<Principal, { readonly kind: 'service' }>;
  readonly service: ServicePrincipal | undefined;
}

/** The grants by which services assume the role. */
export const serviceGrants = (policy: Policy): readonly ServiceGrant[] =>
  policy.grants.flatMap((grant) => {
    const { principal } = grant;
    if (principal.kind !== 'service' || !allowsAssumeRole(grant)) return [];
    return [{ ...grant, principal, service: servicePrincipalNamed(principal.host) }];
  });

/** The keys that name the source of a service's call, or its account or organization. */
export const sourceKeys = [
  'aws:SourceArn',
  'aws:SourceAccount',
  'aws:SourceOrgID',
  'aws:SourceOrgPaths',
] as const;

/** A value of `aws:SourceArn`. */
export interface SourceArn {
  readonly test: Test;
  readonly value: TestValue;
  /** Nothing for a text that is no ARN, such as a wildcard alone. */
  readonly arn?: Arn;
}

/** What a statement compares `aws:SourceArn` with to let a service in, as far as it is written out. */
export const sourceArns = (statement: Statement): readonly SourceArn[] =>
  testsOn(statement, 'aws:SourceArn')
    .filter(({ operator }) => operator?.negated === false && operator.type !== 'null')
    .flatMap((test) =>
      test.values
        .filter(({ text }) => isWrittenOut(text))
        .map((value) => {
          const arn = parseArn(value.text);
          return { test, value, ...(arn && { arn }) };
        }),
    );

/** Whether the account or organization of the source is named by itself, or may be unseen. */
export const namesAccount = (grant: Grant): boolean =>
  grant.open ||
  guardsOn(grant, 'aws:SourceOrgID').length > 0 ||
  guardsOn(grant, 'aws:SourceOrgPaths').length > 0 ||
  guardsOn(grant, 'aws:SourceAccount').some(({ test }) =>
    test.values.every(({ text }) => test.operator?.wildcards !== true || !hasWildcard(text)),
  );

/** The form of `aws:SourceArn` that a service documents, with what is known of partition, Region and account. */
export const documentedArn = (template: string, { partition, region, account }: Partial<Arn> = {}): string =>
  filled(template, {
    PARTITION: partition === undefined || hasWildcard(partition) ? 'aws' : partition,
    REGION: region === undefined || region === '' ? placeholder('REGION') : region,
    ACCOUNT: isAccountId(account ?? '') && account !== undefined ? account : placeholder('ACCOUNT_ID'),
  });
