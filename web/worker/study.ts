/**
 * A study: what is kept of a design's run for a comparison. The worker reads it out of the trace and lets the trace go,
 * so that six designs cost the page six sets of series and not six traces.
 *
 * The trace of the first design, the base, is kept in the worker: the others are held against it.
 */
import { examine, outcomesOf, PROPERTIES } from '../../sim/check/index.ts';
import type { Outcome } from '../../sim/check/index.ts';
import { axesOf, type Axis } from '../../sim/scenario/index.ts';
import { firstDivergence, type Divergence, type Trace } from '../../sim/trace/index.ts';
import { examplesOf, type Example } from './examples.ts';
import { studySeries, type StudySeries } from './study-series.ts';

/** One design's run, as far as a comparison needs it. */
export interface Study {
  readonly digest: string;
  readonly level: Trace['level'];
  readonly system: string;
  /** Events dispatched. */
  readonly events: number;
  /** Microseconds. */
  readonly endedAt: number;
  readonly nodes: readonly string[];
  /** The policy, axis by axis, as a scenario file writes it. */
  readonly axes: readonly Axis[];
  readonly outcomes: readonly Outcome[];
  /** Where to look for a number of `outcomes`. */
  readonly examples: readonly Example[];
  /** What each property promises, in one sentence. */
  readonly promises: readonly { readonly id: string; readonly sentence: string }[];
  readonly series: readonly StudySeries[];
  /** Where it parts from the base; undefined for the base itself, and where they do not part. */
  readonly divergence: Divergence | undefined;
}

/** Reads a finished trace. O(rows of the trace), with a sort at most. */
export function studyOf(trace: Trace, base: Trace | undefined): Study {
  const examination = examine(trace);
  return {
    digest: trace.digest,
    level: trace.level,
    system: trace.scenario.system,
    events: trace.events,
    endedAt: trace.endedAt,
    nodes: trace.scenario.nodes.map(({ name }) => name),
    axes: axesOf(trace.scenario),
    outcomes: outcomesOf(trace, examination),
    examples: examplesOf(trace, examination),
    promises: PROPERTIES.map(({ id, sentence }) => ({ id, sentence })),
    series: studySeries(trace),
    divergence: base === undefined ? undefined : firstDivergence(base, trace),
  };
}

/** What of a study moves to the page without being copied. */
export function studyBuffers({ series }: Study): ArrayBuffer[] {
  return series.flatMap(({ at, value }) => [at.buffer, value.buffer]).filter((buffer) => buffer instanceof ArrayBuffer);
}
