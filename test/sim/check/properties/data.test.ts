/**
 * Properties about what replicas have and what clients were told, each on a trace by hand that violates it, one that
 * keeps it, and one in which it does not come up. Times are microseconds; the expected event is a row of the log.
 */
import { describe, expect, it } from 'vitest';
import { bytes, instant, peerIndex } from '../../../../core/index.ts';
import { checkProperties } from '../../../../sim/index.ts';
import { runOf } from '../../../support/small-runs.ts';
import type { TraceRows } from '../../../support/trace-builder.ts';
import { resultOf, verdictOf } from './verdicts.ts';

const ACKED = { coordinator: 'a', key: 7, outcome: 'acked' } as const;

/** Key 7: write 0 is hinted for b, write 1 goes direct, and then the hint arrives: over it, or not. */
function lateHint(isIgnored: boolean): TraceRows {
  return {
    endedAt: 100,
    receiver: { conflict: isIgnored ? 'timestamp' : 'arrival' },
    writes: [
      {
        ...{ ...ACKED, at: 10, resolvedAt: 11 },
        copies: [
          { replica: 'a', route: 'direct', appliedAt: 11 },
          { replica: 'b', route: 'hinted', hint: 0, appliedAt: 40, ignored: isIgnored },
        ],
      },
      {
        ...{ ...ACKED, at: 20, resolvedAt: 22 },
        copies: [
          { replica: 'a', route: 'direct', appliedAt: 21 },
          { replica: 'b', route: 'direct', appliedAt: 22 },
        ],
      },
    ],
    hints: [{ write: 0, holder: 'a', peer: 'b', storedAt: 10, leftAt: 39, endedAt: 40, fate: 'delivered' }],
    values: [
      { replica: 'a', key: 7, write: 1 },
      { replica: 'b', key: 7, write: isIgnored ? 1 : 0 },
    ],
    log: [
      { at: 11, kind: 'copyApplied', node: 'a', peer: 'a', subject: 0 },
      { at: 11, kind: 'writeAcked', node: 'a', subject: 0 },
      { at: 21, kind: 'copyApplied', node: 'a', peer: 'a', subject: 1 },
      { at: 22, kind: 'copyApplied', node: 'b', peer: 'a', subject: 1 },
      { at: 22, kind: 'writeAcked', node: 'a', subject: 1 },
      { at: 40, kind: isIgnored ? 'hintIgnored' : 'hintApplied', node: 'b', peer: 'a', subject: 0 },
    ],
  };
}

/** One write for a and b, whose direct copy for b was cut off at 15. */
const cutOff: TraceRows = {
  writes: [
    {
      ...{ ...ACKED, at: 10, resolvedAt: 11 },
      copies: [
        { replica: 'a', route: 'direct', appliedAt: 11 },
        { replica: 'b', route: 'direct', droppedAt: 15, dropCause: 'linkCut' },
      ],
    },
  ],
  values: [{ replica: 'a', key: 7, write: 0 }],
  log: [{ at: 15, kind: 'copyDropped', node: 'a', peer: 'b', subject: 0 }],
};

/** Of key 7 b has write 0, whose clock was ahead; the hint of write 1 made room for that of write 2, which b ignored. */
function ignoredStandIn(isLogged: boolean): TraceRows {
  return {
    hintPolicy: { coalesce: true },
    receiver: { conflict: 'timestamp' },
    writes: [
      { ...ACKED, at: 5, timestamp: 900, copies: [{ replica: 'b', route: 'direct', appliedAt: 6 }] },
      { ...ACKED, at: 10, timestamp: 10, copies: [{ replica: 'b', route: 'hinted', hint: 0 }] },
      {
        ...{ ...ACKED, at: 20, timestamp: 20, outcome: 'failed' },
        copies: [{ replica: 'b', route: 'hinted', hint: 1, appliedAt: 40, ignored: true }],
      },
    ],
    hints: [
      { write: 1, holder: 'a', peer: 'b', storedAt: 10, leftAt: 20, fate: 'coalesced' },
      { write: 2, holder: 'a', peer: 'b', storedAt: 20, leftAt: 39, endedAt: 40, fate: 'delivered' },
    ],
    values: [{ replica: 'b', key: 7, write: 0 }],
    log: isLogged ? [{ at: 40, kind: 'hintIgnored', node: 'b', peer: 'a', subject: 1 }] : [],
  };
}

const NOTHING: TraceRows = {};

