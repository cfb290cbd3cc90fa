/** The outline: each policy, and in it each statement by its effect and its principals. */
import type { Principal, Statement } from '../policy/policy.ts';
import { isUnknown } from '../policy/known.ts';
import type { Span } from '../text/span.ts';
import { memberOf } from '../tree/walk.ts';
import { policyAsWritten } from './as-written.ts';
import type { Document, Region } from './document.ts';

export interface PolicySymbol {
  readonly kind: 'policy' | 'statement';
  readonly name: string;
  readonly detail?: string;
  readonly span: Span;
  /** What is selected when the symbol is gone to; lies in the span. */
  readonly selection: Span;
  readonly children: readonly PolicySymbol[];
}

/** The policies of a document and their statements. */
export const symbolsOf = ({ regions }: Document): readonly PolicySymbol[] => regions.map(ofRegion);

function ofRegion(region: Region): PolicySymbol {
  const { node, label } = region;
  const { statements } = policyAsWritten(region);
  const key = node.kind === 'object' ? node.members[0]?.key.span : undefined;
  return {
    kind: 'policy',
    name: shortened(label ?? '') || 'Trust policy',
    span: node.span,
    selection: key ?? node.span,
    children: statements.map(ofStatement),
  };
}

function ofStatement(statement: Statement): PolicySymbol {
  const { node, sid, effect = 'Statement' } = statement;
  return {
    kind: 'statement',
    name: shortened(`${effect} ${whom(statement)}`.trim()),
    ...(sid !== undefined && sid !== '' && { detail: shortened(sid) }),
    span: node.span,
    selection: node.members[0]?.key.span ?? node.span,
    children: [],
  };
}

function whom({ principals, node }: Statement): string {
  const [first, second, ...others] = principals.map(nameOf);
  if (first === undefined) return memberOf(node, 'NotPrincipal') ? 'all but some' : '';
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return (second === undefined ? first : `${first}, ${second}`) + more;
}

function nameOf(principal: Principal): string {
  switch (principal.kind) {
    case 'anyone':
      return 'everyone';
    case 'account':
      return `account ${principal.account ?? ''}`.trim();
    case 'role':
    case 'user':
    case 'session':
      return `${principal.kind} ${principal.name}`;
    case 'federatedUser':
      return `user ${principal.name}`;
    case 'oidc':
      return principal.provider?.name ?? principal.issuer;
    case 'saml':
      return `SAML ${principal.name}`;
    default:
      return principal.text;
  }
}

const longest = 80;

/** One line of plain text for an outline. */
function shortened(text: string): string {
  const plain = Array.from(text, (character) =>
    isUnknown(character) ? '…' : character < ' ' ? ' ' : character,
  );
  return (plain.length > longest ? [...plain.slice(0, longest - 1), '…'] : plain).join('').trim();
}
