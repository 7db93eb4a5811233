/**
 * What a row of the log put into the data of its node, and how: the one place that knows by which ways a write gets there.
 */
import { cell } from '../cell.ts';
import { LOG } from '../log-codes.ts';
import { NONE } from '../trace.ts';
import type { Trace } from '../trace.ts';

/** How a write gets there: sent by its coordinator, by a hint, or written by read repair. */
export type AppliedWay = 'direct' | 'hint' | 'repair';

/** The way by which a row applied a write at its node; undefined if it applied none. O(1). */
export function wayApplied({ log }: Trace, row: number): AppliedWay | undefined {
  switch (log.kind[row]) {
    case LOG.copyApplied:
      return 'direct';
    case LOG.hintApplied:
    case LOG.strayApplied:
      return 'hint';
    case LOG.repairApplied:
      return 'repair';
    default:
      return undefined;
  }
}

/** Whether a row puts an empty node in the place of its node, whose data are gone with it. O(1). */
export function emptiesNode({ log, scenario }: Trace, row: number): boolean {
  return log.kind[row] === LOG.faultBegan && scenario.faults[cell(log.subject, row)]?.kind === 'replace';
}

/** The write that a row applied at its node, be it directly, by a hint or by repair; NONE if it applied none. O(1). */
export function writeApplied(trace: Trace, row: number): number {
  const { log, hints } = trace;
  switch (wayApplied(trace, row)) {
    case 'direct':
    case 'repair':
      return cell(log.subject, row);
    case 'hint':
      return cell(hints.write, cell(log.subject, row));
    case undefined:
      return NONE;
  }
}
