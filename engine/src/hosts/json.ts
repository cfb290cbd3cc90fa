/** JSON files that are a trust policy as a whole. Policies inside of other JSON are found by `cloudformation.ts`. */
import { json } from '../syntax/json.ts';
import type { Host } from './host.ts';
import { isTrustPolicy, nameHint } from './recognize.ts';

export const jsonHost: Host = {
  id: 'json',
  languages: ['json', 'jsonc'],
  syntaxOf: () => json,
  mayContain: (text, { uri }) =>
    text.includes('"Statement"') || isFragment(text) || nameHint(uri) === 'trust-policy',
  find: ({ root }, text, { uri }) => {
    const hint = nameHint(uri);
    if (root === undefined) return { policies: [], whole: hint === 'trust-policy' || isFragment(text) };
    if (isTrustPolicy(root, hint)) return { policies: [{ root }], whole: true };
    return { policies: [], whole: !root.complete && isFragment(text) };
  },
};

/** A text that breaks off before it holds a statement, or inside of one, still shows what it was to become. */
const isFragment = (text: string): boolean => text.includes('sts:AssumeRole') && text.includes('Principal');
