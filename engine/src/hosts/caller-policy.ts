/**
 * Permission policies of those who assume roles, in JSON files that say so by their name: `caller-policy.json`. Other
 * permission policies are left alone, whatever they hold.
 */
import { json } from '../syntax/json.ts';
import { memberOf } from '../tree/walk.ts';
import type { Host } from './host.ts';

/** Whether the last part of a path declares the policy of a caller. */
function isCallerName(uri: string): boolean {
  const base = (uri.split('/').at(-1) ?? '').toLowerCase();
  const plain = ['-', '_', '.', ' '].reduce((name, mark) => name.replaceAll(mark, ''), base);
  return plain.includes('callerpolicy') || plain.includes('callerpermissions');
}

export const callerPolicyHost: Host = {
  id: 'caller-policy',
  languages: ['json', 'jsonc'],
  syntaxOf: () => json,
  mayContain: (text, { uri }) => isCallerName(uri) && text.includes('"Statement"'),
  find: ({ root }) =>
    memberOf(root, 'Statement') && root
      ? { policies: [{ root, kind: 'caller' }], whole: false }
      : { policies: [], whole: false },
};
