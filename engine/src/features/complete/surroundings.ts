/**
 * What there is to go by besides the place itself: the settings, the workspace, and what the rest of the document says
 * about whose accounts, providers and values these are. The document is read when first asked about, and once.
 */
import { lazy } from '../../catalog/lazy.ts';
import { partitions, type PartitionName } from '../../catalog/catalog.ts';
import { providersIn } from '../../hosts/providers.ts';
import { isAccountId, parseArn } from '../../policy/arn.ts';
import { accountOf } from '../../policy/grants.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Principal, PrincipalType, Statement } from '../../policy/policy.ts';
import type { Settings } from '../../settings.ts';
import type { Node } from '../../tree/tree.ts';
import { policyAsWritten } from '../as-written.ts';
import type { Document } from '../document.ts';
import type { Workspace } from '../workspace.ts';

export interface Surroundings {
  readonly settings: Settings;
  readonly workspace: Workspace;
  /** Accounts of the settings, then those that the document names. */
  readonly accounts: () => readonly string[];
  /** The account that holds the roles: its identity providers are named in them. */
  readonly own: () => string | undefined;
  /** The partition that the document names, if it names any. */
  readonly partition: () => PartitionName | undefined;
  readonly organizations: () => readonly string[];
  /** Principals that are written elsewhere in the document, as they stand there. */
  readonly principals: (type: PrincipalType, except: Node | undefined) => readonly Principal[];
  /** Values that the key is compared with elsewhere in the document. */
  readonly valuesOf: (key: string, except: Node | undefined) => readonly string[];
  /** Identity providers that the document makes. */
  readonly providers: () => readonly OidcProvider[];
}

/** An OIDC provider that the document makes. */
export interface OidcProvider {
  /** Without scheme. */
  readonly issuer: string;
  /** The audiences that its tokens may have. */
  readonly audiences: readonly string[];
}

/** The OIDC providers of a document, each once. */
function oidcProvidersIn({ tree, source }: Document): readonly OidcProvider[] {
  const all = [...providersIn(tree.root, source.text).values()].flatMap(({ issuer, audiences }) =>
    issuer === undefined ? [] : [{ issuer, audiences }],
  );
  return [...new Map(all.map((provider) => [provider.issuer, provider])).values()];
}

/** Looks around in a document. */
export function surroundingsOf(document: Document, settings: Settings, workspace: Workspace): Surroundings {
  const statements = lazy(() => document.regions.flatMap((region) => policyAsWritten(region).statements));
  const principals = lazy(() => statements().flatMap((statement) => statement.principals));
  return {
    settings,
    workspace,
    accounts: lazy(() => [
      ...new Set([
        ...settings.trustedAccounts,
        ...principals().flatMap(accountIn),
        ...accountsTested(statements()),
      ]),
    ]),
    own: lazy(() =>
      principals()
        .map(ownAccount)
        .find((account) => account !== undefined),
    ),
    partition: lazy(() =>
      principals()
        .map(partitionOf)
        .find((partition) => partition !== undefined),
    ),
    organizations: lazy(() => [
      ...new Set([...settings.trustedOrganizations, ...valuesIn(statements(), organizationKeys)]),
    ]),
    principals: (type, except) =>
      distinct(
        principals().filter((each) => each.type === type && each.node !== except && isWhole(each)),
        ({ text }) => text,
      ),
    valuesOf: (key, except) => [...new Set(valuesIn(statements(), [key.toLowerCase()], except))],
    providers: lazy(() => oidcProvidersIn(document)),
  };
}

const accountIn = (principal: Principal): readonly string[] => {
  const account = accountOf(principal);
  return account === undefined ? [] : [account];
};

/** What is unknown in part, or wrong, is not written again. */
const isWhole = ({ kind, text, fault }: Principal): boolean =>
  text !== '' && fault === undefined && kind !== 'unknown' && kind !== 'malformed' && !isUnknown(text);

const ownAccount = (principal: Principal): string | undefined =>
  principal.kind === 'oidc' || principal.kind === 'saml' ? principal.account : undefined;

const partitionOf = (principal: Principal): PartitionName | undefined =>
  'partition' in principal ? partitions().find((name) => name === principal.partition) : undefined;

const accountKeys = ['aws:principalaccount', 'aws:sourceaccount', 'aws:vpceaccount'];
const arnKeys = ['aws:principalarn', 'aws:sourcearn'];
const organizationKeys = ['aws:principalorgid', 'aws:sourceorgid', 'aws:vpceorgid'];

/** The accounts that conditions name, by themselves or in ARNs. */
const accountsTested = (statements: readonly Statement[]): readonly string[] =>
  [
    ...valuesIn(statements, accountKeys),
    ...valuesIn(statements, arnKeys).map((arn) => parseArn(arn)?.account ?? ''),
  ].filter(isAccountId);

/** The values of keys, given in lower case, as far as they are known. */
const valuesIn = (
  statements: readonly Statement[],
  keys: readonly string[],
  except?: Node,
): readonly string[] =>
  statements
    .flatMap(({ tests }) => tests)
    .filter(({ key, operator }) => keys.includes(key.toLowerCase()) && operator?.type !== 'null')
    .flatMap(({ values }) => values)
    .filter(({ text, node }) => text !== '' && node !== except && !isUnknown(text))
    .map(({ text }) => text);

const distinct = <T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] => [
  ...new Map(items.map((item) => [keyOf(item), item])).values(),
];
