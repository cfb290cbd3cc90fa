/** Nothing from a policy becomes markup. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { code, documented, prose } from './markdown.ts';

it.each([
  ['a`b', '`` a`b ``'],
  ['``', '``` `` ```'],
  ['line\nbreak\u0000', '`line break`'],
  ['', '` `'],
  ['<img src=x>', '`<img src=x>`'],
])('%j is shown as code', (text, markdown) => {
  expect(code(text)).toBe(markdown);
});

it('code never ends before its text does', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('`', '\n', 'a', '[', '<', ' ') }), (text) => {
      const markdown = code(text);
      const fence = /^`+/.exec(markdown)?.[0] ?? '';
      expect(markdown).not.toContain('\n');
      expect(markdown.indexOf(fence, fence.length)).toBe(markdown.length - fence.length);
    }),
  );
});

it('long texts are cut', () => {
  expect(code('x'.repeat(5000)).length).toBeLessThan(300);
});

it('prose is plain', () => {
  expect(prose('*a* [b](c) <d> `e` &amp; a_b')).toBe('\\*a\\* \\[b\\](c) \\<d\\> \\`e\\` \\&amp; a\\_b');
  expect(documented('Known.', 'https://docs.github.com/x')).toBe(
    'Known.\n\n[Documentation](https://docs.github.com/x)',
  );
});
