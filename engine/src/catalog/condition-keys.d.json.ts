/** Generated: the shape of condition-keys.json, as its schema states it. */
import type { ConditionKeyEntry, Provenance } from './entries.gen.ts';

export declare const provenance: Provenance;
export declare const entries: readonly ConditionKeyEntry[];
