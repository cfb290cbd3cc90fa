/** Generated: the shape of denials.json, as its schema states it. */
import type { DenialMessage } from './entries.gen.ts';

export declare const entries: readonly DenialMessage[];
