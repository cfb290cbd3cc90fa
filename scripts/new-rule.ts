/** `npm run new:rule CATEGORY/ID`: writes the two files of a rule, to be filled in, and registers it. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { categories } from '../engine/src/rules/rule.ts';

const [category = '', id = ''] = (process.argv[2] ?? '').split('/');
const path = `engine/src/rules/${category}/${id}`;
const problem = problemWith();
if (problem) {
  console.error(
    `${problem}\nUsage: npm run new:rule CATEGORY/ID, where CATEGORY is one of ${categories.join(', ')}.`,
  );
  process.exitCode = 2;
} else {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.ts`, ruleText());
  writeFileSync(`${path}.md`, pageText());
  execFileSync('npx', ['tsx', 'scripts/generate.ts'], { stdio: 'inherit' });
  console.log(`Now fill in ${path}.ts and ${path}.md; "npx vitest run engine/src/rules" runs the page.`);
}

function problemWith(): string | undefined {
  if (!categories.some((known) => known === category)) return `There is no category "${category}".`;
  if (!/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id))
    return `"${id}" is not a rule id: lower-case words joined by hyphens.`;
  return existsSync(`${path}.ts`) || existsSync(`${path}.md`) ? `The rule ${id} exists already.` : undefined;
}

function ruleText(): string {
  return `/** One sentence: what this rule finds. */
import { defineRule } from '../rule.ts';

export const rule = defineRule({
  id: '${id}',
  category: '${category}',
  severity: 'warning',
  *check(policy) {
    for (const { node } of policy.statements) {
      yield { at: node, message: 'What is wrong, why it matters, what to do.' };
    }
  },
});
`;
}

function pageText(): string {
  const fence = '```';
  return `# ${id}

> One sentence: what this rule finds.

## Why

## Fails

${fence}json
{}
${fence}

## Passes

${fence}json
{}
${fence}

## When to turn it off

## References
`;
}
