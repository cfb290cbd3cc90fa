/** Names of condition keys: which are faulty, how, and what was meant. */
import { expect, it } from 'vitest';
import { keyFault } from './key-fault.ts';
import { unknownPart } from './known.ts';

it.each([
  'aws:PrincipalOrgID',
  'AWS:principalorgid',
  'aws:PrincipalTag/Cost Center',
  'sts:RequestContext/identitystore:UserId',
  'gitlab.com:sub',
  'sso.example.com/realms/a:sub',
  'sso.example.com:8443:sub',
  'ISSUER:sub',
  '${oidc_provider}:sub',
  '{{ issuer }}:aud',
  '${replace(url, "https://", "")}:sub',
  'YOUR_ISSUER:aud',
  'aws:CONDITION_KEY',
  `aws:${unknownPart}`,
  'lambda:SourceFunctionArn',
  'codebuild:ProjectArn',
  'aws:PrincipalTag/aws:cloudformation:stack-name',
])('%s is not at fault', (key) => {
  expect(keyFault(key)).toBeUndefined();
});

it.each([
  ['PrincipalOrgID', 'format', 'aws:PrincipalOrgID'],
  ['PrincipalTag/team', 'format', 'aws:PrincipalTag/team'],
  ['ExternalId', 'format', 'sts:ExternalId'],
  ['aws: PrincipalOrgID', 'format', 'aws:PrincipalOrgID'],
  [':PrincipalOrgID', 'format', 'aws:PrincipalOrgID'],
  ['aws:', 'format', undefined],
  ['nonsense', 'format', undefined],
  ['aws:PrincipalTag:team', 'format', 'aws:PrincipalTag/team'],
  ['aws:Principal:Arn', 'format', 'aws:PrincipalArn'],
  ['https://gitlab.com:sub', 'format', 'gitlab.com:sub'],
  ['aws:RequestTag/', 'tag', 'aws:RequestTag/\uFDD0TAG_KEY\uFDD1'],
  ['iam:ResourceTag', 'tag', 'iam:ResourceTag/\uFDD0TAG_KEY\uFDD1'],
  ['aws:arn', 'deprecated', 'aws:PrincipalArn'],
  ['aws:PrincipleOrgID', 'global', 'aws:PrincipalOrgID'],
  ['aws:PrincipleTag/team', 'global', 'aws:PrincipalTag/team'],
  ['aws:OrgId', 'global', 'aws:PrincipalOrgID'],
  ['aws:RoleSessionName', 'global', 'sts:RoleSessionName'],
  ['aws:SourceOwner', 'global', 'aws:SourceAccount'],
  ['aws:Weather', 'global', undefined],
  ['sts:SessionName', 'service', 'sts:RoleSessionName'],
  ['saml:issuer', 'service', 'saml:iss'],
  ['sts:Weather', 'service', undefined],
  ['iam:PassedToService', 'foreign', undefined],
  ['s3:ResourceAccount', 'foreign', 'aws:ResourceAccount'],
])('%s is at fault by its %s, and meant for %s', (key, kind, repaired) => {
  expect(keyFault(key)).toEqual(repaired === undefined ? { kind } : { kind, repaired });
});
