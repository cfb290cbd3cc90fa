/** Partitions: which one a principal is of, and whether there is such a one. Each is a world of accounts of its own. */
import { type PartitionName, partitions } from '../catalog/catalog.ts';
import { distance } from '../text/distance.ts';
import { parseArn } from './arn.ts';
import { isPlaceholderWord, isUnknown } from './known.ts';
import type { Policy, Principal } from './policy.ts';

/** The partition that the ARN of a principal names, as written; nothing where it is none, or stands for any. */
export function writtenPartition({ text }: Principal): string | undefined {
  const partition = parseArn(text.trim())?.partition;
  const isVague =
    partition === undefined ||
    partition === '' ||
    isUnknown(partition) ||
    /[*?\s]|^partition$/i.test(partition) ||
    isPlaceholderWord(partition);
  return isVague ? undefined : partition;
}

/** Whether a text is the name of a partition. */
export const isPartition = (text: string): text is PartitionName => partitions().some((id) => id === text);

/** The partition that a wrong name probably means: `aws`, unless another is close. */
export function nearestPartition(text: string): PartitionName {
  const plain = text.toLowerCase();
  const close = (limit: number): PartitionName | undefined =>
    partitions().find((id) => distance(plain, id, limit) <= limit);
  const begun = partitions().find((id) => id !== 'aws' && plain.startsWith(id));
  return close(1) ?? begun ?? (plain.startsWith('aws-') ? close(3) : undefined) ?? 'aws';
}

/** The one known partition of all principals of a policy; nothing where there is none or several. */
export function partitionOf({ statements }: Policy): PartitionName | undefined {
  const named = statements.flatMap(({ principals }) =>
    principals.flatMap((each) => knownPartition(each) ?? []),
  );
  const [only, ...others] = new Set(named);
  return others.length === 0 ? only : undefined;
}

/** The partition of a principal, where there is such a one. */
export function knownPartition(principal: Principal): PartitionName | undefined {
  const partition = writtenPartition(principal);
  return partition !== undefined && isPartition(partition) ? partition : undefined;
}

/** The text of an ARN with another partition. */
export const withPartition = (arn: string, partition: PartitionName): string =>
  arn.trim().replace(/^arn:[^:]*/, `arn:${partition}`);
