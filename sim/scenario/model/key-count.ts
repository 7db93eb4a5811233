/**
 * How many keys a scenario can name: what tables that are indexed by key are made for.
 */
import type { Scenario } from './scenario.ts';

/** Ranks of the largest workload, then the keys of scripted requests; ≥ 1. */
export function keyCount({ workloads, keyNames }: Pick<Scenario, 'workloads' | 'keyNames'>): number {
  const ranks = workloads.reduce((most, workload) => Math.max(most, workload.keys.count), 0);
  return Math.max(1, ranks + keyNames.length);
}
