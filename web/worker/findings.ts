/**
 * Findings: what the worker reads out of a finished trace so that the page need not: the verdict on every property, the
 * ledger of copies, and how far each replica was behind. Together they take about as long as a short run, so they follow
 * the trace as a message of their own.
 */
import { examine, isTwin, PROPERTIES } from '../../sim/check/index.ts';
import type { LedgerTotals, PropertyResult } from '../../sim/check/index.ts';
import { replicaStaleness, type ReplicaStaleness, type Trace } from '../../sim/trace/index.ts';

/** The verdict on a property, with what it promises. */
export interface PropertyFinding extends PropertyResult {
  readonly sentence: string;
  readonly source: string;
}

/** What a trace has to say beyond its tables. */
export interface Findings {
  /** In the order of the catalogue, without the twins, which only repeat whether a property was exercised. */
  readonly properties: readonly PropertyFinding[];
  /** Undefined below level `full`, where copies are not recorded. */
  readonly copies: LedgerTotals | undefined;
  /** One per node; empty below level `full`. */
  readonly staleness: readonly ReplicaStaleness[];
}

/** Reads a finished trace. O(rows of the trace), with a sort at most. */
export function findingsOf(trace: Trace): Findings {
  const promises = new Map(PROPERTIES.map(({ id, sentence, source }) => [id, { sentence, source }]));
  const examination = examine(trace);
  const properties = examination.properties
    .filter(({ id }) => !isTwin(id))
    .map((result) => ({ ...result, sentence: '', source: '', ...promises.get(result.id) }));
  const staleness = trace.level === 'full' ? replicaStaleness(trace) : [];
  return { properties, copies: examination.ledger?.totals, staleness };
}
