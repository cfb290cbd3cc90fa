/** Generated: the shape of accounts.json, as its schema states it. */
import type { KnownAccountOwner } from './entries.gen.ts';

export declare const entries: readonly KnownAccountOwner[];
