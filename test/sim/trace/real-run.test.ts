/**
 * The queries and the codec against a trace that the simulator recorded: what the store, the totals and the tables
 * say of the same run has to agree.
 */
import { describe, expect, it } from 'vitest';
import { bytes, instant, peerIndex, seconds } from '../../../core/units.ts';
import { run } from '../../../sim/cluster/index.ts';
import type { Scenario, TraceLevel } from '../../../sim/scenario/model/scenario.ts';
import {
  decodeTrace,
  describeEntry,
  encodeTrace,
  expirySeries,
  HINT_FATES,
  LOG_KINDS,
  lifeOfHint,
  lifeOfWrite,
  outageReport,
  storeSeries,
} from '../../../sim/trace/index.ts';
import type { LifeStep, Trace } from '../../../sim/trace/index.ts';
import { buildTrace } from '../../support/trace-builder.ts';

/** Three nodes for 200 s: b and c out at once under a tight cap, then the holder a itself, then a narrow channel. */
function scenario(record: TraceLevel): Scenario {
  const plain = buildTrace({ ttl: 60_000_000, maxBytes: 300_000, endedAt: 200_000_000 }).scenario;
  const crash = (node: number, from: number, until: number): Scenario['faults'][number] => ({
    ...{ kind: 'crash', node: peerIndex(node), cause: '', power: false, tornBytes: 0 },
    ...{ from: instant(from * 1_000_000), until: instant(until * 1_000_000) },
  });
  return {
    ...plain,
    record,
    policy: {
      ...plain.policy,
      channel: { ...plain.policy.channel, slots: 20 },
      detector: {
        ...{ kind: 'phi', gossip: seconds(1), gossipTo: 'all', threshold: 8, window: 100, meanFloor: seconds(1) },
        ...{ backlog: true, goodbye: 'forgotten', firstInterval: seconds(0), ignoreAbove: seconds(0) },
      },
    },
    limits: { nodes: 3, events: 1_000_000, duration: seconds(200), traceBytes: bytes(100_000_000) },
    workloads: plain.workloads.map((workload) => ({ ...workload, arrivals: { kind: 'steady', rate: 5 } })),
    faults: [crash(1, 41, 90), crash(2, 70, 160), crash(0, 120, 125)],
  };
}

function traceAt(level: TraceLevel): Trace {
  const result = run(scenario(level));
  if (result.kind !== 'finished') throw new Error(`the run hit its limit of ${result.limit}`);
  return result.trace;
}

describe('a recorded run', () => {
  const trace = traceAt('full');

  it('reaches what is checked here', () => {
    const { delivered, expired, lost, pending, requeued, rejectedOverCapacity } = trace.totals.hints;
    for (const count of [delivered, expired, lost, pending, requeued, rejectedOverCapacity]) {
      expect(count).toBeGreaterThan(0);
    }
  });

  it.each<TraceLevel>(['counters', 'hints', 'full'])('survives its file at level %s', (level) => {
    const recorded = traceAt(level);
    expect(decodeTrace(encodeTrace(recorded))).toEqual({ kind: 'trace', trace: recorded });
  });

  it('leaves in each store what its series ends at', () => {
    trace.stores.forEach((store, node) => {
      const { depth, bytes: sizes } = storeSeries(trace, node);
      expect([depth.at(-1) ?? 0, sizes.at(-1) ?? 0]).toEqual([store.hintCount, store.bytes]);
    });
  });

  it('has the totals of its hint table', () => {
    const { hints, refusals, totals } = trace;
    const withFate = (name: (typeof HINT_FATES)[number]): number =>
      hints.fate.filter((fate) => HINT_FATES[fate] === name).length;
    expect(hints.fate.length).toBe(totals.hints.stored);
    expect(refusals.at.length).toBe(totals.hints.rejectedOverCapacity);
    expect(hints.requeues.reduce((sum, times) => sum + times, 0)).toBe(totals.hints.requeued);
    expect([withFate('delivered'), withFate('pending')]).toEqual([totals.hints.delivered, totals.hints.pending]);
    expect(expirySeries(trace).count.at(-1)).toBe(totals.hints.expired);
    const { rows, remainder } = outageReport(trace);
    const sum = (part: 'stored' | 'lost'): number => [...rows, remainder].reduce((total, row) => total + row[part], 0);
    expect([sum('stored'), sum('lost')]).toEqual([totals.hints.stored, totals.hints.lost]);
  });

  it('has every hint step and every write step but the ending in its log, in order', () => {
    // A queue that goes back to its tail is one row, which names the oldest hint of it.
    // A row that brings an older write over a newer one is told by what that cost.
    let costs = 0;
    const isCost = ({ text }: LifeStep): boolean => text.endsWith(': the last to arrive wins');
    const isOwnRow = (step: LifeStep): boolean =>
      !isCost(step) && trace.log.kind[step.entry ?? NaN] !== LOG_KINDS.indexOf('hintRequeued');
    const expectToldByLog = (steps: readonly LifeStep[]): void =>
      steps.filter(isOwnRow).forEach(({ text, entry }) => expect(text).toBe(describeEntry(trace, entry ?? NaN)));
    trace.hints.fate.forEach((fate, hint) => {
      const { steps } = lifeOfHint(trace, hint);
      const told = HINT_FATES[fate] === 'pending' ? steps.slice(0, -1) : steps;
      costs += told.filter(isCost).length;
      const entries = told.map(({ entry }) => entry ?? NaN);
      expect(entries).toEqual(entries.toSorted((one, other) => one - other));
      expectToldByLog(told);
    });
    trace.writes.issuedAt.forEach((_, write) => {
      const logged = lifeOfWrite(trace, write).steps.filter(({ entry }) => entry !== undefined);
      expect(logged.length).toBeGreaterThanOrEqual(2);
      expectToldByLog(logged);
    });
    expect(costs).toBeGreaterThan(0);
  });
});
