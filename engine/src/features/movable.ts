/** Whether an expression of the host means the same where it is written again. */
import type { Region } from './document.ts';

/** What YAML indents means something else in another column. */
export const isMovable =
  ({ syntax }: Region) =>
  (expression: string): boolean =>
    syntax.id !== 'yaml' || !expression.includes('\n');
