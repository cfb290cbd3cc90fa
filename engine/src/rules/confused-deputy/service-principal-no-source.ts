/** A service acts for many accounts: a source condition ties the role to what it does for this one. */
import { servicePrincipalNamed, type ServicePrincipal } from '../../catalog/catalog.ts';
import { requireBlocks, requireTest } from '../../policy/amend.ts';
import { allowsAssumeRole, grantsByStatement } from '../../policy/grants.ts';
import type { Grant, Statement } from '../../policy/policy.ts';
import { isBypassed, isNarrowed } from '../../policy/strength.ts';
import { filled } from '../../policy/template.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

/** The service of a grant that may need a source condition and has none. AWS writes service-linked roles itself. */
function unsourced(grant: Grant): ServicePrincipal | undefined {
  if (grant.principal.kind !== 'service' || !allowsAssumeRole(grant)) return undefined;
  if (isNarrowed(grant) || grant.statement.tests.some(isBypassed)) return undefined;
  const service = servicePrincipalNamed(grant.principal.host);
  return service?.source?.kind === 'exempt' || service?.use === 'service-linked' ? undefined : service;
}

export const rule = defineRule({
  id: 'service-principal-no-source',
  category: 'confused-deputy',
  severity: 'information',
  when: ['principal service'],
  *check({ grants }) {
    for (const [statement, granted] of grantsByStatement(grants)) {
      const first = granted.find((grant) => unsourced(grant) !== undefined);
      if (first === undefined) continue;
      const services = granted.flatMap((grant) => unsourced(grant) ?? []);
      const documented = services.filter(({ source }) => source?.kind === 'documented');
      const isDocumented = documented.length > 0;
      const remedy = isDocumented
        ? 'AWS asks for aws:SourceAccount or aws:SourceArn here.'
        : 'If the service sends aws:SourceAccount, require it.';
      yield {
        at: first.principal.node,
        // Whether the others send the keys is not documented, so they are only hinted at.
        severity: isDocumented ? 'information' : 'hint',
        message: `Nothing ties ${namesOf(isDocumented ? documented : services)} to your account, so others might have the service use this role. ${remedy}`,
        // A condition holds for all principals of the statement, and those that do not send the key would be shut out.
        fixes: services.length === granted.length ? fixesFor(statement, services) : [],
      };
    }
  },
});

/** The first few names, and how many more there are. */
function namesOf(services: readonly ServicePrincipal[]): string {
  const names = [...new Set(services.map(({ id }) => id))];
  const rest = names.length - FEW;
  return rest > 1 ? `${names.slice(0, FEW).join(', ')} and ${String(rest)} more` : names.join(', ');
}

const FEW = 3;

function fixesFor(statement: Statement, [service, ...others]: readonly ServicePrincipal[]): readonly Fix[] {
  const account = placeholder('ACCOUNT_ID');
  const arn = others.length === 0 ? service?.source?.arn : undefined;
  return [
    ...fix('Require aws:SourceAccount', requireTest(statement, 'StringEquals', 'aws:SourceAccount', account)),
    ...(arn === undefined
      ? []
      : fix(
          'Require aws:SourceAccount and aws:SourceArn',
          requireBlocks(statement, [
            ['StringEquals', { 'aws:SourceAccount': account }],
            ['ArnLike', { 'aws:SourceArn': filled(arn, { PARTITION: 'aws', ACCOUNT: account }) }],
          ]),
        )),
  ];
}
