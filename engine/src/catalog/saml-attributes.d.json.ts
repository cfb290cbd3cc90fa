/** Generated: the shape of saml-attributes.json, as its schema states it. */
import type { SamlAttribute, Provenance } from './entries.gen.ts';

export declare const provenance: Provenance;
export declare const entries: readonly SamlAttribute[];
