/**
 * Departures: a hint that dies in its store while a message still carries it is told in a row like that of an attempt
 * (`hintShipped`), for from then on its fate is with the message. Here those rows are told apart.
 */
import { cell, countBefore, countUpTo } from '../cell.ts';
import { LOG } from '../log-codes.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';
import type { Happening } from './happening.ts';

/**
 * By hint: the row at which it departed, NONE for none. Without acknowledgements every hint leaves with its one attempt,
 * and none departs. With them it is the last such row of the instant in which a hint left unacknowledged. O(log rows).
 */
export function departuresOf({ log, hints, scenario }: Trace): Int32Array {
  const departures = new Int32Array(hints.leftAt.length).fill(NONE);
  if (scenario.policy.drain.ack === 'none') return departures;
  for (let row = 0; row < log.at.length; row++) {
    const hint = log.subject[row] ?? NONE;
    if (log.kind[row] === LOG.hintShipped && hints.leftAt[hint] === log.at[row]) departures[hint] = row;
    if (log.kind[row] === LOG.hintAcked) departures[hint] = NONE;
  }
  return departures;
}

/** Whether a `hintShipped` of the log is a departure. O(rows of its instant). */
export function isDeparture(trace: Trace, { at, node, subject, entry }: Happening): boolean {
  return entry !== undefined && departuresAt(trace, node, at).get(subject) === entry;
}

/** The hints that departed from a node at an instant. O(log n + rows of that instant). */
export function departedAt(trace: Trace, node: number, at: number): readonly number[] {
  return [...departuresAt(trace, node, at).keys()];
}

/** By hint: its departure from a node at an instant. */
function departuresAt({ log, hints, scenario }: Trace, node: number, at: number): ReadonlyMap<number, number> {
  const departures = new Map<number, number>();
  if (scenario.policy.drain.ack === 'none') return departures;
  const end = countUpTo(log.at, at);
  for (let row = countBefore(log.at, at); row < end; row++) {
    const hint = cell(log.subject, row);
    if (log.kind[row] === LOG.hintAcked) departures.delete(hint);
    const mayDepart = log.kind[row] === LOG.hintShipped && log.node[row] === node;
    if (mayDepart && cell(hints.leftAt, hint) === at) departures.set(hint, row);
  }
  return departures;
}
