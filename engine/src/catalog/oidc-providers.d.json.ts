/** Generated: the shape of oidc-providers.json, as its schema states it. */
import type { OidcProvider } from './entries.gen.ts';

export declare const entries: readonly OidcProvider[];
