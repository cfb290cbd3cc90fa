/** Addresses and ranges: what is one, where it lies, and how its network is written. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasHostBits, ipRange, isPrivate, isWithin, networkOf } from './ip-range.ts';

it.each([
  '203.0.113.7',
  '0.0.0.0/0',
  '2001:DB8:1234:5678::/64',
  '::/0',
  '::1',
  '::ffff:203.0.113.7/128',
  '2001:db8:0:0:0:0:0:1',
])('%s is a range', (text) => {
  expect(ipRange(text)).toBeDefined();
});

it.each([
  '10.0.0',
  '203.0.113.0/33',
  '203.0.113.*',
  '203.0.113.1-203.0.113.9',
  '256.1.1.1',
  '1.2.3.4/',
  '1.2.3.4/8/8',
  '',
  ':::',
  '2001:db8',
  '2001:db8::1::2',
  '::/129',
  'fe80::g',
  '1:2:3:4:5:6:7:8:9',
  '::1.2.3',
  '1:2:3:4:5:6:7::8',
])('%s is none', (text) => {
  const isSeven = text === '1:2:3:4:5:6:7::8';
  expect(ipRange(text)).toBeUndefined();
  expect(isSeven && ipRange('1:2:3:4:5:6::8') === undefined).toBe(false);
});

it.each([
  ['203.0.113.77/24', '203.0.113.0/24'],
  ['2001:db8:1234:5678:9::1/64', '2001:db8:1234:5678::/64'],
  ['fe80::1:2/10', 'fe80::/10'],
  ['255.255.255.255/1', '128.0.0.0/1'],
  ['2001:db8:0:1:0:0:0:9/128', '2001:db8:0:1::9/128'],
])('%s is of the network %s', (text, network) => {
  const range = ipRange(text);
  expect(range && networkOf(range)).toBe(network);
});

it('a network is read as it is written, holds its addresses, and has no host bits', () => {
  fc.assert(
    fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(128), (host, length) => {
      const prefix = host.includes(':') ? length : length % 33;
      const range = ipRange(`${host}/${String(prefix)}`);
      const network = range && ipRange(networkOf(range));
      if (range === undefined || network === undefined) throw new Error(`${host} was not read`);
      expect(isWithin(range, network) && isWithin(network, range)).toBe(true);
      expect(hasHostBits(network)).toBe(false);
    }),
  );
});

it.each([
  ['10.1.0.0/16', true],
  ['172.31.255.0/24', true],
  ['172.32.0.0/16', false],
  ['10.0.0.0/7', false],
  ['fd00::/8', true],
  ['2001:db8::/32', false],
])('whether %s is private: %s', (text, expected) => {
  const range = ipRange(text);
  expect(range && isPrivate(range)).toBe(expected);
});
