import { describe, expect, it } from 'vitest';
import { duration, instant } from '../../../core/units.ts';
import type { TraceLevel } from '../../../sim/scenario/model/scenario.ts';
import { Recorder } from '../../../sim/trace/recorder.ts';
import type { Column } from '../../../sim/trace/tables.ts';
import { COPY_ROUTES, HINT_FATES, LOG_KINDS, NEVER, NONE } from '../../../sim/trace/trace.ts';
import { buildTrace } from '../../support/trace-builder.ts';

/** A recorder of nodes a, b, c over 1 000 µs, whose facts are counted. */
function recorderAt(level: TraceLevel, measureFrom = 0): { recorder: Recorder; facts: number[][] } {
  const { scenario } = buildTrace({ level, endedAt: 1_000 });
  const facts: number[][] = [];
  const digest = { mix: (...fact: number[]): void => void facts.push(fact) };
  const workloads = scenario.workloads.map((one) => ({ ...one, probes: [duration(50), duration(20), duration(50)] }));
  return { recorder: new Recorder(digest, { ...scenario, workloads, measureFrom: instant(measureFrom) }), facts };
}

const hint = { write: 0, bytes: 100, deadline: instant(900), reason: 'peerDown', isPlanned: false } as const;

/** a takes a write for a, b and c; b and c get hints. */
function withHints(recorder: Recorder): Recorder {
  recorder.writeIssued(instant(10), 0, 7, 100, 0, 10, NONE);
  recorder.copySent(instant(10), 0, 0, 0);
  recorder.hintStored(instant(10), 0, 1, hint);
  recorder.hintStored(instant(10), 0, 2, hint);
  return recorder;
}

