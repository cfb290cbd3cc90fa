/** Condition keys whose values have a form of their own, or come from the settings, the document or the principals. */
import {
  type ConditionKeyName,
  operatorNamed,
  partitions,
  samlEndpoints,
  servicePrincipalNamed,
} from '../../catalog/catalog.ts';
import { filled } from '../../policy/template.ts';
import { documented } from '../markdown.ts';
import type { Question } from './condition-value.ts';
import { shown, type Suggestion } from './suggestion.ts';
import type { Surroundings } from './surroundings.ts';

type Values = (question: Question, around: Surroundings) => Iterable<Suggestion>;

export const plain = (value: string, detail?: string): Suggestion => ({
  label: value,
  entry: { value },
  ...(detail !== undefined && { detail }),
});

/** A text with parts to fill in, as far as they are not known. */
export function template(
  text: string,
  detail: string,
  parts: Readonly<Record<string, string>> = {},
): Suggestion {
  const value = filled(text, parts);
  return { label: shown(value), entry: { value }, detail };
}

/** The values of a key, in any case, that are not to be found in the catalogue. */
export const valuesByKey = (key: string): Values | undefined =>
  byKey.get(key.toLowerCase()) ?? podTags.get(key.slice(key.indexOf('/') + 1));

/** Tags that EKS Pod Identity gives to sessions. https://docs.aws.amazon.com/eks/latest/userguide/pod-id-abac.html */
const podTags: ReadonlyMap<string, Values> = new Map([
  [
    'kubernetes-namespace',
    (_, { workspace }) =>
      workspace.serviceAccounts.flatMap(({ namespace }) =>
        namespace === undefined ? [] : [plain(namespace, 'this workspace')],
      ),
  ],
  [
    'kubernetes-service-account',
    (_, { workspace }) => workspace.serviceAccounts.map(({ name }) => plain(name, 'this workspace')),
  ],
]);

const form =
  (text: string, detail: string): Values =>
  () => [template(text, detail)];

const byKey: ReadonlyMap<string, Values> = new Map(
  (
    [
      ['saml:aud', endpoints],
      [
        'sts:ExternalId',
        form('{REPLACE_WITH_EXTERNAL_ID}', 'issued by the third party, different for each customer'),
      ],
      ['aws:PrincipalOrgID', organizations],
      ['aws:SourceOrgID', organizations],
      ['aws:VpceOrgID', organizations],
      ['aws:PrincipalOrgPaths', organizationPaths],
      ['aws:SourceOrgPaths', organizationPaths],
      ['aws:VpceOrgPaths', organizationPaths],
      ['aws:PrincipalAccount', accounts],
      ['aws:SourceAccount', accounts],
      ['aws:VpceAccount', accounts],
      ['aws:PrincipalArn', roleArns],
      ['aws:SourceArn', sourceArns],
      ['aws:PrincipalServiceName', serviceHosts],
      ['aws:PrincipalServiceNamesList', serviceHosts],
      ['aws:FederatedProvider', providers],
      ['sts:RoleSessionName', userNames],
      ['sts:SourceIdentity', userNames],
      ['aws:SourceIp', form('{CIDR}', 'public addresses, such as 203.0.113.0/24')],
      ['aws:VpcSourceIp', form('{CIDR}', 'private addresses, such as 10.0.0.0/16')],
      ['aws:SourceVpc', form('vpc-{ID}', 'id of a VPC')],
      ['aws:SourceVpce', form('vpce-{ID}', 'id of a VPC endpoint')],
      ['aws:Ec2InstanceSourceVpc', form('vpc-{ID}', 'id of a VPC')],
      ['aws:MultiFactorAuthAge', form('{SECONDS}', 'seconds since sign-in with MFA, such as 3600')],
      ['aws:CurrentTime', form('{YEAR}-{MONTH}-{DAY}T00:00:00Z', 'point in time, UTC')],
      ['aws:TokenIssueTime', form('{YEAR}-{MONTH}-{DAY}T00:00:00Z', 'point in time, UTC')],
      ['saml:iss', form('{ISSUER}', 'entity id in the metadata of the identity provider')],
      ['lambda:SourceFunctionArn', resourceArn('lambda:{REGION}:{ACCOUNT_ID}:function:{NAME}', 'function')],
      ['ec2:SourceInstanceArn', resourceArn('ec2:{REGION}:{ACCOUNT_ID}:instance/{INSTANCE_ID}', 'instance')],
      ['ssm:SourceInstanceArn', resourceArn('ec2:{REGION}:{ACCOUNT_ID}:instance/{INSTANCE_ID}', 'instance')],
      ['aws:SourceVpcArn', resourceArn('ec2:{REGION}:{ACCOUNT_ID}:vpc/{VPC_ID}', 'VPC')],
    ] as const satisfies readonly (readonly [ConditionKeyName, Values])[]
  ).map(([key, values]): [string, Values] => [key.toLowerCase(), values]),
);

