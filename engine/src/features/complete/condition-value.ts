/** Values of conditions: what the key, its operator and the principals of the statement leave to choose from. */
import {
  type ConditionKey,
  conditionKeyNamed,
  type ConditionKeyName,
  issuerParts,
  type OidcProvider,
  oidcProviderFor,
  operatorNamed,
  samlEndpoints,
  servicePrincipalNamed,
} from '../../catalog/catalog.ts';
import type { OperatorText } from '../../policy/condition.ts';
import type { Statement } from '../../policy/policy.ts';
import { filled } from '../../policy/template.ts';
import type { Settings } from '../../settings.ts';
import type { Document } from '../document.ts';
import { documented } from '../markdown.ts';
import type { Place } from '../place.ts';
import { shown, type Suggestion } from './suggestion.ts';
import { surroundingsOf } from './surroundings.ts';

/** A test whose value is looked for. */
interface Question {
  readonly document: Document;
  readonly statement: Statement;
  readonly operator: OperatorText;
  readonly key: string;
}
type Values = (question: Question, settings: Settings) => Iterable<Suggestion>;

export function* completeConditionValue(
  place: Place<'conditionValue'>,
  settings: Settings,
): Iterable<Suggestion> {
  for (const suggestion of valuesFor(place, settings))
    if (!place.taken.includes(suggestion.label)) yield suggestion;
}

/** The values to offer for a test. */
export function valuesFor(question: Question, settings: Settings): Iterable<Suggestion> {
  const { operator, key, statement } = question;
  if (operatorNamed(operator.name)?.type === 'null') return nullValues;
  const known = conditionKeyNamed(key);
  if (known?.type === 'bool') return boolValues(known, statement);
  const special = byKey.get(key.toLowerCase());
  if (special) return special(question, settings);
  return [...claimValues(question), ...(known?.values ?? []).map((value) => plain(value))];
}

const plain = (value: string, detail?: string): Suggestion => ({
  label: value,
  entry: { value },
  ...(detail !== undefined && { detail }),
});

/** A text with parts to fill in, as far as they are not known. */
function template(text: string, detail: string, parts: Readonly<Record<string, string>> = {}): Suggestion {
  const value = filled(text, parts);
  return { label: shown(value), entry: { value }, detail };
}

const nullValues: readonly Suggestion[] = [
  plain('false', 'the key has to be present'),
  plain('true', 'the key has to be absent'),
];

/** In an Allow, `false` of a key that tells callers apart would ask for the lack of what protects. */
function boolValues({ guard }: ConditionKey, { effect }: Statement): readonly Suggestion[] {
  if (effect === 'Deny') return [plain('false'), plain('true')];
  return guard === 'none' ? [plain('true'), plain('false')] : [plain('true')];
}

/** Audiences and subjects of the provider whose claim a key is. Patterns are for operators that read wildcards. */
function* claimValues({ key, operator }: Question): Iterable<Suggestion> {
  const colon = key.indexOf(':');
  const issuer = key.slice(0, Math.max(colon, 0));
  const provider = oidcProviderFor(issuer);
  const claim = key.slice(colon + 1).toLowerCase();
  const wildcards = operatorNamed(operator.name)?.wildcards === true;
  for (const text of provider ? textsOf(provider, claim) : [])
    if (wildcards || !text.includes('*')) yield template(text, provider?.name ?? '', issuerParts(issuer));
}

function textsOf({ audiences, subjectTemplates }: OidcProvider, claim: string): readonly string[] {
  if (claim === 'aud') return audiences;
  return claim === 'sub' ? subjectTemplates : [];
}

/** Keys whose values come from the settings, the document or the principals. */
const byKey: ReadonlyMap<string, Values> = new Map(
  (
    [
      ['saml:aud', endpoints],
      [
        'sts:ExternalId',
        () => [
          template('{REPLACE_WITH_EXTERNAL_ID}', 'issued by the third party, different for each customer'),
        ],
      ],
      ['aws:PrincipalOrgID', organizations],
      ['aws:SourceOrgID', organizations],
      ['aws:VpceOrgID', organizations],
      ['aws:PrincipalAccount', accounts],
      ['aws:SourceAccount', accounts],
      ['aws:VpceAccount', accounts],
      ['aws:PrincipalArn', roleArns],
      ['aws:SourceArn', sourceArns],
      ['aws:PrincipalServiceName', serviceHosts],
      ['sts:RoleSessionName', userNames],
      ['sts:SourceIdentity', userNames],
    ] as const satisfies readonly (readonly [ConditionKeyName, Values])[]
  ).map(([key, values]): [string, Values] => [key.toLowerCase(), values]),
);

/** The sign-in endpoints of the partition that the SAML provider is in. */
function* endpoints({ document }: Question, settings: Settings): Iterable<Suggestion> {
  const { partition } = surroundingsOf(document, settings);
  const order = ['global', 'regional', 'encrypted'];
  const sorted = [...samlEndpoints()].sort((a, b) => order.indexOf(a.form) - order.indexOf(b.form));
  for (const endpoint of sorted.filter((each) => each.partition === partition))
    yield { ...template(endpoint.value, endpoint.form), doc: documented(endpoint.doc, endpoint.url) };
}

function organizations(_: Question, { trustedOrganizations }: Settings): Iterable<Suggestion> {
  if (trustedOrganizations.length > 0)
    return trustedOrganizations.map((id) => plain(id, 'trusted organization'));
  return [template('{ORGANIZATION_ID}', 'id of your organization')];
}

function* accounts({ document }: Question, settings: Settings): Iterable<Suggestion> {
  for (const account of surroundingsOf(document, settings).accounts) yield plain(account);
  yield template('{ACCOUNT_ID}', 'account id');
}

function* roleArns({ document }: Question, settings: Settings): Iterable<Suggestion> {
  const { accounts: ids, partition } = surroundingsOf(document, settings);
  for (const account of [...ids, '{ACCOUNT_ID}'])
    yield template(`arn:${partition}:iam::${account}:role/{ROLE_NAME}`, 'role of the caller');
}

/** The ARNs that the services of the statement document for their callers. */
function* sourceArns({ document, statement }: Question, settings: Settings): Iterable<Suggestion> {
  const { partition } = surroundingsOf(document, settings);
  for (const principal of statement.principals) {
    const service = principal.kind === 'service' ? servicePrincipalNamed(principal.host) : undefined;
    const arn = service?.source?.arn;
    if (service && arn !== undefined)
      yield template(arn, service.source?.note ?? service.name, { PARTITION: partition });
  }
}

function* serviceHosts({ statement }: Question): Iterable<Suggestion> {
  for (const principal of statement.principals) if (principal.kind === 'service') yield plain(principal.host);
}

/** A name that the caller cannot choose: that of the IAM user who calls. */
function* userNames({ operator, statement }: Question): Iterable<Suggestion> {
  const variables = operatorNamed(operator.name)?.variables === true;
  const byAws = statement.principals.some(({ type }) => type === 'AWS');
  if (variables && byAws) yield plain('${aws:username}', 'the name of the calling IAM user');
}
