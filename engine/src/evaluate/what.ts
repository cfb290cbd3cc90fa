/** Whether a statement is about an action, by `Action` or `NotAction`. Names are the same in any case. */
import { anyOf, certainly, type Certainty, notOf } from '../policy/certainty.ts';
import { isUnknown, knownText, unknownPart } from '../policy/known.ts';
import type { Statement } from '../policy/policy.ts';
import { globMatches } from '../text/glob.ts';
import type { Node } from '../tree/tree.ts';
import { isOpen, listOf, valueOf } from '../tree/walk.ts';

/** Whether a statement covers an action, and the node that says so. */
export interface Coverage {
  readonly certainty: Certainty;
  readonly at: Node;
}

/** Whether a statement is about an action. */
export function covers(statement: Statement, action: string): Coverage {
  const [named, excluded] = ['Action', 'NotAction'].map((element) => valueOf(statement.node, element));
  const found: Coverage[] = [];
  if (named) found.push(among(named, action));
  if (excluded) found.push({ certainty: notOf(among(excluded, action).certainty), at: excluded });
  if (statement.open.actions && named === undefined && excluded === undefined)
    found.push({ certainty: 'maybe', at: statement.node });
  const certainty = anyOf(found.map((each) => each.certainty));
  return found.find((each) => each.certainty === certainty) ?? { certainty, at: statement.node };
}

function among(list: Node, action: string): Coverage {
  const patterns = listOf(list).map((at) => ({ at, certainty: matches(knownText(at, 'principal'), action) }));
  const certainty = anyOf(patterns.map((each) => each.certainty));
  if (certainty !== 'yes' && isOpen(list)) return { certainty: 'maybe', at: list };
  return (
    patterns.find((each) => certainty !== 'no' && each.certainty === certainty) ?? { certainty, at: list }
  );
}

function matches(pattern: string | undefined, action: string): Certainty {
  if (pattern === undefined) return 'no';
  const found = globMatches(pattern.replaceAll(unknownPart, '*'), action, { ignoreCase: true });
  return found && isUnknown(pattern) ? 'maybe' : certainly(found);
}