describe('Recorder', () => {
  it('lets an acknowledged hint meet its fate before it leaves its store', () => {
    const recorder = withHints(recorderAt('full').recorder);
    recorder.hintShipped(instant(20), 0, 1, 0, false);
    recorder.hintApplied(instant(30), 1, 0, 0, 100, true, false);
    recorder.hintFailed(instant(35), 0, 1, 0);
    recorder.hintShipped(instant(40), 0, 1, 0, false);
    recorder.hintApplied(instant(50), 1, 0, 0, 100, false, false);
    recorder.hintAcked(instant(60), 0, 1, 0);
    const { hints, totals, behind, copies } = recorder.finish();
    expect([hints.endedAt[0], hints.leftAt[0], HINT_FATES[hints.fate[0] ?? 0]]).toEqual([30, 60, 'delivered']);
    expect(totals.hints).toMatchObject({ stored: 2, delivered: 1, redelivered: 1, pending: 1 });
    // b was behind until it first had the hint; c still is.
    expect([[...behind.node], [...behind.from], [...behind.until]]).toEqual([
      [1, 2],
      [10, 10],
      [30, NEVER],
    ]);
    expect([copies.appliedAt[1], copies.repeats[1], copies.hint[1]]).toEqual([30, 1, 0]);
  });

  it('counts for a hint how often its queue went back while it was in it, also after it moved to another queue', () => {
    const { recorder } = recorderAt('full');
    const requeue = (at: number, peer: number, hints: number): void =>
      recorder.queueRequeued(instant(at), 0, peer, hints, peer - 1);
    withHints(recorder);
    requeue(20, 1, 1);
    requeue(30, 1, 1);
    requeue(30, 2, 1);
    // a's peer table changes: the hint for b is in the queue of c now, and that for c stays.
    recorder.hintRestored(0, 2);
    recorder.hintRestored(1, 2);
    requeue(40, 1, 0);
    requeue(50, 2, 2);
    recorder.hintShipped(instant(60), 0, 1, 0, true);
    requeue(70, 2, 1);
    const { hints, totals, log } = recorder.finish();
    expect([...hints.requeues]).toEqual([3, 3]);
    expect(totals.hints.requeued).toBe(6);
    expect([...log.kind].filter((kind) => LOG_KINDS[kind] === 'hintRequeued')).toHaveLength(6);
  });

  it('keeps the fate of a hint that had been applied before it expired or was lost', () => {
    const recorder = withHints(recorderAt('hints').recorder);
    recorder.hintApplied(instant(30), 1, 0, 0, 100, true, false);
    recorder.hintApplied(instant(30), 2, 0, 1, 100, true, false);
    recorder.hintExpired(instant(910), 0, 1, 0, 100, true);
    recorder.hintLost(instant(920), 0, 2, 1, 100, 'holderCrashed', true);
    const { hints, totals } = recorder.finish();
    expect([[...hints.endedAt], [...hints.leftAt]]).toEqual([
      [30, 30],
      [910, 920],
    ]);
    expect(totals.hints).toMatchObject({ delivered: 2, expired: 0, lost: 0, pending: 0 });
    expect(totals.lostBy.holderCrashed).toBe(0);
  });

  it('counts refusals by reason and gives each its route', () => {
    const { recorder } = recorderAt('full');
    recorder.writeIssued(instant(10), 0, 7, 100, 0, 10, NONE);
    recorder.hintRefused(instant(10), 0, 0, 100, 0, 'cap', false);
    recorder.hintRefused(instant(10), 0, 1, 100, 0, 'window', false);
    recorder.copySent(instant(10), 0, 2, 0);
    recorder.hintRefused(instant(20), 0, 2, 100, 0, 'disk', true);
    recorder.hintRefused(instant(30), 0, 2, 100, 0, 'overload', true);
    const { totals, copies, refusals } = recorder.finish();
    expect(totals.hints).toMatchObject({ rejectedOverCapacity: 1, refusedByWindow: 1, refusedByDisk: 1, stored: 0 });
    expect(totals.hints.refusedByOverload).toBe(1);
    expect([[...copies.route], [...refusals.reason]]).toEqual([
      [2, 4, 0],
      [0, 1, 2, 3],
    ]);
  });

  it('joins a hint to the copy that was sent, and tells how copies were lost, ignored and repaired', () => {
    const { recorder } = recorderAt('full');
    recorder.writeIssued(instant(10), 0, 7, 100, 0, 10, NONE);
    for (const replica of [0, 1, 2]) recorder.copySent(instant(10), 0, replica, 0);
    recorder.copyIgnored(instant(12), 0, 0, 0);
    recorder.copyDropped(instant(15), 0, 1, 0, 'tooLate');
    recorder.copyDropped(instant(16), 0, 2, 0, 'messageLost');
    recorder.hintStored(instant(20), 0, 2, { ...hint, reason: 'timeout', isPlanned: true });
    recorder.repairApplied(instant(30), 1, 0, 0, false);
    recorder.repairApplied(instant(31), 1, 0, -4, false);
    const { copies, log } = recorder.finish();
    expect([...copies.appliedAt]).toEqual([12, 30, NEVER]);
    expect([[...copies.ignored], [...copies.dropCause], [...copies.hint]]).toEqual([
      [1, 0, 0],
      [0, 4, 2],
      [-1, -1, 0],
    ]);
    expect([...copies.droppedAt]).toEqual([NEVER, 15, 16]);
    expect([...log.kind].slice(4).map((kind) => LOG_KINDS[kind])).toEqual([
      ...['copyIgnored', 'copyRefused', 'copyDropped', 'hintStored', 'repairApplied'],
    ]);
  });

  it('asserts that a copy that arrives was planned, except by read repair', () => {
    const recorder = withHints(recorderAt('full').recorder);
    recorder.writeIssued(instant(20), 0, 8, 100, 0, 20, NONE);
    recorder.repairApplied(instant(30), 1, 0, 1, false);
    expect([...recorder.finish().copies.appliedAt]).toEqual([NEVER, NEVER, NEVER]);
    recorder.copyApplied(instant(30), 1, 0, 1);
    expect(() => recorder.finish().copies).toThrow('a copy for each of its replicas');
  });

  it.each<TraceLevel>(['counters', 'hints', 'full'])(
    'knows the newest acknowledged write and what reads saw at %s',
    (level) => {
      const { recorder } = recorderAt(level, 100);
      const write = (key: number): number => recorder.writeIssued(instant(90), 0, key, 1, 0, 0, NONE);
      const [first, second, third] = [write(7), write(7), write(8)];
      expect(recorder.newestAcked(7)).toBe(NONE);
      recorder.writeAcked(instant(100), 0, second, 7, 10);
      recorder.writeAcked(instant(110), 0, first, 7, 20);
      recorder.writeAcked(instant(130), 0, third, 8, 25);
      expect([7, 8, 9].map((key) => recorder.newestAcked(key))).toEqual([second, third, NONE]);
      const read = (at: number, value: number, probe: number): void => {
        const id = recorder.readIssued(instant(at), 0, 7, second, probe === NONE ? NONE : second);
        recorder.readAnswered(instant(at + 8), 0, id, value, second, false, probe, probe === NONE ? NONE : second, 8);
      };
      read(99, NONE, NONE);
      read(100, first, 0);
      read(101, second, 0);
      read(102, third, 1);
      read(103, -2, NONE);
      const { statistics } = recorder.finish();
      // Only write `third`, issued at 105, and the reads from 100 on count.
      expect(statistics.writes).toMatchObject({ count: 1, p50: 25 });
      expect([statistics.answeredReads, statistics.staleReads]).toEqual([4, 1]);
      expect(statistics.visibility).toEqual([
        { after: 20, reads: 2, consistent: 1 },
        { after: 50, reads: 1, consistent: 1 },
      ]);
      expect(statistics.services.map(({ node, observed }) => [node, observed])).toEqual([
        ...[
          ['a', 900],
          ['b', 900],
          ['c', 900],
        ],
      ]);
    },
  );

  it('tells of a hint for another node by the copy that it stands for', () => {
    const { recorder } = recorderAt('full');
    recorder.writeIssued(instant(10), 0, 7, 100, 0, 10, NONE);
    recorder.copySent(instant(10), 0, 0, 0);
    recorder.copyUnsent(instant(10), 1, 0);
    // c holds a hint for b, who was left out, and refuses one for a, whose copy was sent: only b's goes another way.
    recorder.copyDiverted(instant(10), 0, 2, 2, 0, false);
    recorder.hintRefused(instant(11), 2, 2, 100, 0, 'window', true);
    recorder.copyDiverted(instant(12), 0, 2, 0, 0, true);
    recorder.hintRefused(instant(13), 2, 0, 100, 0, 'cap', true);
    const { copies, log } = recorder.finish();
    expect([[...copies.replica], [...copies.route].map((route) => COPY_ROUTES[route])]).toEqual([
      [0, 1, 2],
      ['direct', 'unsent', 'windowClosed'],
    ]);
    expect([...log.kind].map((kind) => LOG_KINDS[kind])).toEqual([
      ...['writeIssued', 'copySent', 'copySent', 'hintRefused', 'copySent', 'hintRefused'],
    ]);
  });

  it('keeps what a recording had when it was finished, whatever is recorded later', () => {
    const recorder = withHints(recorderAt('full').recorder);
    const early = recorder.finish();
    recorder.writeIssued(instant(20), 0, 8, 100, 0, 20, NONE);
    recorder.copySent(instant(20), 0, 1, 1);
    expect([early.writes.key.length, early.copies.write.length, early.log.at.length]).toEqual([1, 3, 4]);
    expect([...recorder.finish().writes.key]).toEqual([7, 8]);
    // Made once.
    expect(early.log).toBe(early.log);
  });

  it('weighs what its tables take', () => {
    const { recorder } = recorderAt('full');
    recorder.writeIssued(instant(10), 0, 7, 100, 0, 10, NONE);
    recorder.copySent(instant(10), 0, 0, 0);
    recorder.hintRefused(instant(10), 0, 1, 100, 0, 'cap', false);
    recorder.readIssued(instant(20), 0, 7, NONE, NONE);
    const { writes, copies, reads, log, refusals } = recorder.finish();
    const columns = [writes, copies, reads, log, refusals].flatMap((table) => Object.values<Column>({ ...table }));
    expect(recorder.weight).toBe(columns.reduce((sum, { byteLength }) => sum + byteLength, 0));
    expect(recorderAt('hints').recorder.weight).toBe(0);
  });

  it('gives the digest the same facts at every level', () => {
    const [counters, hints, full] = (['counters', 'hints', 'full'] as const).map((level) => {
      const { recorder, facts } = recorderAt(level);
      withHints(recorder).hintLost(instant(20), 0, 2, 1, 100, 'tornTail', false);
      recorder.faultBegan(instant(30), 0, 1);
      return facts;
    });
    expect(counters?.length).toBe(5);
    expect([counters, hints]).toEqual([full, full]);
  });
});
