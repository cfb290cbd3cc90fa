/** Generated: the shape of service-principals.json, as its schema states it. */
import type { ServicePrincipalEntry } from './entries.gen.ts';

export declare const entries: readonly ServicePrincipalEntry[];
