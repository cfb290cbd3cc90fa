/** Callers that a policy itself suggests: whom it names, with a request that meets the conditions of the statement. */
import type { WrittenCaller } from '../../evaluate/caller.ts';
import type { WrittenRequest } from '../../evaluate/request.ts';
import { literalText } from '../../policy/condition.ts';
import { actionFor } from '../../policy/fit.ts';
import { isUnknown } from '../../policy/known.ts';
import { writtenPartition } from '../../policy/partition.ts';
import type { Policy, Principal, Statement, Test } from '../../policy/policy.ts';
import { roleNameOf } from '../../policy/session.ts';
import { describeCaller } from '../explain/caller.ts';
import { asText } from '../explain/phrase.ts';
import type { Context } from './conversion.ts';

/** A caller to choose. */
export interface Suggestion {
  readonly label: string;
  /** The number of the statement that names it. */
  readonly statement: number;
  readonly request: WrittenRequest;
}

/** An account that nobody names: for policies that let in every account. */
const somebody = '999988887777';

/** The callers that the Allow statements of a policy name, each with what its statement asks for. */
export function suggestionsFor({ statements }: Policy): readonly Suggestion[] {
  const seen = new Set<string>();
  return statements
    .filter(({ effect }) => effect === 'Allow')
    .flatMap((statement) =>
      statement.principals.flatMap((principal): readonly Suggestion[] => {
        const caller = callerOf(principal);
        if (caller === undefined) return [];
        const request: WrittenRequest = {
          action: actionFor(principal) ?? 'sts:AssumeRole',
          principal: caller,
          context: contextFor(statement),
        };
        const same = JSON.stringify(request);
        if (seen.has(same)) return [];
        seen.add(same);
        return [{ label: asText(describeCaller(principal)), statement: statement.index, request }];
      }),
    );
}

/** A caller that a principal stands for; nothing where it is not known or names nobody. */
function callerOf(principal: Principal): WrittenCaller | undefined {
  if (isUnknown(principal.text)) return undefined;
  const partition = writtenPartition(principal) ?? 'aws';
  switch (principal.kind) {
    case 'anyone':
      return { type: 'AWS', arn: `arn:aws:iam::${somebody}:user/somebody` };
    case 'account':
      return principal.account === undefined
        ? undefined
        : { type: 'AWS', arn: `arn:${partition}:iam::${principal.account}:user/somebody` };
    case 'role':
      return principal.account === undefined
        ? undefined
        : {
            type: 'AWS',
            arn: `arn:${partition}:sts::${principal.account}:assumed-role/${roleNameOf(principal)}/session`,
            issuer: principal.text,
          };
    case 'user':
    case 'session':
    case 'federatedUser':
      return { type: 'AWS', arn: principal.text };
    case 'service':
      return { type: 'Service', value: principal.host };
    case 'oidc':
    case 'saml':
      return { type: 'Federated', value: principal.text };
    default:
      return undefined;
  }
}

/** A context that meets the conditions of a statement, as far as single values can be told. */
export function contextFor({ tests }: Statement): Context {
  const context: Context = {};
  for (const test of tests) {
    const value = valueFor(test);
    if (value === undefined || isUnknown(test.key)) continue;
    if (context[test.key] !== undefined && test.operator?.type === 'null') continue;
    context[test.key] = test.quantifier === undefined ? value : [value];
  }
  return context;
}

/** One value that a test lets through; nothing where a request does well without the key. */
function valueFor({ operator, values }: Test): string | undefined {
  const text = values.find((value) => !isUnknown(value.text))?.text;
  if (operator === undefined || operator.negated || text === undefined) return undefined;
  switch (operator.type) {
    case 'null':
      return text.toLowerCase() === 'false' ? 'value' : undefined;
    case 'ip':
      return text.split('/')[0];
    case 'numeric':
      return numberFor(operator.id, Number(text));
    case 'date':
      return operator.id === 'DateEquals' || operator.id.endsWith('ThanEquals') ? text : undefined;
    default:
      if (literalText(text) !== text) return undefined;
      return operator.wildcards ? text.replaceAll('*', '').replaceAll('?', 'x') || 'value' : text;
  }
}

function numberFor(operator: string, limit: number): string | undefined {
  if (Number.isNaN(limit)) return undefined;
  if (operator === 'NumericLessThan') return String(limit - 1);
  return String(operator === 'NumericGreaterThan' ? limit + 1 : limit);
}
