/**
 * Puts a call to a policy of a document: a caller that the policy suggests, a request, or what a pasted token, assertion
 * or event says; and the answer in words, with the places of the text that decided.
 */
import type { Refusal } from '../evaluate/caller.ts';
import type { Evaluation } from '../evaluate/evaluate.ts';
import { readRequest, type WrittenRequest } from '../evaluate/request.ts';
import type { Step } from '../evaluate/statement.ts';
import type { Policy } from '../policy/policy.ts';
import { readPolicy } from '../policy/read.ts';
import type { Span } from '../text/span.ts';
import type { Region } from './document.ts';
import { code, paragraphs, prose } from './markdown.ts';
import { requestFromAssertion } from './request/assertion.ts';
import { requestFromEvent } from './request/cloudtrail.ts';
import type { Conversion, Converted } from './request/conversion.ts';
import { isPlain } from './request/plain.ts';
import { type Suggestion, suggestionsFor } from './request/suggest.ts';
import { requestFromToken } from './request/token.ts';
import { answerTo, type RoleAccountNeeded, roleAccountIn } from './role-account.ts';

/** What to put to a policy. */
export type CallInput =
  | { readonly kind: 'request'; readonly request: unknown }
  | { readonly kind: 'token' | 'assertion' | 'event'; readonly text: string };

/** A call and its answer. */
export interface Simulation {
  readonly request: WrittenRequest;
  readonly evaluation: Evaluation;
  /** What the pasted text does not say. */
  readonly notes: readonly string[];
  /** The parts of the text that decided. */
  readonly deciding: readonly Span[];
}

/** Whether a value of any shape is an input. */
export function isCallInput(value: unknown): value is CallInput {
  if (!isPlain(value)) return false;
  const { kind, text } = value;
  if (kind === 'request') return 'request' in value;
  return (kind === 'token' || kind === 'assertion' || kind === 'event') && typeof text === 'string';
}

/** The callers that a policy suggests. */
export const callersFor = ({ node }: Region): readonly Suggestion[] => suggestionsFor(readPolicy(node));

/** Puts a call to a policy. The account of the role is what the call says, or what is given, or what the document tells. */
export function simulate(
  region: Region,
  input: CallInput,
  given?: string,
): Simulation | Refusal | RoleAccountNeeded {
  const policy = readPolicy(region.node);
  const roleAccount = given ?? roleAccountIn(region, policy);
  const converted = convert(input, policy, roleAccount);
  if ('problem' in converted) return converted;
  const { notes, roleAccount: said } = converted;
  const evaluation = answerTo(region, said ?? roleAccount, (account) =>
    readRequest(converted.request, account),
  );
  if ('problem' in evaluation) return evaluation;
  return { request: converted.request, evaluation, notes, deciding: decidingSpans(evaluation) };
}

const readers = { token: requestFromToken, assertion: requestFromAssertion, event: requestFromEvent };

function convert(input: CallInput, policy: Policy, roleAccount: string | undefined): Converted {
  if (input.kind !== 'request') return readers[input.kind](input.text, policy, roleAccount);
  const checked = readRequest(input.request, roleAccount);
  if ('problem' in checked) return checked;
  return isRequest(input.request)
    ? { request: input.request, notes: [] }
    : { problem: 'A request is an object with action, principal and context.' };
}

/** A request that has been read without a problem has this shape. */
const isRequest = (value: unknown): value is Conversion['request'] =>
  isPlain(value) && 'action' in value && 'principal' in value;

/** The steps that decided: what let the caller in, what keeps it out, or what was missing. */
export function decidingSteps({ decision, reason, statement, trace }: Evaluation): readonly Step[] {
  const own = trace.filter((step) => statement === null || step.statement === statement);
  if (decision === 'allowed' || reason === 'explicit-deny')
    return own.filter(({ outcome }) => outcome !== 'no-match');
  const failed = own.filter(({ outcome }) => outcome === 'no-match');
  return failed.length > 0 ? failed : own.filter(({ outcome }) => outcome === 'depends');
}

const decidingSpans = (evaluation: Evaluation): readonly Span[] =>
  decidingSteps(evaluation).map(({ span }) => span);

const reasons: Readonly<Record<Evaluation['reason'], string>> = {
  allowed: 'The trust policy lets the call through',
  'explicit-deny': 'A Deny keeps the caller out',
  'no-principal-match': 'No statement names the caller',
  'no-action-match': 'The statement that names the caller does not allow the action',
  'condition-not-met': 'A condition is not met',
};

/** The answer in one line. */
export function answerInWords({ decision, reason, statement, dependsOn }: Evaluation): string {
  const by = statement === null ? '' : ` (statement ${statement + 1})`;
  const open = dependsOn.length > 0 ? '; it depends on what is not known here' : '';
  return `${decision === 'allowed' ? 'Allowed' : 'Denied'}: ${reasons[reason]}${by}${open}.`;
}

const outcomes: Readonly<Record<Step['outcome'], string>> = { match: '✓', 'no-match': '✗', depends: '?' };

/** The answer in full, as Markdown in which nothing of policy or request is more than code. */
export function answerMarkdown({ request, evaluation, notes }: Simulation): string {
  const { trace, dependsOn } = evaluation;
  const step = ({ statement, element, outcome, message }: Step): string =>
    `- ${outcomes[outcome]} statement ${statement + 1}, ${element}: ${code(message)}`;
  const all = [...notes, ...evaluation.notes];
  return paragraphs(
    `**${prose(answerInWords(evaluation))}**`,
    trace.map(step).join('\n'),
    dependsOn.length > 0 ? `This depends on what is not known here:` : undefined,
    dependsOn.map(({ message }) => `- ${code(message)}`).join('\n'),
    'The call:',
    fenced(JSON.stringify(request, undefined, 2)),
    all.map((note) => `- ${prose(note)}`).join('\n'),
  );
}

/** A block of code that no text in it ends: JSON has no line that begins with a backtick. */
const fenced = (json: string): string => `\`\`\`json\n${json}\n\`\`\``;
