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

/** What an element of a policy or of a statement is called, and where that stands. */
export interface Term {
  readonly name: string;
  readonly isBlock: boolean;
  readonly of: 'policy' | 'statement';
}

/** The argument or block for an element; nothing for names that are no elements. */
export function termFor(element: string): Term | undefined {
  return (
    termIn(policyArguments, element, { isBlock: false, of: 'policy' }) ??
    termIn({ statement: 'Statement' }, element, { isBlock: true, of: 'policy' }) ??
    termIn(statementArguments, element, { isBlock: false, of: 'statement' }) ??
    termIn(principalBlocks, element, { isBlock: true, of: 'statement' }) ??
    termIn({ [conditionBlock.name]: conditionBlock.element }, element, { isBlock: true, of: 'statement' })
  );
}

function termIn(
  names: Readonly<Record<string, string>>,
  element: string,
  rest: Omit<Term, 'name'>,
): Term | undefined {
  const name = Object.keys(names).find((each) => names[each] === element);
  return name === undefined ? undefined : { name, ...rest };
}
