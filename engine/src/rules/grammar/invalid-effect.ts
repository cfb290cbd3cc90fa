/** `Effect` is a string that is neither `Allow` nor `Deny`. */
import { replaceValue } from '../../policy/amend.ts';
import { isUnknown, knownText } from '../../policy/known.ts';
import { valueOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

const effects = ['Allow', 'Deny'] as const;

export const rule = defineRule({
  id: 'invalid-effect',
  category: 'grammar',
  severity: 'error',
  *check({ statements }) {
    for (const { node, effect } of statements) {
      const at = valueOf(node, 'Effect');
      const text = knownText(at, 'principal');
      if (effect !== undefined || at === undefined || text === undefined || isUnknown(text)) continue;
      const meant = effects.find((each) => each.toLowerCase() === text.trim().toLowerCase());
      yield {
        at,
        message: 'IAM refuses this statement: Effect is exactly "Allow" or "Deny", in this case.',
        fixes: (meant ? [meant] : effects).flatMap((each) =>
          fix(`Change to "${each}"`, replaceValue(at, each), meant !== undefined),
        ),
      };
    }
  },
});
