/**
 * What the members of a policy are called in `data "aws_iam_policy_document"`.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */

/** Arguments of the document, and the elements that they are. */
export const policyArguments: Readonly<Record<string, string>> = { version: 'Version', policy_id: 'Id' };

/** Arguments of a statement. */
export const statementArguments: Readonly<Record<string, string>> = {
  sid: 'Sid',
  effect: 'Effect',
  actions: 'Action',
  not_actions: 'NotAction',
  resources: 'Resource',
  not_resources: 'NotResource',
};

/** Blocks of a statement. */
export const principalBlocks: Readonly<Record<string, string>> = {
  principals: 'Principal',
  not_principals: 'NotPrincipal',
};

/** The block of a statement that holds one test. */
export const conditionBlock = { name: 'condition', element: 'Condition' } as const;

/** Arguments whose value is always a list. */
export const listArguments: ReadonlySet<string> = new Set([
  'actions',
  'not_actions',
  'resources',
  'not_resources',
  'identifiers',
  'values',
]);

/** Arguments that bring in statements which are written elsewhere. */
export const otherDocuments = [
  'source_policy_documents',
  'override_policy_documents',
  'source_json',
  'override_json',
] as const;

/** The argument or block for an element of a policy or a statement. */
export function termFor(element: string): { readonly name: string; readonly isBlock: boolean } | undefined {
  const all = { ...policyArguments, ...statementArguments };
  const argument = Object.keys(all).find((name) => all[name] === element);
  if (argument !== undefined) return { name: argument, isBlock: false };
  const blocks = {
    ...principalBlocks,
    [conditionBlock.name]: conditionBlock.element,
    statement: 'Statement',
  };
  const block = Object.entries(blocks).find(([, name]) => name === element)?.[0];
  return block === undefined ? undefined : { name: block, isBlock: true };
}
