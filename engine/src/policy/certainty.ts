/** Whether something is the case as far as the text tells, and how such answers combine. */

/** `maybe` where an unknown part of the text decides. */
export type Certainty = 'yes' | 'maybe' | 'no';

/** Whether all are the case: one that is not settles it. */
export function allOf(parts: readonly Certainty[]): Certainty {
  if (parts.includes('no')) return 'no';
  return parts.includes('maybe') ? 'maybe' : 'yes';
}

/** Whether any is the case: one that is settles it. */
export function anyOf(parts: readonly Certainty[]): Certainty {
  if (parts.includes('yes')) return 'yes';
  return parts.includes('maybe') ? 'maybe' : 'no';
}

const opposites = { yes: 'no', maybe: 'maybe', no: 'yes' } as const;

/** Whether the contrary is the case. */
export const notOf = (part: Certainty): Certainty => opposites[part];

/** The answer to a claim about known text. */
export const certainly = (claim: boolean): Certainty => (claim ? 'yes' : 'no');
