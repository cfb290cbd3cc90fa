/** Policies that are the value of a property with a certain name, wherever it stands: as an object, or as JSON text. */
import type { Carrier } from '../syntax/embedded.ts';
import { readEmbedded } from '../syntax/embedded.ts';
import { viewsOf } from '../tree/choice.ts';
import type { Member, Node, StringNode } from '../tree/tree.ts';
import { descendants, keyText, objectAround, textOf, valueOf } from '../tree/walk.ts';
import type { Embedded } from './host.ts';
import { type Call, callIn, type Surroundings, withoutCalls } from './intrinsics.ts';
import { providersIn } from './providers.ts';

/** What a string of the document holds as JSON text; nothing where it is no such text. */
export type CarrierOf = (node: StringNode, text: string, isTemplate: boolean) => Carrier;

/** The policies under properties of these names, in the order of the text. */
export function* policiesUnder(
  names: readonly string[],
  root: Node,
  text: string,
  carrierOf: CarrierOf,
  labelOf = labelOfResource,
): Generator<Embedded> {
  const mappings = valueOf(root, 'Mappings');
  const around = { text, providers: providersIn(root, text), ...(mappings && { mappings }) };
  for (const node of descendants(root)) {
    if (node.kind !== 'object') continue;
    for (const member of node.members) {
      const isNamed = member.key.value !== undefined && names.includes(member.key.value);
      if (!isNamed || member.value === undefined) continue;
      for (const found of policiesIn(member.value, around, carrierOf)) yield { ...found, ...labelOf(member) };
    }
  }
}

/** The policy that a value is, or those that it may be. */
function* policiesIn(value: Node, around: Surroundings, carrierOf: CarrierOf): Generator<Embedded> {
  const call = callIn(value);
  if (call?.name === 'If' && call.argument?.kind === 'array')
    for (const side of call.argument.items.slice(1)) yield* policiesIn(side, around, carrierOf);
  else if (call?.name === 'toJSON' && call.argument)
    yield* policiesIn(call.argument, { ...around, isInterpolated: true }, carrierOf);
  else {
    const policy = policyIn(value, call, around, carrierOf);
    if (policy) yield policy;
  }
}

function policyIn(
  value: Node,
  call: Call | undefined,
  around: Surroundings,
  carrierOf: CarrierOf,
): Embedded | undefined {
  const argument = call?.argument?.kind === 'array' ? call.argument.items[0] : call?.argument;
  if (call?.name === 'Sub' && argument?.kind === 'string')
    return policyInText(argument, value, around.text, carrierOf);
  if (value.kind === 'string') return policyInText(value, value, around.text, carrierOf);
  if (value.kind !== 'object' || call) return undefined;
  const root = withoutCalls(value, around);
  return { root, ...(root.kind === 'object' && { alternatives: viewsOf(root) }) };
}

/** A string that holds JSON text; `value` is the string, or the call that it is the template of. */
function policyInText(
  string: StringNode,
  value: Node,
  text: string,
  carrierOf: CarrierOf,
): Embedded | undefined {
  const carrier = carrierOf(string, text, string !== value);
  const said = carrier.decoded.text.trimStart();
  if (!said.startsWith('{') || said.startsWith('{{')) return undefined;
  const { root, problems, syntax } = readEmbedded(carrier, value, text);
  return root && { root, problems, syntax };
}

/** A role is called by its name, else by its logical id: `<logical id>: { Type, Properties: { … } }`. */
function labelOfResource(member: Member): Pick<Embedded, 'label' | 'role'> {
  const { parent } = member;
  const holder = objectAround(parent)?.parent;
  const name = textOf(valueOf(parent, 'RoleName'));
  const label = name ?? (holder?.kind === 'member' ? keyText(holder.key) : undefined);
  if (label === undefined) return {};
  if (name === undefined) return { label };
  const [, , , , account] = textOf(valueOf(parent, 'Arn'))?.split(':') ?? [];
  return { label, role: account === undefined ? { name } : { name, account } };
}
