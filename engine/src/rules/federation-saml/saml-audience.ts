/** The values of SAML:aud: endpoints that there are, of the right partition, and more than the one. */
import { samlEndpoints } from '../../catalog/catalog.ts';
import { addBeside, moveTest, replaceValue } from '../../policy/amend.ts';
import { isWrittenOut } from '../../policy/condition.ts';
import type { Policy, Test, TestValue } from '../../policy/policy.ts';
import {
  endpointNamed,
  globalEndpoint,
  isSignInRegion,
  type SamlGrant,
  samlGrants,
  samlTests,
} from '../../policy/saml.ts';
import { globMatches, hasWildcard } from '../../text/glob.ts';
import { placeholder } from '../../tree/change.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

interface Found {
  readonly grant: SamlGrant;
  readonly test: Test;
  readonly value: TestValue;
}

/** The audiences of grants in partitions whose endpoints are known. */
function* audiences(policy: Policy): Generator<Found> {
  for (const grant of samlGrants(policy)) {
    if (globalEndpoint(grant.principal.partition) === undefined) continue;
    for (const test of samlTests(grant, 'aud')) {
      for (const value of test.values.filter(({ text }) => isWrittenOut(text))) yield { grant, test, value };
    }
  }
}

/** A stand-in for a Region is unfinished, not wrong. */
const hasStandIn = (text: string): boolean => /^https:\/\/[A-Z_]+\./.test(text);

/** The endpoint that a wrong value is meant to be: that of its own host, else the one of the provider's partition. */
function endpointMeant(text: string, partition: string): string | undefined {
  const host = samlEndpoints()
    .filter(({ form }) => form === 'global')
    .find(({ value }) => text.includes(value.slice('https://'.length, -'/saml'.length)));
  const region = /([a-z]{2}(?:-[a-z]+)+-\d)\.signin\./.exec(text)?.[1];
  const own = host?.value ?? globalEndpoint(partition);
  const listed = region !== undefined && host !== undefined && isSignInRegion(region, host.partition);
  return listed ? own?.replace('https://', `https://${region}.`) : own;
}

const use = ({ node }: TestValue, endpoint: string | undefined): readonly Fix[] =>
  endpoint === undefined ? [] : fix(`Use ${endpoint}`, replaceValue(node, endpoint));

export const rules = [
  defineRule({
    id: 'saml-aud-unknown',
    category: 'federation-saml',
    severity: 'warning',
    *check(policy) {
      for (const { grant, value } of audiences(policy)) {
        const { text, node } = value;
        if (hasWildcard(text) || hasStandIn(text)) continue;
        const named = endpointNamed(text);
        const region = named?.region;
        if (named && (region === undefined || isSignInRegion(region, named.endpoint.partition))) continue;
        yield {
          at: node,
          // Regions open from time to time.
          severity: named ? 'information' : 'warning',
          message: `"${text}" is no sign-in endpoint of AWS that is known, so probably no assertion matches. Compare with the endpoint that your identity provider sends to.`,
          fixes: use(value, endpointMeant(text, grant.principal.partition)),
        };
      }
    },
  }),
  defineRule({
    id: 'saml-aud-partition-mismatch',
    category: 'federation-saml',
    severity: 'warning',
    *check(policy) {
      for (const { grant, value } of audiences(policy)) {
        const { partition } = grant.principal;
        const named = endpointNamed(value.text);
        if (named === undefined || named.endpoint.partition === partition) continue;
        yield {
          at: value.node,
          message: `This is the sign-in endpoint of the partition ${named.endpoint.partition}, and the provider is in ${partition}, so no assertion matches. Use the one of ${partition}.`,
          fixes: use(value, globalEndpoint(partition)),
          related: [{ at: grant.principal.node, message: `The provider is in ${partition}.` }],
        };
      }
    },
  }),
  defineRule({
    id: 'saml-aud-wildcard',
    category: 'federation-saml',
    severity: 'warning',
    supersedes: ['redundant-condition-value'],
    *check(policy) {
      for (const { grant, test, value } of audiences(policy)) {
        if (test.operator?.wildcards !== true || !hasWildcard(value.text)) continue;
        const regional = samlEndpoints().some(
          (each) => each.form === 'regional' && value.text === each.value.replace('{REGION}', '*'),
        );
        yield {
          at: value.node,
          severity: regional ? 'information' : 'warning',
          message: regional
            ? `"${value.text}" accepts the endpoints of all Regions, also of those that you do not use. List the endpoints that your identity provider sends to.`
            : `"${value.text}" accepts assertions that were issued for other recipients than AWS. List the sign-in endpoints that your identity provider sends to.`,
          fixes: listEndpoint(test, value, globalEndpoint(grant.principal.partition)),
        };
      }
    },
  }),
  defineRule({
    id: 'saml-global-endpoint-only',
    category: 'federation-saml',
    severity: 'hint',
    *check(policy) {
      for (const { grant, test, value } of audiences(policy)) {
        const named = endpointNamed(value.text)?.endpoint;
        if (named?.id !== 'aws-global' || grant.principal.partition !== 'aws') continue;
        if (test.values.length > 1 || test.open) continue;
        const regional = value.text.replace('https://', `https://${placeholder('REGION')}.`);
        yield {
          at: value.node,
          message:
            'Only the global sign-in endpoint is accepted, which runs in one Region. List the endpoint of another Region too, and nobody is locked out when that one fails.',
          fixes: fix('List a regional endpoint too', addBeside(value.node, value.text, regional)),
        };
      }
    },
  }),
];

/** The exact endpoint in place of a pattern, which was written to be one among others or the only one. */
function listEndpoint(test: Test, { node, text }: TestValue, endpoint: string | undefined): readonly Fix[] {
  if (endpoint === undefined) return [];
  const others = test.values.filter((other) => other.text !== text);
  if (others.some((other) => globMatches(other.text, endpoint)))
    return fix(`Remove "${text}"`, [{ kind: 'remove', node }]);
  return fix(
    `Use ${endpoint}`,
    others.length > 0 ? replaceValue(node, endpoint) : moveTest(test, 'StringEquals', endpoint),
  );
}
