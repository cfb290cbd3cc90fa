/** `simulate --batch`: calls in lines of JSON, each answered as it comes, so that the input may be as long as it likes. */
import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { evaluatorOf, type AssumeRequest, type Evaluation } from '#engine';
import { problemOf, type Readable } from './files.ts';
import { policyIn, readText } from './one-policy.ts';
import { parsed, requestFrom } from './request.ts';
import { Misuse } from './usage.ts';

type Evaluator = (request: AssumeRequest) => Evaluation;

/** A line that cannot be taken is answered by a line with its problem, so that answers stay beside their questions. */
export async function simulateBatch(file: string): Promise<number> {
  const evaluatorFor = createEvaluators();
  let failures = 0;
  for await (const { number, text } of linesOf(file)) {
    try {
      await print(await answerTo(text, evaluatorFor));
    } catch (error) {
      const problem = error instanceof Misuse ? error.message : `it cannot be read: ${problemOf(error)}`;
      failures++;
      await print({ error: problem });
      console.error(`trust-policy: ${file}: line ${String(number)}: ${problem}`);
    }
  }
  return failures > 0 ? 2 : 0;
}

/** Waits for a reader that is slower than we are. */
async function print(answer: object): Promise<void> {
  if (!process.stdout.write(`${JSON.stringify(answer)}\n`)) await once(process.stdout, 'drain');
}

interface Line {
  /** From 1, as editors count. */
  readonly number: number;
  readonly text: Buffer;
}

const lineFeed = 0x0a;

/** The lines of a file or, for `-`, of standard input; those without anything in them are passed over. */
async function* linesOf(file: string): AsyncGenerator<Line> {
  let rest = Buffer.alloc(0);
  let number = 0;
  const next = (text: Buffer): readonly Line[] => {
    number++;
    return text.every((byte) => byte <= 0x20) ? [] : [{ number, text }];
  };
  for await (const chunk of chunksOf(file)) {
    let from = 0;
    for (let at = chunk.indexOf(lineFeed); at >= 0; at = chunk.indexOf(lineFeed, from)) {
      yield* next(Buffer.concat([rest, chunk.subarray(from, at)]));
      rest = Buffer.alloc(0);
      from = at + 1;
    }
    rest = Buffer.concat([rest, chunk.subarray(from)]);
  }
  yield* next(rest);
}

/** @throws Misuse where the file cannot be read */
async function* chunksOf(file: string): AsyncGenerator<Buffer> {
  try {
    for await (const chunk of createReadStream(file, file === '-' ? { fd: 0 } : {}))
      yield Buffer.from(chunk as Uint8Array);
  } catch (error) {
    throw new Misuse(`${file === '-' ? 'standard input' : file} cannot be read: ${problemOf(error)}`);
  }
}

async function answerTo(
  line: Buffer,
  evaluatorFor: (policy: unknown) => Promise<Evaluator>,
): Promise<Evaluation> {
  const entry = parsed(textOf(line), 'the line');
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry))
    throw new Misuse('A line is an object with policy, roleAccount and request.');
  const { policy, roleAccount, request }: Readonly<Record<string, unknown>> = { ...entry };
  if (typeof roleAccount !== 'string') throw new Misuse('A line has the account of the role as roleAccount.');
  const evaluator = await evaluatorFor(policy);
  return evaluator(requestFrom(request, roleAccount));
}

/** A byte order mark at the beginning counts for nothing. */
function textOf(line: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(line);
  } catch {
    throw new Misuse('the line is not UTF-8 text');
  }
}

/** As many policies are kept. */
const limit = 100;

/** Reads policies. Many lines have the same few, which are then not read again. */
function createEvaluators(): (policy: unknown) => Promise<Evaluator> {
  const known = new Map<string, Evaluator>();
  return async (policy) => {
    const input = await policyOf(policy);
    const name = `${input.file}\n${input.text}`;
    const evaluator = known.get(name) ?? evaluatorOf(policyIn(input));
    if (known.size >= limit) known.clear();
    known.set(name, evaluator);
    return evaluator;
  };
}

/** The policy of a line: an object, its text, or the path of its file. */
async function policyOf(policy: unknown): Promise<Readable> {
  const written = { file: 'trust-policy.json', languageId: 'json', mark: '' } as const;
  if (typeof policy === 'object' && policy !== null) return { ...written, text: JSON.stringify(policy) };
  if (typeof policy !== 'string') throw new Misuse('A line has a policy: an object, its text, or a path.');
  if (policy === '-') throw new Misuse('A line has a policy of its own, not that of standard input.');
  return policy.trimStart().startsWith('{') ? { ...written, text: policy } : readText(policy, policy);
}
