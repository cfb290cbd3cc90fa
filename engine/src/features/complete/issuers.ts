/** Identity providers that a document makes itself: `AWS::IAM::OIDCProvider`, `aws_iam_openid_connect_provider`. */
import type { Node, Tree } from '../../tree/tree.ts';
import { descendants, textOf, valueOf } from '../../tree/walk.ts';

const resourceType = 'AWS::IAM::OIDCProvider';
const blockType = 'aws_iam_openid_connect_provider';

/** The issuers, without scheme, of the providers among the resources of a document. */
export function issuersDeclaredIn({ root }: Tree): readonly string[] {
  const nodes = root ? [...descendants(root)] : [];
  return [
    ...new Set(
      nodes
        .flatMap(urlsIn)
        .map(withoutScheme)
        .filter((issuer) => issuer !== ''),
    ),
  ];
}

function urlsIn(node: Node): readonly string[] {
  if (node.kind !== 'object') return [];
  if (textOf(valueOf(node, 'Type')) === resourceType)
    return [textOf(valueOf(valueOf(node, 'Properties'), 'Url')) ?? ''];
  const blocks = valueOf(node, blockType);
  return blocks ? [...descendants(blocks)].map((each) => textOf(valueOf(each, 'url')) ?? '') : [];
}

function withoutScheme(url: string): string {
  const scheme = 'https://';
  return url.startsWith(scheme) ? url.slice(scheme.length) : url;
}
