/** Dates: what is one, when it is, and how it is written. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isEpoch, isoMeant, isoOf, momentOf } from './moment.ts';

const seconds = (text: string): number => new Date(text).getTime() / 1000;

it.each([
  '2026-01-31T00:00:00Z',
  '2024-02-29T23:59:59Z',
  '1999-12-31T12:30:00+01:00',
  '2026-06-30T08:00:00-07:30',
  '2000-02-29T00:00:00Z',
  '2026-01-01T24:00:00Z',
  '2026-12-31T23:59:00.5Z',
])('%s is the moment that others take it for', (text) => {
  expect(momentOf(text)).toBe(seconds(text));
});

it.each([
  ['2026', '2026-01-01T00:00:00Z'],
  ['2026-07', '2026-07-01T00:00:00Z'],
  ['2026-07-15', '2026-07-15T00:00:00Z'],
  ['1924905600', '2030-12-31T00:00:00Z'],
  ['2026-01-01T01:30:00+0130', '2026-01-01T00:00:00Z'],
  ['2026-01-01T10:00', '2026-01-01T10:00:00Z'],
  ['2026-01-01T00:00:60Z', '2026-01-01T00:01:00Z'],
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
  '2026-01-01T00:60:00Z',
  '2026-01-01T00:00:61Z',
  '2026-01-00',
  '2100-02-29',
  '2026-04-31',
  'x2026-01-01',
  '2026-01-01x',
  '12345678',
])('%s is no date', (text) => {
  expect(momentOf(text)).toBeUndefined();
});

it.each([
  ['123456789', true],
  ['12345678901', true],
  ['12345678', false],
  ['123456789012', false],
  ['x123456789', false],
  ['123456789x', false],
])('%s is seconds: %s', (text, is) => {
  expect(isEpoch(text)).toBe(is);
});

it.each(['1971-01-01', '1972-12-31', '1999-12-01', '2000-12-31', '2024-12-31', '2025-01-01'])(
  'the first second of %s is written as it is',
  (day) => {
    expect(isoOf(seconds(day))).toBe(`${day}T00:00:00Z`);
  },
);

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
  ['12/12/2030', undefined],
  ['13-12-2030', '2030-12-13T00:00:00Z'],
  ['12-13-2030', '2030-12-13T00:00:00Z'],
  ['2030.11.25', '2030-11-25T00:00:00Z'],
  ['2030/13/5', undefined],
  ['on 2030/1/5', undefined],
  ['2030/1/5 or so', undefined],
  ['on 31/12/2030', undefined],
  ['31/12/2030 or so', undefined],
  ['soon', undefined],
  ['31/31/2030', undefined],
])('%s is meant for %s', (text, meant) => {
  expect(isoMeant(text)).toBe(meant);
});
