/** Dates: what is one, when it is, and how it is written. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isoMeant, isoOf, momentOf } from './moment.ts';

const seconds = (text: string): number => new Date(text).getTime() / 1000;

it.each([
  '2026-01-31T00:00:00Z',
  '2024-02-29T23:59:59Z',
  '1999-12-31T12:30:00+01:00',
  '2026-06-30T08:00:00-07:30',
])('%s is the moment that others take it for', (text) => {
  expect(momentOf(text)).toBe(seconds(text));
});

it.each([
  ['2026', '2026-01-01T00:00:00Z'],
  ['2026-07', '2026-07-01T00:00:00Z'],
  ['2026-07-15', '2026-07-15T00:00:00Z'],
  ['1924905600', '2030-12-31T00:00:00Z'],
])('%s is short for %s', (text, full) => {
  expect(momentOf(text)).toBe(seconds(full));
});

it.each([
  '2026-13-01',
  '2026-02-29',
  '2026-00-10',
  '2026-01-32',
  '31/12/2030',
  'tomorrow',
  '',
  '2026-01-01T25:00:00Z',
])('%s is no date', (text) => {
  expect(momentOf(text)).toBeUndefined();
});

it('every moment is written as others write it, and read again', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800 }), (moment) => {
      const text = isoOf(moment);
      expect(text).toBe(new Date(moment * 1000).toISOString().replace('.000', ''));
      expect(momentOf(text)).toBe(moment);
    }),
  );
});

it.each([
  ['31/12/2030', '2030-12-31T00:00:00Z'],
  ['12/31/2030', '2030-12-31T00:00:00Z'],
  ['2030/1/5', '2030-01-05T00:00:00Z'],
  ['31.12.2030', '2030-12-31T00:00:00Z'],
  ['01/02/2030', undefined],
  ['31/31/2030', undefined],
])('%s is meant for %s', (text, meant) => {
  expect(isoMeant(text)).toBe(meant);
});
