/**
 * Trust tests as written: a YAML file with a policy and the calls that it must let in, or keep out. What is not understood
 * is a problem with a place; nothing throws.
 */
import { trustActions } from '../../catalog/catalog.ts';
import type { WrittenCaller } from '../../evaluate/caller.ts';
import { isServiceHost } from '../../catalog/catalog.ts';
import type { Reason } from '../../evaluate/evaluate.ts';
import { yaml } from '../../syntax/yaml.ts';
import type { Span } from '../../text/span.ts';
import type { Node, ObjectNode } from '../../tree/tree.ts';
import { keyText, listOf, memberOf, plainValue, textOf, valueOf } from '../../tree/walk.ts';
import { caseKeys, reasons, suiteKeys } from './vocabulary.ts';

/** Something in a file of tests that is not understood. */
export interface TestProblem {
  readonly message: string;
  readonly span: Span;
}

/** A call and what is expected of the policy. */
export interface TestCase {
  readonly name: string;
  readonly expect: 'allow' | 'deny';
  readonly call: TestCall;
  /** Why it is kept out, where that matters. */
  readonly reason?: Reason;
  readonly span: Span;
}

export type TestCall =
  | {
      readonly kind: 'caller';
      readonly caller: WrittenCaller;
      readonly action?: string | readonly string[];
      readonly context: Readonly<Record<string, string | readonly string[]>>;
    }
  | { readonly kind: 'token'; readonly text: string };

/** The tests of one policy. */
export interface TestSuite {
  /** The path of the file with the policy, relative to that of the tests. */
  readonly policy: string;
  /** The role that is meant where the file has several. */
  readonly role?: string;
  readonly roleAccount?: string;
  readonly cases: readonly TestCase[];
  readonly span: Span;
}

export interface TestFile {
  readonly suites: readonly TestSuite[];
  readonly problems: readonly TestProblem[];
}

/** Reads a file of tests. */
export function readTestFile(text: string): TestFile {
  const problems: TestProblem[] = [];
  const report: Report = (message, { span }) => problems.push({ message, span });
  const { root, problems: broken } = yaml.parse(text);
  problems.push(...broken.map(({ message, span }) => ({ message: `The YAML is broken: ${message}.`, span })));
  const nodes = root === undefined ? [] : listOf(root);
  const suites = nodes.flatMap((node) => suiteIn(node, report));
  return { suites, problems };
}

type Report = (message: string, at: { readonly span: Span }) => void;

function suiteIn(node: Node, report: Report): readonly TestSuite[] {
  if (node.kind !== 'object') {
    report('Tests are an object with policy, allow and deny, or a list of such objects.', node);
    return [];
  }
  reportStrangers(node, suiteKeys, report);
  const policy = wordIn(node, 'policy');
  if (policy === undefined) {
    report('Name the file of the policy: "policy: trust-policy.json".', node.members[0]?.key ?? node);
    return [];
  }
  const role = wordIn(node, 'role');
  const roleAccount = wordIn(node, 'roleAccount');
  const cases = (['allow', 'deny'] as const).flatMap((expect) =>
    listOf(valueOf(node, expect)).flatMap((item) => caseIn(item, expect, report)),
  );
  return [
    {
      policy,
      ...(role !== undefined && { role }),
      ...(roleAccount !== undefined && { roleAccount }),
      cases,
      span: memberOf(node, 'policy')?.span ?? node.span,
    },
  ];
}

function reportStrangers(node: ObjectNode, keys: readonly string[], report: Report): void {
  for (const { key } of node.members)
    if (!keys.includes(keyText(key)))
      report(`There is no "${keyText(key)}" here, but ${keys.join(', ')}.`, key);
}

/** A text, also one that YAML would read as a number. */
function wordIn(node: Node, name: string): string | undefined {
  const value = valueOf(node, name);
  return value?.kind === 'number' ? value.text : textOf(value);
}

