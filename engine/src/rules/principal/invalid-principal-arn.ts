/** An ARN under `AWS` that is not the ARN of a principal. */
import { movePrincipal, replaceValue } from '../../policy/amend.ts';
import { faultyPrincipals } from '../principals.ts';
import { defineRule, fix } from '../rule.ts';

/** Resources that act by the role of a service are not trusted themselves; their service is. */
const servicesOf = new Map([
  ['lambda', 'lambda.amazonaws.com'],
  ['ec2', 'ec2.amazonaws.com'],
  ['ecs', 'ecs-tasks.amazonaws.com'],
]);

export const rule = defineRule({
  id: 'invalid-principal-arn',
  category: 'principal',
  severity: 'error',
  when: ['principal fault arn'],
  *check(policy) {
    for (const { principal, fault } of faultyPrincipals(policy, 'arn')) {
      const service = servicesOf.get(fault.service ?? '');
      yield {
        at: principal.node,
        message: `IAM answers "Invalid principal in policy": this ARN names no principal. ${service === undefined ? 'Principals are an account (root), a user, a role, an assumed-role session or a federated-user.' : `Trust the service ${service} instead, which acts for the resource.`}`,
        fixes: [
          ...(fault.repaired === undefined
            ? []
            : fix(`Change to ${fault.repaired}`, replaceValue(principal.node, fault.repaired))),
          ...(service === undefined
            ? []
            : fix(`Trust ${service}`, movePrincipal(principal, 'Service', service))),
        ],
      };
    }
  },
});
