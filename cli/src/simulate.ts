/** `simulate`: whether trust policies let requests through. */
import { evaluatorOf, type Evaluation, lineColumnAt, lineStarts } from '#engine';
import { simulateBatch } from './batch.ts';
import type { Readable } from './files.ts';
import { policyIn, readText } from './one-policy.ts';
import { parsed, requestFrom } from './request.ts';
import type { SimulateOne, SimulateRequest } from './simulate-args.ts';
import { printable } from './text.ts';

/** Decides what is asked for and prints the answers. @returns the exit code */
export async function simulate(request: SimulateRequest): Promise<number> {
  return 'batch' in request ? simulateBatch(request.batch) : simulateOne(request);
}

async function simulateOne({
  policy,
  role,
  roleAccount,
  request,
  format,
  expect,
}: SimulateOne): Promise<number> {
  const input = await readText(policy, 'trust-policy.json');
  const region = policyIn(input, role);
  const asked = requestFrom(parsed((await readText(request, 'request.json')).text, request), roleAccount);
  const answer = evaluatorOf(region)(asked);
  process.stdout.write(
    format === 'json' ? `${JSON.stringify(answer, undefined, 2)}\n` : textAnswer(answer, input),
  );
  return expect === undefined || expect === answer.decision ? 0 : 1;
}

const outcomes = { match: 'yes', 'no-match': 'no', depends: 'depends' } as const;

function textAnswer(
  { decision, reason, statement, trace, dependsOn, notes }: Evaluation,
  input: Readable,
): string {
  const starts = lineStarts(input.text);
  const place = ({ start }: { readonly start: number }): string => {
    const { line, character } = lineColumnAt(starts, start);
    return printable(`${input.file}:${String(line + 1)}:${String(character + 1)}`);
  };
  const width = Math.max(0, ...trace.map(({ span }) => place(span).length));
  const by = statement === null ? '' : `, statement ${String(statement + 1)}`;
  return [
    `${decision === 'allowed' ? 'Allowed' : 'Denied'}: ${reason}${by}.`,
    '',
    ...trace.map(
      ({ span, element, outcome, message }) =>
        `${place(span).padEnd(width)}  ${element.padEnd(9)}  ${outcomes[outcome].padEnd(7)}  ${printable(message)}`,
    ),
    ...(dependsOn.length > 0 ? ['', 'This depends on what is not known:'] : []),
    ...dependsOn.map(({ span, message }) => `- ${place(span)}: ${printable(message)}`),
    '',
    ...notes.map((note) => `- ${printable(note)}`),
    '',
  ].join('\n');
}
