/** Links in a policy: from a subject to its repository, from a provider or service to the page about its roles. */
import { oidcProviderFor, servicePrincipalNamed } from '../catalog/catalog.ts';
import { hasWildcard } from '../text/glob.ts';
import type { Span } from '../text/span.ts';
import { claimTest } from '../policy/oidc.ts';
import { repositorySubject } from '../policy/github-subject.ts';
import { isUnknown } from '../policy/known.ts';
import type { Principal, Test } from '../policy/policy.ts';
import { partsOf } from '../policy/subject-parts.ts';
import type { Node } from '../tree/tree.ts';
import { policyAsWritten } from './as-written.ts';
import type { Document } from './document.ts';

export interface Link {
  readonly span: Span;
  readonly url: string;
  readonly tooltip: string;
}

/** The links of a document, in the order of its policies. */
export const linksOf = ({ regions, source }: Document): readonly Link[] =>
  regions
    .flatMap((region) => policyAsWritten(region).statements)
    .flatMap(({ principals, tests }) => [
      ...principals.flatMap((principal) => ofPrincipal(principal, source.text) ?? []),
      ...tests.flatMap((test) => ofSubjects(test, source.text)),
    ]);

function ofPrincipal(principal: Principal, text: string): Link | undefined {
  if (principal.kind === 'service') {
    const service = servicePrincipalNamed(principal.host);
    return service && linkOn(principal.node, principal.host, service.url, `Roles of ${service.name}`, text);
  }
  const provider = principal.kind === 'oidc' ? principal.provider : undefined;
  return principal.kind === 'oidc' && provider
    ? linkOn(principal.node, principal.issuer, provider.url, `Trust in ${provider.name}`, text)
    : undefined;
}

/** The sites on which repositories are looked at, by the issuer of their jobs' tokens. */
const sites: ReadonlyMap<string, string> = new Map([
  ['token.actions.githubusercontent.com', 'https://github.com'],
  ['gitlab.com', 'https://gitlab.com'],
]);

function ofSubjects(test: Test, text: string): readonly Link[] {
  const claim = claimTest(test);
  const site = sites.get(claim?.issuer.toLowerCase() ?? '');
  if (claim?.claim !== 'sub' || site === undefined) return [];
  return test.values.flatMap(({ node, text: subject }) => {
    const path = repositoryIn(subject, claim.issuer);
    const link = path && linkOn(node, path.written, `${site}/${path.plain}`, path.plain, text);
    return link ? [link] : [];
  });
}

interface RepositoryPath {
  readonly written: string;
  /** Without ids. */
  readonly plain: string;
}

/** The repository that a subject names without a wildcard. */
function repositoryIn(subject: string, issuer: string): RepositoryPath | undefined {
  const found = repositorySubject(subject);
  if (found?.context !== undefined) {
    const names = [found.owner, found.repository];
    return usable({ written: names.join('/'), plain: names.map((name) => name.split('@')[0]).join('/') });
  }
  const [template = ''] = oidcProviderFor(issuer)?.subjectTemplates ?? [];
  const [group, project, ...rest] = template.startsWith('project_path:')
    ? (partsOf(subject, template) ?? [])
    : [];
  if (group === undefined || project === undefined || (rest.length === 0 && project.cut !== undefined))
    return undefined;
  const path = `${group.text}/${project.text}`;
  return usable({ written: path, plain: path });
}

const usable = (path: RepositoryPath): RepositoryPath | undefined =>
  hasWildcard(path.written) || isUnknown(path.written) ? undefined : path;

/** A link on the part of a value that says so, if the document has it as it is. */
function linkOn(node: Node, part: string, url: string, tooltip: string, text: string): Link | undefined {
  const { span } = node;
  const at = text.slice(span.start, span.end).indexOf(part);
  if (at < 0 || part === '') return undefined;
  const start = span.start + at;
  return { span: { start, end: start + part.length }, url: encodeURI(url), tooltip };
}
