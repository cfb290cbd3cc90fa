/** The policies of a document against those of an older version of it, role by role. */
import { diffPolicies, nobody, type Relation, type TrustDiff, type Witness } from '../evaluate/diff.ts';
import { readPolicy } from '../policy/read.ts';
import type { Region } from './document.ts';
import { code, paragraphs, prose } from './markdown.ts';
import { comparedAccount } from './role-account.ts';

/** What has become of the policy of one role. */
export interface ComparedPolicy extends TrustDiff {
  readonly role: string | null;
}

export interface Comparison {
  /** Of all policies together. */
  readonly relation: Relation;
  readonly policies: readonly ComparedPolicy[];
}

/** Compares the policies of two documents; a role that only one of them has is compared with a policy that lets nobody in. */
export function comparePolicies(
  before: readonly Region[],
  after: readonly Region[],
  roleAccount?: string,
): Comparison {
  const read = (region: Region | undefined) => (region ? readPolicy(region.node) : nobody);
  const policies = pairs(before, after).map(([role, older, newer]) => ({
    role,
    ...diffPolicies(read(older), read(newer), roleAccount ?? comparedAccount([newer, older])),
  }));
  return { relation: together(policies.map(({ relation }) => relation)), policies };
}

type Pair = readonly [role: string | null, older: Region | undefined, newer: Region | undefined];

/** Single policies belong together whatever they are called, others by the names of their roles. */
function pairs(before: readonly Region[], after: readonly Region[]): readonly Pair[] {
  if (before.length < 2 && after.length < 2) {
    const [older, newer] = [before[0], after[0]];
    return [[newer?.label ?? older?.label ?? null, older, newer]];
  }
  const taken = new Set<Region>();
  const kept = before.map((older): Pair => {
    const newer = after.find((region) => region.label === older.label && !taken.has(region));
    if (newer) taken.add(newer);
    return [older.label ?? null, older, newer];
  });
  const added = after.filter((region) => !taken.has(region));
  return [...kept, ...added.map((newer): Pair => [newer.label ?? null, undefined, newer])];
}

/** What holds of one policy and of none otherwise holds of all; more trust here and less there cannot be compared. */
function together(relations: readonly Relation[]): Relation {
  const found = new Set(relations.filter((relation) => relation !== 'equal'));
  const [only = 'equal', ...others] = found;
  if (others.length === 0) return only;
  const isMixed = found.has('wider') && found.has('narrower');
  return isMixed || found.has('incomparable') ? 'incomparable' : 'unknown';
}

const sentences: Readonly<Record<Relation, string>> = {
  equal: 'Equal: both let in the same callers.',
  wider: 'Wider: the new policy lets in all that the old one does, and more.',
  narrower: 'Narrower: the new policy lets in less than the old one, and nothing else.',
  incomparable:
    'Incomparable: the new policy lets in some that the old one does not, and the other way round.',
  unknown: 'Unknown: it cannot be decided how the policies compare.',
};

/** A comparison in plain lines. */
export function comparisonText({ relation, policies }: Comparison): string {
  const isOne = policies.length === 1;
  const parts = policies.map((each) =>
    [
      ...(isOne ? [] : [each.role ?? 'A policy without name']),
      sentences[each.relation],
      ...details(each, lines),
    ].join('\n'),
  );
  return [...parts, ...(isOne ? [] : [`All together: ${relation}.`])].join('\n\n');
}

/** A comparison as a page. */
export const comparisonMarkdown = ({ relation, policies }: Comparison): string =>
  paragraphs(
    `# ${policies.length === 1 ? 'Trust compared' : `Trust compared: ${relation}`}`,
    ...policies.flatMap((each) => [
      policies.length === 1 && each.role === null
        ? undefined
        : `## ${code(each.role ?? 'A policy without name')}`,
      `**${prose(sentences[each.relation])}**`,
      ...details(each, marked),
    ]),
  );

/** The calls that show a difference, and what could not be decided. */
function details(
  { relation, gained, lost, undecided }: ComparedPolicy,
  show: (title: string, witness: Witness) => readonly string[],
): readonly string[] {
  const isOpen = relation === 'unknown';
  return [
    ...(gained ? show('Let in by the new policy only:', gained) : []),
    ...(lost ? show('Let in by the old policy only:', lost) : []),
    ...(isOpen && undecided.gained ? ['It may let in some that the old one does not.'] : []),
    ...(isOpen && undecided.lost ? ['It may keep out some that the old one lets in.'] : []),
  ];
}

/** What a policy says to a call; the place of a statement counts from one. */
function said({ reason, statement }: Witness['old']): string {
  const which = `statement ${String((statement ?? 0) + 1)}`;
  return {
    allowed: `allowed by ${which}`,
    'explicit-deny': `denied by ${which}`,
    'no-principal-match': 'denied, since no statement names the caller',
    'no-action-match': `denied, since ${which} does not allow the action`,
    'condition-not-met': `denied, since a condition of ${which} is not met`,
  }[reason];
}

const lines = (title: string, { request, old, new: now }: Witness): readonly string[] => [
  '',
  title,
  `  ${JSON.stringify(request)}`,
  `  old: ${said(old)}`,
  `  new: ${said(now)}`,
];

/** Each part of a call is code, so that nothing in it can break out of the page. */
function marked(title: string, { request, old, new: now }: Witness): readonly string[] {
  const { action, principal, context = {} } = request;
  const actions = typeof action === 'string' ? [action] : action;
  const keys = Object.entries(context).map(
    ([key, value]) => `- ${code(key)}: ${[value].flat().map(code).join(', ')}`,
  );
  const caller = principal.type === 'AWS' ? principal.arn : principal.value;
  return [
    prose(title),
    [
      `- Caller: ${code(caller)}`,
      `- Action: ${actions.map(code).join(', ')}`,
      ...(keys.length > 0 ? keys : ['- No condition keys but those that follow from the caller']),
      `- Old policy: ${prose(said(old))}`,
      `- New policy: ${prose(said(now))}`,
    ].join('\n'),
  ];
}
