/** Generated: the shape of saml-attributes.json, as its schema states it. */
import type { SamlAttribute } from './entries.gen.ts';

export declare const entries: readonly SamlAttribute[];
