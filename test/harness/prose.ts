/** How we speak: sentences that begin and end, no more of them than one reads at a glance, with nothing left out between the words. */
import type { Finding } from '#engine';

const sentence = /^(?:["A-Z0-9]|[a-z][a-z0-9-]*[.:]).*[.?]$/su;

/** What is wrong with the words of a text, whatever it says. */
function slipsIn(text: string): readonly string[] {
  const slips: readonly (readonly [RegExp, string])[] = [
    [/ {2}|^ | $/u, 'a space too many'],
    [/ [.?]$|[^."]\.\.$|,[^ \d"'\]}]/u, 'punctuation by itself'],
    [/\bundefined\b|\[object|NaN|=>/u, 'a value that is none'],
    [/""(?!")(?! (?:is|stands|in|as|has))/u, 'nothing in quotes'],
  ];
  return slips.filter(([pattern]) => pattern.test(text)).map(([, slip]) => `${slip}: ${text}`);
}

/** What is wrong with the words of a finding: its message, the titles of its fixes, and what is said of other places. */
export function proseFaults({ message, fixes, related }: Finding): readonly string[] {
  const sentences = message.split(/(?<=[a-z"\])}][.?]) (?=["A-Z]|[a-z]+:)/u);
  return [
    ...(sentence.test(message) && message.length > 30 ? [] : [`no sentence: ${message}`]),
    ...(sentences.length > 2 ? [`more than two sentences: ${message}`] : []),
    ...related
      .filter((other) => !sentence.test(other.message))
      .map((other) => `no sentence: ${other.message}`),
    ...fixes
      .filter(({ title }) => !/^[A-Z].{6,}[^.\s]$/su.test(title))
      .map(({ title }) => `no title: ${title}`),
    ...[message, ...fixes.map(({ title }) => title), ...related.map((other) => other.message)].flatMap(
      slipsIn,
    ),
  ];
}
