/** Services with ways of their own to say who uses the role: IAM Roles Anywhere and EKS Pod Identity. */
import { requireTest } from '../../policy/amend.ts';
import { isGuarded } from '../../policy/grants.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Policy } from '../../policy/policy.ts';
import {
  documentedArn,
  type ServiceGrant,
  serviceGrants,
  sourceArns,
  sourceKeys,
} from '../../policy/source.ts';
import { isAttempted, isNarrowed } from '../../policy/strength.ts';
import { placeholder } from '../../tree/change.ts';
import { memberOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

const grantsTo = (policy: Policy, host: string): readonly ServiceGrant[] =>
  serviceGrants(policy).filter(({ service }) => service?.id === host);

const ROLES_ANYWHERE = 'rolesanywhere.amazonaws.com';
const PREFIX = 'aws:principaltag/';

/** The tags that Roles Anywhere makes of the fields of a certificate. */
const isCertificateTag = (tag: string): boolean =>
  /^x509(?:Subject|Issuer)\/[\w.]+$|^x509SAN\/(?:DNS|URI|Name\/[\w.]+)$/i.test(tag);

export const rules = [
  defineRule({
    id: 'roles-anywhere-missing-source',
    category: 'confused-deputy',
    severity: 'warning',
    supersedes: ['service-principal-no-source'],
    when: ['principal service'],
    *check(policy) {
      for (const grant of grantsTo(policy, ROLES_ANYWHERE)) {
        const { principal, service, statement } = grant;
        const template = service?.source?.arn;
        if (template === undefined || isGuarded(grant, ...sourceKeys) || isAttempted(grant, ...sourceKeys))
          continue;
        const byField = grant.guards.some(({ key }) => key.startsWith(`${PREFIX}x509`));
        yield {
          at: principal.node,
          message: byField
            ? 'Names in certificates are unique for one authority only, and any trust anchor of the account may have issued this one. Require your trust anchor by aws:SourceArn.'
            : 'A certificate from any trust anchor of the account can get this role. Require your trust anchor by aws:SourceArn.',
          fixes: [
            ...fix(
              'Require the trust anchor',
              requireTest(statement, 'ArnEquals', 'aws:SourceArn', documentedArn(template)),
            ),
            ...fix(
              'Require aws:SourceAccount',
              requireTest(statement, 'StringEquals', 'aws:SourceAccount', placeholder('ACCOUNT_ID')),
            ),
          ],
        };
      }
      for (const grant of grantsTo(policy, ROLES_ANYWHERE)) {
        const strange = sourceArns(grant.statement).find(
          ({ arn }) => arn !== undefined && !/^[*?]|^trust-anchor[/*?]/.test(arn.resource),
        );
        const template = grant.service?.source?.arn;
        if (strange === undefined || template === undefined) continue;
        yield {
          at: strange.value.node,
          message: `Roles Anywhere sends the ARN of the trust anchor, which this is not, so no call matches. Write an ARN that ends with trust-anchor/ and its id.`,
        };
      }
    },
  }),
  defineRule({
    id: 'roles-anywhere-unknown-cert-tag',
    category: 'confused-deputy',
    severity: 'information',
    when: ['principal service'],
    *check(policy) {
      for (const { statement } of grantsTo(policy, ROLES_ANYWHERE)) {
        for (const { key, member } of statement.tests) {
          const tag = key.toLowerCase().startsWith(PREFIX) ? key.slice(PREFIX.length) : '';
          if (!/^x509/i.test(tag) || isUnknown(tag) || isCertificateTag(tag)) continue;
          const common = 'aws:PrincipalTag/x509Subject/CN';
          yield {
            at: member.key,
            message: `Roles Anywhere makes no tag ${tag} of a certificate. Use x509Subject/CN, x509Issuer/CN, x509SAN/DNS, x509SAN/URI or x509SAN/Name/CN, or another part of these names.`,
            fixes: memberOf(member.parent, common)
              ? []
              : fix('Test the common name', [{ kind: 'rename', member, key: common }]),
          };
        }
      }
    },
  }),
  defineRule({
    id: 'pod-identity-unscoped',
    category: 'confused-deputy',
    severity: 'hint',
    when: ['principal service'],
    *check(policy) {
      for (const grant of grantsTo(policy, 'pods.eks.amazonaws.com').filter((each) => !isNarrowed(each))) {
        yield {
          at: grant.principal.node,
          message:
            'Any pod can get this role for which somebody makes an association in this account. Test the tag kubernetes-namespace, kubernetes-service-account or eks-cluster-arn if only one shall.',
          fixes: fix(
            'Require the namespace',
            requireTest(
              grant.statement,
              'StringEquals',
              'aws:RequestTag/kubernetes-namespace',
              placeholder('NAMESPACE'),
            ),
          ),
        };
      }
    },
  }),
];
