/** Generated: the shape of operators.json, as its schema states it. */
import type { Operator } from './entries.gen.ts';

export declare const entries: readonly Operator[];
