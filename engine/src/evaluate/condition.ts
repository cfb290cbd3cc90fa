/**
 * One condition key under one operator against the context of a request: what is the case, and why.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html
 */
import { conditionKeyNamed, type Operator } from '../catalog/catalog.ts';
import { allOf, anyOf, type Certainty, notOf } from '../policy/certainty.ts';
import { holdsIfAbsent } from '../policy/demand.ts';
import { isUnknown } from '../policy/known.ts';
import type { Test } from '../policy/policy.ts';
import { compare, type Comparing } from './compare.ts';
import type { AssumeRequest } from './request.ts';

/** Whether policy variables are filled in, which the version of the policy decides. */
export interface Language {
  readonly variables: Certainty;
}

/** Whether a test holds, and what of the request decides. */
export interface Held {
  readonly certainty: Certainty;
  readonly because: string;
}

type Context = AssumeRequest['context'];

/** Whether a request meets a test. */
export function holds(test: Test, context: Context, { variables }: Language): Held {
  const { operator, operatorText, key } = test;
  if (isUnknown(key)) return { certainty: 'maybe', because: 'the key is not known' };
  if (operator === undefined) {
    return isUnknown(operatorText) || operatorText === ''
      ? { certainty: 'maybe', because: 'the operator is not known' }
      : { certainty: 'no', because: `IAM has no operator ${operatorText}` };
  }
  if (operator.type === 'null') return nullHolds(test, context);
  const given = context.get(key.toLowerCase()) ?? [];
  if (given.length === 0) return absent(test);
  if (variables !== 'maybe' || !test.values.some(({ text }) => text.includes('${')))
    return present(test, operator, given, { context, variables: variables === 'yes' });
  const [filled, literal] = [true, false].map((known) =>
    present(test, operator, given, { context, variables: known }),
  );
  if (filled !== undefined && filled.certainty === literal?.certainty) return filled;
  return { certainty: 'maybe', because: 'the version of the policy decides whether variables are filled in' };
}

/** `"Null": {key: "true"}` asks for requests without the key; with a set prefix it asks nothing of the request. */
function nullHolds({ quantifier, ifExists, values, key, open }: Test, context: Context): Held {
  if (ifExists) return { certainty: 'no', because: 'IAM has no operator NullIfExists' };
  if (quantifier !== undefined) {
    const always = quantifier === 'ForAllValues';
    return {
      certainty: always ? 'yes' : 'no',
      because: `${quantifier}:Null is ${always ? 'always' : 'never'} met`,
    };
  }
  const isAbsent = (context.get(key.toLowerCase()) ?? []).length === 0;
  const wanted = values.map(({ text }): Certainty => {
    if (isUnknown(text)) return 'maybe';
    return text.toLowerCase() === String(isAbsent) ? 'yes' : 'no';
  });
  return {
    certainty: anyOf(open ? [...wanted, 'maybe'] : wanted),
    because: isAbsent ? 'the request has no such key' : 'the request has the key',
  };
}

/** What an absent key means, and what of the test makes it hold. */
function absent(test: Test): Held {
  const because = 'the request has no such key';
  if (!holdsIfAbsent(test)) return { certainty: 'no', because };
  if (test.quantifier !== undefined)
    return { certainty: 'yes', because: `${because}, so none of its values differs` };
  const taker = test.ifExists ? 'IfExists' : 'a negated operator';
  return { certainty: 'yes', because: `${because}, which ${taker} takes for met` };
}

interface Surroundings {
  readonly context: Context;
  readonly variables: boolean;
}

function present(test: Test, operator: Operator, given: readonly string[], around: Surroundings): Held {
  const how: Comparing = {
    variables: around.variables,
    valueOf: (key) => variableValue(key, around.context),
  };
  const each = given.map((text): Certainty => {
    const named = test.values.map((value) => compare(operator, value.text, text, how));
    const among = anyOf(test.open ? [...named, 'maybe'] : named);
    return operator.negated ? notOf(among) : among;
  });
  const because = `the request has ${given.map((text) => `"${text}"`).join(', ')}`;
  if (test.quantifier === 'ForAnyValue') return { certainty: anyOf(each), because };
  if (test.quantifier === 'ForAllValues') {
    // AWS takes a lone empty text for no value at all.
    return given.every((text) => text === '')
      ? { certainty: 'yes', because }
      : { certainty: allOf(each), because };
  }
  const [all, any] = [allOf(each), anyOf(each)];
  if (all === any) return { certainty: all, because };
  return {
    certainty: 'maybe',
    because: `${because}, and AWS does not say how several values compare without ForAnyValue or ForAllValues`,
  };
}

/** The value of a variable: only keys with a single value can be one. */
function variableValue(key: string, context: Context): string | undefined {
  if (conditionKeyNamed(key)?.multivalued === true) return undefined;
  const values = context.get(key.toLowerCase()) ?? [];
  return values.length === 1 ? values[0] : undefined;
}
