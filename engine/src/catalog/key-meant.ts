/** Condition keys that people mean: other names for them, names without or with the wrong prefix, slips of the pen. */
import { distance } from '../text/distance.ts';
import { conditionKeys, type ConditionKey } from './condition-keys.ts';
import { lazy } from './lazy.ts';

/** Letters that may differ, at most one in six of the name. */
const CLOSE = 2;
const LETTERS_PER_SLIP = 6;

const byOtherName = lazy(() => indexOf(({ aliases }) => aliases ?? []));
const byOldName = lazy(() => indexOf(({ replaces }) => replaces ?? []));
/** Names without prefix that are the name of one key only. */
const byBareName = lazy(() => {
  const names = conditionKeys().map((key) => [bareName(key.id), key] as const);
  return new Map(names.filter(([name]) => names.filter(([other]) => other === name).length === 1));
});

/** The key by which AWS replaces a deprecated one. */
export const successorOf = (key: string): string | undefined => byOldName().get(key.toLowerCase())?.id;

/** The key that a wrong name most probably means, with the tag's name that stands behind it; nothing if none is close. */
export function conditionKeyMeant(text: string): string | undefined {
  const slash = text.indexOf('/');
  const name = (slash < 0 ? text : text.slice(0, slash)).replace(/\s/g, '').toLowerCase();
  const key = byOtherName().get(name) ?? byBareName().get(bareName(name)) ?? closest(name);
  if (key === undefined) return undefined;
  const tag = slash < 0 ? '' : text.slice(slash + 1).trim();
  if (!key.prefix) return tag === '' ? key.id : undefined;
  return tag === '' ? undefined : key.id + tag;
}

/** The key to which only the name of a tag has to be added. */
export const tagKeyNamed = (text: string): ConditionKey | undefined =>
  conditionKeys().find(({ id, prefix }) => prefix && nameOf(id) === text.toLowerCase().replace(/\/$/, ''));

const nameOf = (id: string): string => id.toLowerCase().replace(/\/$/, '');

const bareName = (id: string): string => nameOf(id).replace(/^[^:]*:/, '');

const indexOf = (namesOf: (key: ConditionKey) => readonly string[]): ReadonlyMap<string, ConditionKey> =>
  new Map(conditionKeys().flatMap((key) => namesOf(key).map((name) => [name.toLowerCase(), key] as const)));

function closest(name: string): ConditionKey | undefined {
  const limit = Math.min(CLOSE, Math.floor(bareName(name).length / LETTERS_PER_SLIP));
  const ranked = conditionKeys()
    .map((key) => ({ key, far: distance(name, nameOf(key.id), limit) }))
    .filter(({ far }) => far <= limit)
    .sort((a, b) => a.far - b.far);
  return ranked[0]?.key;
}