/** The sign-in endpoints: of the partition that the document names, else of all; each Region by its name. */
function* endpoints(_: Question, around: Surroundings): Iterable<Suggestion> {
  const named = around.partition();
  const order = ['global', 'regional', 'encrypted'];
  const sorted = [...samlEndpoints()].sort((a, b) => order.indexOf(a.form) - order.indexOf(b.form));
  for (const partition of named === undefined ? partitions() : [named])
    for (const { form: kind, value, regions = [], doc, url } of sorted.filter(
      (each) => each.partition === partition,
    )) {
      const documentation = { doc: documented(doc, url) };
      yield* regions.map((REGION) => ({
        ...template(value, `${kind}, ${REGION}`, { REGION }),
        ...documentation,
      }));
      yield { ...template(value, kind), ...documentation };
    }
}

function* organizations(_: Question, { organizations: known, settings }: Surroundings): Iterable<Suggestion> {
  for (const id of known())
    yield plain(
      id,
      settings.trustedOrganizations.includes(id) ? 'trusted organization' : 'used in this file',
    );
  if (known().length === 0) yield template('{ORGANIZATION_ID}', 'id of your organization');
}

function* organizationPaths(_: Question, { organizations: known }: Surroundings): Iterable<Suggestion> {
  for (const id of [...known(), '{ORGANIZATION_ID}']) {
    yield template(`${id}/{ROOT_ID}/{UNIT_ID}/*`, 'an organizational unit with all below it');
    yield template(`${id}/*`, 'the whole organization');
  }
}

function* accounts(_: Question, around: Surroundings): Iterable<Suggestion> {
  const own = around.own();
  if (own !== undefined) yield plain(own, 'the account of the role');
  for (const account of around.accounts()) yield plain(account);
  yield template('{ACCOUNT_ID}', 'account id');
}

function* roleArns({ operator }: Question, around: Surroundings): Iterable<Suggestion> {
  const partition = around.partition() ?? 'aws';
  for (const { kind, text } of around.principals('AWS', undefined))
    if (kind === 'role' || kind === 'user') yield plain(text, 'used in this file');
  for (const account of [...around.accounts(), '{ACCOUNT_ID}']) {
    const arn = `arn:${partition}:iam::${account}`;
    yield template(`${arn}:role/{ROLE_NAME}`, 'role of the caller');
    if (operatorNamed(operator.name)?.wildcards === true)
      yield template(
        `${arn}:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_{PERMISSION_SET}_*`,
        'permission set of IAM Identity Center',
      );
  }
}

/** The ARNs that the services of the statement document for their callers, and the form of any ARN. */
function* sourceArns({ statement }: Question, around: Surroundings): Iterable<Suggestion> {
  const known = { PARTITION: around.partition() ?? 'aws', ...accountPart(around) };
  for (const principal of statement.principals) {
    const service = principal.kind === 'service' ? servicePrincipalNamed(principal.host) : undefined;
    const arn = service?.source?.arn;
    if (service && arn !== undefined) yield template(arn, service.source?.note ?? service.name, known);
  }
  yield template('arn:{PARTITION}:{SERVICE}:{REGION}:{ACCOUNT}:{RESOURCE}', 'resource that calls', known);
}

/** The account of the role, where the document tells. */
function accountPart({ own }: Surroundings): Readonly<Record<string, string>> {
  const account = own();
  return account === undefined ? {} : { ACCOUNT: account };
}

function resourceArn(resource: string, detail: string): Values {
  return (_, around) => [template(`arn:${around.partition() ?? 'aws'}:${resource}`, detail)];
}

function* serviceHosts({ statement }: Question): Iterable<Suggestion> {
  for (const principal of statement.principals) if (principal.kind === 'service') yield plain(principal.host);
}

/** The providers of the statement, as their users' requests name them. */
function* providers({ statement }: Question): Iterable<Suggestion> {
  for (const { kind, text } of statement.principals) if (kind === 'oidc') yield plain(text);
}

/** A name that the caller cannot choose: that of the IAM user who calls. */
function* userNames({ operator, statement }: Question): Iterable<Suggestion> {
  const variables = operatorNamed(operator.name)?.variables === true;
  const byAws = statement.principals.some(({ type }) => type === 'AWS');
  if (variables && byAws) yield plain('${aws:username}', 'the name of the calling IAM user');
}
