/** The names of statements: letters and digits, and each name once. */
import { replaceValue } from '../../policy/amend.ts';
import { isUnknown, knownText } from '../../policy/known.ts';
import type { Policy } from '../../policy/policy.ts';
import { isPlainSid, plainSid, uniqueSid } from '../../policy/sid.ts';
import type { Node } from '../../tree/tree.ts';
import { valueOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';

interface Name {
  readonly node: Node;
  readonly text: string;
}

/** The names of all statements as far as they are known. */
const namesIn = ({ statements }: Policy): readonly Name[] =>
  statements.flatMap((statement) => {
    const node = valueOf(statement.node, 'Sid');
    const text = knownText(node, 'value');
    return node === undefined || text === undefined || text === '' || isUnknown(text) ? [] : [{ node, text }];
  });

export const rules = [
  defineRule({
    id: 'invalid-sid',
    category: 'grammar',
    severity: 'warning',
    scope: 'policy',
    *check(policy) {
      const names = namesIn(policy);
      for (const { node, text } of names.filter((name) => !isPlainSid(name.text))) {
        const others = names.filter((name) => name.node !== node).map((name) => name.text);
        const plain = plainSid(text);
        const better = plain === undefined ? undefined : uniqueSid(plain, others);
        yield {
          at: node,
          message:
            'A Sid consists of letters and digits only; IAM may refuse the policy for others. Leave them out.',
          fixes: better === undefined ? [] : fix(`Change to "${better}"`, replaceValue(node, better), true),
        };
      }
    },
  }),
  defineRule({
    id: 'duplicate-sid',
    category: 'grammar',
    severity: 'warning',
    scope: 'policy',
    *check(policy) {
      const names = namesIn(policy);
      const firsts = new Map<string, Name>();
      for (const name of names) {
        const { node, text } = name;
        const first = firsts.get(text);
        if (first === undefined) {
          firsts.set(text, name);
          continue;
        }
        const free = uniqueSid(
          text,
          names.map((name) => name.text),
        );
        yield {
          at: node,
          message: `Another statement is called "${text}" already, and a Sid has to be unique in its policy. Give this one another name.`,
          fixes: fix(`Change to "${free}"`, replaceValue(node, free), true),
          related: [{ at: first.node, message: 'The first statement of this name.' }],
        };
      }
    },
  }),
];
