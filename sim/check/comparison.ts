/**
 * The comparison: the outcomes of several runs of one scenario side by side, as a table of data. Each run becomes a column
 * of outcomes with the same names in the same order; a row says whether its columns differ.
 *
 * Read from traces after their ends. What a level does not record is undefined, never a guess.
 */
import { HINT_REASONS, LOSS_CAUSES } from '../trace/index.ts';
import type { HintReason, LossCause, NodeIntervals, Trace } from '../trace/index.ts';
import type { Examination } from './check.ts';
import type { Ledger } from './ledger.ts';
import { MISSING_CAUSE_NAMES, MISSING_CAUSES } from './missing-causes.ts';
import type { PropertyResult } from './property.ts';

/** What outcomes are about, in the order of the table. */
export const OUTCOME_GROUPS = ['clients', 'hints', 'copies', 'times', 'properties'] as const;
/** One of {@link OUTCOME_GROUPS}. */
export type OutcomeGroup = (typeof OUTCOME_GROUPS)[number];

/** A number of something, a time in microseconds, or the verdict on a property. */
export type OutcomeValue =
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'time'; readonly micros: number }
  | { readonly kind: 'verdict'; readonly verdict: PropertyResult['verdict'] };

/** One outcome of one run. */
export interface Outcome {
  readonly group: OutcomeGroup;
  /** Unique within its group. */
  readonly name: string;
  /** Undefined: the level of the run does not tell. */
  readonly value: OutcomeValue | undefined;
}

/** One outcome of all runs. */
export interface ComparisonRow {
  readonly group: OutcomeGroup;
  readonly name: string;
  /** One per run, in their order; undefined where a run does not tell or was not made. */
  readonly values: readonly (OutcomeValue | undefined)[];
  /** Two of the runs that were made tell different values. */
  readonly differs: boolean;
  /** Nothing of the kind happened in any run: 0, or a property that was not exercised. */
  readonly isBlank: boolean;
}

/** Why a hint was stored, as people read it. */
export const HINT_REASON_NAMES: Readonly<Record<HintReason, string>> = {
  peerDown: 'peer taken for Down',
  channelFull: 'channel full',
  displaced: 'channel full of replay',
  linkEnded: 'link ended',
  timeout: 'no answer in time',
  error: 'answered with an error',
  queued: 'behind other hints',
};

/** How a hint was lost, as people read it. */
export const LOSS_CAUSE_NAMES: Readonly<Record<LossCause, string>> = {
  holderCrashed: 'holder crashed',
  linkCut: 'link cut',
  requeueRefused: 'requeue refused',
  messageLost: 'lost on the wire',
  refusedByPeer: 'refused by its peer',
  tornTail: 'behind a torn tail',
  coalesced: 'replaced by a newer hint',
  misdelivered: 'delivered to another node',
  holderReplaced: 'holder replaced',
};

/** The outcomes of a run and its examination: the same names in the same order for every run of a scenario. O(hints). */
export function outcomesOf(trace: Trace, { properties, ledger }: Examination): readonly Outcome[] {
  return [
    ...clientOutcomes(trace),
    ...hintOutcomes(trace),
    ...copyOutcomes(ledger),
    ...timeOutcomes(trace),
    ...properties.filter(({ kind }) => kind !== 'sometimes').map(propertyOutcome),
  ];
}

/** The runs side by side; undefined for one that was not made. */
export function compareOutcomes(runs: readonly (readonly Outcome[] | undefined)[]): readonly ComparisonRow[] {
  const names = runs.find((run) => run !== undefined) ?? [];
  return names.map(({ group, name }, row) => {
    const values = runs.map((run) => run?.[row]?.value);
    const told = values.filter((value) => value !== undefined);
    const isBlank = told.every(isNothing);
    return { group, name, values, differs: new Set(told.map(plainOutcome)).size > 1, isBlank };
  });
}

function isNothing(value: OutcomeValue): boolean {
  const plain = plainOutcome(value);
  return plain === 0 || plain === 'notExercised';
}

/** A value without its kind: a count, microseconds, or the verdict. */
export function plainOutcome(value: OutcomeValue): number | string {
  switch (value.kind) {
    case 'count':
      return value.count;
    case 'time':
      return value.micros;
    case 'verdict':
      return value.verdict;
  }
}

function propertyOutcome({ id, verdict }: PropertyResult): Outcome {
  return { group: 'properties', name: id, value: { kind: 'verdict', verdict } };
}

function count(group: OutcomeGroup, name: string, of: number | undefined): Outcome {
  return { group, name, value: of === undefined ? undefined : { kind: 'count', count: of } };
}

function time(name: string, micros: number): Outcome {
  return { group: 'times', name, value: { kind: 'time', micros } };
}

function clientOutcomes({ totals: { writes, reads }, statistics }: Trace): Outcome[] {
  return [
    count('clients', 'writes acknowledged', writes.acked),
    count('clients', 'writes failed', writes.failed),
    count('clients', 'writes without an answer', writes.pending),
    count('clients', 'reads answered', reads.acked),
    count('clients', 'reads failed', reads.failed),
    count('clients', 'reads without an answer', reads.pending),
    count('clients', 'stale reads', statistics.staleReads),
  ];
}

function hintOutcomes(trace: Trace): Outcome[] {
  const { hints, lostBy } = trace.totals;
  const reasons = new Map<number, number>();
  for (const reason of trace.hints.reason) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const isTold = trace.level !== 'counters';
  return [
    count('hints', 'stored', hints.stored),
    ...HINT_REASONS.map((reason, code) =>
      count('hints', `stored: ${HINT_REASON_NAMES[reason]}`, isTold ? (reasons.get(code) ?? 0) : undefined),
    ),
    count('hints', 'delivered', hints.delivered),
    count('hints', 'expired', hints.expired),
    ...LOSS_CAUSES.map((cause) => count('hints', `lost: ${LOSS_CAUSE_NAMES[cause]}`, lostBy[cause])),
    count('hints', 'pending', hints.pending),
    count('hints', 'refused at the cap', hints.rejectedOverCapacity),
    count('hints', 'refused by the window', hints.refusedByWindow),
    count('hints', 'refused by the disk', hints.refusedByDisk),
    count('hints', 'refused by the in-flight guard', hints.refusedByOverload),
    count('hints', 'delivered again', hints.redelivered),
    count('hints', 'requeued', hints.requeued),
  ];
}

function copyOutcomes(ledger: Ledger | undefined): Outcome[] {
  const totals = ledger?.totals;
  return [
    count('copies', 'present', totals?.present),
    count('copies', 'superseded', totals?.superseded),
    ...MISSING_CAUSES.map((cause) => count('copies', `missing: ${MISSING_CAUSE_NAMES[cause]}`, totals?.missing[cause])),
  ];
}

function timeOutcomes(trace: Trace): Outcome[] {
  const { statistics, scenario } = trace;
  return [
    time('p99 of writes', statistics.writes.p99),
    time('p99 of reads', statistics.reads.p99),
    ...scenario.nodes.map(({ name }, node) =>
      time(`longest behind: ${name}`, longestOf(trace.behind, node, trace.endedAt)),
    ),
  ];
}

/** The longest stretch of a node, up to the end of the run where one outlasts it. */
function longestOf({ node: nodes, from, until }: NodeIntervals, node: number, endedAt: number): number {
  let longest = 0;
  for (let row = 0; row < nodes.length; row++) {
    if (nodes[row] !== node) continue;
    longest = Math.max(longest, Math.min(until[row] ?? endedAt, endedAt) - (from[row] ?? 0));
  }
  return longest;
}
