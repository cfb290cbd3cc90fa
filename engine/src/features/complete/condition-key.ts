/** Condition keys that the callers can have, those that tell callers apart first. Never one that cannot be present. */
import type { ConditionKey, ConditionKeyName } from '../../catalog/catalog.ts';
import { placeholder, hasMarks } from '../../tree/change.ts';
import { fits, keysFor } from '../callers.ts';
import { documented } from '../markdown.ts';
import type { Place } from '../place.ts';
import { valuesFor } from './condition-value.ts';
import { blank, member, type Suggestion } from './suggestion.ts';
import type { Surroundings } from './surroundings.ts';

/** The keys that most conditions test. */
const mostUsed: readonly ConditionKeyName[] = [
  'aws:SourceAccount',
  'aws:SourceArn',
  'saml:aud',
  'saml:sub',
  'saml:iss',
  'sts:ExternalId',
  'aws:PrincipalOrgID',
  'aws:MultiFactorAuthPresent',
  'aws:PrincipalArn',
  'aws:PrincipalAccount',
  'aws:PrincipalTag/',
];
const claims = [':aud', ':sub'];

export function* completeConditionKey(
  place: Place<'conditionKey'>,
  around: Surroundings,
): Iterable<Suggestion> {
  const { statement, operator, taken } = place;
  const names = taken.map((name) => name.toLowerCase());
  const keys = keysFor(statement).filter(
    (key) => fits(key, operator) && !names.includes(key.id.toLowerCase()),
  );
  for (const key of [...keys].sort((a, b) => rankOf(a) - rankOf(b))) yield suggest(key, place, around);
}

function rankOf({ id, guard }: ConditionKey): number {
  const used = mostUsed.findIndex((name) => name === id);
  if (used >= 0) return used;
  const claim = claims.findIndex((ending) => id.endsWith(ending) && !id.startsWith('saml:'));
  if (claim >= 0) return claim - claims.length;
  return mostUsed.length + (guard === 'strong' ? 0 : guard === 'weak' ? 1 : 2);
}

/** The key with its value, where only one is possible, or with a place for it. */
function suggest(key: ConditionKey, place: Place<'conditionKey'>, around: Surroundings): Suggestion {
  const { id, prefix, type, multivalued, doc, url, pitfalls } = key;
  const { statement, operator } = place;
  const values = [...valuesFor({ statement, operator, key: id, typed: '' }, around)].map(
    ({ entry }) => entry.value,
  );
  const [only] = values.length === 1 ? values : [];
  const value = typeof only === 'string' && !hasMarks(only) ? only : blank;
  const name = prefix ? id + placeholder('TAG_KEY') : id;
  return {
    label: prefix ? `${id}…` : id,
    entry: member(place, name, value),
    detail: multivalued ? `${type}, several values` : type,
    doc: documented(doc, url, pitfalls),
    ...(values.length > 0 && value === blank && !prefix && { retrigger: true }),
  };
}
