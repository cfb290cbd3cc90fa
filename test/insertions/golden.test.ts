/** What insertions come to in documents of each host, to be read by people: comments and expressions stay. */
import { expect, it } from 'vitest';
import { insertions } from '../../engine/src/insertions/insertions.ts';
import { inserted } from './each.ts';
import { sources } from './sources.ts';

const chosen = ['require-mfa', 'require-external-id-variable', 'deny-without-mfa', 'allow-session-tags'];

it.each(Object.entries(sources))('in %s', async (host, source) => {
  const parts = insertions
    .filter(({ id }) => chosen.includes(id))
    .map((insertion) => {
      const { outcome, text } = inserted(insertion, source);
      return `=== ${insertion.id}\n${outcome.kind === 'edits' ? text : `${outcome.kind}: ${outcome.why}\n`}`;
    });
  await expect(parts.join('\n')).toMatchFileSnapshot(`./golden/${host}.txt`);
});
