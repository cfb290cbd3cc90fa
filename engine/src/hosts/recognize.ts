/**
 * Whether a policy document is a role trust policy. Identity, bucket, key, queue, endpoint and organization policies
 * look alike; when in doubt the answer is no, because a tool that speaks up in foreign files is switched off.
 */
import { remembered } from '../tree/remembered.ts';
import type { Node, ObjectNode } from '../tree/tree.ts';
import { isOpen, listOf, memberOf, textOf, valueOf } from '../tree/walk.ts';

/** What the name of a document says about it. */
export type NameHint = 'trust-policy' | 'trust-word' | 'trust' | 'none';

/** Reads the last part of a path: `trust-policy.json` and the like promise a trust policy, `trust` suggests one, as a word or in one. */
export function nameHint(uri: string): NameHint {
  const base = (uri.split('/').at(-1) ?? '').toLowerCase();
  if (base.includes('schema')) return 'none';
  const plain = ['-', '_', '.', ' '].reduce((name, mark) => name.replaceAll(mark, ''), base);
  const promised = ['trustpolicy', 'trustrelationship', 'trustdocument', 'assumerole'];
  if (promised.some((word) => plain.includes(word))) return 'trust-policy';
  if (wordsOf(base).includes('trust')) return 'trust-word';
  return plain.includes('trust') ? 'trust' : 'none';
}

const wordsOf = (name: string): readonly string[] =>
  ['-', '_', ' '].reduce((text, mark) => text.replaceAll(mark, '.'), name).split('.');

/** What one statement says about the kind of its document. */
type Evidence = 'trust' | 'weak-trust' | 'other' | 'misplaced' | 'identity' | 'permission' | 'none';

/** Whether a document with this root is a trust policy. */
export function isTrustPolicy(root: Node, hint: NameHint): boolean {
  if (root.kind !== 'object') return hint === 'trust-policy';
  if (isOfAnotherCloud(root)) return false;
  if (!memberOf(root, 'Statement'))
    return hint === 'trust-policy' && (root.members.length === 0 || memberOf(root, 'Version') !== undefined);
  const evidence = new Set<Evidence>();
  for (const node of listOf(valueOf(root, 'Statement'))) {
    const one = node.kind === 'object' ? evidenceOf(node) : 'none';
    if (one === 'trust') return true;
    evidence.add(one);
  }
  if (evidence.has('other')) return false;
  // A permission policy, or an action of another service, is a mistake only where a trust policy is promised.
  if (evidence.has('permission') || evidence.has('misplaced'))
    return hint === 'trust-policy' || hint === 'trust-word';
  if (evidence.has('identity')) return hint !== 'none';
  return evidence.has('weak-trust') || hint !== 'none';
}

/** Trust policies of Alibaba Cloud have the same elements and the same action; their principals are its own. */
export const isOfAnotherCloud = (root: Node): boolean =>
  listOf(valueOf(root, 'Statement')).some(trustsAnotherCloud);

const trustsAnotherCloud = remembered((statement: Node): boolean => {
  const principal = valueOf(statement, 'Principal');
  const members = principal?.kind === 'object' ? principal.members : [];
  const ids = members.flatMap(({ value }) => listOf(value)).flatMap((node) => textOf(node) ?? []);
  return (
    memberOf(principal, 'RAM') !== undefined ||
    ids.some((id) => id.startsWith('acs:') || id.endsWith('.aliyuncs.com'))
  );
});

const has = (statement: ObjectNode, ...names: readonly string[]): boolean =>
  names.some((name) => memberOf(statement, name) !== undefined);

function evidenceOf(statement: ObjectNode): Evidence {
  const trusts = has(statement, 'Principal', 'NotPrincipal', 'Principals');
  const resource = has(statement, 'Resource', 'NotResource');
  const actions = actionsOf(statement);
  if (actions === 'foreign' && trusts === resource) return 'other';
  if (actions === 'foreign') return trusts ? 'misplaced' : 'permission';
  if (actions === 'none') return trusts && !resource ? 'weak-trust' : 'none';
  if (!trusts) return resource ? 'identity' : 'weak-trust';
  // Resource control policies and policies of STS endpoints name everybody and every resource.
  return resource && isEverybody(valueOf(statement, 'Principal')) ? 'other' : 'trust';
}

const isEverybody = (principal: Node | undefined): boolean =>
  textOf(principal) === '*' || textOf(valueOf(principal, 'AWS')) === '*';

/** Whether the actions of a statement are STS's, of other services only, or do not say. */
function actionsOf(statement: ObjectNode): 'sts' | 'foreign' | 'none' {
  const nodes = ['Action', 'NotAction', 'Actions'].map((name) => valueOf(statement, name));
  const names = nodes.flatMap((node) => listOf(node)).flatMap((node) => textOf(node) ?? []);
  if (names.some((name) => name.toLowerCase().startsWith('sts:'))) return 'sts';
  const foreign = names.filter((name) => name.includes(':') || name.includes('*'));
  return foreign.some((name) => name !== '*') && !nodes.some(isOpen) ? 'foreign' : 'none';
}
