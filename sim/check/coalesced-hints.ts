/**
 * Where a store keeps one hint per peer and key, the newer of two hints takes the place of the other, and the fate of
 * that one is the newer's. This follows such chains to their ends.
 *
 * Mostly it is the later one that stays. A hint that gives way to one that was there already, whose write is newer,
 * leaves in the instant in which it is stored.
 */
import { HINT_FATES, NONE } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';

const COALESCED = HINT_FATES.indexOf('coalesced');

/** Per hint: the one that stands for it at last; itself if nothing took its place, or nothing known. O(hints). */
export function lastOfChains(trace: Trace): Int32Array {
  const next = nextOfChains(trace);
  // Ends are found once: what is followed to an end points to it from then on.
  next.forEach((_, hint) => {
    const end = endOf(next, hint);
    for (let at = hint; at !== end;) {
      const after = next[at] ?? end;
      next[at] = end;
      at = after;
    }
  });
  return next;
}

function endOf(next: Int32Array, hint: number): number {
  let at = hint;
  while ((next[at] ?? at) !== at) at = next[at] ?? at;
  return at;
}

/** Per hint: the one that took its place, or itself. */
function nextOfChains({ hints, writes, scenario }: Trace): Int32Array {
  const next = Int32Array.from(hints.write, (_, hint) => hint);
  const nodes = scenario.nodes.length;
  /** Per holder and peer, by key: the hint stored last, and the last one that did not give way at once. */
  const lanes = new Map<number, Map<number, { last: number; standing: number }>>();
  for (let hint = 0; hint < next.length; hint++) {
    const lane = (hints.holder[hint] ?? 0) * nodes + (hints.peer[hint] ?? 0);
    const key = writes.key[hints.write[hint] ?? NONE] ?? NONE;
    const keys = lanes.get(lane) ?? new Map<number, { last: number; standing: number }>();
    lanes.set(lane, keys);
    const { last, standing } = keys.get(key) ?? { last: NONE, standing: NONE };
    const isPassing = hints.fate[hint] === COALESCED && hints.leftAt[hint] === hints.storedAt[hint];
    if (isPassing) next[hint] = standing === NONE ? hint : standing;
    else if (hints.fate[standing] === COALESCED) next[standing] = hint;
    // Two of one instant: it was the later one that the first gave way to.
    const isPair = last !== standing && last !== NONE && hints.storedAt[last] === hints.storedAt[hint];
    if (isPair) next[last] = hint;
    keys.set(key, { last: hint, standing: isPassing ? standing : hint });
  }
  return next;
}
