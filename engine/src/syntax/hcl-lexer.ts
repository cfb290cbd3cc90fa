/**
 * HCL as tokens. A quoted template or a heredoc is one token, whatever is nested in it. A quoted string that is not
 * closed ends with its line, so that what follows is read as if the quote stood there. Never throws.
 */
import type { Span } from '../text/span.ts';
import { endOfLine, templateEnd } from './hcl-template.ts';

/** `mark` is one of the signs of the language; its characters are in `sign`, which is empty for the others. */
export interface Token {
  readonly kind: 'word' | 'number' | 'string' | 'heredoc' | 'mark' | 'newline';
  readonly start: number;
  readonly end: number;
  readonly sign: string;
  /** False for a string or a heredoc that lacks its end. */
  readonly closed: boolean;
}

export interface Lexed {
  readonly tokens: readonly Token[];
  readonly comments: readonly Span[];
}

/** Reads a text into tokens and comments. */
export function lexHcl(text: string): Lexed {
  const tokens: Token[] = [];
  const comments: Span[] = [];
  const closing = closingFinder(text);
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    const note = commentEnd(text, at, code);
    if (note !== undefined) {
      comments.push({ start: at, end: note });
      at = note;
    } else if (isBlank(code) || (code === 13 && text.charCodeAt(at + 1) === 10)) at++;
    else {
      const next = tokenAt(text, at, code, closing);
      tokens.push(next);
      at = next.end;
    }
  }
  return { tokens, comments };
}

/** Space, tab, byte-order mark. */
const isBlank = (code: number): boolean => code === 32 || code === 9 || code === 0xfeff;

function commentEnd(text: string, at: number, code: number): number | undefined {
  if (code === 35 || (code === 47 && text.charCodeAt(at + 1) === 47)) return endOfLine(text, at);
  if (code !== 47 || text.charCodeAt(at + 1) !== 42) return undefined;
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? text.length : end + 2;
}

type ClosingFinder = (start: number) => number | undefined;

function tokenAt(text: string, start: number, code: number, closing: ClosingFinder): Token {
  if (code === 10 || code === 13) return token('newline', start, start + 1);
  if (isWordStart(code)) return token('word', start, wordEnd(text, start));
  if (code === 34) {
    const end = closing(start);
    return token('string', start, end ?? endOfLine(text, start), '', end !== undefined);
  }
  if (isDigit(code)) return token('number', start, numberEnd(text, start));
  const head = code === 60 ? heredocHead(text, start) : undefined;
  if (head === undefined) {
    const sign = signAt(text, start);
    return token('mark', start, start + sign.length, sign);
  }
  const end = heredocEnd(text, head);
  return token('heredoc', start, end ?? text.length, '', end !== undefined);
}

const token = (kind: Token['kind'], start: number, end: number, sign = '', closed = true): Token => ({
  kind,
  start,
  end,
  sign,
  closed,
});

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Letters, the underscore, and all that is not ASCII. */
const isWordStart = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code > 127 && code !== 0xfeff);

/** Whether a text is a name that needs no quotes. */
export const isWord = (text: string): boolean =>
  text !== '' && isWordStart(text.charCodeAt(0)) && wordEnd(text, 0) === text.length;

function wordEnd(text: string, start: number): number {
  let end = start + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (!isWordStart(code) && !isDigit(code) && code !== 45) break;
  }
  return end;
}

function numberEnd(text: string, start: number): number {
  const digits = digitsEnd(text, start);
  const fraction = text[digits] === '.' ? digitsEnd(text, digits + 1) : digits;
  const mantissa = fraction > digits + 1 ? fraction : digits;
  if (text[mantissa] !== 'e' && text[mantissa] !== 'E') return mantissa;
  const signed = '+-'.includes(text.charAt(mantissa + 1)) ? mantissa + 2 : mantissa + 1;
  const exponent = digitsEnd(text, signed);
  return exponent > signed ? exponent : mantissa;
}

function digitsEnd(text: string, start: number): number {
  let end = start;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

const longSigns = ['...', '==', '!=', '<=', '>=', '=>', '&&', '||', '::'] as const;

function signAt(text: string, start: number): string {
  const first = text.charAt(start);
  if (!'.=!<>&|:'.includes(first)) return first;
  return longSigns.find((sign) => text.startsWith(sign, start)) ?? first;
}

/** The first line of a heredoc: `<<` or `<<-`, and the name that will close it. */
export interface HeredocHead {
  readonly name: string;
  /** The indentation that all lines share is no part of the text. */
  readonly indented: boolean;
  /** Where the text begins: behind the line break. */
  readonly body: number;
}

/** The head of a heredoc at an offset; nothing where there is none. */
export function heredocHead(text: string, start: number): HeredocHead | undefined {
  if (!text.startsWith('<<', start)) return undefined;
  const indented = text[start + 2] === '-';
  const nameStart = start + (indented ? 3 : 2);
  const line = endOfLine(text, nameStart);
  const name = text.slice(nameStart, line).trimEnd();
  if (!isWord(name) || line >= text.length) return undefined;
  return { name, indented, body: text.indexOf('\n', line) + 1 };
}

/** Where the name ends that closes a heredoc: it stands on a line of its own. */
function heredocEnd(text: string, { name, body }: HeredocHead): number | undefined {
  for (let line = body; line < text.length;) {
    const end = endOfLine(text, line);
    const said = text.slice(line, end);
    if (said.trim() === name) return line + said.trimEnd().length;
    const next = text.indexOf('\n', end);
    if (next < 0) return undefined;
    line = next + 1;
  }
  return undefined;
}

/** How far, in a text as a whole, strings are looked for in vain beyond their lines. */
const patience = 100_000;

/**
 * Finds the end of strings. An expression in a string may go on in further lines. Where only its brace is missing that
 * search leads astray, so searches in vain are limited.
 */
function closingFinder(text: string): ClosingFinder {
  let left = patience;
  return (start) => {
    const line = endOfLine(text, start);
    const inLine = templateEnd(text, start + 1, line, '"');
    if (inLine !== undefined || left <= 0 || !text.slice(start, line).includes('{')) return inLine;
    const limit = Math.min(text.length, line + farthest);
    const end = templateEnd(text, start + 1, limit, '"');
    if (end === undefined) left -= limit - start;
    return end;
  };
}

/** How far one string may go on in further lines. */
const farthest = 2000;
