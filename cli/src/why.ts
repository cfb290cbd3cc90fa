/** `why`: what the denial of a call may come from. */
import {
  defaultSettings,
  findingsIn,
  lineColumnAt,
  lineStarts,
  plainText,
  readDocument,
  type Why,
  whyDenied,
  whyText,
} from '#engine';
import type { Readable } from './files.ts';
import { policyIn, readText } from './one-policy.ts';
import { type Format, formatOf, readOptions } from './options.ts';
import { sourceOf } from './source.ts';
import { printable } from './text.ts';
import { Misuse } from './usage.ts';

export interface WhyRequest {
  readonly command: 'why';
  readonly policy: string;
  readonly role?: string;
  readonly format: Format;
}

/** Reads the arguments behind `why`. @throws Misuse */
export function whyRequest(args: readonly string[]): WhyRequest {
  const options = {
    policy: { type: 'string' },
    role: { type: 'string' },
    format: { type: 'string' },
  } as const;
  const { policy, role, format } = readOptions(args, options);
  if (policy === undefined || policy === '-')
    throw new Misuse('why needs --policy FILE; the message comes from standard input.');
  return { command: 'why', policy, format: formatOf(format), ...(role !== undefined && { role }) };
}

/** Ranks the causes of the denial on standard input and prints them. @returns the exit code */
export async function why({ policy, role, format }: WhyRequest): Promise<number> {
  const input = await readText(policy, policy);
  const region = policyIn(input, role);
  const message = await readText('-', 'message.txt');
  const findings = findingsIn(readDocument(sourceOf(input)), defaultSettings);
  const answer = whyDenied(region, message.text, findings);
  if ('problem' in answer) throw new Misuse(answer.problem);
  const report = format === 'json' ? JSON.stringify(jsonOf(answer, input), undefined, 2) : textOf(answer);
  process.stdout.write(`${report}\n`);
  return 0;
}

const textOf = (answer: Why): string => whyText(answer).split('\n').map(printable).join('\n');

/** Its shape is fixed: a change of it is a breaking change. Positions are counted from zero in UTF-16 units. */
function jsonOf({ denial, causes }: Why, { text }: Readable): object {
  const starts = lineStarts(text);
  const position = (offset: number): object => ({ ...lineColumnAt(starts, offset), offset });
  return {
    version: 1,
    caller: denial.caller ?? null,
    action: denial.action ?? null,
    role: denial.role ?? null,
    causes: causes.map(({ certainty, side, what, remedy, url, span, fixes }) => ({
      certainty,
      side,
      text: plainText(what),
      remedy: plainText(remedy),
      url: url ?? null,
      start: span ? position(span.start) : null,
      end: span ? position(span.end) : null,
      fixes,
    })),
  };
}
