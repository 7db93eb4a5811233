/**
 * An entry of `faults:` as a thing on the time axis: what it breaks, from when to when, and whether it can be moved by
 * hand. The page knows these words from the start; what reads them from text comes later (state/fault-entries.ts).
 */
import { FAULT_WORDS } from '../../sim/scenario/model/fault-words.ts';

/** The keys that say what an entry breaks. */
export const FAULT_KEYS = [...FAULT_WORDS, 'lanl'] as const;
/** One of them. */
export type FaultKey = (typeof FAULT_KEYS)[number];

/** Those that last no time: they have a beginning and no edge to pull at. */
export const MOMENTARY: ReadonlySet<FaultKey> = new Set<FaultKey>(['reindex', 'collect']);

/** An entry of `faults:`. */
export interface FaultEntry {
  /** Its position in `faults:`. */
  readonly index: number;
  /** Undefined: none of the keys that there are, or several. */
  readonly kind: FaultKey | undefined;
  /** The nodes it names, of all its sides; none where it means all. */
  readonly nodes: readonly string[];
  /** Microseconds; of the first time, if it repeats. */
  readonly at: number;
  /** Microseconds; Infinity: it never ends. As `at` for what lasts no time. */
  readonly end: number;
  /** Microseconds from one beginning to the next; 0: it does not repeat. */
  readonly every: number;
  /** How often altogether; Infinity: to the end of the run. */
  readonly times: number;
  /** Why it cannot be moved; undefined: it can. One sentence. */
  readonly locked: string | undefined;
  /** Its fields as they are written. */
  readonly fields: ReadonlyMap<string, string>;
}
