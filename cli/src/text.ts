/** The report for people: findings by file, and a closing line that counts them. */
import { type Finding, lineColumnAt, lineStarts, severities, type Severity } from '#engine';
import type { Checked } from './check.ts';

const colours: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 36, hint: 90 };
const plural = (count: number, one: string, many = `${one}s`): string =>
  `${String(count)} ${count === 1 ? one : many}`;

/** Colour where a terminal shows it and nobody asked for none: https://no-color.org */
const coloured = (): boolean => process.stdout.isTTY && !process.env['NO_COLOR'];

const paint = (text: string, colour: number): string =>
  coloured() ? `\u001B[${String(colour)}m${text}\u001B[0m` : text;

/** All findings with lines and columns counted from one, as editors show them. */
export function textReport(checked: readonly Checked[]): string {
  const files = checked.filter(({ findings, fixed }) => findings.length > 0 || fixed > 0);
  return [...files.map(fileReport), closingLine(checked), ''].join('\n');
}

function fileReport({ file, text, findings, fixed }: Checked): string {
  const starts = lineStarts(text);
  const places = findings.map(({ span }) => {
    const { line, character } = lineColumnAt(starts, span.start);
    return printable(`${file}:${String(line + 1)}:${String(character + 1)}`);
  });
  const width = Math.max(...places.map((place) => place.length));
  const lines = findings.map((finding, index) => {
    const place = (places[index] ?? '').padEnd(width);
    const severity = paint(finding.severity.padEnd(11), colours[finding.severity]);
    return `${place}  ${severity}  ${textOfFinding(finding)}  ${paint(finding.rule, 90)}${inRegion(finding)}`;
  });
  const done = fixed > 0 ? [`${printable(file)}  ${plural(fixed, 'fix', 'fixes')} applied`] : [];
  return [...lines, ...done, ''].join('\n');
}

/** What a finding says, on a screen. */
export const textOfFinding = ({ message }: Finding): string => printable(message);

/** Text of a policy on a screen: what would steer the terminal, or cannot be seen, is shown by its number. */
export const printable = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

const inRegion = ({ region: { label } }: Finding): string =>
  label === undefined ? '' : `  (${printable(label)})`;

function closingLine(checked: readonly Checked[]): string {
  const found = checked.flatMap(({ findings }) => findings);
  const policies = checked.reduce((sum, { policies: count }) => sum + count, 0);
  const where = `${plural(policies, 'trust policy', 'trust policies')} in ${plural(checked.length, 'file')}`;
  const counts = severities.flatMap((severity) => {
    const count = found.filter((finding) => finding.severity === severity).length;
    return count === 0
      ? []
      : [plural(count, severity, severity === 'information' ? severity : `${severity}s`)];
  });
  return `${counts.length === 0 ? 'Nothing to report' : counts.join(', ')}: ${where}.`;
}
