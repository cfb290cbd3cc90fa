/** Generated: the shape of partitions.json, as its schema states it. */
import type { Partition } from './entries.gen.ts';

export declare const entries: readonly Partition[];
