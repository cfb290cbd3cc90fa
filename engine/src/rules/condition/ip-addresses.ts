/** Ranges of IP addresses that are none, that no caller comes from, or that everybody does. */
import { dropTest, removeItem, replaceValue, requireTest } from '../../policy/amend.ts';
import { isWrittenOut } from '../../policy/condition.ts';
import { hasHostBits, type IpRange, ipRange, isPrivate, networkOf } from '../../policy/ip-range.ts';
import { isPlaceholderWord } from '../../policy/known.ts';
import type { Policy, Statement, Test, TestValue } from '../../policy/policy.ts';
import { typeMissed } from '../../policy/type-fit.ts';
import { type Change, placeholder } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

interface Found {
  readonly statement: Statement;
  readonly test: Test;
}

interface FoundRange {
  readonly value: TestValue;
  readonly range: IpRange;
}

const ipTests = ({ statements }: Policy): readonly Found[] =>
  statements.flatMap((statement) =>
    statement.tests
      .filter((test) => test.operator?.type === 'ip' && typeMissed(test) === undefined)
      .map((test) => ({ statement, test })),
  );

/** The values of a test that are ranges. */
const rangesIn = ({ values }: Test): readonly FoundRange[] =>
  values.flatMap((value) => {
    const range = ipRange(value.text);
    return range ? [{ value, range }] : [];
  });

/** `x.x.x.x/32` and words in capitals are to be filled in. */
const isStandIn = (text: string): boolean => isPlaceholderWord(text) || /^[x.]+(?:\/\d+)?$/i.test(text);

/** Prefixes so short that the range is a large part of the internet. */
const isBroad = (range: IpRange): boolean =>
  range.prefix <= (range.bits === 32 ? 7 : 15) && !isPrivate(range);

/** The range that a text is meant for: one with wildcards, or with blanks around it. */
function rangeMeant(text: string): string | undefined {
  const octets = text.trim().split('.');
  const known = octets.findIndex((octet) => octet === '*');
  const rest = octets.slice(known);
  if (known < 1 || octets.length > 4 || rest.some((octet) => octet !== '*'))
    return ipRange(text.trim()) && text.trim();
  const padded = [...octets.slice(0, known), '0', '0', '0'].slice(0, 4).join('.');
  const meant = `${padded}/${String(8 * known)}`;
  return ipRange(meant) && meant;
}

export const rules = [
  defineRule({
    id: 'invalid-ip-value',
    category: 'condition',
    severity: 'error',
    when: ['operator ip'],
    *check(policy) {
      for (const { node, text } of ipTests(policy).flatMap(({ test }) => test.values)) {
        if (!isWrittenOut(text) || isStandIn(text) || ipRange(text)) continue;
        const meant = rangeMeant(text);
        yield {
          at: node,
          message: `"${text}" is no IP address and no range of them, so nothing ever lies in it. Write an address or a range such as 203.0.113.0/24.`,
          fixes: meant === undefined ? [] : fix(`Change to ${meant}`, replaceValue(node, meant)),
        };
      }
    },
  }),
  defineRule({
    id: 'private-ip-address',
    category: 'condition',
    severity: 'error',
    when: ['operator ip'],
    *check(policy) {
      for (const found of ipTests(policy).filter(({ test }) => test.key.toLowerCase() === 'aws:sourceip')) {
        const { test } = found;
        const inside = rangesIn(test).filter(({ range }) => isPrivate(range));
        const [first] = inside;
        if (first === undefined) continue;
        const all = inside.length === test.values.length && !test.open;
        yield {
          at: first.value.node,
          severity: all ? 'error' : 'warning',
          message: `AWS STS sees public addresses in ${test.key}, so the private range ${first.value.text} ${test.operator?.negated === true ? 'excepts nobody' : 'lets nobody in'}. Calls from inside a network are told by aws:VpcSourceIp, together with aws:SourceVpc.`,
          fixes: all ? compareInside(found) : fix('Remove the private ranges', removals(inside)),
        };
      }
    },
  }),
  defineRule({
    id: 'broad-ip-range',
    category: 'condition',
    severity: 'warning',
    supersedes: ['redundant-condition-value'],
    when: ['operator ip'],
    *check(policy) {
      for (const { statement, test } of ipTests(policy)) {
        if (statement.effect !== 'Allow' || test.operator?.negated === true) continue;
        for (const { value, range } of rangesIn(test).filter(({ range: each }) => isBroad(each))) {
          const everything = range.prefix === 0;
          yield {
            at: value.node,
            message: `${value.text} ${everything ? 'is every address there is' : 'is a large part of the internet'}, so this test keeps ${everything ? 'nobody' : 'hardly anybody'} out. Name the ranges of your own networks.`,
            fixes: [
              ...fix('Remove this range', removeItem(value.node)),
              ...(everything && test.values.length === 1 && statement.tests.length > 1
                ? fix('Remove the test', dropTest(test))
                : []),
              ...fix('Name a range', replaceValue(value.node, placeholder('CIDR_RANGE'))),
            ],
          };
        }
      }
    },
  }),
  defineRule({
    id: 'ip-range-host-bits',
    category: 'quality',
    severity: 'hint',
    when: ['operator ip'],
    *check(policy) {
      for (const { value, range } of ipTests(policy).flatMap(({ test }) => rangesIn(test))) {
        if (!hasHostBits(range)) continue;
        yield {
          at: value.node,
          message: `The address behind the prefix does not count: ${value.text} is the range ${networkOf(range)}. Write that, so that nobody takes it for one address.`,
          fixes: fix(`Change to ${networkOf(range)}`, replaceValue(value.node, networkOf(range)), true),
        };
      }
    },
  }),
];

const removals = (found: readonly FoundRange[]): readonly Change[] =>
  found.map(({ value }) => ({ kind: 'remove', node: value.node }));

/** The key of private addresses in its place, and the network that they are of. */
function compareInside({ statement, test }: Found): readonly Fix[] {
  const { member } = test;
  const taken = member.parent.members.some(({ key }) => key.value?.toLowerCase() === 'aws:vpcsourceip');
  const network = requireTest(statement, 'StringEquals', 'aws:SourceVpc', placeholder('VPC_ID'));
  if (statement.effect !== 'Allow' || test.operator?.negated !== false || taken || !network) return [];
  return fix('Compare aws:VpcSourceIp instead', [
    { kind: 'rename', member, key: 'aws:VpcSourceIp' },
    ...network,
  ]);
}
