/** The form of service principals, and whether AWS has such a service. */
import { replaceValue } from '../../policy/amend.ts';
import type { Principal } from '../../policy/policy.ts';
import { distance } from '../../text/distance.ts';
import { placeholder } from '../../tree/change.ts';
import { faultyPrincipals } from '../principals.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

export const rules = [
  defineRule({
    id: 'invalid-service-principal-format',
    category: 'principal',
    severity: 'error',
    when: ['principal fault format'],
    *check(policy) {
      for (const { principal, fault } of faultyPrincipals(policy, 'format')) {
        if (principal.type !== 'Service') continue;
        yield {
          at: principal.node,
          message: `IAM answers "Invalid principal in policy": a service is named by its host in lower case, such as ${fault.repaired ?? 'ec2.amazonaws.com'}.`,
          fixes: renaming(principal, fault.repaired),
        };
      }
    },
  }),
  defineRule({
    id: 'unknown-service-principal',
    category: 'principal',
    severity: 'warning',
    when: ['principal fault unknown-service'],
    *check(policy, { settings }) {
      for (const { principal, fault } of faultyPrincipals(policy, 'unknown-service')) {
        if (settings.additionalServicePrincipals.includes(principal.text)) continue;
        const meant = fault.repaired;
        yield {
          at: principal.node,
          // AWS adds services faster than our list follows: only a slip is worth a warning.
          severity: meant === undefined ? 'information' : isSlip(principal.text, meant) ? 'error' : 'warning',
          message: `IAM refuses services that do not exist, and "${principal.text}" is none that we know. ${meant === undefined ? 'Check the name in the documentation of the service.' : `Did you mean "${meant}"?`}`,
          fixes: renaming(principal, meant),
        };
      }
    },
  }),
  defineRule({
    id: 'service-star-principal',
    category: 'principal',
    severity: 'error',
    when: ['principal fault wildcard'],
    *check(policy) {
      for (const { principal } of faultyPrincipals(policy, 'wildcard')) {
        if (principal.type !== 'Service') continue;
        yield {
          at: principal.node,
          message:
            'IAM refuses wildcards in a service principal: each service is trusted by its own name. List them, for example "ec2.amazonaws.com".',
          fixes: fix(
            'Name the service',
            replaceValue(principal.node, `${placeholder('SERVICE')}.amazonaws.com`),
          ),
        };
      }
    },
  }),
];

/** Whether a name is another one with a slip of the pen, or with the domain of something else. */
const isSlip = (text: string, meant: string): boolean =>
  distance(text, meant, SLIPS) <= SLIPS || labelOf(text) === labelOf(meant);

const SLIPS = 2;

const labelOf = (host: string): string => host.replace(/\.(?:amazon|aws).*$/, '');

const renaming = ({ node }: Principal, meant: string | undefined): readonly Fix[] =>
  meant === undefined ? [] : fix(`Change to ${meant}`, replaceValue(node, meant));
