/** The service accounts in manifests of Kubernetes, as subjects of the tokens that pods get. */
import { yaml } from '../../syntax/yaml.ts';
import type { Node } from '../../tree/tree.ts';
import { textOf, valueOf } from '../../tree/walk.ts';

/** A service account; without a namespace where the manifests leave it to whoever applies them. */
export interface ServiceAccount {
  readonly namespace?: string;
  readonly name: string;
}

interface Manifest {
  readonly path: string;
  readonly text: string;
}

/** The service accounts, those that name a role for themselves first; each once. */
export function serviceAccountsIn(manifests: readonly Manifest[]): readonly ServiceAccount[] {
  const documents = manifests.flatMap(({ path, text }) =>
    documentsIn(text).map((root) => ({ folder: folderOf(path), root })),
  );
  const namespaces = new Map(
    documents
      .filter(({ root }) => textOf(valueOf(root, 'kind')) === 'Kustomization')
      .map(({ folder, root }) => [folder, nameIn(valueOf(root, 'namespace'))]),
  );
  const found = documents
    .filter(({ root }) => textOf(valueOf(root, 'kind')) === 'ServiceAccount')
    .flatMap(({ folder, root }) => accountIn(root, namespaces.get(folder)));
  const sorted = [...found].sort((a, b) => Number(b.hasRole) - Number(a.hasRole));
  const byKey = new Map(sorted.map(({ account }) => [`${account.namespace ?? ''}/${account.name}`, account]));
  return [...byKey.values()];
}

interface Found {
  readonly account: ServiceAccount;
  readonly hasRole: boolean;
}

function accountIn(root: Node, fallback: string | undefined): readonly Found[] {
  const metadata = valueOf(root, 'metadata');
  const name = nameIn(valueOf(metadata, 'name'));
  if (name === undefined) return [];
  const namespace = nameIn(valueOf(metadata, 'namespace')) ?? fallback;
  const hasRole = valueOf(valueOf(metadata, 'annotations'), 'eks.amazonaws.com/role-arn') !== undefined;
  return [{ account: { name, ...(namespace !== undefined && { namespace }) }, hasRole }];
}

/** The documents of a stream, which stand between lines of three hyphens. */
function documentsIn(text: string): readonly Node[] {
  const parts: string[][] = [[]];
  for (const line of text.split('\n')) {
    if (line.startsWith('---')) parts.push([]);
    else parts.at(-1)?.push(line);
  }
  return parts
    .map((lines) => lines.join('\n'))
    .filter((part) => part.includes('ServiceAccount') || part.includes('Kustomization'))
    .flatMap((part) => yaml.parse(part).root ?? []);
}

const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);

/** A name as Kubernetes allows it, so nothing that a template still has to fill in. */
function nameIn(node: Node | undefined): string | undefined {
  const name = textOf(node) ?? '';
  const isPlain = (character: string): boolean =>
    (character >= 'a' && character <= 'z') ||
    (character >= '0' && character <= '9') ||
    '-.'.includes(character);
  return name !== '' && Array.from(name).every(isPlain) ? name : undefined;
}
