/** The id of an account and the ARN of its root are the same principal: one becomes the other. */
import { isAccountId, parseArn } from '../../policy/arn.ts';
import { replaceValue } from '../../policy/amend.ts';
import { partitionOf } from '../../policy/partition.ts';
import { verbatimPart } from '../../tree/change.ts';
import type { StringNode } from '../../tree/tree.ts';
import type { Place, Proposal, Refactoring } from './refactoring.ts';

export const accountForm: Refactoring = {
  id: 'account-form',
  kind: 'rewrite',
  propose: (place) => {
    const { node, statement, policy } = place;
    if (node?.kind !== 'string') return undefined;
    const principal = statement?.principals.find((each) => each.node === node);
    if (principal?.kind !== 'account' || principal.type !== 'AWS') return undefined;
    const { text } = principal;
    if (isAccountId(text)) {
      const arn = `arn:${partitionOf(policy) ?? 'aws'}:iam::${text}:root`;
      return { title: 'Write the ARN of the account root', changes: replaceValue(node, arn) };
    }
    const account = parseArn(text)?.account;
    return account !== undefined && isAccountId(account)
      ? { title: 'Write the account id alone', changes: replaceValue(node, account) }
      : computed(node, place);
  },
};

/** `arn:aws:iam::${var.account}:root`: the expression alone. */
function computed(node: StringNode, { region: { syntax } }: Place): Proposal | undefined {
  const [before, hole, after, ...rest] = node.parts;
  if (typeof before !== 'string' || typeof hole !== 'object' || after !== ':root' || rest.length > 0)
    return undefined;
  const isWhole = before.startsWith('arn:') && before.endsWith(':iam::') && before.split(':').length === 5;
  const isTemplate = syntax.id.startsWith('hcl') || syntax.id === 'json-text';
  return isWhole && isTemplate
    ? { title: 'Write the account id alone', changes: replaceValue(node, verbatimPart(hole.hole)) }
    : undefined;
}
