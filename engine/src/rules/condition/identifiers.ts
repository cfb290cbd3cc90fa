/** Ids of networks and organizations that are none, or that stand under the key of something else. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import { isWrittenOut } from '../../policy/condition.ts';
import { isPlaceholderWord } from '../../policy/known.ts';
import type { Policy, Test, TestValue } from '../../policy/policy.ts';
import { replaceTest } from '../../policy/replace-test.ts';
import type { Settings } from '../../settings.ts';
import { hasWildcard } from '../../text/glob.ts';
import { placeholder } from '../../tree/change.ts';
import type { Node } from '../../tree/tree.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

interface Found {
  readonly test: Test;
  readonly value: TestValue;
}

/** What keys of a kind are compared with as text, as far as it is written out. */
const valuesOf = ({ statements }: Policy, keys: RegExp): readonly Found[] =>
  statements
    .flatMap(({ tests }) => tests)
    .filter(({ key, operator }) => operator?.type === 'string' && keys.test(key))
    .flatMap((test) => test.values.map((value) => ({ test, value })))
    .filter(({ value: { text } }) => text !== '' && isWrittenOut(text) && !isPlaceholderWord(text));

const fits = (key: string, text: string): boolean =>
  new RegExp(conditionKeyNamed(key)?.pattern ?? '').test(text);

/** The key to which an id of a network belongs. */
const networkKeys = { 'vpc-': 'aws:SourceVpc', 'vpce-': 'aws:SourceVpce' } as const;

export const rules = [
  defineRule({
    id: 'invalid-vpc-id',
    category: 'condition',
    severity: 'error',
    when: ['key aws:sourcevpc', 'key aws:sourcevpce', 'key aws:ec2instancesourcevpc'],
    *check(policy) {
      for (const found of valuesOf(policy, /^aws:(?:SourceVpce?|Ec2InstanceSourceVpc)$/i)) {
        const { test, value } = found;
        if (hasWildcard(value.text) || fits(test.key, value.text)) continue;
        const [name, prefix] = /vpce$/i.test(test.key) ? ['a VPC endpoint', 'vpce-'] : ['a VPC', 'vpc-'];
        yield {
          at: value.node,
          message: `"${value.text}" is not the id of ${name}, so no call ever comes from it. Such an id is ${prefix} and 8 or 17 letters or digits.`,
          fixes: useNetworkKey(found),
        };
      }
    },
  }),
  defineRule({
    id: 'invalid-org-id',
    category: 'condition',
    severity: 'warning',
    *check(policy, { settings }) {
      for (const found of valuesOf(policy, /^aws:(?:Principal|Source|Resource|Vpce)OrgID$/i)) {
        const { test, value } = found;
        if (hasWildcard(value.text) || fits(test.key, value.text)) continue;
        yield {
          at: value.node,
          message: `"${value.text}" is not the id of an organization, so it never equals ${test.key}. Such an id is o- and 10 to 32 lower-case letters or digits.`,
          fixes: [...organizationMeant(found), ...usePaths(found), ...ownOrganization(found, settings)],
        };
      }
      for (const found of valuesOf(policy, /^aws:(?:Principal|Source|Resource|Vpce)OrgPaths$/i)) {
        const { text, node } = found.value;
        const fault = pathFault(text);
        if (fault === undefined) continue;
        yield {
          at: node,
          message: `"${text}" ${fault}. Write the path from the organization downwards: o-a1b2c3d4e5/r-ab12/ou-ab12-11111111/*.`,
          fixes: mendPath(node, text, settings),
        };
      }
    },
  }),
];

/** The id under the key of its own kind, if that is not tested yet. */
function useNetworkKey({ test: { member, values }, value: { text } }: Found): readonly Fix[] {
  const prefix = /^vpce?-/.exec(text)?.[0];
  const key = prefix === 'vpc-' || prefix === 'vpce-' ? networkKeys[prefix] : undefined;
  if (key === undefined || values.length > 1 || !fits(key, text)) return [];
  const taken = member.parent.members.some((other) => other.key.value?.toLowerCase() === key.toLowerCase());
  return taken ? [] : fix(`Use ${key}`, [{ kind: 'rename', member, key }]);
}

function organizationMeant({ test, value: { node, text } }: Found): readonly Fix[] {
  const plain = text.trim().toLowerCase();
  const meant = [plain, `o-${plain}`].find((each) => fits(test.key, each));
  return meant === undefined || /^(?:ou|r)-/.test(plain)
    ? []
    : fix(`Change to ${meant}`, replaceValue(node, meant));
}

/** Units and roots are no organizations: they stand in paths. */
function usePaths({ test, value: { text } }: Found): readonly Fix[] {
  if (!/^(?:ou|r)-[a-z0-9-]+$/.test(text) || test.values.length > 1 || test.operator?.negated !== false)
    return [];
  const path = `${placeholder('ORGANIZATION_ID')}${text.startsWith('r-') ? '' : '/*'}/${text}/*`;
  const key = test.key.replace(/ID$/i, 'Paths');
  return fix(`Use ${key}`, replaceTest(test, 'ForAnyValue:StringLike', key, path));
}

const ownOrganization = ({ value: { node } }: Found, { trustedOrganizations }: Settings): readonly Fix[] =>
  trustedOrganizations.flatMap((id) => fix(`Use your organization ${id}`, replaceValue(node, id)));

/** What is wrong with a path of an organization, as the end of a sentence. */
function pathFault(text: string): string | undefined {
  const [organization = ''] = text.split('/');
  if (!/^o-[a-z0-9]{10,32}$/.test(organization) && !isPlaceholderWord(organization))
    return hasWildcard(organization)
      ? 'does not name the organization, and units of others can have the same id'
      : 'does not begin with the id of an organization, so it matches no path';
  return /[/*]$/.test(text) ? undefined : 'does not end in a slash as every path does, so it matches nothing';
}

/** A path that begins with an organization and ends as paths do. */
function mendPath(node: Node, text: string, { trustedOrganizations }: Settings): readonly Fix[] {
  const [first = '', ...rest] = text.split('/');
  if (/^o-[a-z0-9]{10,32}$/.test(first))
    return [
      ...fix('Match everything below it', replaceValue(node, `${text}/*`)),
      ...fix('Match this level only', replaceValue(node, `${text}/`)),
    ];
  const organization = trustedOrganizations[0] ?? placeholder('ORGANIZATION_ID');
  const above = hasWildcard(first) || first.startsWith('ou-') ? ['*'] : [];
  const path = [organization, ...above, ...(hasWildcard(first) ? rest : [first, ...rest])].join('/');
  return fix('Name the organization before it', replaceValue(node, /[/*]$/.test(path) ? path : `${path}/*`));
}
