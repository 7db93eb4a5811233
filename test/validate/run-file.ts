/**
 * Runs scenario files for the cases: through the door, like a user's, and to their end.
 */
import { run } from '../../sim/cluster/index.ts';
import { formatProblem, parseScenario } from '../../sim/scenario/index.ts';
import type { Trace } from '../../sim/trace/index.ts';

/** The trace of the text of a scenario file. A file that is refused, or that meets a limit, is an error of its case. */
export function runFile(text: string): Trace {
  const parsed = parseScenario(text, { file: 'case.yaml' });
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.map(formatProblem).join('\n'));
  const result = run(parsed.scenario);
  if (result.kind === 'limit') throw new Error(`stopped at the limit ${result.limit} = ${result.allowed}`);
  return result.trace;
}
