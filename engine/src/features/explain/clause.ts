/**
 * One condition in words, exactly: what is compared, with what, and what becomes of a request that does not carry the
 * key. Values of one key are alternatives; keys and operators all have to hold.
 */
import type { Operator } from '../../catalog/catalog.ts';
import { holdsIfAbsent } from '../../policy/demand.ts';
import { isUnknown } from '../../policy/known.ts';
import { claimTest } from '../../policy/oidc.ts';
import type { Quantifier, Statement, Test, TestValue } from '../../policy/policy.ts';
import type { Span } from '../../text/span.ts';
import { hasWildcard } from '../../text/glob.ts';
import type { Node } from '../../tree/tree.ts';
import { listOf } from '../../tree/walk.ts';
import { keyItself, subjectOfKey } from './key-words.ts';
import { asPlain, joined, listed, type Phrase, verbatim } from './phrase.ts';
import { describeSubject } from './subject.ts';
import { speak, spokenOf, valueOfExpression } from './unknown.ts';

/** A condition as data, and in words. */
export interface Clause {
  readonly key: string;
  /** As written, with quantifier and `IfExists`. */
  readonly operator: string;
  readonly quantifier?: Quantifier;
  readonly values: readonly string[];
  /** Whether a request without the key meets it. */
  readonly ifAbsent: boolean;
  /** Whether all of it is known, so that it can be decided for every request. */
  readonly known: boolean;
  readonly phrase: Phrase;
  /** Whether the words hold an "or", so that they have to be kept apart from those of other conditions. */
  readonly compound: boolean;
  readonly span: Span;
}

/** What the words depend on besides the test. */
export interface Surroundings {
  /** The issuers that the statement trusts, in lower case. */
  readonly issuers: readonly string[];
  /** Whether the version of the policy has policy variables. */
  readonly variables: boolean;
}

/** The conditions of a statement, in the order of the text. */
export const clausesOf = ({ tests, principals }: Statement, variables: boolean): readonly Clause[] => {
  const issuers = principals.flatMap((each) => (each.kind === 'oidc' ? [each.issuer.toLowerCase()] : []));
  return tests.map((test) => clauseOf(test, { issuers, variables }));
};

function clauseOf(test: Test, surroundings: Surroundings): Clause {
  const { key, operatorText, operator, quantifier, values, member, open } = test;
  const { phrase, compound } = wordsOf(test, surroundings);
  return {
    key: asPlain(keyItself(test)),
    operator: operatorText,
    ...(quantifier && { quantifier }),
    values: values.map(({ text, node }) => asPlain(speak(spokenOf(text, node, 'value')))),
    ifAbsent: holdsIfAbsent(test),
    known: operator !== undefined && !open && !isUnknown(key) && values.every(({ text }) => !isUnknown(text)),
    phrase,
    compound,
    span: member.span,
  };
}

interface Words {
  readonly phrase: Phrase;
  readonly compound: boolean;
}

function wordsOf(test: Test, surroundings: Surroundings): Words {
  const { operator } = test;
  if (operator === undefined || (operator.type === 'null' && test.ifExists))
    return simple([
      ...keyItself(test),
      ' passes ',
      verbatim(test.operatorText),
      ', an operator that IAM does not have',
    ]);
  if (operator.type === 'null') return simple(presence(test));
  const { subject, each } = subjectOfKey(test, surroundings.issuers);
  const { phrase: compared, compound } = comparison(test, operator, surroundings);
  const silence = silenceOf(test);
  const isCompound = compound || silence.length > 0;
  if (test.quantifier === undefined)
    return {
      phrase: [...(boolean(test) ?? [...subject, ' ', ...compared]), ...silence],
      compound: isCompound,
    };
  const quantified = test.quantifier === 'ForAllValues' ? 'every ' : 'at least one ';
  return { phrase: [quantified, ...each, ' ', ...compared, ...silence], compound: isCompound };
}

const simple = (phrase: Phrase): Words => ({ phrase, compound: false });

/** What is said of requests that do not carry the key: nothing where that is what everybody expects. */
function silenceOf(test: Test): Phrase {
  if (!holdsIfAbsent(test)) return [];
  return [test.quantifier === undefined ? ', or the request does not say' : ', or the request has none'];
}

function presence(test: Test): Phrase {
  if (test.quantifier !== undefined)
    return [
      'the test of ',
      ...keyItself(test),
      ' by ',
      verbatim(test.operatorText),
      ` is met, which it ${test.quantifier === 'ForAllValues' ? 'always' : 'never'} is`,
    ];
  const texts = new Set(test.values.map(({ text }) => text.toLowerCase()));
  if (test.open || [...texts].some(isUnknown) || texts.size !== 1)
    return ['the request carries or lacks ', ...keyItself(test), ', as the value of the test says'];
  return [texts.has('true') ? 'the request does not carry ' : 'the request carries ', ...keyItself(test)];
}

/** Yes-or-no keys that have words of their own. */
const booleans = new Map<string, Readonly<Record<'true' | 'false', string>>>(
  Object.entries({
    'aws:multifactorauthpresent': {
      true: 'it signed in with MFA',
      false: 'it signed in without MFA',
    },
    'aws:securetransport': { true: 'the call uses TLS', false: 'the call does not use TLS' },
    'aws:viaawsservice': {
      true: 'a service makes the call for it',
      false: 'it makes the call itself, not a service for it',
    },
    'aws:principalisawsservice': { true: 'it is an AWS service', false: 'it is not an AWS service' },
  }),
);

