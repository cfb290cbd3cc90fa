/** Generated: the shape of actions.json, as its schema states it. */
import type { StsAction, Provenance } from './entries.gen.ts';

export declare const provenance: Provenance;
export declare const entries: readonly StsAction[];
