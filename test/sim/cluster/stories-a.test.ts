/**
 * Stories of handoff-systems §11 (scenarios 1 to 5) and §8 (incidents 2, 3, 5, 6, 12, 19): the numbers worked out in the
 * comments of their files, and what follows for every other system by reasoning alone. Nothing here was read off a run.
 */
import { describe, expect, it } from 'vitest';
import { HINT_REASONS, ledger, LOG_KINDS, SYSTEM_NAMES } from '../../../sim/index.ts';
import type { LedgerTotals, MissingCause, SystemName, Trace } from '../../../sim/index.ts';
import {
  NOTHING,
  keyOf,
  reasonsOf,
  shippedPerSecond,
  traceOfStory,
  valuesOf,
  violatedIn,
} from '../../support/story-readings.ts';
import { appliedAt } from '../../support/small-runs.ts';

const SECOND = 1_000_000;
/** Long enough for the laziest drainer of all presets, Voldemort's, which looks at its queues each five minutes. */
const LONG_ENOUGH = 'duration=6m';
/** Runs of a million events are too much for the usual limit of a test. */
const PATIENCE = 60_000;

const DYNOMITES: readonly SystemName[] = ['dynomite', 'dynomite-durable'];

interface Expected {
  readonly name: string;
  readonly sets?: readonly string[];
  readonly writes: Pick<Trace['totals']['writes'], 'issued' | 'acked' | 'failed'>;
  readonly hints: Partial<Trace['totals']['hints']>;
  readonly missing?: Partial<LedgerTotals['missing']>;
  /** Properties that the scenario is there to violate (the column "Breaks" of §9); others may be hurt with them. */
  readonly breaks?: readonly string[];
}

const EXPECTED: readonly Expected[] = [
  {
    name: 'late-hint',
    writes: { issued: 2, acked: 2, failed: 0 },
    hints: { stored: 1, delivered: 1 },
    missing: { overwritten: 1 },
    breaks: ['I2'],
  },
  {
    name: 'majority-reversal',
    writes: { issued: 2, acked: 2, failed: 0 },
    hints: { stored: 2, delivered: 2 },
    missing: { overwritten: 3 },
    breaks: ['I1', 'I2'],
  },
  {
    name: 'majority-reversal/zombie',
    writes: { issued: 2, acked: 2, failed: 0 },
    hints: { stored: 2, delivered: 2 },
    missing: { overwritten: 3 },
    breaks: ['I1', 'I2'],
  },
  {
    name: 'coordinator-restart',
    writes: { issued: 2, acked: 2, failed: 0 },
    hints: { stored: 2, delivered: 2 },
    missing: { overwritten: 2 },
    breaks: ['I2'],
  },
  {
    name: 'coordinator-restart/slow-gossip',
    writes: { issued: 2, acked: 2, failed: 0 },
    hints: { stored: 2, delivered: 2 },
    missing: { overwritten: 2 },
    breaks: ['I2'],
  },
  {
    name: 'acked-then-lost',
    writes: { issued: 268, acked: 268, failed: 0 },
    hints: { stored: 11, pending: 10, delivered: 0, lost: 1, rejectedOverCapacity: 2, requeued: 10 },
    missing: { waiting: 10, requeueRefused: 1, refusedAtCap: 2 },
    breaks: ['I1', 'I4', 'I8'],
  },
  {
    name: 'tail-requeue',
    writes: { issued: 19_100, acked: 19_100, failed: 0 },
    hints: { stored: 1_003, delivered: 1_003, requeued: 744 + 489 + 234 },
    breaks: ['I2', 'I9'],
  },
  {
    name: 'tail-requeue/full-store',
    writes: { issued: 65_000, acked: 65_000, failed: 0 },
    hints: { stored: 64_589, delivered: 64_589, rejectedOverCapacity: 411, requeued: 8_115_660 },
  },
  {
    name: 'overload-by-hints',
    writes: { issued: 1_600, acked: 960, failed: 640 },
    hints: { stored: 960, pending: 960, rejectedOverCapacity: 0 },
  },
  {
    name: 'window-reopened',
    writes: { issued: 307_799, acked: 307_799, failed: 0 },
    hints: { stored: 306_000, pending: 306_000, refusedByWindow: 0 },
  },
  {
    name: 'window-reopened',
    sets: ['hints.windowPersistent=true'],
    writes: { issued: 307_799, acked: 307_799, failed: 0 },
    hints: { stored: 107_401, pending: 107_401, refusedByWindow: 198_599 },
  },
  {
    name: 'beyond-the-window',
    writes: { issued: 144_600, acked: 144_600, failed: 0 },
    hints: { stored: 108_000, delivered: 108_000, refusedByWindow: 36_000 },
    breaks: ['I1', 'I2'],
  },
  {
    name: 'drops-in-short-outage',
    writes: { issued: 3_840, acked: 2_784, failed: 1_056 },
    hints: { stored: 1_696, delivered: 1_696, rejectedOverCapacity: 0, refusedByWindow: 0, refusedByDisk: 0 },
  },
  {
    name: 'client-retries',
    writes: { issued: 40, acked: 0, failed: 40 },
    hints: { stored: 40, delivered: 40 },
  },
  {
    name: 'client-retries',
    sets: ['workload.retries=0'],
    writes: { issued: 10, acked: 0, failed: 10 },
    hints: { stored: 10, delivered: 10 },
  },
];