describe('properties of data', () => {
  it('I1 is violated where a copy is lost for good, and not where it is superseded in the end', () => {
    expect(verdictOf('I1', lateHint(false))).toBe('violated at 40 in 5');
    expect(resultOf('I1', lateHint(false))).toMatchObject({ violations: 1, write: 1, hint: null });
    expect(resultOf('I1', lateHint(false)).detail).toBe('b lost write 1 at 0.000040s: overwritten by an older write');
    expect(verdictOf('I1', cutOff)).toBe('violated at 15 in 0');
    expect(verdictOf('I1', lateHint(true))).toBe('holds');
    expect(verdictOf('I1', NOTHING)).toBe('notExercised');
    expect(verdictOf('I1', { ...cutOff, level: 'hints' })).toBe('notExercised');
  });

  it('I2 asks replicas that are up and owed nothing', () => {
    expect(verdictOf('I2', lateHint(false))).toBe('violated at 40 in 5');
    expect(verdictOf('I2', lateHint(true))).toBe('holds');
    const down = lateHint(false);
    // With b down, only a is asked; with a hint of somebody still waiting for b, the same.
    expect(verdictOf('I2', { ...down, outages: [{ node: 'b', from: 90 }] })).toBe('holds');
    const waiting = { holder: 'c', peer: 'b', storedAt: 50 };
    expect(verdictOf('I2', { ...down, hints: [...(down.hints ?? []), waiting] })).toBe('holds');
    expect(verdictOf('I2', NOTHING)).toBe('notExercised');
  });

  it('I6 counts replicas, and a hint is none', () => {
    // DC_QUORUM of three is two: b had it by 11, or only by 12.
    const rows = (appliedAt: number, level: 'DC_QUORUM' | 'ANY'): TraceRows => ({
      consistency: { write: level },
      writes: [
        {
          ...{ ...ACKED, at: 10, resolvedAt: 11 },
          copies: [
            { replica: 'a', route: 'direct', appliedAt: 11 },
            { replica: 'b', route: 'direct', appliedAt },
            { replica: 'c', route: 'hinted', hint: 0 },
          ],
        },
      ],
      hints: [{ write: 0, holder: 'a', peer: 'c', storedAt: 10 }],
      log: [{ at: 11, kind: 'writeAcked', node: 'a', subject: 0 }],
    });
    expect(verdictOf('I6', rows(12, 'DC_QUORUM'))).toBe('violated at 11 in 0');
    expect(resultOf('I6', rows(12, 'DC_QUORUM')).detail).toContain('with 1 real copy, where level DC_QUORUM names 2');
    expect(verdictOf('I6', rows(11, 'DC_QUORUM'))).toBe('holds');
    expect(verdictOf('I6', rows(12, 'ANY'))).toBe('notExercised');
  });

  it('I6 says which datacentre was short, where the level is one of each', () => {
    // All three of dc1 have it, and of the two of dc2, d alone: the hint in the place of e made the vote.
    const trace = runOf(`
system: dynomite
duration: 4s
datacentres: { dc1: { r1: [a], r2: [b], r3: [c] }, dc2: { s1: [d], s2: [e] } }
detector: { fixed: { down: 0s, up: 0s, start: up } }
requests: [{ at: 2s, set: k, on: a, level: DC_EACH_SAFE_QUORUM }]
faults: [{ crash: e, at: 1s }]
`);
    const { detail } = checkProperties(trace).find(({ id }) => id === 'I6') ?? {};
    expect(detail).toContain('with 1 real copy in dc2, where level DC_EACH_SAFE_QUORUM names 2 there');
  });

  it('I12 is about deletes and increments with a hint among their votes', () => {
    const rows = (operation: 'set' | 'delete', outcome: 'acked' | 'failed', replicas: number): TraceRows => ({
      writes: [
        {
          ...{ at: 10, coordinator: 'a', operation, outcome, resolvedAt: 11 },
          copies: ['a', 'b', 'c'].map((replica, index) =>
            index < replicas
              ? { replica, route: 'direct' as const, appliedAt: 11 }
              : { replica, route: 'hinted' as const, hint: index - replicas },
          ),
        },
      ],
      hints: ['a', 'b', 'c'].slice(replicas).map((peer) => ({ write: 0, holder: 'a', peer, storedAt: 10 })),
      log: [{ at: 11, kind: outcome === 'acked' ? 'writeAcked' : 'writeFailed', node: 'a', subject: 0 }],
    });
    // Two made-up OKs against one reply; and an error, though two executed it and one has a hint.
    expect(verdictOf('I12', rows('delete', 'acked', 1))).toBe('violated at 11 in 0');
    expect(verdictOf('I12', rows('delete', 'failed', 2))).toBe('violated at 11 in 0');
    expect(verdictOf('I12', rows('delete', 'acked', 2))).toBe('holds');
    expect(verdictOf('I12', rows('set', 'acked', 1))).toBe('notExercised');
    expect(verdictOf('I12', { ...rows('delete', 'acked', 1), receiver: { conflict: 'timestamp' } })).toBe(
      'notExercised',
    );
    expect(verdictOf('I12', { ...rows('delete', 'acked', 1), hintPolicy: { vote: 'none' } })).toBe('notExercised');
  });

  it('C1 finds a value under a key that its write did not write', () => {
    const rows = (key: number): TraceRows => ({ ...cutOff, endedAt: 90, values: [{ replica: 'a', key, write: 0 }] });
    expect(verdictOf('C1', rows(8))).toBe('violated at 90 in no event');
    expect(verdictOf('C1', rows(7))).toBe('holds');
    expect(verdictOf('C1', NOTHING)).toBe('notExercised');
  });

  it('C2 wants an event for each loss that is not under way', () => {
    expect(verdictOf('C2', cutOff)).toBe('holds');
    expect(verdictOf('C2', { ...cutOff, log: [] })).toBe('violated at 15 in no event');
    expect(verdictOf('C2', lateHint(true))).toBe('notExercised');
    // What came in the place of a hint that made room was ignored: that is where its write was lost, too.
    expect(verdictOf('C2', ignoredStandIn(true))).toBe('holds');
    expect(verdictOf('C2', ignoredStandIn(false))).toBe('violated at 40 in no event');
  });

  it('C3 is violated by a write that is kept over a newer one, and kept by one that is ignored', () => {
    expect(verdictOf('C3', lateHint(false))).toBe('violated at 40 in 5');
    expect(verdictOf('C3', lateHint(true))).toBe('holds');
    expect(verdictOf('C3', cutOff)).toBe('notExercised');
  });

  it('C4 is violated by an increment that is added twice, and not by a set that comes twice', () => {
    const rows = (operation: 'set' | 'increment', times: readonly number[]): TraceRows => ({
      writes: [
        {
          ...{ ...ACKED, at: 10, operation, resolvedAt: 11 },
          copies: [{ replica: 'b', route: 'direct', appliedAt: 11, repeats: times.length - 1 }],
        },
      ],
      values: [{ replica: 'b', key: 7, write: 0 }],
      log: times.map((at) => ({ at, kind: 'copyApplied', node: 'b', peer: 'a', subject: 0 })),
    });
    expect(verdictOf('C4', rows('increment', [11, 15, 20]))).toBe('violated at 15 in 1');
    expect(resultOf('C4', rows('increment', [11, 15, 20])).violations).toBe(2);
    expect(verdictOf('C4', rows('set', [11, 15]))).toBe('holds');
    expect(verdictOf('C4', rows('increment', [11]))).toBe('notExercised');
  });

  it('C6 misses the hint for a copy that was lost, and sees one that came twice or too soon', () => {
    expect(verdictOf('C6', cutOff)).toBe('violated at 15 in 0');
    const hinted = (storedAt: readonly number[], reason: 'error' | 'timeout'): TraceRows => ({
      ...cutOff,
      writes: (cutOff.writes ?? []).map((write) => ({
        ...write,
        copies: (write.copies ?? []).map((copy) => (copy.replica === 'b' ? { ...copy, hint: 0 } : copy)),
      })),
      hints: storedAt.map((at) => ({ write: 0, holder: 'a', peer: 'b', storedAt: at, reason })),
      log: storedAt.map((at, subject) => ({ at, kind: 'hintStored', node: 'a', peer: 'b', subject })),
      endedAt: 9_000_000,
    });
    expect(verdictOf('C6', hinted([15], 'error'))).toBe('holds');
    expect(verdictOf('C6', hinted([15, 30], 'error'))).toBe('violated at 30 in 1');
    // The client waits for 5 s from 10 µs on.
    expect(verdictOf('C6', hinted([5_000_010], 'timeout'))).toBe('holds');
    expect(verdictOf('C6', hinted([5_000_009], 'timeout'))).toBe('violated at 5000009 in 0');
    expect(verdictOf('C6', { ...lateHint(false), handoff: false })).toBe('notExercised');
  });

  it('C12 is violated by a stale read of overlapping quorums, and is not exercised without them', () => {
    const rows = (value: number, vote: 'none' | 'full'): TraceRows => ({
      ...lateHint(true),
      hintPolicy: { vote },
      readPolicy: { answer: 'newest' },
      consistency: { write: 'QUORUM', read: 'QUORUM' },
      reads: [{ at: 30, coordinator: 'c', key: 7, outcome: 'acked', resolvedAt: 31, value, newest: 1 }],
      log: [{ at: 31, kind: 'readAnswered', node: 'c', subject: 0 }],
    });
    expect(verdictOf('C12', rows(0, 'none'))).toBe('violated at 31 in 0');
    expect(verdictOf('C12', rows(-1, 'none'))).toBe('violated at 31 in 0');
    expect(verdictOf('C12', rows(1, 'none'))).toBe('holds');
    expect(verdictOf('C12', rows(0, 'full'))).toBe('notExercised');
    expect(resultOf('C12.stale', rows(0, 'full')).verdict).toBe('holds');
    expect(resultOf('C12.stale', rows(1, 'full')).verdict).toBe('notExercised');
    expect(verdictOf('C12', { ...rows(0, 'none'), consistency: { write: 'ONE', read: 'ONE' } })).toBe('notExercised');
  });

  it('C12 is not exercised where fallbacks answer in the place of replicas: two of three need not be two of the three', () => {
    const rows = (fallback: boolean): TraceRows => ({
      ...lateHint(true),
      hintPolicy: { vote: 'none' },
      readPolicy: { answer: 'newest', fallback },
      consistency: { write: 'QUORUM', read: 'QUORUM' },
      reads: [{ at: 30, coordinator: 'c', key: 7, outcome: 'acked', resolvedAt: 31, value: -1, newest: 1 }],
    });
    expect(resultOf('C12', rows(true)).detail).toBe(
      'stale reads are allowed: fallbacks answer in the place of replicas',
    );
    expect(resultOf('C12.stale', rows(true)).verdict).toBe('holds');
    expect(resultOf('C12', rows(false)).verdict).toBe('violated');
  });

  it('C12 is not exercised where one vote answers as it is, unless a write is at every replica by then', () => {
    const rows = (answer: 'bytes' | 'newest', write: 'QUORUM' | 'ALL'): TraceRows => ({
      ...lateHint(true),
      hintPolicy: { vote: 'none' },
      readPolicy: { answer },
      consistency: { write, read: 'QUORUM' },
      reads: [{ at: 30, coordinator: 'c', key: 7, outcome: 'acked', resolvedAt: 31, value: -1, newest: 1 }],
    });
    expect(resultOf('C12', rows('bytes', 'QUORUM')).detail).toBe(
      'stale reads are allowed: what answers a read is one vote of QUORUM, which need not be the newest',
    );
    expect(resultOf('C12', rows('newest', 'QUORUM')).verdict).toBe('violated');
    expect(resultOf('C12', rows('bytes', 'ALL')).verdict).toBe('violated');
  });

  it('C12 takes no value for fresh where the newest write deleted the key', () => {
    const rows = (operation: 'set' | 'delete'): TraceRows => ({
      hintPolicy: { vote: 'none' },
      consistency: { write: 'ALL', read: 'ONE' },
      writes: [{ ...ACKED, at: 10, operation, resolvedAt: 11, copies: [] }],
      reads: [{ at: 30, coordinator: 'c', key: 7, outcome: 'acked', resolvedAt: 31, newest: 0 }],
    });
    expect(verdictOf('C12', rows('set'))).toBe('violated at 31 in no event');
    expect(verdictOf('C12', rows('delete'))).toBe('holds');
  });

  it('I6 holds a scripted write to its own level', () => {
    const rows: TraceRows = {
      consistency: { write: 'ALL' },
      writes: [
        {
          ...{ ...ACKED, at: 10, resolvedAt: 11 },
          copies: [
            { replica: 'a', route: 'direct', appliedAt: 11 },
            { replica: 'b', route: 'direct', appliedAt: 12 },
          ],
        },
      ],
    };
    const scripted = { at: instant(10), operation: 'set', key: 7, bytes: bytes(1), coordinator: peerIndex(0) } as const;
    expect(verdictOf('I6', rows)).toBe('violated at 11 in no event');
    expect(verdictOf('I6', rows, { requests: [{ ...scripted, level: 'ONE' }] })).toBe('holds');
    expect(verdictOf('I6', rows, { requests: [{ ...scripted, at: instant(9), level: 'ONE' }] })).toMatch(/^violated/);
  });
});
