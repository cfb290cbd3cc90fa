/** Generated: the shape of operators.json, as its schema states it. */
import type { Operator, Provenance } from './entries.gen.ts';

export declare const provenance: Provenance;
export declare const entries: readonly Operator[];
