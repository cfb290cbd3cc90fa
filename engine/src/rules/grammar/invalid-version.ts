/** `Version` is the version of the policy language, not a date to choose. */
import { replaceValue } from '../../policy/amend.ts';
import { isUnknown, knownText } from '../../policy/known.ts';
import { defineRule, fix } from '../rule.ts';

const versions: readonly string[] = ['2012-10-17', '2008-10-17'];

export const rule = defineRule({
  id: 'invalid-version',
  category: 'grammar',
  severity: 'error',
  *check({ version }) {
    const text = knownText(version, 'principal');
    if (version === undefined || text === undefined || isUnknown(text) || versions.includes(text)) return;
    yield {
      at: version,
      message: `IAM refuses the policy: there is no policy language of "${text}". Write "2012-10-17", the current one.`,
      fixes: fix('Change to "2012-10-17"', replaceValue(version, '2012-10-17'), true),
    };
  },
});
