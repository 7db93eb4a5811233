/**
 * One run in slices: parse, then so many events at a time, so that the worker can hear of a newer request in between.
 * Knows nothing of threads or clocks; the worker calls {@link RunJob.slice} until it answers with an end.
 */
import { parseScenario } from '../../sim/scenario/index.ts';
import type { Note, Problem } from '../../sim/scenario/index.ts';
import { describeLimit, Simulation, type Progress } from '../../sim/cluster/index.ts';
import { formatCount, formatInstant, type Trace } from '../../sim/trace/index.ts';
import type { RunRequest } from './protocol.ts';

/** About 30 ms of work: short enough to be cancelled at once, long enough that slicing costs nothing. */
export const EVENTS_PER_SLICE = 30_000;

/** What a slice came to. */
export type SliceResult =
  | { readonly kind: 'progress'; readonly events: number; readonly now: number; readonly duration: number }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] }
  | { readonly kind: 'done'; readonly trace: Trace; readonly notes: readonly Note[] };

/** Text of a file by the path that a scenario gives it. */
export type ReadImport = (path: string) => string | undefined;

interface Running {
  readonly simulation: Simulation;
  readonly duration: number;
  readonly notes: readonly Note[];
}

export class RunJob {
  readonly #request: RunRequest;
  readonly #readImport: ReadImport;
  #running: Running | undefined;

  /** @param readImport text of a file that the scenario names; undefined: there is none of that name */
  constructor(request: RunRequest, readImport: ReadImport = () => undefined) {
    this.#request = request;
    this.#readImport = readImport;
  }

  /** Does the next slice. After `refused` or `done` the job is over. */
  slice(): SliceResult {
    if (!this.#running) {
      const { text, file, sets } = this.#request;
      const parsed = parseScenario(text, { file, sets, readImport: this.#readImport });
      if (parsed.kind === 'invalid') return { kind: 'refused', problems: parsed.problems };
      this.#running = {
        simulation: new Simulation(parsed.scenario),
        duration: parsed.scenario.duration,
        notes: parsed.notes,
      };
    }
    const { simulation, duration, notes } = this.#running;
    const progress = simulation.advance(EVENTS_PER_SLICE);
    if (progress.kind === 'finished') return { kind: 'done', trace: simulation.trace(), notes };
    if (progress.kind === 'limit')
      return { kind: 'refused', problems: [limitProblem(this.#request.file, progress, simulation)] };
    return { kind: 'progress', events: simulation.events, now: simulation.now, duration };
  }

  /** The run as far as it got, to be looked at while it goes on; undefined before the first slice. */
  soFar(): Trace | undefined {
    return this.#running?.simulation.soFar();
  }
}

/** A run may still meet a limit although the estimate passed; it is reported like any other refusal. */
function limitProblem(
  file: string,
  { limit, allowed }: Extract<Progress, { kind: 'limit' }>,
  simulation: Simulation,
): Problem {
  return {
    file,
    line: 1,
    column: 1,
    path: `limits.${limit}`,
    code: 'limit',
    expected: `a run within ${describeLimit(limit, allowed)}`,
    found: `more than that at ${formatInstant(simulation.now)}, after ${formatCount(simulation.events)} events`,
  };
}
