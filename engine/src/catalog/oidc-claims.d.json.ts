/** Generated: the shape of oidc-claims.json, as its schema states it. */
import type { OidcClaim, Provenance } from './entries.gen.ts';

export declare const provenance: Provenance;
export declare const entries: readonly OidcClaim[];
