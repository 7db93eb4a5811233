/**
 * Scenario files for the cases: the same keys that a user writes, as an object, and their text. What cases of one kind
 * share is said once, in the file of their section.
 */
import { stringify } from 'yaml';

/** A scenario file as an object: keys and values of the format. */
export type ScenarioFile = Readonly<Record<string, unknown>>;

/** Microseconds in a second, as all instants and durations of a trace are. */
export const SECOND = 1_000_000;

/** The text of a scenario file. */
export function fileText(file: ScenarioFile): string {
  return stringify({ hintlab: 1, ...file });
}

/** The same scenario with the seeds 1 … `count`: independent replications. */
export function replications(count: number, file: ScenarioFile): readonly string[] {
  return Array.from({ length: count }, (_, index) => fileText({ ...file, seed: index + 1 }));
}

/** Seconds, as a file says them: exact to the microsecond. */
export function inSeconds(seconds: number): string {
  return `${Math.round(seconds * SECOND)}us`;
}

/** Milliseconds, as a file says them: exact to the microsecond. */
export function inMillis(millis: number): string {
  return `${Math.round(millis * 1_000)}us`;
}
