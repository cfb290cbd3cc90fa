/** `data "aws_iam_policy_document"` as a syntax of its own: the tree is that of the policy, the text is Terraform's. */
import type { Node, ObjectNode } from '../tree/tree.ts';
import { readPolicyDocument } from './hcl-document.ts';
import { editDocument } from './hcl-document-edit.ts';
import { insertIntoDocument, mayRepeat, slotInDocument } from './hcl-document-slot.ts';
import { termFor } from './hcl-document-names.ts';
import { readHcl } from './hcl-read.ts';
import type { Syntax } from './syntax.ts';

/**
 * The policy that the body of a data source stands for, and how it is written there.
 * @param isPart other documents take their statements from it, so that it is not all there is
 */
export function policyDocument(
  body: ObjectNode,
  isPart = false,
): { readonly root: Node; readonly syntax: Syntax } {
  const document = readPolicyDocument(body, isPart);
  const syntax: Syntax = {
    id: 'hcl-document',
    termFor: (element) => termFor(element)?.name,
    mayRepeat: (slot, name) => mayRepeat(document, slot, name),
    parse: readHcl,
    slotAt: (_, text, offset) => slotInDocument(document, text, offset),
    edits: (changes, text) => editDocument(document, changes, text),
    insertion: (slot, entry, text) => insertIntoDocument(document, slot, entry, text),
  };
  return { root: document.root, syntax };
}
