/** Generated: the shape of oidc-claims.json, as its schema states it. */
import type { OidcClaim } from './entries.gen.ts';

export declare const entries: readonly OidcClaim[];
