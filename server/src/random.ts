/** Values that nobody can guess. The engine is pure, so they come from here. */

/** An external id that cannot be guessed. `randomUUID` is missing in browsers where the page is not secure. */
export const newRandom = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join(
    '',
  );
