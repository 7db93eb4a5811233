/**
 * What a row of the log put into the data of its node: the one place that knows by which ways a write gets there.
 */
import { cell } from '../cell.ts';
import { LOG } from '../log-codes.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';

/** The write that a row applied at its node, be it directly, by a hint or by repair; NONE if it applied none. O(1). */
export function writeApplied({ log, hints }: Trace, row: number): number {
  switch (log.kind[row]) {
    case LOG.copyApplied:
    case LOG.repairApplied:
      return cell(log.subject, row);
    case LOG.hintApplied:
    case LOG.strayApplied:
      return cell(hints.write, cell(log.subject, row));
    default:
      return NONE;
  }
}
