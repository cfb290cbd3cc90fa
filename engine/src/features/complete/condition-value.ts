/** Values of conditions: what the key, its operator and the principals of the statement leave to choose from. */
import {
  type ConditionKey,
  conditionKeyNamed,
  issuerParts,
  oidcProviderFor,
  operatorNamed,
} from '../../catalog/catalog.ts';
import type { OperatorText } from '../../policy/condition.ts';
import type { Statement } from '../../policy/policy.ts';
import type { Node } from '../../tree/tree.ts';
import type { Place } from '../place.ts';
import { plain, template, valuesByKey } from './key-values.ts';
import { servesTokensFor } from './subject-parts.ts';
import { subjects } from './subject.ts';
import type { Suggestion } from './suggestion.ts';
import type { Surroundings } from './surroundings.ts';

/** A test whose value is looked for. */
export interface Question {
  readonly statement: Statement;
  readonly operator: OperatorText;
  readonly key: string;
  /** What is written there already, and the part of it before the caret. */
  readonly node?: Node | undefined;
  readonly typed: string;
}

export function* completeConditionValue(
  place: Place<'conditionValue'>,
  around: Surroundings,
): Iterable<Suggestion> {
  const seen = new Set(place.taken);
  for (const suggestion of valuesFor(place, around)) {
    if (seen.has(suggestion.label)) continue;
    seen.add(suggestion.label);
    yield suggestion;
  }
}

/** The values to offer for a test; some may be offered twice. */
export function valuesFor(question: Question, around: Surroundings): Iterable<Suggestion> {
  const { operator, key, statement } = question;
  if (operatorNamed(operator.name)?.type === 'null') return nullValues;
  const known = conditionKeyNamed(key);
  if (known?.type === 'bool') return boolValues(known, statement);
  const special = valuesByKey(key);
  if (special) return [...special(question, around), ...inDocument(question, around)];
  return [
    ...claimValues(question, around),
    ...inDocument(question, around),
    ...(known?.values ?? []).map((value) => plain(value)),
  ];
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

/** Every customer of a third party has an external id of its own. */
const neverReused = ['sts:externalid'];

/** What the key is compared with elsewhere; patterns are for operators that read wildcards. */
const inDocument = ({ key, operator, node }: Question, around: Surroundings): readonly Suggestion[] =>
  neverReused.includes(key.toLowerCase())
    ? []
    : around
        .valuesOf(key, node)
        .filter((value) => operatorNamed(operator.name)?.wildcards === true || !value.includes('*'))
        .map((value) => plain(value, 'used in this file'));

/** Values of the claim that a key is, of a provider that is known or of another one. */
function* claimValues({ key, operator, typed }: Question, around: Surroundings): Iterable<Suggestion> {
  const colon = key.lastIndexOf(':');
  const issuer = key.slice(0, Math.max(colon, 0));
  const claim = key.slice(colon + 1).toLowerCase();
  const wildcards = operatorNamed(operator.name)?.wildcards === true;
  const provider = oidcProviderFor(issuer);
  if (claim === 'aud')
    for (const made of around.providers().filter((each) => each.issuer === issuer))
      yield* made.audiences.map((audience) => plain(audience, 'audience of the provider in this file'));
  if (provider === undefined) return;
  if (claim === 'sub') yield* subjects({ issuer, provider, typed, wildcards }, around);
  else if (claim === 'aud')
    for (const audience of provider.audiences) yield template(audience, provider.name, issuerParts(issuer));
  else yield* repositoryClaims(claim, issuer, wildcards, around);
}

/** Claims of GitHub Actions that the workspace knows. */
function* repositoryClaims(
  claim: string,
  issuer: string,
  wildcards: boolean,
  { workspace }: Surroundings,
): Iterable<Suggestion> {
  const { remote, branches, tags, environments } = workspace;
  if (remote === undefined || !servesTokensFor(issuer, remote)) return;
  const detail = 'this workspace';
  const fits = (name: string): boolean => wildcards || !name.includes('*');
  if (claim === 'repository') yield plain(remote.path, detail);
  if (claim === 'environment') yield* environments.map((name) => plain(name, detail));
  if (claim !== 'ref') return;
  yield* branches.filter(fits).map((name) => plain(`refs/heads/${name}`, detail));
  yield* tags.filter(fits).map((name) => plain(`refs/tags/${name}`, detail));
}
