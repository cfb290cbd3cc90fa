/** Parts of subjects that the workspace knows: its repository on GitHub or GitLab, or the service accounts of its pods. */
import { issuerParts } from '../../catalog/catalog.ts';
import { isGitHub } from '../../policy/oidc.ts';
import { partsSoFar } from '../../policy/template.ts';
import type { Remote } from '../workspace.ts';
import type { SubjectQuestion } from './subject.ts';
import type { Surroundings } from './surroundings.ts';

type Parts = Readonly<Record<string, string>>;

/** What is known of one subject each, the likeliest first. */
export function partsKnown(question: SubjectQuestion, around: Surroundings): readonly Parts[] {
  const { provider } = question;
  const { remote, serviceAccounts } = around.workspace;
  if (provider.id === 'eks')
    return serviceAccounts.map(({ namespace, name }) => ({
      SERVICE_ACCOUNT: name,
      ...(namespace !== undefined && { NAMESPACE: namespace }),
    }));
  if (remote === undefined || !servesTokensFor(question.issuer, remote)) return [];
  const slash = remote.path.lastIndexOf('/');
  const group = remote.path.slice(0, slash);
  const project = remote.path.slice(slash + 1);
  if (!isGitHub(provider)) return refsOf({ GROUP: group, PROJECT: project }, question, around);
  if (group.includes('/')) return [];
  return refsOf(
    { OWNER: group, REPOSITORY: project, ...idsOf(group, project, question, around) },
    question,
    around,
  );
}

/** Branches, tags and environments of a repository, and the repository alone. */
function refsOf(
  repository: Parts,
  { wildcards }: SubjectQuestion,
  { workspace }: Surroundings,
): readonly Parts[] {
  const fits = (name: string): boolean => wildcards || !name.includes('*');
  return [
    ...workspace.branches.filter(fits).map((BRANCH) => ({ ...repository, BRANCH })),
    ...workspace.tags.filter(fits).map((TAG) => ({ ...repository, TAG })),
    ...workspace.environments.map((ENVIRONMENT) => ({ ...repository, ENVIRONMENT })),
    repository,
  ];
}

/** The hosts whose jobs get their tokens from issuers of another name. */
const issuerHosts: ReadonlyMap<string, string> = new Map([
  ['github.com', 'token.actions.githubusercontent.com'],
]);

/** Whether jobs of a repository get their tokens from an issuer. */
export function servesTokensFor(issuer: string, { host }: Remote): boolean {
  const { HOST = issuer } = issuerParts(issuer);
  return HOST === (issuerHosts.get(host) ?? host) || HOST === `token.actions.${host}`;
}

/** The ids of owner and repository, as far as the document names them in another subject. */
function idsOf(owner: string, repository: string, { issuer }: SubjectQuestion, around: Surroundings): Parts {
  const ids = around
    .valuesOf(`${issuer}:sub`, undefined)
    .map((subject) => partsSoFar(subject, immutable))
    .find((parts) => parts?.['OWNER'] === owner && parts['REPOSITORY'] === repository);
  const { OWNER_ID, REPOSITORY_ID } = ids ?? {};
  return OWNER_ID !== undefined && REPOSITORY_ID !== undefined ? { OWNER_ID, REPOSITORY_ID } : {};
}

/** The beginning of a subject that holds ids, whatever follows. */
const immutable = 'repo:{OWNER}@{OWNER_ID}/{REPOSITORY}@{REPOSITORY_ID}:{CONTEXT}';
