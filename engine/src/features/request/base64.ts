/** Base64 of both alphabets, as tokens are written in. Neither browsers nor Node are asked, so that the engine needs none. */

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The text that is encoded; nothing where the text is no Base64 or the bytes are no UTF-8. */
export function decodedText(encoded: string): string | undefined {
  let bits = 0;
  let count = 0;
  let escaped = '';
  for (const letter of encoded) {
    if (letter === '=' || letter === '\n' || letter === '\r') continue;
    const value = alphabet.indexOf(letter === '-' ? '+' : letter === '_' ? '/' : letter);
    if (value < 0) return undefined;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    escaped += `%${((bits >> count) & 0xff).toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(escaped);
  } catch {
    return undefined;
  }
}