describe('stories end with the counters worked out in their files', () => {
  it.each(EXPECTED)(
    '$name $sets',
    ({ name, sets = [], writes, hints, missing, breaks = [] }) => {
      const trace = traceOfStory(name, ...sets);
      expect(trace.totals.writes).toEqual({ ...writes, pending: 0 });
      expect(trace.totals.hints).toMatchObject(hints);
      expect(violatedIn(trace)).toEqual(expect.arrayContaining([...breaks]));
      if (missing === undefined) return;
      const found = Object.entries(ledger(trace)?.totals.missing ?? {}).filter(([, count]) => count > 0);
      expect(Object.fromEntries(found)).toEqual(missing);
    },
    PATIENCE,
  );
});

describe('late-hint', () => {
  it('leaves the replica with the old value, and the other two with the new one', () => {
    expect(valuesOf(traceOfStory('late-hint'), 'k')).toEqual([1, 0, 1]);
  });

  it('does not happen with an order guard, which delivers both writes in order', () => {
    const trace = traceOfStory('late-hint', 'hints.on.queued=true');
    expect(valuesOf(trace, 'k')).toEqual([1, 1, 1]);
    expect(trace.totals.hints).toMatchObject({ stored: 2, delivered: 2 });
    expect(reasonsOf(trace)).toEqual({ peerDown: 1, queued: 1 });
  });

  it('does not happen with timestamps, by which the replica ignores the hint', () => {
    const trace = traceOfStory('late-hint', 'receiver.conflict=timestamp');
    expect(valuesOf(trace, 'k')).toEqual([1, 1, 1]);
    expect(trace.log.kind.filter((kind) => LOG_KINDS[kind] === 'hintIgnored')).toHaveLength(1);
  });

  it.each(SYSTEM_NAMES)('violates nothing unless the last arrival wins: %s', (system) => {
    const trace = traceOfStory('late-hint', `system=${system}`, LONG_ENOUGH);
    const isReversed = DYNOMITES.includes(system);
    expect(valuesOf(trace, 'k')).toEqual(isReversed ? [1, 0, 1] : [1, 1, 1]);
    expect(violatedIn(trace).includes('I2')).toBe(isReversed);
    if (!isReversed) expect(violatedIn(trace)).toEqual([]);
  });
});

describe('majority-reversal', () => {
  it('answers the old value, and leaves the acknowledged one nowhere', () => {
    const trace = traceOfStory('majority-reversal');
    expect([...trace.reads.value]).toEqual([0]);
    expect(trace.statistics.staleReads).toBe(1);
    expect(valuesOf(trace, 'k')).toEqual([0, 0, 0]);
  });

  it('without read repair leaves one copy of the newer value', () => {
    expect(valuesOf(traceOfStory('majority-reversal', 'reads.repair=false'), 'k')).toEqual([1, 0, 0]);
  });

  it.each(SYSTEM_NAMES)('loses the newer value only where the last arrival wins: %s', (system) => {
    const trace = traceOfStory('majority-reversal', `system=${system}`, LONG_ENOUGH);
    const kept = DYNOMITES.includes(system) ? 0 : 1;
    expect([...trace.reads.value]).toEqual([kept]);
    expect(valuesOf(trace, 'k')).toEqual([kept, kept, kept]);
  });

  it('as a zombie answers the deleted value, and brings it back everywhere', () => {
    const trace = traceOfStory('majority-reversal/zombie');
    expect([...trace.reads.value]).toEqual([0]);
    expect(valuesOf(trace, 'k')).toEqual([0, 0, 0]);
  });

  // Riak reaps a tombstone after 3 s, and hands off 90 s after its start: the hints come 35 s too late to be refused. In
  // Voldemort, which keeps no tombstone at all, the delete takes the place of the hint: b and c are Down until 60.5 s.
  it.each(SYSTEM_NAMES)('as a zombie lives where nothing remembers the delete when the hints come: %s', (system) => {
    const trace = traceOfStory('majority-reversal/zombie', `system=${system}`, LONG_ENOUGH);
    const isZombie = DYNOMITES.includes(system);
    expect([...trace.reads.value]).toEqual([isZombie ? 0 : NOTHING]);
    const values = system === 'riak' ? [1, 0, 0] : [1, 1, 1];
    expect(valuesOf(trace, 'k')).toEqual(isZombie ? [0, 0, 0] : values);
    expect(ledger(trace)?.totals.missing.resurrected).toBe(system === 'riak' ? 2 : 0);
  });
});

