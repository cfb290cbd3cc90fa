/** Generated: the shape of saml-endpoints.json, as its schema states it. */
import type { SamlEndpoint, Provenance } from './entries.gen.ts';

export declare const provenance: Provenance;
export declare const entries: readonly SamlEndpoint[];
