/** A principal that has none of the forms that IAM knows. */
import { replaceValue } from '../../policy/amend.ts';
import { isUnknown, knownText } from '../../policy/known.ts';
import { principalTypeOf } from '../../policy/principal-fault.ts';
import type { Node } from '../../tree/tree.ts';
import { plainValue, textOf, valueOf } from '../../tree/walk.ts';
import { faultyPrincipals } from '../principals.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'invalid-principal-format',
  category: 'principal',
  severity: 'error',
  *check(policy) {
    for (const { node } of policy.statements) {
      const principal = valueOf(node, 'Principal');
      if (principal === undefined || !isMisshapen(principal)) continue;
      yield {
        at: principal,
        message:
          'IAM refuses this principal: it has to be an object that says what is trusted, with the key AWS, Service or Federated.',
        fixes: wrapping(principal),
      };
    }
    for (const { principal } of faultyPrincipals(policy, 'format').filter(
      (each) => each.principal.type === 'AWS',
    )) {
      const text = principal.text.trim();
      yield {
        at: principal.node,
        message: `IAM answers "Invalid principal in policy": "${text}" is no account id and no ARN of a role, user or session. Write one of these.`,
      };
    }
  },
});

/** A string or a list in place of the object; `"*"` and empty ones are other rules' business. */
function isMisshapen(node: Node): boolean {
  if (node.kind === 'array') return true;
  const text = knownText(node, 'principal');
  return text !== undefined && text !== '*' && text.trim() !== '' && !isUnknown(text);
}

function wrapping(node: Node): readonly Fix[] {
  const type = principalTypeOf(textOf(node) ?? '');
  const value = plainValue(node);
  if (type !== undefined && value !== undefined)
    return fix(`Put it under "${type}"`, replaceValue(node, { [type]: value }));
  const only = node.kind === 'array' && node.items.length === 1 ? node.items[0] : undefined;
  const inner = only?.kind === 'object' ? plainValue(only) : undefined;
  return inner === undefined ? [] : fix('Remove the brackets', replaceValue(node, inner), true);
}
