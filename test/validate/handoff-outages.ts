/**
 * Section 3: outages as a trace has them, and which of them an instant falls into.
 */
import type { Trace } from '../../sim/trace/index.ts';

/** An outage that was over before the run was: down from `from`, back at `until`, down again at `next`. Microseconds. */
export interface Outage {
  readonly from: number;
  readonly until: number;
  readonly next: number;
}

/** The outages of a node, but those at the end of the run whose next one is not known. */
export function outagesOf({ outages }: Trace, node: number): readonly Outage[] {
  const rows = [...outages.node.keys()].filter((row) => outages.node[row] === node);
  return rows.slice(0, -1).map((row, index) => ({
    from: outages.from[row] ?? NaN,
    until: outages.until[row] ?? NaN,
    next: outages.from[rows[index + 1] ?? -1] ?? NaN,
  }));
}

/** The position of the last outage that began at `at` or before; −1 if there is none. */
export function outageAt(outages: readonly Outage[], at: number): number {
  let [low, high] = [0, outages.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((outages[middle]?.from ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