function boolean({ operator, key, values, open }: Test): Phrase | undefined {
  const [value, ...more] = values;
  if (operator?.type !== 'bool' || open || value === undefined || more.length > 0) return undefined;
  const text = value.text.toLowerCase();
  const words = booleans.get(key.toLowerCase());
  return words !== undefined && (text === 'true' || text === 'false') ? [words[text]] : undefined;
}

/** What is said of the values: `is a or b`, `is like c`, `is none of a, b`. */
function comparison(test: Test, operator: Operator, surroundings: Surroundings): Words {
  if (test.values.length === 0 && !test.open)
    return simple([operator.negated ? 'is anything' : 'is one of an empty list (nothing is)']);
  const { plain, like } = valuesIn(test, operator, surroundings.variables);
  const all = [...plain, ...like];
  const inside = operator.type === 'ip' ? 'in ' : '';
  if (operator.negated) return { phrase: isNone(all, inside, like.length > 0), compound: all.length > 1 };
  const verb = `is ${inside}${boundOf(operator)}`;
  const same: readonly Phrase[] = plain.length > 0 ? [[verb, ...listed(plain, 'or')]] : [];
  const groups = [...same, ...like.map((phrase): Phrase => ['is ', ...phrase])];
  return { phrase: joined(groups, ', or '), compound: groups.length > 1 };
}

/** None of the values: `is not a`, `is none of a, b`, `is neither a nor like b`. */
function isNone(all: readonly Phrase[], inside: string, patterns: boolean): Phrase {
  if (all.length < 2) return [`is not ${inside}`, ...all.flat()];
  return patterns
    ? [`is ${inside}neither `, ...listed(all, 'nor')]
    : [`is ${inside}none of `, ...joined(all, ', ')];
}

/** The values as alternatives: those that are compared as they are, and patterns. */
interface Alternatives {
  readonly plain: readonly Phrase[];
  readonly like: readonly Phrase[];
}

function valuesIn(test: Test, operator: Operator | undefined, variables: boolean): Alternatives {
  const words = test.values.map((value) => describeValue(value, test, operator, variables));
  const missing = expressionsIn(test).map(valueOfExpression);
  return {
    plain: [...words.flatMap(({ phrase, kind }) => (kind === 'plain' ? [phrase] : [])), ...missing],
    like: words.flatMap(({ phrase, kind }) => (kind === 'like' ? [phrase] : [])),
  };
}

const expressionsIn = ({ member }: Test): readonly string[] =>
  listOf(member.value).flatMap((node: Node) => (node.kind === 'opaque' ? [node.text] : []));

const numeric: Readonly<Record<string, string>> = {
  GreaterThan: 'more than ',
  GreaterThanEquals: 'at least ',
  LessThan: 'less than ',
  LessThanEquals: 'at most ',
};
const dates: Readonly<Record<string, string>> = {
  GreaterThan: 'after ',
  GreaterThanEquals: 'at or after ',
  LessThan: 'before ',
  LessThanEquals: 'at or before ',
};

/** What comes between the verb and a number or a time. */
function boundOf({ id, type }: Operator): string {
  if (type === 'numeric') return numeric[id.slice('Numeric'.length)] ?? '';
  return type === 'date' ? (dates[id.slice('Date'.length)] ?? '') : '';
}

interface ValueWords {
  readonly kind: 'plain' | 'like';
  readonly phrase: Phrase;
}

function describeValue(
  { text, node }: TestValue,
  test: Test,
  operator: Operator | undefined,
  variables: boolean,
): ValueWords {
  const variable = variables && operator?.variables === true ? variableIn(text) : undefined;
  if (variable !== undefined)
    return { kind: 'plain', phrase: ['what the request carries as ', verbatim(variable)] };
  const spoken = speak(spokenOf(text, node, 'value'));
  const wildcards = operator?.wildcards === true && hasWildcard(text);
  const words: Phrase = [...spoken, ...anyCase(operator), ...apart(text, test, wildcards)];
  if (!wildcards) return { kind: 'plain', phrase: words };
  return { kind: 'like', phrase: text === '*' ? ['anything'] : ['like ', ...words] };
}

const anyCase = (operator: Operator | undefined): Phrase =>
  operator?.id.endsWith('IgnoreCase') === true ? [' in upper or lower case'] : [];

/** The name of the policy variable that a text consists of. */
function variableIn(text: string): string | undefined {
  if (!text.startsWith('${') || text.indexOf('}') !== text.length - 1) return undefined;
  const name = text.slice(2, -1);
  return name.includes(':') && !name.includes(',') ? name.trim() : undefined;
}

/** What the parts of a subject are, in brackets behind it. */
function apart(text: string, test: Test, wildcards: boolean): Phrase {
  const claim = claimTest(test);
  if (claim?.claim.toLowerCase() !== 'sub' || isUnknown(text)) return [];
  const parts = describeSubject(text, claim.issuer, wildcards);
  return parts ? [' (', ...parts, ')'] : [];
}
