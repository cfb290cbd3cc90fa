/** Network keys that say too little by themselves, or that AWS STS does not send. */
import { requireTest } from '../../policy/amend.ts';
import { mayGuard } from '../../policy/condition.ts';
import { testsOn } from '../../policy/grants.ts';
import { replaceTest } from '../../policy/replace-test.ts';
import type { Statement } from '../../policy/policy.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, fix } from '../rule.ts';

/** Private addresses repeat from network to network: the key of the address, and those that name the network. */
const pairs = [
  { key: 'aws:VpcSourceIp', networks: ['aws:SourceVpc', 'aws:SourceVpce', 'aws:SourceVpcArn'] },
  { key: 'aws:Ec2InstanceSourcePrivateIPv4', networks: ['aws:Ec2InstanceSourceVpc'] },
] as const;

const names = (statement: Statement, key: string): boolean =>
  testsOn(statement, key).length > 0 || statement.tests.some((test) => mayGuard(test, key.toLowerCase()));

export const rules = [
  defineRule({
    id: 'vpc-source-ip-unpaired',
    category: 'condition',
    severity: 'warning',
    when: ['key aws:vpcsourceip', 'key aws:ec2instancesourceprivateipv4'],
    *check({ statements }) {
      for (const statement of statements) {
        if (statement.effect !== 'Allow' || statement.open.tests) continue;
        for (const { key, networks } of pairs) {
          const [first] = networks;
          const tests = testsOn(statement, key).filter(
            ({ operator }) => operator?.negated === false && operator.type !== 'null',
          );
          if (networks.some((network) => names(statement, network))) continue;
          for (const test of tests) {
            yield {
              at: test.member.key,
              message: `Every VPC can have these private addresses, so ${test.key} alone lets in those of strangers. Name the network with ${first}, too.`,
              fixes: fix(
                `Require ${first}`,
                requireTest(statement, 'StringEquals', first, placeholder('VPC_ID')),
              ),
            };
          }
        }
      }
    },
  }),
  defineRule({
    id: 'vpce-key-not-supported',
    category: 'condition',
    severity: 'warning',
    when: ['key aws:vpceaccount', 'key aws:vpceorgid', 'key aws:vpceorgpaths'],
    *check({ statements }) {
      for (const { effect, tests } of statements) {
        for (const test of tests.filter(({ key }) => /^aws:vpce(?:account|orgid|orgpaths)$/i.test(key))) {
          if (effect === 'Deny' && test.ifExists) continue;
          yield {
            at: test.member.key,
            message: `Only some services know ${test.key}, and AWS is not clear on whether STS is one of them. Try it, or test aws:SourceVpce.`,
            fixes:
              effect === 'Allow' && test.operator?.negated === false
                ? fix(
                    'Test aws:SourceVpce instead',
                    replaceTest(test, 'StringEquals', 'aws:SourceVpce', placeholder('VPC_ENDPOINT_ID')),
                  )
                : [],
          };
        }
      }
    },
  }),
];
