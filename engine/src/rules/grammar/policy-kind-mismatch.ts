/** A policy that says what an identity may do stands where it is to be said who may assume the role. */
import type { Policy, Statement } from '../../policy/policy.ts';
import { knownText, isUnknown } from '../../policy/known.ts';
import { listOf, memberOf, valueOf } from '../../tree/walk.ts';
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: 'policy-kind-mismatch',
  category: 'grammar',
  severity: 'error',
  scope: 'policy',
  supersedes: 'everything',
  when: ['element Resource', 'element NotResource'],
  *check(policy) {
    const member = memberOf(policy.node, 'Statement');
    if (member === undefined || !isIdentityPolicy(policy)) return;
    yield {
      at: member.key,
      message:
        'These statements say what may be done to which resources, as permission policies do; a trust policy says who may assume the role. Attach them to the role as a permission policy, and name here who is trusted.',
    };
  },
});

/** Every statement is about resources, none is about principals, and not all of it is about assuming roles. */
const isIdentityPolicy = ({ node, statements, strays }: Policy): boolean =>
  node.complete &&
  statements.length > 0 &&
  strays.length === 0 &&
  statements.every(isAboutResources) &&
  statements.some(namesOtherServices);

const isAboutResources = ({ node }: Statement): boolean =>
  node.members.every(({ key }) => key.value !== undefined && !key.value.includes('rincipal')) &&
  (memberOf(node, 'Resource') ?? memberOf(node, 'NotResource')) !== undefined;

const namesOtherServices = ({ node }: Statement): boolean =>
  ['Action', 'NotAction']
    .flatMap((element) => listOf(valueOf(node, element)))
    .some((item) => {
      const text = knownText(item, 'principal');
      return text !== undefined && !isUnknown(text) && !text.toLowerCase().startsWith('sts:');
    });
