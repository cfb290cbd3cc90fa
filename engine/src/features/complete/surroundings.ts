/** What the rest of a document and the settings say about whose accounts these are. */
import { partitions, type PartitionName } from '../../catalog/catalog.ts';
import { accountOf } from '../../policy/grants.ts';
import type { Principal } from '../../policy/policy.ts';
import { readPolicy } from '../../policy/read.ts';
import type { Settings } from '../../settings.ts';
import type { Document } from '../document.ts';

export interface Surroundings {
  /** Accounts of the settings, then those that the document names elsewhere. */
  readonly accounts: readonly string[];
  /** The account that holds the roles: its identity providers are named in them. */
  readonly own?: string;
  readonly partition: PartitionName;
}

/** Reads the principals of all the policies in a document. */
export function surroundingsOf(document: Document, settings: Settings): Surroundings {
  const policies = document.regions.map(({ node }) => readPolicy(node));
  const principals = policies.flatMap(({ statements }) =>
    statements.flatMap((statement) => statement.principals),
  );
  const named = principals.flatMap((principal) => accountOf(principal) ?? []);
  const own = principals.map(ownAccount).find((account) => account !== undefined);
  return {
    accounts: [...new Set([...settings.trustedAccounts, ...named])],
    ...(own !== undefined && { own }),
    partition: principals.map(partitionOf).find((partition) => partition !== undefined) ?? 'aws',
  };
}

const ownAccount = (principal: Principal): string | undefined =>
  principal.kind === 'oidc' || principal.kind === 'saml' ? principal.account : undefined;

const partitionOf = (principal: Principal): PartitionName | undefined =>
  'partition' in principal ? partitions().find((name) => name === principal.partition) : undefined;