describe.each(['coordinator-restart', 'coordinator-restart/slow-gossip'])('%s', (name) => {
  it.each(SYSTEM_NAMES)('turns two replicas back only where the last arrival wins: %s', (system) => {
    const trace = traceOfStory(name, `system=${system}`, LONG_ENOUGH);
    expect(valuesOf(trace, 'k')).toEqual(DYNOMITES.includes(system) ? [1, 0, 0] : [1, 1, 1]);
  });
});

describe('acked-then-lost', () => {
  it('misses what was refused at the replicas that were down, and at those alone', () => {
    const trace = traceOfStory('acked-then-lost');
    const missing = (wanted: MissingCause): number[][] =>
      (ledger(trace)?.missing ?? [])
        .filter(({ cause }) => cause === wanted)
        .map(({ write, replica }) => [write, replica]);
    // The eleventh write at b, and the twelfth at c.
    expect(missing('refusedAtCap')).toEqual([
      [10, 1],
      [11, 2],
    ]);
    // The tenth at b, whose hint had been in the store since 11 s.
    expect(missing('requeueRefused')).toEqual([[9, 1]]);
    expect(trace.totals.lostBy).toMatchObject({ requeueRefused: 1 });
    expect(trace.stores[0]).toMatchObject({ hintCount: 10, bytes: 10_390, rejectedOverCapacityTotal: 2 + 1 });
  });

  it('has the hint that came between take and requeue ahead of all that went back', () => {
    const trace = traceOfStory('acked-then-lost', 'duration=70s');
    const { hints, log } = trace;
    const shipped = [...log.subject].filter((_, row) => LOG_KINDS[log.kind[row] ?? NOTHING] === 'hintShipped');
    expect(shipped).toEqual([10, 0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(violatedIn(trace)).toContain('I3');
    const lives = hints.deadline.map((deadline, hint) => deadline - (hints.storedAt[hint] ?? NaN));
    expect(new Set(lives)).toEqual(new Set([86_400 * SECOND]));
  });

  // The other systems have a cap for each peer, or another node as the holder: c's first hint does not meet those for b.
  it.each(SYSTEM_NAMES)('leaves no place for the hint for c where one cap is over all peers: %s', (system) => {
    const { hints, stores } = traceOfStory('acked-then-lost', `system=${system}`);
    const c = 2;
    const isShared = DYNOMITES.includes(system);
    expect(hints.peer.includes(c)).toBe(!isShared);
    if (isShared) expect(stores.map(({ bytes }) => bytes)).toEqual([10_390, 0, 0]);
  });
});

describe('tail-requeue', () => {
  const secondsTo = (trace: Trace, write: number): number => appliedAt(trace, write).b ?? NaN;

  it('ships one channel of hints per sweep, and the displaced writes with the last of them', () => {
    const trace = traceOfStory('tail-requeue');
    expect(shippedPerSecond(trace)).toEqual({ 30: 256, 60: 256, 90: 256, 120: 232 + 3 });
    expect(reasonsOf(trace)).toEqual({ peerDown: 1_000, displaced: 3 });
    expect(trace.totals.messages.refused).toBe(3 + 3);
  });

  it('delivers displaced writes 90, 60 and 30 s after the writes that follow them', () => {
    const trace = traceOfStory('tail-requeue');
    const displaced = HINT_REASONS.indexOf('displaced');
    const delays = [...trace.hints.write]
      .filter((_, hint) => trace.hints.reason[hint] === displaced)
      .map((write) => Math.round(secondsTo(trace, write) - secondsTo(trace, write + 1)));
    expect(delays).toEqual([90, 60, 30]);
  });

  it('delivers the two writes of the hot key three sweeps apart', () => {
    const trace = traceOfStory('tail-requeue');
    const hot = keyOf(trace.scenario, 'hot');
    const writes = [...trace.writes.key.keys()].filter((write) => trace.writes.key[write] === hot);
    expect(writes).toEqual([0, 899]);
    expect(writes.map((write) => Math.floor(secondsTo(trace, write)))).toEqual([30, 120]);
  });

  it('takes 7560 s from the first sweep to the last for a full store', () => {
    const { hints } = traceOfStory('tail-requeue/full-store');
    const shipped = [...new Set(hints.leftAt)];
    expect([shipped.length, Math.min(...shipped), Math.max(...shipped)]).toEqual([253, 660e6, 8_220e6]);
  });

  // Only dynomite's channel has 256 slots, and only it puts hints back. All get everything delivered in the end.
  it.each(SYSTEM_NAMES)('requeues nothing and drops no heartbeat where channels do not fill: %s', (system) => {
    const { totals } = traceOfStory('tail-requeue', `system=${system}`, LONG_ENOUGH);
    const isBounded = DYNOMITES.includes(system);
    expect([totals.hints.requeued, totals.messages.refused]).toEqual(isBounded ? [1_467, 6] : [0, 0]);
    expect(totals.hints.pending).toBe(0);
  });
});
