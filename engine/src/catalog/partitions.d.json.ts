/** Generated: the shape of partitions.json, as its schema states it. */
import type { Partition, Provenance } from './entries.gen.ts';

export declare const provenance: Provenance;
export declare const entries: readonly Partition[];
