/** The command that puts a call to a policy of an open document. */
import { answerInWords, answerMarkdown, callersFor, isCallInput, simulate } from '#engine';
import { rangeOf } from '../convert.ts';
import { type Open, policyFor } from './explain.ts';

/** Takes a document, which of its policies, and what to put to it; without that it answers whom the policy suggests. */
export const simulateCommand = 'trustPolicy.simulate';

/** The callers to choose from, the answer to a call, or why it cannot be put; nothing where there is no policy. */
export function answerTo(given: readonly unknown[] | undefined, open: Open): unknown {
  const found = policyFor(given, open);
  if (found === undefined) return null;
  const { text, index: region, region: policy } = found;
  const input = given?.[2];
  if (input === undefined || input === null) return { region, callers: callersFor(policy) };
  if (!isCallInput(input)) return { region, problem: 'The call is not understood.' };
  const result = simulate(policy, input);
  if ('problem' in result) return { region, problem: result.problem };
  const { evaluation, request, deciding } = result;
  return {
    region,
    request,
    decision: evaluation.decision,
    reason: evaluation.reason,
    statement: evaluation.statement,
    depends: evaluation.dependsOn.length > 0,
    summary: answerInWords(evaluation),
    markdown: answerMarkdown(result),
    deciding: deciding.map((span) => rangeOf(text, span)),
  };
}
