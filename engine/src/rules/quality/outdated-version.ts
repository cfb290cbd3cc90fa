/** The first version of the policy language still works; nothing speaks for it. */
import { replaceValue } from '../../policy/amend.ts';
import { mayDependOnVersion } from '../../policy/version.ts';
import { textOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'outdated-version',
  category: 'quality',
  severity: 'information',
  tag: 'deprecated',
  scope: 'policy',
  *check(policy) {
    const { version } = policy;
    if (version === undefined || textOf(version) !== '2008-10-17' || mayDependOnVersion(policy)) return;
    yield {
      at: version,
      message:
        'This is the first version of the policy language, in which policy variables do not work. Write "2012-10-17"; nothing else changes here.',
      fixes: fix('Change to "2012-10-17"', replaceValue(version, '2012-10-17'), true),
    };
  },
});
