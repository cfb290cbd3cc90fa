/** The command that says why a call was denied. */
import { type Finding, whyDenied, whyMarkdown, whyText } from '#engine';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { rangeOf } from '../convert.ts';
import { type Open, policyFor } from './explain.ts';

/** Takes a document, which of its policies, and the message or CloudTrail event of the denial. */
export const whyCommand = 'trustPolicy.why';

/** The causes, or why there are none; nothing where there is no policy. */
export async function causesOf(
  given: readonly unknown[] | undefined,
  open: Open,
  findingsOf: (text: TextDocument) => Promise<readonly Finding[]>,
): Promise<unknown> {
  const found = policyFor(given, open);
  if (found === undefined) return null;
  const { text, index, region } = found;
  const message = given?.[2];
  const answer = whyDenied(region, typeof message === 'string' ? message : '', await findingsOf(text));
  if ('problem' in answer) return { region: index, problem: answer.problem };
  const isPlain = ({ span }: (typeof answer.causes)[number]): boolean =>
    span !== undefined && span !== region.node.span;
  const sure = answer.causes.filter((cause) => cause.certainty !== 'possible' && isPlain(cause));
  return {
    region: index,
    text: whyText(answer),
    markdown: whyMarkdown(answer),
    marks: sure.flatMap(({ span }) => (span ? [rangeOf(text, span)] : [])),
  };
}
