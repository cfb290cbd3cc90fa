/**
 * What follows from a node, or from what was read of it, is worked out once: what is still the same object in the next version of a
 * document has the same content.
 */

/** The function, made to remember. It may depend on the content of what it is given, but not on where that stands. */
export function remembered<K extends object, T>(make: (about: K) => T): (about: K) => T {
  const known = new WeakMap<K, { readonly made: T }>();
  return (about) => {
    let found = known.get(about);
    if (found === undefined) known.set(about, (found = { made: make(about) }));
    return found.made;
  };
}
