/** Thirty policies that any reviewer tells apart: 26 with a well-known fault, four without. In every host. */
import { describe, expect, it } from 'vitest';
import { severities } from '#engine';
import type { JsonValue } from '../../engine/src/tree/walk.ts';
import { look } from '../harness/look.ts';
import { transcripts } from '../harness/transcribe.ts';
import baseline from './baseline.json' with { type: 'json' };

/** From loud to quiet. */
const levels: readonly string[] = severities;

/** What is said of a policy at a level or a louder one, by the name of the host that it is written in. */
function saidIn(policy: JsonValue, atLeast: string): ReadonlyMap<string, readonly string[]> {
  const whole = { name: 'JSON', language: 'json', file: 'trust-policy.json', text: JSON.stringify(policy) };
  return new Map(
    [whole, ...transcripts(policy)].map(({ name, ...example }) => [
      name,
      look(example)
        .findings.filter(({ severity }) => levels.indexOf(severity) <= levels.indexOf(atLeast))
        .map(({ rule }) => rule),
    ]),
  );
}

it('are 26 and 4', () => {
  expect([baseline.bad.length, baseline.good.length]).toEqual([26, 4]);
});

/** Two are no holes by themselves, for reasons that docs/adr/0020-two-faults-of-the-baseline-stay-quiet.md gives. */
it('all but two of the faults are warnings or errors', () => {
  const quiet = baseline.bad.filter(({ atLeast }) => atLeast !== 'warning').map(({ what }) => what);
  expect(quiet).toEqual(['CloudTrail without its source', 'an old version']);
});

describe('a fault is told', () => {
  it.each(baseline.bad)('$what', ({ policy, atLeast }) => {
    for (const [host, rules] of saidIn(policy, atLeast)) expect(rules, host).not.toEqual([]);
  });
});

describe('nothing is said loudly of', () => {
  it.each(baseline.good)('$what', ({ policy }) => {
    for (const [host, rules] of saidIn(policy, 'warning')) expect(rules, host).toEqual([]);
  });
});
