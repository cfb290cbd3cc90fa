/** STS takes only some letters as an external ID: a caller cannot send one with others. */
import { conditionKeyNamed } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import { externalIds } from '../../policy/external-id.ts';
import type { TestValue } from '../../policy/policy.ts';
import { externalIdFixes } from '../remedies.ts';
import { defineRule, type Fix, fix } from '../rule.ts';

/** Whether STS takes it as a parameter. */
const canBeSent = (text: string): boolean =>
  new RegExp(conditionKeyNamed('sts:ExternalId')?.pattern ?? '').test(text);

/** The value with what cannot be sent taken out. */
function repaired({ node, text }: TestValue): readonly Fix[] {
  const plain = text.trim().replace(/\s+/g, '-');
  return plain !== text && canBeSent(plain) ? fix(`Change to ${plain}`, replaceValue(node, plain)) : [];
}

export const rule = defineRule({
  id: 'external-id-invalid',
  category: 'condition',
  severity: 'error',
  supersedes: ['external-id-guessable'],
  when: ['key sts:externalid'],
  *check(policy) {
    for (const { value } of externalIds(policy)) {
      if (canBeSent(value.text)) continue;
      yield {
        at: value.node,
        message: `STS refuses "${value.text}" as an external ID, so no caller can send it. Use 2 to 1,224 letters, digits and the signs _ + = , . @ : / -.`,
        fixes: [...repaired(value), ...externalIdFixes((externalId) => replaceValue(value.node, externalId))],
      };
    }
  },
});
