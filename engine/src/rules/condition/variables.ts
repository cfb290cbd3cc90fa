/** Policy variables that IAM does not fill in: malformed, unknown, or where and when it fills in none. */
import { conditionKeyMeant, conditionKeyNamed } from '../../catalog/catalog.ts';
import { replaceValue } from '../../policy/amend.ts';
import { isUnknown } from '../../policy/known.ts';
import type { Policy, Test, TestValue } from '../../policy/policy.ts';
import { isContextKey, type Variable, variablesIn } from '../../policy/variable.ts';
import { type Change, placeholder } from '../../tree/change.ts';
import type { Node } from '../../tree/tree.ts';
import { textOf, valueOf } from '../../tree/walk.ts';
import { defineRule, fix } from '../rule.ts';
import { nameOf } from '../statements.ts';

interface Found {
  readonly test: Test;
  readonly value: TestValue;
  readonly variable: Variable;
}

/** The variables in the values of conditions. */
const foundIn = ({ statements }: Policy): readonly Found[] =>
  statements
    .flatMap(({ tests }) => tests)
    .flatMap((test) =>
      test.values
        .filter(({ node }) => node.kind === 'string')
        .flatMap((value) => variablesIn(value.text).map((variable) => ({ test, value, variable }))),
    );

const isKey = ({ name, fault }: Variable): boolean =>
  fault === undefined && conditionKeyNamed(name) !== undefined;

/** The text with something else where a variable stands. */
const replaced = (text: string, { start, end }: Variable, by: string): string =>
  text.slice(0, start) + by + text.slice(end);

/** Nothing where a part of the text is not known, so that it could not be written again. */
function replacing(node: Node, variable: Variable, by: string | undefined): readonly Change[] | undefined {
  const text = textOf(node);
  return text === undefined || by === undefined
    ? undefined
    : replaceValue(node, replaced(text, variable, by));
}

const toFillIn = ({ name }: Variable): string =>
  // GitHub's own variable of that name has the owner in it.
  name === 'GITHUB_REPOSITORY'
    ? `${placeholder('OWNER')}/${placeholder('REPOSITORY')}`
    : placeholder(inCapitals(name.replace(/^.*:/, '')) || 'VALUE');

const inCapitals = (name: string): string =>
  name
    .replace(/([a-z\d])(?=[A-Z])/g, '$1_')
    .replace(/\W+/g, '_')
    .replace(/^_|_$/g, '')
    .toUpperCase();

/** Other languages have variables with other rules: only what names a key of IAM is a slip. */
function isMeantForIam({ name, fault }: Variable): boolean {
  const [, repaired] = /^\$\{([^,}]+)/.exec(fault?.repaired ?? '') ?? [];
  return fault?.kind === 'empty' || conditionKeyNamed(repaired ?? name) !== undefined;
}

const faultTexts = {
  brace: 'is not closed by a brace',
  empty: 'has no name',
  space: 'has blanks in its name',
  quote: 'has a default that is not in single quotes',
} as const;

