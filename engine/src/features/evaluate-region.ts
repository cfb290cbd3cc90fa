/** Puts a request to a policy of a document. Where a choice of the host decides, what each side comes to is said. */
import { type Dependency, evaluate, type Evaluation } from '../evaluate/evaluate.ts';
import type { AssumeRequest } from '../evaluate/request.ts';
import { readPolicy } from '../policy/read.ts';
import type { Region, View } from './document.ts';

/** Reads the policy of a region; what comes back says whether it lets a request through, and why. */
export function evaluatorOf({ node, views = [] }: Region): (request: AssumeRequest) => Evaluation {
  const policy = readPolicy(node);
  const others = views.map((view) => ({ view, policy: readPolicy(view.region.node) }));
  return (request) => {
    const evaluation = evaluate(policy, request);
    if (evaluation.dependsOn.length === 0) return evaluation;
    const turning = others.flatMap(({ view, policy: chosen }) => {
      const { decision } = evaluate(chosen, request);
      return decision === evaluation.decision ? [] : turnsOut(view, decision);
    });
    return turning.length === 0
      ? evaluation
      : { ...evaluation, dependsOn: [...turning, ...evaluation.dependsOn] };
  };
}

/** What a choice comes to where it falls in a way that turns the answer. */
function turnsOut({ sides, region }: View, decision: Evaluation['decision']): readonly Dependency[] {
  const conditions = (region.dependsOn ?? []).join(' and ');
  const message = `The call is ${decision} where this is what ${conditions} chooses.`;
  return sides.slice(0, 1).map((span) => ({ message, span }));
}
