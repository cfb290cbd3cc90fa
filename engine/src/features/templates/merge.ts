/** A template in a policy that is there: its statements come behind those of the policy, which stay as they are. */
import type { Template } from '../../catalog/templates.ts';
import type { Syntax } from '../../syntax/syntax.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Change } from '../../tree/change.ts';
import type { ObjectNode, Tree } from '../../tree/tree.ts';
import { type JsonValue, plainValue, valueOf } from '../../tree/walk.ts';
import type { Document, Region } from '../document.ts';
import { statementsOf } from './policy.ts';

/** The edits that put a template into a document, or why there is no place for it. */
export type Placed = { readonly edits: readonly TextEdit[] } | { readonly refused: string };

/** What a place is found by. */
export interface Site {
  readonly template: Template;
  readonly document: Document;
  readonly tree: Tree;
  readonly syntax: Syntax;
  readonly text: string;
  readonly offset: number;
}

/** The answer where a template has no place. */
export const refuse = (refused: string): Placed => ({ refused });

/** The statements of the template behind those that are there. */
export function intoPolicy(
  { template, text }: Pick<Site, 'template' | 'text'>,
  { node, syntax }: Region,
): Placed {
  if (template.kind === 'identity')
    return refuse(
      'This template is no trust policy: it is for an empty document, or for a file of Terraform.',
    );
  const changes = node.kind === 'object' ? mergedInto(node, statementsOf(template)) : undefined;
  const edits = changes && syntax.edits(changes, text);
  return edits ? { edits } : refuse('This policy cannot be added to as it stands: complete it first.');
}

function mergedInto(policy: ObjectNode, statements: readonly JsonValue[]): readonly Change[] | undefined {
  const present = valueOf(policy, 'Statement');
  if (present?.kind === 'array')
    return statements.map((value) => ({ kind: 'append', array: present, value }));
  if (present?.kind === 'object') {
    const single = plainValue(present);
    return single === undefined
      ? undefined
      : [{ kind: 'replace', node: present, value: [single, ...statements] }];
  }
  if (present) return undefined;
  const version: Change = {
    kind: 'set',
    object: policy,
    key: 'Version',
    value: '2012-10-17',
    ...(policy.members.length > 0 && { first: true }),
  };
  const set: Change = { kind: 'set', object: policy, key: 'Statement', value: statements };
  return valueOf(policy, 'Version') ? [set] : [version, set];
}
