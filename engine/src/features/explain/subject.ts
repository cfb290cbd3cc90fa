/** Subjects of tokens, taken apart by the forms that their provider documents: which repository, which branch. */
import { oidcProviderFor } from '../../catalog/catalog.ts';
import { isUnknown } from '../../policy/known.ts';
import { isGitHub } from '../../policy/oidc.ts';
import type { Test } from '../../policy/policy.ts';
import { repositorySubject } from '../../policy/github-subject.ts';
import { literalHead, openSubject } from '../../policy/subject.ts';
import { fitsSomeForm, partsOf } from '../../policy/subject-parts.ts';
import { hasWildcard } from '../../text/glob.ts';
import { joined, type Phrase, verbatim } from './phrase.ts';
import { speak, spokenOf } from './unknown.ts';

/** A part of a subject, by the name that its provider gives it. */
export interface NamedPart {
  readonly name: string;
  readonly text: string;
}

/** The parts of a subject in words; nothing where it follows no form that is known. */
export function describeSubject(text: string, issuer: string, wildcards: boolean): Phrase | undefined {
  const provider = oidcProviderFor(issuer);
  if (provider === undefined) return undefined;
  if (isGitHub(provider)) return describeGitHub(text, wildcards);
  const parts = namedParts(text, provider.subjectTemplates);
  return parts.length > 0
    ? joined(
        parts.map((part) => describePart(part, wildcards)),
        ', ',
      )
    : undefined;
}

function namedParts(text: string, templates: readonly string[]): readonly NamedPart[] {
  for (const template of templates) {
    const parts = fitsSomeForm(text, [template]) ? partsOf(text, template) : undefined;
    if (parts !== undefined && parts.length > 0)
      return parts.map((part) => ({ name: part.name.toLowerCase().split('_').join(' '), text: part.text }));
  }
  return [];
}

function describePart({ name, text }: NamedPart, wildcards: boolean): Phrase {
  if (!wildcards || !hasWildcard(text)) return [`${name} `, verbatim(text)];
  return text === '*' ? [`any ${name}`] : [`any ${name} like `, verbatim(text)];
}

/** Contexts of a GitHub subject that name something. */
const contexts = [
  ['ref:refs/heads/', 'branch'],
  ['ref:refs/tags/', 'tag'],
  ['environment:', 'environment'],
  ['job_workflow_ref:', 'reusable workflow'],
] as const;

function describeGitHub(text: string, wildcards: boolean): Phrase | undefined {
  const open = wildcards ? openSubject(text) : undefined;
  if (open) return describeOpenSubject(open, text);
  const subject = repositorySubject(text);
  if (subject === undefined) return undefined;
  const { owner, repository, context } = subject;
  const name = `${owner}/${repository}`;
  if (context === undefined)
    return wildcards ? ['repositories whose names begin with ', verbatim(name), ', any event'] : undefined;
  return ['repository ', verbatim(name), ', ', ...describeContext(context, wildcards)];
}

function describeOpenSubject(
  { scope, owner }: NonNullable<ReturnType<typeof openSubject>>,
  text: string,
): Phrase {
  const rest = text.slice(literalHead(text).length);
  const some: Phrase = rest === '*' || rest === '*/*' || rest === '*:*' ? [] : [' that fits the pattern'];
  if (scope === 'any-owner') return ['any repository of GitHub', ...some];
  if (scope === 'any-repository') return ['any repository of ', verbatim(owner), ...some];
  return ['any repository of any owner whose name begins with ', verbatim(owner), ...some];
}

function describeContext(context: string, wildcards: boolean): Phrase {
  if (wildcards && context === '*') return ['any branch, tag, environment or event'];
  if (context === 'pull_request') return ['pull requests'];
  const known = contexts.find(([prefix]) => context.startsWith(prefix));
  if (known === undefined) return ['context ', verbatim(context)];
  return describePart({ name: known[1], text: context.slice(known[0].length) }, wildcards);
}

/** What the subjects of a test let in: repositories by name, by pattern, and what an expression stands for. */
export interface Repositories {
  readonly named: readonly string[];
  readonly open: readonly Phrase[];
  readonly unknown: readonly Phrase[];
}

/** The repositories of GitHub subjects; a subject of a form of one's own counts as open. */
export function repositoriesOf(test: Test): Repositories {
  const wildcards = test.operator?.wildcards === true;
  const named = new Set<string>();
  const open: Phrase[] = [];
  const unknown: Phrase[] = [];
  for (const { text, node } of test.values) {
    const subject = repositorySubject(text);
    const isWhole = subject !== undefined && (subject.context !== undefined || !wildcards);
    if (isUnknown(text)) unknown.push(speak(spokenOf(text, node, 'value')));
    else if (isWhole) named.add(`${subject.owner}/${subject.repository}`);
    else open.push(describeSubjectOrPattern(text, wildcards));
  }
  return { named: [...named], open, unknown };
}

const describeSubjectOrPattern = (text: string, wildcards: boolean): Phrase =>
  describeGitHub(text, wildcards) ?? ['subject ', verbatim(text)];
