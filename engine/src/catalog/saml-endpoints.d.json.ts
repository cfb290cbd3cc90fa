/** Generated: the shape of saml-endpoints.json, as its schema states it. */
import type { SamlEndpoint } from './entries.gen.ts';

export declare const entries: readonly SamlEndpoint[];
