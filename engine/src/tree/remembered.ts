/**
 * What follows from a node, or from what was read of it, is worked out once: what is still the same object in the next version of a
 * document has the same content. It is kept with that very object, where no copy and no comparison sees it: weak maps keep what is
 * gone until the next full collection, which at one version for each keystroke is a lot.
 */

interface Made<T> {
  readonly by: symbol;
  readonly value: T;
}

/** The function, made to remember. It may depend on the content of what it is given, but not on where that stands. */
export function remembered<K extends object, T>(make: (about: K) => T): (about: K) => T {
  const slot = Symbol('remembered');
  const isMade = (found: unknown): found is Made<T> =>
    typeof found === 'object' && found !== null && 'by' in found && found.by === slot;
  return (about) => {
    const found: unknown = Reflect.get(about, slot);
    if (isMade(found)) return found.value;
    const made: Made<T> = { by: slot, value: make(about) };
    Object.defineProperty(about, slot, { value: made });
    return made.value;
  };
}
