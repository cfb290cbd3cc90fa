/** What is still to be had in a document: names that nothing has, and values that say nothing. */
import type { Node } from '../../tree/tree.ts';

/** A name, with a number behind it where it is taken. */
export function freeName(name: string, taken: readonly string[], gap: string): string {
  let free = name;
  for (let number = 2; taken.includes(free); number++) free = name + gap + String(number);
  return free;
}

/** Whether a value says nothing, so that nothing is lost with it. */
export const isVacant = (node: Node | undefined): boolean =>
  node === undefined || node.kind === 'null' || (node.kind === 'string' && node.value === '');
