/**
 * What a property is, and what checking one finds. A property is read from the trace alone, so it can be checked again
 * whenever somebody asks.
 *
 * - `always` holds at every instant, `eventually` at the end of the run, or a computed time after the last fault;
 * - `sometimes` is the twin of another: the situation that the other speaks of did come up. Where it did not, both are
 *   `notExercised`, and nothing passes for want of trying.
 */
import type { TraceLevel } from '../scenario/model/scenario.ts';
import type { CheckContext } from './context.ts';
import type { Finding, Verdict } from './finding.ts';

/** How often a property must hold. */
export const PROPERTY_KINDS = ['always', 'eventually', 'sometimes'] as const;
export type PropertyKind = (typeof PROPERTY_KINDS)[number];

/** Something that a run must, or should, show. */
export interface Property {
  /** As its source calls it (`I1`, `C2`, `L1`); a twin adds `.reached`. */
  readonly id: string;
  readonly kind: PropertyKind;
  /** What is promised, in one sentence. */
  readonly sentence: string;
  /** The page and section it comes from, and the hazards (`H…`) that break it. */
  readonly source: string;
  /** The least a trace must have recorded for it to be decided. */
  readonly level: TraceLevel;
  /** Looks for it in a trace of that level or more. O(rows of the trace), with a sort at most. */
  check(context: CheckContext): Finding;
}

/** What a run has shown of one property, as reports and `--json` tell it. */
export interface PropertyResult {
  readonly id: string;
  readonly kind: PropertyKind;
  readonly verdict: Verdict;
  /** Of the first violation, microseconds; null if there is none. */
  readonly at: number | null;
  /** Row of the log that the first violation happened in; null if there is none. */
  readonly event: number | null;
  /** The first violation, what was looked at, or why nothing was: one sentence. */
  readonly detail: string;
  readonly violations: number;
  /** The write, and the hint, that the first violation is about; null if it is about none. */
  readonly write: number | null;
  readonly hint: number | null;
  /** The copy of the write that it is about; null if it is about no replica in particular. */
  readonly copy: number | null;
}

/** A property that must hold was violated. A situation that should come up sometimes and did not is no failure. */
export function isFailure({ kind, verdict }: Pick<PropertyResult, 'kind' | 'verdict'>): boolean {
  return kind !== 'sometimes' && verdict === 'violated';
}
