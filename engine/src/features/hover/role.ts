/** The property that a trust policy is the value of, and how long sessions of the role may last. */
import { code, documented, paragraphs } from '../markdown.ts';
import { descendants } from '../../tree/walk.ts';
import type { Member, Node } from '../../tree/tree.ts';
import { touches } from '../../text/span.ts';
import type { Document } from '../document.ts';

const policyNames = [
  'AssumeRolePolicyDocument',
  'assumeRolePolicyDocument',
  'assumeRolePolicy',
  'assume_role_policy_document',
  'assume_role_policy',
];
const durationNames = ['MaxSessionDuration', 'maxSessionDuration', 'max_session_duration'];

/** The explanation of a property of a role at an offset; nothing where no role is near. */
export function describeRoleProperty(
  { tree, regions }: Document,
  offset: number,
): { readonly key: Node; readonly markdown: string } | undefined {
  if (tree.root === undefined || regions.length === 0) return undefined;
  for (const node of descendants(tree.root)) {
    if (node.kind !== 'object' || !touches(node.span, offset)) continue;
    const member = node.members.find(({ key }) => touches(key.span, offset));
    const name = member?.key.value ?? '';
    if (member && policyNames.includes(name)) return { key: member.key, markdown: halves(name) };
    if (member && durationNames.includes(name)) return { key: member.key, markdown: duration(name, member) };
  }
  return undefined;
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html */
const halves = (name: string): string =>
  paragraphs(
    `**${name}**`.split('_').join(String.raw`\_`),
    documented(
      'The half of a role that says who may use it: the trust policy. What the role may do then is the other half, its permission policies; each is worth nothing without the other.',
      'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles.html',
    ),
    sessions,
  );

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
const sessions = documented(
  'A session lasts as long as the caller asks for, from 900 seconds up to MaxSessionDuration of the role (3600 to 43200 seconds, 3600 where it is not set). A role that is assumed with the credentials of another role gets one hour at most.',
  'https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html',
);

const shortest = 3600;
const longest = 43_200;

function duration(name: string, { value }: Member): string {
  const seconds =
    value?.kind === 'number' ? value.value : value?.kind === 'string' ? Number(value.value) : NaN;
  const fits = seconds >= shortest && seconds <= longest;
  const hours = String(Math.round((seconds / shortest) * 100) / 100);
  const here = Number.isNaN(seconds)
    ? undefined
    : fits
      ? `Here: ${hours} ${seconds === shortest ? 'hour' : 'hours'}.`
      : `${code(String(seconds))} is outside of what IAM takes: 3600 to 43200 seconds.`;
  return paragraphs(`**${name}**`.split('_').join(String.raw`\_`), here, sessions);
}
