/** Templates in roles of CloudFormation, and in whatever else has an `AssumeRolePolicyDocument` that is still empty. */
import { covers, touches } from '../../text/span.ts';
import type { ObjectNode } from '../../tree/tree.ts';
import { descendants, keyText, memberOf, textOf, valueOf } from '../../tree/walk.ts';
import { intoPolicy, type Placed, type Site } from './merge.ts';
import { policyOf } from './policy.ts';
import { logicalIdOf, resourceOf, vesselOf } from './print.ts';
import { freeName, isVacant } from './vacancy.ts';

/** The property of the role at the cursor, or a new role among the resources. */
export function intoCloudFormation(site: Site): Placed | undefined {
  const { tree, offset } = site;
  if (tree.root === undefined) return undefined;
  const around = [...descendants(tree.root)].filter(
    (node): node is ObjectNode => node.kind === 'object' && touches(node.span, offset),
  );
  for (const object of around.toReversed()) {
    const placed = emptyProperty(object, site) ?? intoRole(object, site) ?? amongResources(object, site);
    if (placed) return placed;
  }
  return undefined;
}

/** A property whose name is there already; the cursor is on it. */
function emptyProperty(object: ObjectNode, { template, syntax, text, offset }: Site): Placed | undefined {
  const member = memberOf(object, vesselOf(template).property);
  if (member === undefined || !isVacant(member.value)) return undefined;
  const reach = { start: member.key.span.start, end: Math.max(member.span.end, member.slot?.end ?? 0) };
  if (!touches(reach, offset) && !isRole(object)) return undefined;
  const value = policyOf(template);
  if (member.value) {
    const edits = syntax.edits([{ kind: 'replace', node: member.value, value }], text);
    return edits && { edits };
  }
  if (member.slot === undefined) return undefined;
  const start = member.slot.start + (text[member.slot.start] === ' ' ? 1 : 0);
  const slot = { kind: 'value', member, replace: { start, end: start } } as const;
  return { edits: syntax.insertion(slot, { value }, text) };
}

/** Whether an object holds the properties of a role. */
function isRole({ parent }: ObjectNode): boolean {
  return parent?.kind === 'member' && keyText(parent.key) === 'Properties' && isOfRole(parent.parent);
}

const isOfRole = (resource: ObjectNode): boolean => textOf(valueOf(resource, 'Type')) === 'AWS::IAM::Role';

/** A role: the policy that it has, or its property where it has none yet. */
function intoRole(object: ObjectNode, site: Site): Placed | undefined {
  const { template, syntax, text, document } = site;
  if (!isOfRole(object) || template.kind === 'identity') return undefined;
  const properties = valueOf(object, 'Properties');
  const { property } = vesselOf(template);
  const present = memberOf(properties, property);
  if (present) {
    const region = document.regions.find(({ node }) => covers(present.span, node.span));
    return region && intoPolicy(site, region);
  }
  const value = policyOf(template);
  const edits = syntax.edits(
    [
      properties?.kind === 'object'
        ? { kind: 'set', object: properties, key: property, value }
        : { kind: 'set', object, key: 'Properties', value: { [property]: value } },
    ],
    text,
  );
  return edits && { edits };
}

/** A new resource, under a name that is free. */
function amongResources(object: ObjectNode, { template, syntax, text }: Site): Placed | undefined {
  const resources = valueOf(object, 'Resources') ?? (isResources(object) ? object : undefined);
  if (resources?.kind !== 'object') return undefined;
  const taken = resources.members.map(({ key }) => keyText(key));
  const edits = syntax.edits(
    [
      {
        kind: 'set',
        object: resources,
        key: freeName(logicalIdOf(template), taken, ''),
        value: resourceOf(template),
      },
    ],
    text,
  );
  return edits && { edits };
}

const isResources = ({ parent }: ObjectNode): boolean =>
  parent?.kind === 'member' && keyText(parent.key) === 'Resources';
