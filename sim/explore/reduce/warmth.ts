/**
 * Warm runs. In the first instants of a run nobody has heard of anybody, so every peer is taken for Down: a reducer
 * that may use this finds it at once, and every lost hint becomes a tale of the cold start. A run is warm when no
 * request was sent by a coordinator that had yet to hear of somebody. Once a reduction is warm it stays so.
 */
import type { Trace } from '../../trace/index.ts';

/** Whether no coordinator sent a request while it held a belief that it began with. O(beliefs + requests). */
export function isWarm({ scenario, beliefs, writes, reads }: Trace): boolean {
  const warmAt = new Float64Array(scenario.nodes.length);
  beliefs.from.forEach((from, row) => {
    const observer = beliefs.observer[row] ?? 0;
    if (from === 0) warmAt[observer] = Math.max(warmAt[observer] ?? 0, beliefs.until[row] ?? 0);
  });
  const isSentWarm = (coordinator: number, issuedAt: number): boolean => issuedAt >= (warmAt[coordinator] ?? 0);
  return (
    writes.coordinator.every((node, write) => isSentWarm(node, writes.issuedAt[write] ?? 0)) &&
    reads.coordinator.every((node, read) => isSentWarm(node, reads.issuedAt[read] ?? 0))
  );
}

/** When the last of the beliefs that a run began with ended; after the run if one never did. */
export function warmFrom({ beliefs }: Trace): number {
  let last = 0;
  beliefs.from.forEach((from, row) => {
    if (from === 0) last = Math.max(last, beliefs.until[row] ?? 0);
  });
  return last;
}
