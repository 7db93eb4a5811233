/**
 * Where a store keeps one hint per peer and key, a newer hint takes the place of an older one, and the fate of the older
 * is that of the newest. This follows such chains to their ends.
 */
import { HINT_FATES, NONE } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';

const COALESCED = HINT_FATES.indexOf('coalesced');

/** Per hint: the one that stands for it at last; itself if nothing took its place, or nothing known. O(hints). */
export function lastOfChains({ hints, writes, scenario }: Trace): Int32Array {
  const last = new Int32Array(hints.write.length);
  const nodes = scenario.nodes.length;
  /** Per holder and peer: the newest hint of each key, going backwards through time. */
  const newest = new Map<number, Map<number, number>>();
  for (let hint = last.length - 1; hint >= 0; hint--) {
    const lane = (hints.holder[hint] ?? 0) * nodes + (hints.peer[hint] ?? 0);
    const key = writes.key[hints.write[hint] ?? NONE] ?? NONE;
    const keys = newest.get(lane) ?? new Map<number, number>();
    newest.set(lane, keys);
    const next = hints.fate[hint] === COALESCED ? keys.get(key) : undefined;
    last[hint] = next === undefined ? hint : (last[next] ?? hint);
    keys.set(key, hint);
  }
  return last;
}
