/** Segments: every decoded character maps to raw text that holds it or its escape, and carets map there and back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodedOffset,
  holeMark,
  isReplaceable,
  type Piece,
  rawSpan,
  segmented,
  segmentedAgain,
  type SegmentedText,
} from './segments.ts';

interface Part {
  readonly kind: Piece['kind'] | 'silent';
  readonly raw: string;
  readonly text: string;
}

const part: fc.Arbitrary<Part> = fc.oneof(
  fc.stringMatching(/^[a-z]{1,4}$/).map((raw): Part => ({ kind: 'same', raw, text: raw })),
  fc
    .constantFrom(
      { raw: '\\n', text: '\n' },
      { raw: '\\"', text: '"' },
      { raw: '\n    ', text: '\n' },
      { raw: '$${', text: '${' },
    )
    .map((escape): Part => ({ kind: 'escape', ...escape })),
  fc.constantFrom('${var.x}', '{{ y }}').map((raw): Part => ({ kind: 'hole', raw, text: holeMark })),
  fc.constantFrom('  ', '\\\n ').map((raw): Part => ({ kind: 'silent', raw, text: '' })),
);

function build(parts: readonly Part[]): { readonly raw: string; readonly text: SegmentedText } {
  const raw = parts.map((each) => each.raw).join('');
  const pieces: Piece[] = [];
  let start = 0;
  for (const { kind, raw: shown, text } of parts) {
    const span = { start, end: start + shown.length };
    if (kind === 'escape') pieces.push({ kind, raw: span, text });
    else if (kind !== 'silent') pieces.push({ kind, raw: span });
    start = span.end;
  }
  return { raw, text: segmented(raw, pieces) };
}

const escapes: Readonly<Record<string, readonly string[]>> = {
  '\n': ['\\n', '\n    '],
  '"': ['\\"'],
  $: ['$${'],
  '{': ['$${'],
  [holeMark]: ['${var.x}', '{{ y }}'],
};

function checkCharacters(raw: string, text: SegmentedText): void {
  for (let at = 0; at < text.text.length; at++) {
    const span = rawSpan(text, { start: at, end: at + 1 });
    const shown = raw.slice(span.start, span.end);
    const character = text.text.charAt(at);
    expect(
      shown === character || (escapes[character] ?? []).includes(shown),
      `${character} is ${shown}`,
    ).toBe(true);
  }
}

describe('segments', () => {
  it('map every character to what holds it', () => {
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const { raw, text } = build(parts);
        expect(text.text).toBe(parts.map((each) => each.text).join(''));
        checkCharacters(raw, text);
      }),
    );
  });

  it('map carets there and back', () => {
    fc.assert(
      fc.property(fc.array(part, { minLength: 1 }), (parts) => {
        const { text } = build(parts);
        for (const { kind, decoded } of text.segments) {
          const inside = kind === 'same' ? decoded.end : decoded.start;
          for (let at = decoded.start; at <= inside; at++) {
            const caret = rawSpan(text, { start: at, end: at + (at < decoded.end ? 1 : 0) }).start;
            expect(decodedOffset(text, caret)).toBe(at);
          }
        }
      }),
    );
  });

  it('decode twice as once', () => {
    fc.assert(
      fc.property(fc.array(part), (parts) => {
        const { raw, text } = build(parts);
        const upper = segmentedAgain(text, [{ kind: 'same', raw: { start: 0, end: text.text.length } }]);
        expect(upper.text).toBe(text.text);
        checkCharacters(raw, upper);
      }),
    );
  });

  it('find expressions in decoded text', () => {
    const { text } = build([
      { kind: 'same', raw: 'a', text: 'a' },
      { kind: 'escape', raw: '\\"', text: '"' },
      { kind: 'same', raw: 'bcd', text: 'bcd' },
    ]);
    const again = segmentedAgain(text, [
      { kind: 'same', raw: { start: 0, end: 2 } },
      { kind: 'hole', raw: { start: 2, end: 4 } },
      { kind: 'same', raw: { start: 4, end: 5 } },
    ]);
    expect(again.text).toBe(`a"${holeMark}d`);
    expect(rawSpan(again, { start: 2, end: 3 })).toEqual({ start: 3, end: 5 });
  });

  it('refuse edits that cut an escape or touch a hole', () => {
    const { text } = build([
      { kind: 'same', raw: 'ab', text: 'ab' },
      { kind: 'escape', raw: '$${', text: '${' },
      { kind: 'hole', raw: '{{ y }}', text: holeMark },
      { kind: 'same', raw: 'c', text: 'c' },
    ]);
    const can = (start: number, end: number): boolean => isReplaceable(text, { start, end });
    expect([can(0, 2), can(1, 1), can(1, 4), can(2, 2), can(5, 6), can(6, 6)]).toEqual(Array(6).fill(true));
    expect([can(3, 3), can(1, 3), can(4, 5), can(0, 6)]).toEqual(Array(4).fill(false));
  });

  it('know where the text ends', () => {
    const { text } = build([{ kind: 'same', raw: 'ab', text: 'ab' }]);
    expect([decodedOffset(text, 2), decodedOffset(text, 3), decodedOffset(segmented('', []), 0)]).toEqual([
      2,
      undefined,
      undefined,
    ]);
  });
});
