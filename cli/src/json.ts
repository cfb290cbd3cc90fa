/** The report for programs. Its shape is fixed: a change of it is a breaking change. */
import { lineColumnAt, lineStarts } from '#engine';
import type { Checked } from './check.ts';

/** All findings, with positions counted from zero in UTF-16 units. */
export function jsonReport(checked: readonly Checked[]): string {
  const findings = checked.flatMap(({ file, text, findings: found }) => {
    const starts = lineStarts(text);
    const position = (offset: number) => ({ ...lineColumnAt(starts, offset), offset });
    return found.map(({ rule, severity, message, span, related, region }) => ({
      file,
      rule,
      severity,
      message,
      start: position(span.start),
      end: position(span.end),
      region: region.label ?? null,
      ...(related.length > 0 && {
        related: related.map((other) => ({
          message: other.message,
          start: position(other.span.start),
          end: position(other.span.end),
        })),
      }),
    }));
  });
  return `${JSON.stringify({ version: 1, findings }, undefined, 2)}\n`;
}
