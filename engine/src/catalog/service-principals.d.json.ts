/** Generated: the shape of service-principals.json, as its schema states it. */
import type { ServicePrincipalEntry, Provenance } from './entries.gen.ts';

export declare const provenance: Provenance;
export declare const entries: readonly ServicePrincipalEntry[];
