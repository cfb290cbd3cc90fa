/** Templates in Terraform: as the argument of a role that has none, or as a policy document between the blocks. */
import { addBlock, addPolicyArgument, fillPolicyArgument } from '../../syntax/hcl-insert.ts';
import { bodyOf } from '../../syntax/hcl-read.ts';
import { covers } from '../../text/span.ts';
import type { Member, ObjectNode } from '../../tree/tree.ts';
import { keyText, memberOf } from '../../tree/walk.ts';
import { intoPolicy, type Placed, type Site } from './merge.ts';
import { policyOf } from './policy.ts';
import { labelOf, policyDocument, vesselOf } from './print.ts';
import { freeName, isVacant } from './vacancy.ts';

/** The policy of the role at the cursor, or a block of its own behind what stands there. */
export function intoTerraform(site: Site): Placed | undefined {
  const { tree, offset } = site;
  if (tree.root?.kind !== 'object' || tree.root.members.length === 0) return undefined;
  const block = tree.root.members.find(({ span }) => span.start < offset && offset < span.end);
  return (block && intoBlock(block, site)) ?? asBlock(tree.root, site, block?.span.end ?? offset);
}

function intoBlock(block: Member, site: Site): Placed | undefined {
  const { template, text, document } = site;
  const { resource, argument } = vesselOf(template);
  const types = block.value?.kind === 'object' ? block.value.members : [];
  const body = bodyOf(block);
  if (keyText(block.key) !== 'resource' || body === undefined) return undefined;
  if (!types.some(({ key }) => keyText(key) === resource)) return undefined;
  const member = memberOf(body, argument);
  const policy = policyOf(template);
  if (member && isVacant(member.value)) return { edits: fillPolicyArgument(member, policy, text) };
  if (member) {
    const region = document.regions.find(({ node }) => covers(member.span, node.span));
    return region && intoPolicy(site, region);
  }
  const edits = addPolicyArgument(body, argument, policy, text);
  return edits && { edits };
}

function asBlock(root: ObjectNode, { template, text }: Site, offset: number): Placed {
  const name = freeName(labelOf(template), documentsIn(root), '_');
  return { edits: [addBlock(policyDocument(template, name), offset, text)] };
}

/** The names of the policy documents in a file. */
function documentsIn(root: ObjectNode): readonly string[] {
  return root.members
    .filter(({ key }) => keyText(key) === 'data')
    .flatMap(({ value }) => (value?.kind === 'object' ? value.members : []))
    .flatMap(({ value }) => (value?.kind === 'object' ? value.members : []))
    .map(({ key }) => keyText(key));
}