function caseIn(node: Node, expect: TestCase['expect'], report: Report): readonly TestCase[] {
  const text = textOf(node);
  if (text !== undefined) return build({ callerText: text, expect, node, report });
  if (node.kind !== 'object') {
    report('A case is a caller, or an object with caller, action and context.', node);
    return [];
  }
  reportStrangers(node, caseKeys, report);
  const reason = reasonIn(node, report);
  const name = wordIn(node, 'name');
  const token = valueOf(node, 'token');
  const base = { expect, span: node.span, ...(reason !== undefined && { reason }) };
  if (token) {
    const claims = plainValue(token);
    const call: TestCall = {
      kind: 'token',
      text: typeof claims === 'string' ? claims : JSON.stringify(claims ?? null),
    };
    return [{ ...base, name: name ?? `token ${wordIn(token, 'sub') ?? ''}`.trim(), call }];
  }
  const caller = valueOf(node, 'caller');
  const callerText = textOf(caller) ?? (caller && wordIn(caller, 'arn'));
  if (callerText === undefined) {
    report(
      'Say who calls: "caller: arn:aws:iam::111122223333:user/alice", or a token.',
      node.members[0]?.key ?? node,
    );
    return [];
  }
  const issuer = caller && wordIn(caller, 'issuer');
  return build({ callerText, expect, node, report, ...(issuer !== undefined && { issuer }) }).map((each) => ({
    ...each,
    ...base,
    ...(name !== undefined && { name }),
  }));
}

interface Written {
  readonly callerText: string;
  readonly issuer?: string;
  readonly expect: TestCase['expect'];
  readonly node: Node;
  readonly report: Report;
}

function build({ callerText, issuer, expect, node, report }: Written): readonly TestCase[] {
  const action = actionIn(node, report);
  const context = contextIn(valueOf(node, 'context'), report);
  const call: TestCall = {
    kind: 'caller',
    caller: callerOf(callerText, issuer),
    context,
    ...(action !== undefined && { action }),
  };
  return [{ name: callerText, expect, call, span: node.span }];
}

/** Which kind of caller a text is: providers and hosts are told by their form. */
function callerOf(text: string, issuer: string | undefined): WrittenCaller {
  if (text.includes(':oidc-provider/') || text.includes(':saml-provider/'))
    return { type: 'Federated', value: text };
  if (text.startsWith('arn:')) return { type: 'AWS', arn: text, ...(issuer !== undefined && { issuer }) };
  return {
    type: isServiceHost(text) && !text.startsWith('cognito-identity.') ? 'Service' : 'Federated',
    value: text,
  };
}

function actionIn(node: Node, report: Report): string | readonly string[] | undefined {
  const value = valueOf(node, 'action');
  if (value === undefined) return undefined;
  const names = listOf(value).flatMap((item) => textOf(item) ?? []);
  const strange = names.find((name) => !trustActions().some(({ id }) => id === name));
  if (strange !== undefined || names.length === 0)
    report(
      `The action is one of ${trustActions()
        .map(({ id }) => id)
        .join(', ')}.`,
      value,
    );
  return names.length === 1 ? names[0] : names;
}

function contextIn(
  node: Node | undefined,
  report: Report,
): Readonly<Record<string, string | readonly string[]>> {
  if (node === undefined) return {};
  if (node.kind !== 'object') {
    report('The context is an object of condition keys, each with a text or a list of texts.', node);
    return {};
  }
  return Object.fromEntries(
    node.members.map(({ key, value }) => {
      const texts = listOf(value).flatMap((item) => plainText(item) ?? []);
      return [keyText(key), value?.kind === 'array' ? texts : (texts[0] ?? '')] as const;
    }),
  );
}

function plainText(node: Node): string | undefined {
  if (node.kind === 'number') return node.text;
  return node.kind === 'boolean' ? String(node.value) : textOf(node);
}

const isReason = (text: string | undefined): text is Reason => reasons.some((reason) => reason === text);

function reasonIn(node: ObjectNode, report: Report): Reason | undefined {
  const value = valueOf(node, 'reason');
  const text = textOf(value);
  if (value && !isReason(text)) report(`The reason is one of ${reasons.join(', ')}.`, value);
  return isReason(text) ? text : undefined;
}
