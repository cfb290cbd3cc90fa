/** What the rules on repetition share: keys that stand twice in an object, by whatever makes them the same. */
import type { Member, ObjectNode } from '../tree/tree.ts';

/** A key that stands a second time in its object. */
export interface Pair {
  readonly first: Member;
  readonly second: Member;
}

/** The repeated keys of an object; `nameOf` says what makes two of them the same. */
export function* repeatedKeys({ members }: ObjectNode, nameOf: (key: string) => string): Generator<Pair> {
  const seen = new Map<string, Member>();
  for (const member of members) {
    if (member.key.value === undefined) continue;
    const name = nameOf(member.key.value);
    const first = seen.get(name);
    if (first) yield { first, second: member };
    else seen.set(name, member);
  }
}
