/**
 * What a hazard is: a way of a design to fail that the reference page knows by number (handoff-systems §9), and how to
 * tell from a run that it happened there.
 */
import type { Evidence } from './evidence.ts';

/** One hazard of §9 that the model has. */
export interface Hazard {
  /** As §9 calls it: `H1`. */
  readonly id: string;
  /** Two or three words for it, in lower case. */
  readonly name: string;
  /** What goes wrong, in one sentence. */
  readonly sentence: string;
  /** The properties that it breaks, the most telling one first. */
  readonly breaks: readonly string[];
  /** Whether it happened in a run. */
  readonly recognise: (evidence: Evidence) => boolean;
}

/** One of §9 that no run of the model can show. */
export interface HazardOutside {
  readonly id: string;
  /** Why not, in one sentence. */
  readonly reason: string;
}
