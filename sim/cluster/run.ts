/**
 * A run in one go: `run(scenario) → Trace`, for tests, scripts and campaigns. Callers that show progress step a
 * {@link Simulation} themselves.
 */
import type { Scenario } from '../scenario/model/scenario.ts';
import type { Trace } from '../trace/trace.ts';
import { Simulation } from './simulation.ts';
import type { Progress } from './simulation.ts';

/** A finished run, or the limit that stopped it. */
export type RunResult =
  { readonly kind: 'finished'; readonly trace: Trace } | Extract<Progress, { readonly kind: 'limit' }>;

/** Runs a scenario to its end. */
export function run(scenario: Scenario): RunResult {
  const simulation = new Simulation(scenario);
  const progress = simulation.advance(Infinity);
  return progress.kind === 'limit' ? progress : { kind: 'finished', trace: simulation.trace() };
}
