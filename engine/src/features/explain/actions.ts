/** The actions of a statement in words: by which a role is assumed, what else may be passed, and what is not known. */
import type { TrustAction } from '../../catalog/catalog.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Statement } from '../../policy/policy.ts';
import { listOf, valueOf } from '../../tree/walk.ts';
import { listed, type Phrase } from './phrase.ts';
import { speak, spokenOf, valueOfExpression } from './unknown.ts';

/** The names of actions as alternatives. */
export const namesOf = (actions: readonly TrustAction[]): string => actions.map(({ id }) => id).join(' or ');

/** The actions that an expression, or a text with unknown parts, stands for. */
export function unknownActions({ node, actions }: Statement): readonly Phrase[] {
  const written = listOf(valueOf(node, 'Action')).flatMap((item) =>
    item.kind === 'opaque' ? [valueOfExpression(item.text)] : [],
  );
  const partly = actions.flatMap(({ pattern, node: item }) =>
    isUnknown(pattern) ? [speak(spokenOf(pattern, item, 'principal'))] : [],
  );
  return [...written, ...partly];
}

/** What is permitted besides the session, by actions that start none. */
const companions: Readonly<Record<string, string>> = {
  'sts:SetContext': 'pass a context',
  'sts:SetSourceIdentity': 'set a source identity',
  'sts:TagSession': 'pass session tags',
};

/** What actions permit besides. */
export const companionsIn = (actions: readonly TrustAction[]): readonly string[] =>
  actions.flatMap(({ id }) => companions[id] ?? []);

/** The same as a remark. */
export function besides(actions: readonly TrustAction[]): readonly Phrase[] {
  const words = companionsIn(actions);
  return words.length === 0
    ? []
    : [
        [
          'it may ',
          ...listed(
            words.map((word) => [word]),
            'and',
          ),
          ', too',
        ],
      ];
}
