/** Generated: the shape of actions.json, as its schema states it. */
import type { StsAction } from './entries.gen.ts';

export declare const entries: readonly StsAction[];
