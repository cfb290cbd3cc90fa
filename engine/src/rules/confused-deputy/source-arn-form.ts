/** ARNs in `aws:SourceArn` that the service of a role does not send: of another service, or of a finer resource. */
import { replaceValue } from '../../policy/amend.ts';
import { parseArn } from '../../policy/arn.ts';
import type { Policy } from '../../policy/policy.ts';
import { testsOn } from '../../policy/grants.ts';
import {
  documentedArn,
  serviceGrants,
  type ServiceGrant,
  sourceArns,
  type SourceArn,
} from '../../policy/source.ts';
import { hasWildcard } from '../../text/glob.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

interface Found {
  readonly grant: ServiceGrant;
  /** The form that the service documents. */
  readonly template: string;
  readonly arns: readonly SourceArn[];
}

/** The grants to a single service that documents its ARNs, with those that they compare with, all of them known. */
function* documented(policy: Policy): Generator<Found> {
  for (const grant of serviceGrants(policy)) {
    const { statement, service } = grant;
    const template = service?.source?.arn;
    if (template === undefined || statement.principals.length > 1 || statement.open.principals) continue;
    const tests = testsOn(statement, 'aws:SourceArn');
    const arns = sourceArns(statement);
    const known =
      !tests.some(({ open }) => open) && arns.length === tests.flatMap(({ values }) => values).length;
    if (known && arns.length > 0) yield { grant, template, arns };
  }
}

const useDocumented = ({ value, arn }: SourceArn, template: string): readonly Fix[] =>
  fix('Use the documented form', replaceValue(value.node, documentedArn(template, arn)));

export const rules = [
  defineRule({
    id: 'source-arn-service-mismatch',
    category: 'confused-deputy',
    severity: 'information',
    when: ['principal service'],
    *check(policy) {
      for (const { grant, template, arns } of documented(policy)) {
        const sent = parseArn(template)?.service;
        const mayMatch = ({ arn }: SourceArn): boolean =>
          arn === undefined || hasWildcard(arn.service) || arn.service === sent;
        const [first] = arns;
        if (first?.arn === undefined || arns.some(mayMatch)) continue;
        yield {
          at: first.value.node,
          message: `${grant.principal.host} sends ARNs of ${sent ?? ''}, and this is one of ${first.arn.service}, so probably no call matches. Name the resource that uses the role.`,
          fixes: useDocumented(first, template),
          related: [{ at: grant.principal.node, message: 'The service that is trusted.' }],
        };
      }
    },
  }),
  defineRule({
    id: 'source-arn-unsupported-granularity',
    category: 'confused-deputy',
    severity: 'warning',
    when: ['principal service'],
    *check(policy) {
      for (const { grant, template, arns } of documented(policy)) {
        const unsupported = grant.service?.source?.unsupported ?? [];
        const sent = parseArn(template)?.service;
        for (const found of arns) {
          const { arn, value } = found;
          if (arn?.service !== sent || !unsupported.some((prefix) => arn?.resource.startsWith(prefix)))
            continue;
          yield {
            at: value.node,
            message: `${grant.principal.host} does not send the ARN of a single ${arn?.resource.split('/')[0] ?? ''}, so no call matches. Use the form ${template}.`,
            fixes: useDocumented(found, template),
            related: [{ at: grant.principal.node, message: 'The service that is trusted.' }],
          };
        }
      }
    },
  }),
];
