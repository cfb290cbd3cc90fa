/** Identity providers that a document makes itself: `AWS::IAM::OIDCProvider`, `aws_iam_openid_connect_provider`. */
import type { Node, Tree } from '../../tree/tree.ts';
import { descendants, listOf, textOf, valueOf } from '../../tree/walk.ts';

const resourceType = 'AWS::IAM::OIDCProvider';
const blockType = 'aws_iam_openid_connect_provider';

/** A provider that a document makes. */
export interface DeclaredProvider {
  /** Without scheme. */
  readonly issuer: string;
  /** The audiences that its tokens may have. */
  readonly audiences: readonly string[];
}

/** The providers among the resources of a document, each once. */
export function providersDeclaredIn({ root }: Tree): readonly DeclaredProvider[] {
  const nodes = root ? [...descendants(root)] : [];
  const byIssuer = new Map(nodes.flatMap(providersIn).map((provider) => [provider.issuer, provider]));
  return [...byIssuer.values()];
}

function providersIn(node: Node): readonly DeclaredProvider[] {
  if (node.kind !== 'object') return [];
  if (textOf(valueOf(node, 'Type')) === resourceType) {
    const properties = valueOf(node, 'Properties');
    return provider(valueOf(properties, 'Url'), valueOf(properties, 'ClientIdList'));
  }
  const blocks = valueOf(node, blockType);
  return blocks
    ? [...descendants(blocks)].flatMap((each) =>
        provider(valueOf(each, 'url'), valueOf(each, 'client_id_list')),
      )
    : [];
}

function provider(url: Node | undefined, clients: Node | undefined): readonly DeclaredProvider[] {
  const scheme = 'https://';
  const text = textOf(url) ?? '';
  const issuer = text.startsWith(scheme) ? text.slice(scheme.length) : text;
  return issuer === ''
    ? []
    : [{ issuer, audiences: listOf(clients).flatMap((client) => textOf(client) ?? []) }];
}
