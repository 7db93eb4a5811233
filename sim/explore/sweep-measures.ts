/**
 * The measures of a sweep (`sweep-metrics.ts`), read from the trace and the ledger of a finished run.
 */
import { isUnderWay, MISSING_CAUSE_NAMES, MISSING_CAUSES } from '../check/index.ts';
import type { LedgerTotals, MissingCause } from '../check/index.ts';
import { NEVER, outageReport } from '../trace/index.ts';
import type { Trace } from '../trace/index.ts';
import type { Measures } from './sweep-metrics.ts';

/** Measures a finished run. `totals` is its ledger, if it has one. O(rows of the trace), with a sort. */
export function measuresOf(trace: Trace, totals: LedgerTotals | undefined): Measures {
  const { hints } = trace.totals;
  const always = {
    refused: hints.rejectedOverCapacity,
    expired: hints.expired,
    staleReads: trace.statistics.staleReads,
  };
  if (trace.level === 'counters') return always;
  const caughtUp = longestCatchUp(trace);
  const withHints = { ...always, peakBytes: peakBytes(trace), ...(caughtUp === undefined ? {} : { caughtUp }) };
  if (totals === undefined) return withHints;
  return { ...withHints, ...missingOf(totals), worstDelay: worstDelay(trace) };
}

/** The lost copies of a run by cause, most first; those still under way are no loss. */
export function lostByCause({ missing }: LedgerTotals): readonly (readonly [name: string, copies: number])[] {
  return lossCauses(missing)
    .map((cause) => [MISSING_CAUSE_NAMES[cause], missing[cause]] as const)
    .toSorted(([, left], [, right]) => right - left);
}

function missingOf({ missing }: LedgerTotals): { readonly lost: number; readonly waiting: number } {
  const lost = lossCauses(missing).reduce((sum, cause) => sum + missing[cause], 0);
  return { lost, waiting: missing.waiting + missing.inFlight };
}

function lossCauses(missing: LedgerTotals['missing']): readonly MissingCause[] {
  return MISSING_CAUSES.filter((cause) => !isUnderWay(cause) && missing[cause] > 0);
}

/** The most bytes in one node's store; hints stored at an instant come before those that leave in it. */
function peakBytes({ hints, scenario }: Trace): number {
  const { storedAt, leftAt, bytes, holder } = hints;
  const leaving = Array.from(leftAt.keys()).toSorted((a, b) => (leftAt[a] ?? NEVER) - (leftAt[b] ?? NEVER));
  const held = new Float64Array(scenario.nodes.length);
  let [peak, gone] = [0, 0];
  for (let row = 0; row < storedAt.length; row++) {
    for (; (leftAt[leaving[gone] ?? -1] ?? NEVER) < (storedAt[row] ?? 0); gone++) {
      const left = leaving[gone] ?? 0;
      held[holder[left] ?? 0] = (held[holder[left] ?? 0] ?? 0) - (bytes[left] ?? 0);
    }
    const now = (held[holder[row] ?? 0] ?? 0) + (bytes[row] ?? 0);
    held[holder[row] ?? 0] = now;
    peak = Math.max(peak, now);
  }
  return peak;
}

/**
 * The longest time from a return until the last hint of its outage was applied. Undefined if a backlog never ended: the
 * run was over first, and no number would be right.
 */
function longestCatchUp(trace: Trace): number | undefined {
  const { rows } = outageReport(trace);
  if (rows.some(({ pending }) => pending > 0)) return undefined;
  const times = rows.filter(({ caughtUpAt }) => caughtUpAt < NEVER).map((row) => row.caughtUpAt - row.until);
  return times.reduce((longest, time) => Math.max(longest, time), 0);
}

function worstDelay({ copies, writes }: Trace): number {
  let worst = 0;
  for (let copy = 0; copy < copies.write.length; copy++) {
    const appliedAt = copies.appliedAt[copy] ?? NEVER;
    if (appliedAt < NEVER) worst = Math.max(worst, appliedAt - (writes.issuedAt[copies.write[copy] ?? 0] ?? 0));
  }
  return worst;
}
