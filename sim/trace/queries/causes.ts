/**
 * The causal cone of an event: the events without which it would not have happened, and those behind them, back to what
 * a client sent and what the scenario broke. A hint is applied because it was shipped, shipped because it had been stored
 * and its holder took the peer for Normal, stored because the peer was taken for Down, and so on.
 *
 * What caused what is not recorded: it follows from the kind of an event and the rows that its kind always needs
 * ({@link ./cause-rules.ts}).
 */
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import { causesOf } from './cause-rules.ts';

/** One event of a cone. */
export interface ConeEvent {
  /** The log row. */
  readonly entry: number;
  /** Steps back from the event that was asked for, by the shortest way; 0 is that event itself. */
  readonly depth: number;
  /** Rows of the cone that it led to. */
  readonly ledTo: readonly number[];
}

/** The events behind one event. */
export interface Cone {
  /** In the order of happening; the last one is the event that was asked for. */
  readonly events: readonly ConeEvent[];
  /** There are more than these behind it. */
  readonly isCut: boolean;
}

/** Events of a cone beyond which it is cut: those nearest to the event are kept. */
export const MAX_CONE = 60;

/** The cone of a log row; empty for NONE. A search back through the log for some of its events: O(cone · log rows). */
export function causalCone(trace: Trace, entry: number): Cone {
  if (entry === NONE || entry >= trace.log.at.length) return { events: [], isCut: false };
  const depth = new Map([[entry, 0]]);
  const ledTo = new Map<number, number[]>([[entry, []]]);
  let isCut = false;
  // A Map is walked in the order of insertion, and what is added on the way is walked, too: nearest first.
  for (const [effect, steps] of depth) {
    for (const cause of causesOf(trace, effect)) {
      const known = ledTo.get(cause);
      if (known !== undefined) {
        if (!known.includes(effect)) known.push(effect);
      } else if (depth.size < MAX_CONE) {
        depth.set(cause, steps + 1);
        ledTo.set(cause, [effect]);
      } else isCut = true;
    }
  }
  const events = [...depth].toSorted(([left], [right]) => left - right);
  return {
    events: events.map(([row, steps]) => ({ entry: row, depth: steps, ledTo: ledTo.get(row) ?? [] })),
    isCut,
  };
}
