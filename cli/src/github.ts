/**
 * The report for GitHub Actions: one workflow command for each finding, which becomes an annotation.
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 */
import type { Severity } from '#engine';
import type { Checked } from './check.ts';
import { placesIn } from './positions.ts';

const levels: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/** All findings as annotations. */
export function githubReport(checked: readonly Checked[]): string {
  const lines = checked.flatMap(({ file, text, findings }) => {
    const placeOf = placesIn(text);
    return findings.map(({ rule, severity, span, message }) => {
      const { startLine, startColumn, endLine, endColumn } = placeOf(span);
      // Columns are of one line only.
      const columns = startLine === endLine ? { col: startColumn, endColumn } : {};
      const properties = { file, line: startLine, endLine, ...columns, title: rule };
      const told = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))}`);
      return `::${levels[severity]} ${told.join(',')}::${data(message)}`;
    });
  });
  return lines.map((line) => `${line}\n`).join('');
}

const data = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
