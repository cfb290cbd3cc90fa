/** A value that is computed at its first use, so that starting the server costs nothing. */

/** The function that returns the value; it calls `make` once. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** A lazy index of entries by a text. */
export function lazyIndex<T>(
  entries: readonly T[],
  keyOf: (entry: T) => string,
): () => ReadonlyMap<string, T> {
  return lazy(() => new Map(entries.map((entry) => [keyOf(entry), entry])));
}
