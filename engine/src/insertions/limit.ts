/** From where and when callers may come. */
import { isDate, isNetwork } from '../policy/value-form.ts';
import { placeholder } from '../tree/change.ts';
import type { Caller } from './fitting.ts';
import type { Insertion } from './insertion.ts';
import { block, demand } from './require.ts';

/** Services call from networks of AWS. */
const people: readonly Caller[] = ['aws', 'federated'];

const spanOf = (text: string): readonly string[] => text.split('/');

export const limitInsertions: readonly Insertion[] = [
  {
    id: 'limit-by-network',
    title: 'Limit to a network',
    summary: 'Lets callers in only from a range of public IP addresses.',
    form: { name: 'CIDR', accepts: isNetwork, says: 'an IP address or a range of them in CIDR notation' },
    make: (target) =>
      demand(target, people, [
        block('IpAddress', 'aws:SourceIp', target.value ?? placeholder('REPLACE_WITH_CIDR')),
      ]),
  },
  {
    id: 'limit-by-vpc',
    title: 'Limit to a VPC',
    summary: 'Lets callers in only from one virtual private cloud, through an endpoint for STS in it.',
    form: {
      name: 'VPC',
      accepts: (text) => text.startsWith('vpc-') && text.length > 8,
      says: 'the id of a VPC: vpc-…',
    },
    make: (target) =>
      demand(target, people, [
        block('StringEquals', 'aws:SourceVpc', target.value ?? placeholder('REPLACE_WITH_VPC_ID')),
      ]),
  },
  {
    id: 'limit-by-time',
    title: 'Limit to a time',
    summary: 'Lets callers in only between two dates.',
    form: {
      name: 'START/END',
      accepts: (text) => spanOf(text).length === 2 && spanOf(text).every(isDate),
      says: 'two dates, such as 2030-01-01T00:00:00Z/2030-02-01T00:00:00Z',
    },
    make: (target) => {
      const [start = placeholder('REPLACE_WITH_START'), end = placeholder('REPLACE_WITH_END')] =
        target.value === undefined ? [] : spanOf(target.value);
      return demand(
        target,
        [...people, 'service'],
        [block('DateGreaterThan', 'aws:CurrentTime', start), block('DateLessThan', 'aws:CurrentTime', end)],
      );
    },
  },
];
