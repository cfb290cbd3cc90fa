/** Characters that IAM takes nowhere in a policy: curly quotes, long dashes and invisible ones that came by copying. */
import { replaceValue } from '../../policy/amend.ts';
import type { Policy } from '../../policy/policy.ts';
import { codeOf, inPlainCharacters, refusedCharacter } from '../../policy/characters.ts';
import { plainSid } from '../../policy/sid.ts';
import type { Span } from '../../text/span.ts';
import type { Change } from '../../tree/change.ts';
import type { StringNode } from '../../tree/tree.ts';
import { descendants, memberAround } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

export const rule = defineRule({
  id: 'invalid-character',
  category: 'grammar',
  severity: 'error',
  supersedes: [
    'element-name-case',
    'invalid-principal-arn',
    'invalid-principal-format',
    'invalid-service-principal-format',
    'invalid-sid',
    'unknown-service-principal',
    'unknown-statement-element',
    'unknown-sts-action',
    'unknown-top-level-element',
  ],
  *check(policy) {
    for (const { string, change } of stringsIn(policy)) {
      const found = refusedIn(string);
      if (found === undefined) continue;
      const plain = plainForm(string);
      yield {
        at: found.span,
        about: string,
        message: `IAM refuses ${codeOf(found.character)}: a policy may only have tabs, line breaks and the characters U+0020 to U+00FF. It probably came along by copying; write it in plain characters.`,
        fixes: plain === undefined ? [] : fix('Write it in plain characters', change(plain)),
      };
    }
  },
});

interface Written {
  readonly string: StringNode;
  readonly change: (text: string) => readonly Change[];
}

/** The keys and values of a policy. */
function* stringsIn(policy: Policy): Generator<Written> {
  for (const node of descendants(policy.node, policy.leftOut)) {
    if (node.kind === 'string') yield { string: node, change: (text) => replaceValue(node, text) };
    if (node.kind !== 'object') continue;
    for (const member of node.members)
      yield { string: member.key, change: (key) => [{ kind: 'rename', member, key }] };
  }
}

/** The text as it was probably meant; the names of statements have letters and digits only. */
const plainForm = (string: StringNode): string | undefined =>
  memberAround(string)?.key.value === 'Sid'
    ? plainSid(string.value ?? '')
    : inPlainCharacters(string.value ?? '');

/** The first character that IAM refuses. Texts with escapes are passed over: there the policy itself has none of it. */
function refusedIn({ value, content }: StringNode): { character: string; span: Span } | undefined {
  if (value?.length !== content.end - content.start) return undefined;
  const found = refusedCharacter(value);
  if (found === undefined) return undefined;
  const start = content.start + found.index;
  return { character: found.character, span: { start, end: start + found.character.length } };
}
