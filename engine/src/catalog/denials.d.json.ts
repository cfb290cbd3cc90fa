/** Generated: the shape of denials.json, as its schema states it. */
import type { DenialMessage, Provenance } from './entries.gen.ts';

export declare const provenance: Provenance;
export declare const entries: readonly DenialMessage[];
