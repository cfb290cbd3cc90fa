/** Generated: the shape of condition-keys.json, as its schema states it. */
import type { ConditionKeyEntry } from './entries.gen.ts';

export declare const entries: readonly ConditionKeyEntry[];
