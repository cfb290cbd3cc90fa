/** Generated: the shape of oidc-providers.json, as its schema states it. */
import type { OidcProvider, Provenance } from './entries.gen.ts';

export declare const provenance: Provenance;
export declare const entries: readonly OidcProvider[];