export const rules = [
  defineRule({
    id: 'invalid-policy-variable',
    category: 'condition',
    severity: 'error',
    when: ['value variable'],
    *check(policy) {
      for (const { value, variable } of foundIn(policy)) {
        const { fault, text } = variable;
        if (fault === undefined || !isMeantForIam(variable)) continue;
        yield {
          at: value.node,
          message: `The policy variable ${text} ${faultTexts[fault.kind]}, so IAM does not fill it in. Write it like \${aws:username} or \${aws:username, 'nobody'}.`,
          fixes: [
            ...fix(`Change to ${fault.repaired ?? ''}`, replacing(value.node, variable, fault.repaired)),
            ...(fault.kind === 'empty'
              ? fix('Write the value', replacing(value.node, variable, toFillIn(variable)))
              : []),
          ],
        };
      }
    },
  }),
  defineRule({
    id: 'unknown-policy-variable',
    category: 'condition',
    severity: 'warning',
    scope: 'policy',
    when: ['value variable'],
    *check(policy, { languageId }) {
      const template = isTemplate(policy);
      for (const { value, variable } of foundIn(policy)) {
        const meant = meaningOf(variable);
        if (meant === undefined || (template && !meant.certain)) continue;
        const isFinal = meant.certain || languageId === 'terraform';
        yield {
          at: value.node,
          // A name alone may be filled in by a tool before IAM sees it.
          severity: isFinal && !template ? 'warning' : 'information',
          message: `IAM has no policy variable ${variable.text} and takes it as plain text, which no request has. ${meant.key === undefined ? 'Write the value.' : `Did you mean \${${meant.key}}?`}`,
          fixes: [
            ...fix(
              `Change to \${${meant.key ?? ''}}`,
              replacing(value.node, variable, meant.key === undefined ? undefined : `\${${meant.key}}`),
            ),
            ...fix('Write the value', replacing(value.node, variable, toFillIn(variable))),
          ],
        };
      }
    },
  }),
  defineRule({
    id: 'variable-unsupported-operator',
    category: 'condition',
    severity: 'error',
    when: ['value variable'],
    *check(policy) {
      for (const { test, value, variable } of foundIn(policy)) {
        if (test.operator?.variables !== false || !isKey(variable)) continue;
        yield {
          at: value.node,
          message: `IAM does not fill in variables under ${test.operatorText}, so ${variable.text} is taken as plain text. Write the value, or compare text or ARNs.`,
          fixes: fix('Write the value', replacing(value.node, variable, toFillIn(variable))),
        };
      }
    },
  }),
  defineRule({
    id: 'variable-needs-2012-version',
    category: 'grammar',
    severity: 'error',
    scope: 'policy',
    supersedes: ['missing-version', 'outdated-version'],
    when: ['value variable'],
    *check(policy) {
      const { node, version } = policy;
      if (node.kind !== 'object' || !node.complete || !isOfFirstLanguage(policy)) return;
      const found = foundIn(policy).find(
        ({ test, variable }) => test.operator?.variables === true && isKey(variable),
      );
      if (found === undefined) return;
      yield {
        at: found.value.node,
        message: `Without "Version": "2012-10-17" IAM takes ${found.variable.text} as plain text, so it matches next to nothing. Set the version.`,
        fixes: fix('Set "Version": "2012-10-17"', [
          { kind: 'set', object: node, key: 'Version', value: '2012-10-17', first: true },
        ]),
        about: version ?? node.members[0] ?? node,
        related: [{ at: version ?? nameOf(node), message: 'The version belongs here.' }],
      };
    },
  }),
  defineRule({
    id: 'variable-in-unsupported-element',
    category: 'grammar',
    severity: 'error',
    *check({ statements }) {
      for (const { node, principals, actions } of statements) {
        const places = [
          ...principals.map((principal) => ['Principal', principal.node] as const),
          ...actions.map((action) => ['Action', action.node] as const),
          ...['Effect', 'Sid'].flatMap((name) => {
            const value = valueOf(node, name);
            return value ? [[name, value] as const] : [];
          }),
        ];
        for (const [element, place] of places) {
          const variable = variablesIn(textOf(place) ?? '').find(isKey);
          if (variable === undefined) continue;
          yield {
            at: place,
            message: `IAM fills in variables in conditions, not in ${element}: there ${variable.text} is plain text. Write the value, or compare it in a condition.`,
            fixes: fix('Write the value', replacing(place, variable, toFillIn(variable))),
          };
        }
      }
    },
  }),
];

/** A missing version counts as the first one. An unknown one may be any. */
function isOfFirstLanguage({ node, version }: Policy): boolean {
  if (version) return textOf(version) === '2008-10-17';
  return node.kind === 'object' && node.members.every(({ key }) => key.value !== undefined);
}

/** Where principals are filled in by a tool, variables of conditions may be, too. */
const isTemplate = ({ statements }: Policy): boolean =>
  statements.some(
    ({ open, principals }) => open.principals || principals.some(({ text }) => isUnknown(text)),
  );

/** Names of variables that other tools fill in: Serverless and the like have prefixes of their own. */
function meaningOf({
  name,
  fault,
  text,
}: Variable): { readonly key?: string; readonly certain: boolean } | undefined {
  if (fault !== undefined || conditionKeyNamed(name)) return undefined;
  if (/^AWS::\w+$/.test(name)) return { certain: true };
  if (!isContextKey(name)) return /^\$\{[a-z]\w*\}$/i.test(text) ? { certain: false } : undefined;
  if (!/^(?:aws|sts|saml):/i.test(name) || /^aws:(?:accountId|region)$/i.test(name)) return undefined;
  const key = conditionKeyMeant(name);
  return key === undefined ? undefined : { key, certain: true };
}
