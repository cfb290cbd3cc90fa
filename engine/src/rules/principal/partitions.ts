/** The partitions of principals: ones that do not exist, and several in one policy. */
import { serviceHostIn, servicePartition } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import {
  isPartition,
  knownPartition,
  nearestPartition,
  partitionOf,
  withPartition,
  writtenPartition,
} from '../../policy/partition.ts';
import type { Policy, Principal, Statement } from '../../policy/policy.ts';
import { remembered } from '../../tree/remembered.ts';
import { defineRule, fix } from '../rule.ts';

const principalsIn = ({ statements }: Policy): readonly Principal[] =>
  statements.flatMap(({ principals }) => principals);

/** The principals of a statement whose partition is known. */
const inPartitions = remembered(({ principals }: Statement) =>
  principals.flatMap((principal) => {
    const partition = knownPartition(principal);
    return partition === undefined ? [] : [{ principal, partition }];
  }),
);

export const rules = [
  defineRule({
    id: 'invalid-partition',
    category: 'principal',
    severity: 'error',
    *check(policy) {
      for (const principal of principalsIn(policy)) {
        const { node, text } = principal;
        const partition = writtenPartition(principal);
        if (partition === undefined || isPartition(partition)) continue;
        // AWS may open new partitions before our list follows.
        const mayExist = partition.startsWith('aws-');
        const meant = withPartition(text, nearestPartition(partition));
        yield {
          at: node,
          severity: mayExist ? 'warning' : 'error',
          message: `${mayExist ? 'We know' : 'AWS has'} no partition "${partition}", and IAM refuses principals of partitions that do not exist. Most accounts are of "aws", those in China of "aws-cn".`,
          fixes: fix(`Change to ${meant}`, replaceValue(node, meant)),
        };
      }
    },
  }),
  defineRule({
    id: 'mixed-partition',
    category: 'principal',
    severity: 'warning',
    scope: 'policy',
    *check(policy) {
      const named = policy.statements.flatMap(inPartitions);
      const [first] = named;
      for (const { principal, partition } of named) {
        if (first === undefined || partition === first.partition) continue;
        const meant = withPartition(principal.text, first.partition);
        yield {
          at: principal.node,
          message: `A role trusts principals of its own partition only, and this one is of "${partition}" while another is of "${first.partition}". Trust each in a role of its own partition.`,
          fixes: fix(`Change to ${meant}`, replaceValue(principal.node, meant)),
          related: [{ at: first.principal.node, message: `This one is of "${first.partition}".` }],
        };
      }
    },
  }),
  defineRule({
    id: 'service-principal-partition-mismatch',
    category: 'principal',
    severity: 'warning',
    scope: 'policy',
    when: ['principal service'],
    *check(policy) {
      // Most services go by the name of the first partition in all of them.
      const elsewhere = principalsIn(policy).flatMap((principal) => {
        const host = principal.kind === 'service' ? principal.host : '';
        const partition = servicePartition(host);
        return partition === undefined || partition === 'aws' ? [] : [{ principal, host, partition }];
      });
      const own = elsewhere.length > 0 ? partitionOf(policy) : undefined;
      if (own === undefined) return;
      for (const { principal, host, partition } of elsewhere) {
        if (partition === own) continue;
        const meant = serviceHostIn(host, own);
        yield {
          at: principal.node,
          message: `This is the name of a service in the partition "${partition}", and the other principals are of "${own}". Use its name there.`,
          fixes: meant === undefined ? [] : fix(`Change to ${meant}`, replaceValue(principal.node, meant)),
          related: principalsIn(policy)
            .filter((other) => knownPartition(other) === own)
            .slice(0, 1)
            .map(({ node }) => ({ at: node, message: `This one is of "${own}".` })),
        };
      }
    },
  }),
];
