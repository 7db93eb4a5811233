/**
 * Growing a column. Typed arrays have a fixed length, so a column that is full is copied into a longer one;
 * callers at least double the length each time, which keeps appending amortised O(1).
 */

/** Copies `column` to the front of `longer` and returns `longer`; the rest of `longer` keeps its zeros. */
export function widen<Column extends { readonly length: number; set(from: Column): void }>(
  column: Column,
  longer: Column,
): Column {
  longer.set(column);
  return longer;
}
