/** Types of principals, as far as the actions of the statement allow them. */
import type { PrincipalType } from '../../policy/policy.ts';
import { callersUnder, callersWith } from '../callers.ts';
import { principalTypes } from '../elements.gen.ts';
import { documented } from '../markdown.ts';
import type { Place } from '../place.ts';
import { blank, member, type Suggestion } from './suggestion.ts';

/** Most used first. Canonical users are left out: roles name accounts instead. */
const offered: readonly PrincipalType[] = ['Service', 'AWS', 'Federated'];

export function* completePrincipalType(place: Place<'principalType'>): Iterable<Suggestion> {
  const callers = callersWith(place.statement);
  for (const type of offered) {
    const info = principalTypes.find(({ name }) => name === type);
    if (place.taken.includes(type) || !callersUnder[type].some((caller) => callers.includes(caller)))
      continue;
    yield {
      label: type,
      entry: member(place, type, blank),
      ...(info && { doc: documented(info.doc, info.url) }),
      retrigger: true,
    };
  }
}
