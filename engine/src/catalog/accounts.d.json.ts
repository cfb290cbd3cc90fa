/** Generated: the shape of accounts.json, as its schema states it. */
import type { KnownAccountOwner, Provenance } from './entries.gen.ts';

export declare const provenance: Provenance;
export declare const entries: readonly KnownAccountOwner[];
