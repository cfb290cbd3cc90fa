/** What stands behind an account id: whose account it is, if that is known in public or from the settings. */
import { knownAccount } from '../catalog/catalog.ts';
import { isAccountId, parseArn } from '../policy/arn.ts';
import { accountOf } from '../policy/grants.ts';
import type { Principal, Statement } from '../policy/policy.ts';
import { principalsIn } from '../policy/read.ts';
import type { Settings } from '../settings.ts';
import { covers, type Span, touches } from '../text/span.ts';
import type { Node } from '../tree/tree.ts';
import { valueOf } from '../tree/walk.ts';
import { policyAsWritten } from './as-written.ts';
import type { Document } from './document.ts';

/** A few words behind a value. */
export interface Hint {
  readonly offset: number;
  readonly label: string;
  readonly tooltip: string;
}

/** The hints in a part of a document. */
export function hintsOf(document: Document, within: Span, settings: Settings): readonly Hint[] {
  if (!settings.inlayHints) return [];
  const near = document.regions.filter(
    ({ node: { span } }) =>
      touches(span, within.start) || covers(within, { start: span.start, end: span.start }),
  );
  return near
    .flatMap((region) => policyAsWritten(region).statements)
    .flatMap(accountsIn)
    .filter(({ node }) => touches(within, node.span.end))
    .flatMap(({ node, account }) => hintFor(node, account, settings) ?? []);
}

interface Named {
  readonly node: Node;
  readonly account: string;
}

/** The accounts of principals and in the values of conditions. */
function accountsIn(statement: Statement): readonly Named[] {
  const excluded = principalsIn(valueOf(statement.node, 'NotPrincipal'));
  const principals = [...statement.principals, ...excluded].flatMap(named);
  const values = statement.tests
    .flatMap((test) => test.values)
    .flatMap(({ node, text }) => {
      const account = isAccountId(text) ? text : (parseArn(text)?.account ?? '');
      return isAccountId(account) ? { node, account } : [];
    });
  return [...principals, ...values];
}

function named(principal: Principal): Named | readonly never[] {
  const account = accountOf(principal);
  return account === undefined ? [] : { node: principal.node, account };
}

function hintFor(node: Node, account: string, { trustedAccounts }: Settings): Hint | undefined {
  const { end: offset } = node.span;
  if (trustedAccounts.includes(account))
    return {
      offset,
      label: 'trusted account',
      tooltip: `The settings name ${account} as an account of your own.`,
    };
  const owner = knownAccount(account);
  if (owner === undefined) return undefined;
  const what = owner.kind === 'vendor' ? 'a third party' : 'an AWS service';
  return {
    offset,
    label: owner.name,
    tooltip: `${account} is known as an account of ${owner.name}, ${what}.`,
  };
}
