/**
 * The ledger: what became of every acknowledged write at every replica that should have it, counted. Each
 * (acknowledged write, intended replica) pair is present, superseded, or missing with exactly one cause.
 *
 * Read from a trace at level `full`, at the end of the run; a query like any other.
 */
import type { Trace } from '../trace/index.ts';
import type { MissingCause } from './missing-causes.ts';
import { CopyJudge } from './standing.ts';
import type { LedgerRow } from './standing.ts';

/** Counts of pairs; present + superseded + Σ missing = all pairs. */
export interface LedgerTotals {
  readonly present: number;
  readonly superseded: number;
  readonly missing: Readonly<Record<MissingCause, number>>;
}

/** The whole ledger of a run. */
export interface Ledger {
  readonly totals: LedgerTotals;
  /** The missing pairs only, in the order of writes: the ones that want an explanation. */
  readonly missing: readonly LedgerRow[];
}

/** The ledger of a run; undefined below level `full`, where copies are not recorded. O(copies · log keys). */
export function ledger(trace: Trace): Ledger | undefined {
  return trace.level === 'full' ? ledgerBy(trace, new CopyJudge(trace)) : undefined;
}

/** How one copy stands; undefined if its write was not acknowledged or the trace has no copies. O(hints + copies). */
export function standingOf(trace: Trace, copy: number): LedgerRow | undefined {
  return trace.level === 'full' ? new CopyJudge(trace).judge(copy) : undefined;
}

/** The ledger of a trace at level `full`, by a judge that others use too. */
export function ledgerBy(trace: Trace, judge: CopyJudge): Ledger {
  const counts = noneMissing();
  const missing: LedgerRow[] = [];
  let present = 0;
  let superseded = 0;
  for (let copy = 0; copy < trace.copies.write.length; copy++) {
    const row = judge.judge(copy);
    if (row === undefined) continue;
    if (row.standing === 'present') present++;
    else if (row.standing === 'superseded') superseded++;
    if (row.cause === undefined) continue;
    missing.push(row);
    counts[row.cause]++;
  }
  return { totals: { present, superseded, missing: counts }, missing };
}

function noneMissing(): Record<MissingCause, number> {
  return {
    overwritten: 0,
    outranked: 0,
    resurrected: 0,
    dataLost: 0,
    expired: 0,
    holderCrashed: 0,
    linkCut: 0,
    messageLost: 0,
    requeueRefused: 0,
    refusedByPeer: 0,
    tornTail: 0,
    coalesced: 0,
    misdelivered: 0,
    holderReplaced: 0,
    refusedAtCap: 0,
    windowClosed: 0,
    diskRefused: 0,
    overloaded: 0,
    neverHinted: 0,
    dropped: 0,
    tooLate: 0,
    waiting: 0,
    inFlight: 0,
  };
}
