/** Subjects of known providers other than GitHub: forms that no token has, and patterns that name no workload. */
import { replaceValue } from '../../policy/amend.ts';
import { isVacuous, isWrittenOut } from '../../policy/condition.ts';
import { isGuarded } from '../../policy/grants.ts';
import { isGitHub, subjectOf, type SubjectTest, subjectTests } from '../../policy/oidc.ts';
import type { Policy, TestValue } from '../../policy/policy.ts';
import { leavesTenantOpen } from '../../policy/subject.ts';
import { fitsSomeForm, openParts, type SubjectPart, withPartsNamed } from '../../policy/subject-parts.ts';
import type { OidcProvider } from '../../catalog/catalog.ts';
import { defineRule, fix } from '../rule.ts';

interface Found extends SubjectTest {
  readonly provider: OidcProvider;
  readonly value: TestValue;
}

/** The values of subject tests, exact or patterns, of providers whose forms of subjects are known. */
function* subjects(policy: Policy): Generator<Found> {
  for (const found of subjectTests(policy)) {
    const { provider, test } = found;
    if (provider === undefined || isGitHub(provider) || provider.subjectTemplates.length === 0) continue;
    if (test.operator?.type !== 'string' || test.operator.id.endsWith('IgnoreCase')) continue;
    for (const value of test.values.filter(({ text }) => isWrittenOut(text) && !isVacuous(text))) {
      yield { ...found, provider, value };
    }
  }
}

/** Parts that stand for whoever may use the role, not for what happens to run. */
const workloads: ReadonlyMap<string, string> = new Map([
  ['ACCOUNT_NUMBER', 'account'],
  ['APP', 'app'],
  ['CONTROL_PLANE', 'control plane'],
  ['ENVIRONMENT_UUID', 'environment'],
  ['GROUP', 'group'],
  ['NAMESPACE', 'namespace'],
  ['PIPELINE', 'pipeline'],
  ['PIPELINE_ID', 'pipeline'],
  ['PROJECT', 'project'],
  ['PROJECT_ID', 'project'],
  ['REPOSITORY', 'repository'],
  ['REPOSITORY_UUID', 'repository'],
  ['SERVICE_CONNECTION', 'service connection'],
  ['SPACE', 'space'],
  ['STACK', 'stack'],
  ['WORKSPACE', 'workspace'],
]);

/** The workloads that a value leaves open, unless another claim names them or it leaves even the tenant open. */
function openWorkloads({ grant, issuer, provider, test, value }: Found): readonly SubjectPart[] {
  if (test.operator?.wildcards !== true) return [];
  if (provider.shared && leavesTenantOpen(value.text, provider.subjectTemplates)) return [];
  const others = provider.identityClaims.filter((claim) => claim !== 'sub' && claim !== 'aud');
  if (isGuarded(grant, ...others.map((claim) => `${issuer}:${claim}`))) return [];
  return openParts(value.text, provider.subjectTemplates).filter(({ name }) => workloads.has(name));
}

export const rules = [
  defineRule({
    id: 'oidc-sub-malformed',
    category: 'federation-oidc',
    severity: 'warning',
    *check(policy) {
      for (const { issuer, provider, value } of subjects(policy)) {
        // Little is known of some providers.
        if (provider.confidence !== 'high' || fitsSomeForm(value.text, provider.subjectTemplates)) continue;
        const form = provider.subjectTemplates[0] ?? '';
        yield {
          at: value.node,
          severity: provider.closedSubjects === true ? 'warning' : 'information',
          message: `"${value.text}" is no usual subject of ${provider.name}, so probably no token matches it. Write it in the form ${form}.`,
          fixes: fix('Write the usual form', replaceValue(value.node, subjectOf(issuer, provider))),
        };
      }
    },
  }),
  defineRule({
    id: 'oidc-sub-broad',
    category: 'federation-oidc',
    severity: 'information',
    supersedes: ['redundant-condition-value'],
    *check(policy) {
      for (const found of subjects(policy)) {
        const { provider, value } = found;
        const open = openWorkloads(found);
        const [first] = open;
        if (first === undefined) continue;
        const what = workloads.get(first.name) ?? '';
        const everything = !provider.shared && first.text === '*' && first.name === 'NAMESPACE';
        yield {
          at: value.node,
          severity: everything ? 'warning' : 'information',
          message: `Every ${what} that "${value.text}" matches can use this role, also those to come. Name the ${what} that needs it.`,
          fixes: fix(`Name the ${what}`, replaceValue(value.node, withPartsNamed(value.text, open))),
        };
      }
    },
  }),
];
