/** The public names of sim/check: what a run did to the writes it acknowledged. */
export { COPY_STANDINGS, ledger, MISSING_CAUSE_NAMES, MISSING_CAUSES, standingOf } from './ledger.ts';
export type { CopyStanding, Ledger, LedgerRow, LedgerTotals, MissingCause } from './ledger.ts';
