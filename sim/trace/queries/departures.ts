/**
 * Departures: a hint that dies in its store while a message still carries it is told in a row like that of an attempt
 * (`hintShipped`), for from then on its fate is with the message. Here those rows are told apart.
 *
 * Without acknowledgements every hint leaves with its one attempt, and none departs. With them a departure is the last
 * such row of the instant in which a hint left unacknowledged.
 */
import { cell, countBefore, countUpTo } from '../cell.ts';
import { LOG } from '../log-codes.ts';
import type { Trace } from '../trace.ts';
import type { Happening } from './happening.ts';

/** By hint: the row at which it departed; those that did not are left out. */
export type Departures = ReadonlyMap<number, number>;

/** All departures of a run. O(log rows). */
export function departuresOf(trace: Trace): Departures {
  return departuresAmong(trace, 0, trace.log.at.length);
}

/** Whether a `hintShipped` of the log is a departure. O(log n + rows of its instant). */
export function isDeparture(trace: Trace, { at, subject, entry }: Happening): boolean {
  return entry !== undefined && departuresAt(trace, at).get(subject) === entry;
}

/** The hints that departed from a node at an instant. O(log n + rows of that instant). */
export function departedAt(trace: Trace, node: number, at: number): readonly number[] {
  return [...departuresAt(trace, at).keys()].filter((hint) => trace.hints.holder[hint] === node);
}

function departuresAt(trace: Trace, at: number): Departures {
  return departuresAmong(trace, countBefore(trace.log.at, at), countUpTo(trace.log.at, at));
}

/** The departures among the rows of whole instants. */
function departuresAmong({ log, hints, scenario }: Trace, first: number, end: number): Departures {
  const departures = new Map<number, number>();
  if (scenario.policy.drain.ack === 'none') return departures;
  for (let row = first; row < end; row++) {
    const hint = cell(log.subject, row);
    if (log.kind[row] === LOG.hintShipped && hints.leftAt[hint] === log.at[row]) departures.set(hint, row);
    if (log.kind[row] === LOG.hintAcked) departures.delete(hint);
  }
  return departures;
}
