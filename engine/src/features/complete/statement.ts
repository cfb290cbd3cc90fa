/** Whole statements: one for each family of callers, ready for its principal, and those of the templates. */
import type { TrustActionName } from '../../catalog/catalog.ts';
import { type Template, templates } from '../../catalog/templates.ts';
import type { PrincipalType } from '../../policy/policy.ts';
import type { Entry } from '../../syntax/syntax.ts';
import type { JsonValue } from '../../tree/walk.ts';
import { link, paragraphs, prose } from '../markdown.ts';
import type { Place } from '../place.ts';
import { statementsOf } from '../templates/policy.ts';
import { blank, type Suggestion } from './suggestion.ts';

/** A statement that allows a principal; without an action where that depends on the principal. */
export const statementFrom = (principal: JsonValue, action: string = blank): JsonValue => ({
  Effect: 'Allow',
  Principal: principal,
  Action: action,
});

interface Family {
  readonly label: string;
  readonly type: PrincipalType;
  readonly action: TrustActionName;
}

const families: readonly Family[] = [
  { label: 'Allow an AWS service', type: 'Service', action: 'sts:AssumeRole' },
  { label: 'Allow an AWS account, role or user', type: 'AWS', action: 'sts:AssumeRole' },
  { label: 'Allow an OIDC provider', type: 'Federated', action: 'sts:AssumeRoleWithWebIdentity' },
  { label: 'Allow a SAML provider', type: 'Federated', action: 'sts:AssumeRoleWithSAML' },
];

export function* completeStatement({ slot }: Place<'statement'>): Iterable<Suggestion> {
  for (const { label, type, action } of families) {
    const statement = statementFrom({ [type]: blank }, action);
    const value = slot.kind === 'item' ? statement : [statement];
    yield { label, entry: { value }, detail: action, retrigger: true };
  }
  yield* completeTemplate((statements) =>
    slot.kind === 'value' ? { value: statements } : { value: statements[0] ?? [] },
  );
}

/** The templates of trust policies. A list takes one item at a time, so it is offered those of one statement. */
export function* completeTemplate(
  entryOf: (statements: readonly JsonValue[]) => Entry,
): Generator<Suggestion> {
  for (const template of templates()) {
    if (template.kind === 'identity' || template.statements.length > 1) continue;
    yield {
      label: template.title,
      entry: entryOf(statementsOf(template)),
      detail: template.family,
      doc: docOf(template),
      words: [template.family, ...template.prefixes],
    };
  }
}

const docOf = ({ description, when, links }: Template): string =>
  paragraphs(
    prose(description),
    prose(when),
    ...links.map((url) => link(url.includes('amazon') ? 'AWS documentation' : 'Documentation', url)),
  );
