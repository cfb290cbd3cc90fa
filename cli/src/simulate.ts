/** `simulate`: whether trust policies let requests through. */
import {
  type AssumeRequest,
  evaluatorOf,
  type Evaluation,
  lineColumnAt,
  lineStarts,
  readRequest,
} from '#engine';
import type { Readable } from './files.ts';
import { policyIn, readText } from './one-policy.ts';
import type { SimulateBatch, SimulateOne, SimulateRequest } from './simulate-args.ts';
import { printable } from './text.ts';
import { Misuse } from './usage.ts';

/** Decides what is asked for and prints the answers. @returns the exit code */
export async function simulate(request: SimulateRequest): Promise<number> {
  return 'batch' in request ? simulateBatch(request) : simulateOne(request);
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

/** A line that cannot be taken is answered by a line with its problem, so that answers stay beside their questions. */
async function simulateBatch({ batch }: SimulateBatch): Promise<number> {
  const { text } = await readText(batch, 'batch.jsonl');
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  let failures = 0;
  for (const [index, line] of lines.entries()) {
    try {
      process.stdout.write(`${JSON.stringify(await answerTo(line))}\n`);
    } catch (error) {
      if (!(error instanceof Misuse)) throw error;
      failures++;
      process.stdout.write(`${JSON.stringify({ error: error.message })}\n`);
      console.error(`trust-policy: ${batch}: entry ${String(index + 1)}: ${error.message}`);
    }
  }
  return failures > 0 ? 2 : 0;
}

async function answerTo(line: string): Promise<Evaluation> {
  const entry = parsed(line, 'the line');
  if (typeof entry !== 'object' || entry === null)
    throw new Misuse('A line is an object with policy, roleAccount and request.');
  const { policy, roleAccount, request }: Readonly<Record<string, unknown>> = { ...entry };
  if (typeof roleAccount !== 'string') throw new Misuse('A line has the account of the role as roleAccount.');
  return evaluatorOf(policyIn(await policyOf(policy)))(requestFrom(request, roleAccount));
}

/** The policy of a line: an object, its text, or the path of its file. */
async function policyOf(policy: unknown): Promise<Readable> {
  const written = { file: 'trust-policy.json', languageId: 'json', mark: '' } as const;
  if (typeof policy === 'object' && policy !== null) return { ...written, text: JSON.stringify(policy) };
  if (typeof policy !== 'string') throw new Misuse('A line has a policy: an object, its text, or a path.');
  return policy.trimStart().startsWith('{') ? { ...written, text: policy } : readText(policy, policy);
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Misuse(`${name} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function requestFrom(value: unknown, roleAccount: string): AssumeRequest {
  const request = readRequest(value, roleAccount);
  if ('problem' in request) throw new Misuse(request.problem);
  return request;
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
