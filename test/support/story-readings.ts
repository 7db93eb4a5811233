/**
 * What the tests of stories ask of a trace: final values, shipments by second, properties violated, outcomes over time.
 */
import { checkProperties, HINT_REASONS, isFailure, LOG_KINDS } from '../../sim/index.ts';
import type { Trace } from '../../sim/index.ts';
import { scenarioOf, storyText, traceOf } from './scenarios.ts';

/** No write at all. */
export const NOTHING = -1;
const SECOND = 1_000_000;

/** A story from its start to its end. */
export function traceOfStory(name: string, ...sets: readonly string[]): Trace {
  return traceOf(scenarioOf(storyText(name), sets));
}

/** The write that each node has of a key that the story names, in the order of the nodes. */
export function valuesOf({ values, scenario }: Trace, name: string): number[] {
  const key = keyOf(scenario, name);
  return scenario.nodes.map((_, node) => {
    const row = values.write.findIndex((_, at) => values.replica[at] === node && values.key[at] === key);
    return values.write[row] ?? NOTHING;
  });
}

/** The number of a key that the story names. */
export function keyOf({ workloads, keyNames }: Trace['scenario'], name: string): number {
  return Math.max(0, ...workloads.map(({ keys }) => keys.count)) + keyNames.indexOf(name);
}

/** Hints that were shipped at each instant, by second. */
export function shippedPerSecond({ log }: Trace): Record<number, number> {
  const shipped: Record<number, number> = {};
  log.kind.forEach((kind, row) => {
    if (LOG_KINDS[kind] !== 'hintShipped') return;
    const second = (log.at[row] ?? NaN) / SECOND;
    shipped[second] = (shipped[second] ?? 0) + 1;
  });
  return shipped;
}

/** The properties that a run violates. */
export function violatedIn(trace: Trace): string[] {
  return checkProperties(trace)
    .filter(isFailure)
    .map(({ id }) => id);
}

/** How many hints there were for each reason that occurred. */
export function reasonsOf({ hints }: Trace): Record<string, number> {
  const reasons: Record<string, number> = {};
  for (const code of hints.reason) {
    const reason = HINT_REASONS[code] ?? '';
    reasons[reason] = (reasons[reason] ?? 0) + 1;
  }
  return reasons;
}

/** Writes that were acknowledged and that failed from a time on, as far as buckets tell. */
export function outcomesFrom(
  { outcomes }: Trace,
  seconds: number,
): { readonly acked: number; readonly failed: number } {
  const first = Math.ceil((seconds * SECOND) / outcomes.bucketMicros);
  const sum = (column: Uint32Array): number => column.subarray(first).reduce((total, count) => total + count, 0);
  return { acked: sum(outcomes.writesAcked), failed: sum(outcomes.writesFailed) };
}
