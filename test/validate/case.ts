/**
 * What a validation case is: a number that nobody on this project wrote, the scenarios that must give it, and how far off
 * they may be. `npm run validate` runs all of them; the page of external truths says where each number is from.
 *
 * A case sees the simulator from outside: it hands in the text of a scenario file and reads the trace that comes back.
 */
import type { Trace } from '../../sim/trace/index.ts';

/** One expected number beside the measured one. It passes iff they differ by at most `tolerance`; 0 is equality. */
export interface Finding {
  /** What it is, with its unit. */
  readonly what: string;
  readonly expected: number;
  readonly measured: number;
  readonly tolerance: number;
}

/** Runs the text of a scenario file to its end. */
export type RunScenario = (text: string) => Trace;

/** A row of the page of external truths. */
export interface ValidationCase {
  /** As the page calls it: P1, Q14, H5. */
  readonly id: string;
  /** The configuration, in a few words, with the number of trials. */
  readonly title: string;
  readonly check: (run: RunScenario) => readonly Finding[];
}

/** A part of the page that cannot be checked against hintlab, and why. It is listed, and passes nothing. */
export interface Omission {
  readonly id: string;
  readonly why: string;
}

/** A section of the page. */
export interface Section {
  readonly title: string;
  readonly cases: readonly ValidationCase[];
  readonly omissions: readonly Omission[];
}

/** Whether the measured number is within its tolerance; one that is no number, or judged by nothing, is not. */
export function passes({ expected, measured, tolerance }: Finding): boolean {
  return Number.isFinite(tolerance) && Math.abs(measured - expected) <= tolerance;
}
