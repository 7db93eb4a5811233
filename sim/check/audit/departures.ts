/**
 * Departures: a hint that dies in its store while a message still carries it is told in a row like that of an attempt
 * (`hintShipped`), for from then on its fate is with the message. Here those rows are told apart.
 */
import { NONE } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { LOG } from '../../trace/log-codes.ts';

/**
 * By hint: the row at which it departed, NONE for none. Without acknowledgements every hint leaves with its one attempt,
 * and none departs. With them it is the last such row of the instant in which a hint left unacknowledged.
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
