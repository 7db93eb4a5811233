/**
 * Scenarios for tests: from YAML text, through the same door as everything else, and run to their end.
 */
import { readFileSync } from 'node:fs';
import { formatProblem, parseScenario, run } from '../../sim/index.ts';
import type { Scenario, Trace } from '../../sim/index.ts';

/** The scenario of a YAML text; a refused one fails the test with its problems. */
export function scenarioOf(text: string, sets: readonly string[] = []): Scenario {
  const parsed = parseScenario(text, { file: 'test.yaml', sets });
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.map(formatProblem).join('\n'));
  return parsed.scenario;
}

/** The text of a story, by its name. */
export function storyText(name: string): string {
  return readFileSync(new URL(`../../sim/scenario/stories/${name}.yaml`, import.meta.url), 'utf8');
}

/** The trace of a scenario, run to its end; a run that meets a limit fails the test. */
export function traceOf(scenario: Scenario): Trace {
  const result = run(scenario);
  if (result.kind === 'limit') throw new Error(`stopped at the limit ${result.limit} = ${result.allowed}`);
  return result.trace;
}
