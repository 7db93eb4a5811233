/**
 * The figures of a matrix: quantiles of runs to detection, and which properties saw a bug how often.
 */

/** Properties that a bug is to be seen by. A hunt that has found it goes on until it has met with as many, or is over. */
export const WITNESSES = 2;

/** The least value that a share of all is no greater than; undefined of none. @param share 0 … 1 */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}

/** How often each name occurs in all lists together, the most frequent first. */
export function frequencies(lists: readonly (readonly string[])[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const name of lists.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
