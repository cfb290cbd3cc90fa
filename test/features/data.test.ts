/** The catalogue is as large as it says, names its sources, and what it gives as an example passes our own rules. */
import { describe, expect, it } from 'vitest';
import { catalogParts, findingsIn, readDocument, settingsFrom } from '#engine';
import {
  issuerParts,
  oidcProviders,
  samlEndpoints,
  sendsSource,
  servicePrincipals,
} from '../../engine/src/catalog/catalog.ts';

/** The rules that find something in a policy of one statement. */
function rulesAgainst(statement: object): readonly string[] {
  const text = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
  const document = readDocument({ uri: 'file:///trust-policy.json', languageId: 'json', text });
  return findingsIn(document, settingsFrom({})).map(({ rule, message }) => `${rule}: ${message}`);
}

/** A template with a sample in each of its parts. */
const sample = (template: string, parts: Readonly<Record<string, string>> = {}): string =>
  template.replace(/\{(\w+)\}/g, (_, name: string) => parts[name] ?? 'sample');

const arnParts = { PARTITION: 'aws', REGION: 'eu-west-1', ACCOUNT: '111122223333' };

it('the catalogue has at least what was promised', () => {
  const counts = Object.fromEntries(catalogParts().map(({ name, count }) => [name, count]));
  expect(counts['service principals']).toBeGreaterThanOrEqual(400);
  expect(counts['OIDC providers']).toBeGreaterThanOrEqual(25);
  expect(counts['accounts']).toBeGreaterThanOrEqual(400);
  expect(counts['operators']).toBe(27);
  expect(servicePrincipals().filter(({ rank }) => rank !== undefined).length).toBeGreaterThanOrEqual(60);
});

it('every part of it says where it comes from', () => {
  for (const { provenance } of catalogParts()) {
    expect(provenance.url).toMatch(/^https:\/\//);
    expect(Date.parse(provenance.retrieved)).toBeGreaterThan(Date.parse('2026-01-01'));
  }
  for (const { url, doc } of servicePrincipals()) expect(url + doc).toMatch(/^https:\/\/\S+/);
});

describe('service principals', () => {
  const inRoles = servicePrincipals().filter(({ use }) => use === 'role' || use === 'both');
  it.each(inRoles)('$id', (service) => {
    const { id, source, companions = [] } = service;
    const arn = source?.arn && sample(source.arn, arnParts);
    const isPod = id === 'pods.eks.amazonaws.com';
    const sourceTests = {
      StringEquals: { 'aws:SourceAccount': arnParts.ACCOUNT },
      ...(arn && { ArnLike: { 'aws:SourceArn': arn } }),
    };
    const podTests = { StringEquals: { 'aws:RequestTag/kubernetes-namespace': 'payments' } };
    const tests = isPod ? podTests : sendsSource(service) === 'no' ? {} : sourceTests;
    const condition = Object.keys(tests).length > 0 ? { Condition: tests } : {};
    const Action = companions.length > 0 ? ['sts:AssumeRole', ...companions] : 'sts:AssumeRole';
    expect(rulesAgainst({ Principal: { Service: id }, Action, ...condition })).toEqual([]);
  });
});

const poolParts = { REGION: 'us-east-1', POOL_UUID: '12345678-90ab-cdef-1234-567890abcdef' };

/** Repositories of GitHub have subjects with ids or without, by their age. */
const bothForms = (subject: string): string | readonly string[] =>
  subject.startsWith('repo:octo-org/octo-repo:')
    ? [subject, subject.replace('octo-org/octo-repo', 'octo-org@65/octo-repo@74')]
    : subject;

describe('subjects', () => {
  const examples = oidcProviders().flatMap((provider) =>
    provider.examples.map((example) => ({ id: provider.id, provider, example })),
  );
  it.each(examples)('$id: $example', ({ provider, example }) => {
    const [pattern = 'example.com'] = provider.issuers;
    const issuer = sample(pattern, { REGION: 'eu-west-1', CLUSTER: 'EXAMPLED539D4633E53DE1B71EXAMPLE' });
    const principal = provider.builtIn ? issuer : `arn:aws:iam::111122223333:oidc-provider/${issuer}`;
    const audience = sample(provider.audiences[0] ?? 'sample', { ...poolParts, ...issuerParts(issuer) });
    const [stable] = provider.stableClaims ?? [];
    const operator = example.includes('*') ? 'StringLike' : 'StringEquals';
    const exact = {
      [`${issuer}:aud`]: audience,
      // What belongs beside a subject that holds names: an id that does not pass to somebody else.
      ...(stable !== undefined && stable !== 'sub' && { [`${issuer}:${stable}`]: '123456789' }),
    };
    const subject = { [`${issuer}:sub`]: bothForms(example) };
    const condition = {
      StringEquals: operator === 'StringEquals' ? { ...exact, ...subject } : exact,
      ...(operator === 'StringLike' && { StringLike: subject }),
      ...(provider.id === 'cognito-identity' && {
        'ForAnyValue:StringEquals': { [`${issuer}:amr`]: 'authenticated' },
      }),
    };
    expect(
      rulesAgainst({
        Principal: { Federated: principal },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: condition,
      }),
    ).toEqual([]);
  });
});

describe('SAML endpoints', () => {
  const endpoints = samlEndpoints().flatMap(({ partition, value, form, regions = [''] }) =>
    regions.map((REGION) => ({ partition, form, value: sample(value, { REGION, PROVIDER_ID: 'SAMLSPX1' }) })),
  );
  it.each(endpoints.filter(({ form }) => form === 'regional'))('$value', ({ partition, value }) => {
    expect(
      rulesAgainst({
        Principal: { Federated: `arn:${partition}:iam::111122223333:saml-provider/Corporate` },
        Action: 'sts:AssumeRoleWithSAML',
        Condition: { StringEquals: { 'saml:aud': value, 'saml:sub_type': 'persistent', 'saml:sub': 'user' } },
      }),
    ).toEqual([]);
  });
});
