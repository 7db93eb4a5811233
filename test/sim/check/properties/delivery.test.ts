/**
 * Properties about delivery and its bounds, on traces by hand. The bounds are worked out here from the formulas that
 * `bounds.ts` documents: links of 250 µs there and back (500 µs), looks every 1 000 µs, 100 µs to reconnect, believed up
 * after 10 µs, and no throttle.
 */
import { describe, expect, it } from 'vitest';
import { duration, instant, peerIndex } from '../../../../core/index.ts';
import type { Fault } from '../../../../sim/index.ts';
import type { HintRow, TraceRows } from '../../../support/trace-builder.ts';
import { resultOf, verdictOf } from './verdicts.ts';
import type { Setting } from './verdicts.ts';

const LANE = { holder: 'a', peer: 'b' } as const;
const SETTING: Setting = { channel: { reconnect: duration(100) } };
const DRAIN = { interval: duration(1_000) } as const;
/** 100 to reconnect, two looks of 1 000, a round trip of 500. */
const PROGRESS = 2_600;
const SESSIONS = { ...DRAIN, ack: 'each', timeout: duration(200), retryAfter: duration(300), sessions: 1 } as const;
/** Two turns of two looks and a failed attempt of 500, for two other nodes and one session: 100 + 2·2 500 + 500. */
const SESSION_PROGRESS = 5_600;

function waits(leftAt: number, more: Partial<TraceRows> = {}): TraceRows {
  return { drain: DRAIN, endedAt: 50_000, hints: [{ ...LANE, storedAt: 0, leftAt, fate: 'delivered' }], ...more };
}

describe('progress', () => {
  it('I7 gives a lane with a live peer the bound of its policy, and not a microsecond more', () => {
    expect(verdictOf('I7', waits(PROGRESS), SETTING)).toBe('holds');
    expect(verdictOf('I7', waits(PROGRESS + 1), SETTING)).toBe(`violated at ${PROGRESS} in no event`);
    expect(resultOf('I7', waits(PROGRESS + 1), SETTING).detail).toContain('the bound is 2.600ms');
  });

  it('I7 owes nothing to a peer that is down, taken for Down, or behind a fault', () => {
    const late = 9_000;
    const span = { from: instant(0), until: instant(8_000), cause: '' };
    const stall: Fault = { kind: 'stall', node: peerIndex(1), ...span };
    const [sources, targets] = [[peerIndex(0)], [peerIndex(1)]];
    const cut: Fault = { kind: 'partition', sources, targets, isTwoWay: false, ...span };
    const excuses: readonly Partial<TraceRows>[] = [
      { outages: [{ node: 'b', from: 0, until: 8_000 }] },
      { beliefs: [{ observer: 'a', peer: 'b', from: 0, until: 8_000 }] },
      { faults: [stall] },
      { faults: [cut] },
    ];
    for (const excuse of excuses) expect(verdictOf('I7', waits(late, excuse), SETTING)).toBe('holds');
    const other: Partial<TraceRows> = { beliefs: [{ observer: 'b', peer: 'a', from: 0, until: 8_000 }] };
    expect(verdictOf('I7', waits(late, other), SETTING)).toBe(`violated at ${PROGRESS} in no event`);
    expect(verdictOf('I7', waits(late, { handoff: false }), SETTING)).toBe('notExercised');
    expect(verdictOf('I7', waits(late, { drain: { ...DRAIN, enabled: false } }), SETTING)).toBe('notExercised');
    expect(verdictOf('I7', {}, SETTING)).toBe('notExercised');
  });

  it('I7 sees a node that keeps a hint for itself', () => {
    const own: TraceRows = { drain: DRAIN, endedAt: 5_000, hints: [{ holder: 'a', peer: 'a', storedAt: 10 }] };
    expect(verdictOf('I7', own, SETTING)).toBe(`violated at ${10 + PROGRESS} in no event`);
  });

  it('L3 wants every lane of a holder tried, while several wait', () => {
    const rows = (shippedAt: number, peers: readonly string[]): TraceRows => ({
      drain: SESSIONS,
      endedAt: 20_000,
      hints: peers.map((peer) => ({ holder: 'a', peer, storedAt: 0, leftAt: 12_000, fate: 'delivered' })),
      log: peers
        .flatMap((peer, subject) => [
          ...[1, 2, 3].map((time) => ({ at: time * 3_000, kind: 'hintShipped' as const, node: 'a', peer, subject })),
          ...(peer === 'c' ? [] : [{ at: 10_000, kind: 'hintShipped' as const, node: 'a', peer, subject }]),
        ])
        .filter(({ peer, at }) => peer !== 'c' || at >= shippedAt)
        .toSorted((one, other) => one.at - other.at),
    });
    expect(verdictOf('L3', rows(6_000, ['b', 'c']), SETTING)).toBe(`violated at ${SESSION_PROGRESS} in no event`);
    expect(verdictOf('L3', rows(3_000, ['b', 'c']), SETTING)).toBe('holds');
    expect(verdictOf('L3', rows(6_000, ['c']), SETTING)).toBe('notExercised');
  });
});

describe('sessions', () => {
  it('C7 allows one session for a peer, and what the throttle has left', () => {
    // 1 000 bytes a second, shared by two others: 500, and 500 at once.
    const rows = (second: number, thirdAt: number): TraceRows => ({
      drain: { ...SESSIONS, throttle: 1_000, throttleShared: true },
      hints: [0, 1, 2].map(() => ({ ...LANE, storedAt: 0, bytes: 400 })),
      log: [
        { at: 10, kind: 'sessionOpened', node: 'a', peer: 'b' },
        { at: 10, kind: 'hintShipped', node: 'a', peer: 'b', subject: 0 },
        { at: 10, kind: 'hintShipped', node: 'a', peer: 'b', subject: 1 },
        { at: thirdAt, kind: 'hintShipped', node: 'a', peer: 'b', subject: 2 },
        ...(second > 0 ? [{ at: second, kind: 'sessionOpened' as const, node: 'a', peer: 'b' }] : []),
      ],
    });
    // 300 bytes overdrawn, and paid back in 0.6 s.
    expect(verdictOf('C7', rows(0, 600_010))).toBe('holds');
    expect(verdictOf('C7', rows(0, 590_000))).toBe('violated at 590000 in 3');
    expect(verdictOf('C7', rows(600_020, 600_010))).toBe('violated at 600020 in 4');
    expect(verdictOf('C7', { ...rows(0, 20), drain: DRAIN })).toBe('notExercised');
  });

  it('L5 wants time to pass after a failure, and the next attempt within the bound', () => {
    const rows = (failedAt: number, againAt: number): TraceRows => ({
      drain: SESSIONS,
      endedAt: 20_000,
      hints: [{ ...LANE, storedAt: 0 }],
      log: [
        { at: 100, kind: 'hintShipped', node: 'a', peer: 'b', subject: 0 },
        { at: failedAt, kind: 'hintFailed', node: 'a', peer: 'b', subject: 0 },
        { at: againAt, kind: 'hintShipped', node: 'a', peer: 'b', subject: 0 },
      ],
    });
    expect(verdictOf('L5', rows(200, 200 + SESSION_PROGRESS), SETTING)).toBe('holds');
    expect(verdictOf('L5', rows(200, 201 + SESSION_PROGRESS), SETTING)).toBe(
      `violated at ${200 + SESSION_PROGRESS} in no event`,
    );
    expect(verdictOf('L5', rows(100, 100), SETTING)).toBe('violated at 100 in 2');
    expect(verdictOf('L5', { ...rows(200, 300), log: [] }, SETTING)).toBe('notExercised');
  });
});

describe('the heal phase', () => {
  /** Ends at 1 000, with one hint waiting: 10 + 500 to detect, then progress, then one sweep for the one hint. */
  const HEALED = 1_000;
  const DUE = HEALED + 510 + PROGRESS + 1_000;
  const fault: Fault = {
    ...{ kind: 'crash', node: peerIndex(1), from: instant(0), until: instant(HEALED), cause: '' },
    ...{ power: false, tornBytes: 0 },
  };
  const healing = (hint: Partial<HintRow>, more: Partial<TraceRows> = {}): TraceRows => ({
    drain: DRAIN,
    endedAt: 10_000,
    faults: [fault],
    hints: [{ ...LANE, storedAt: 500, fate: 'delivered', ...hint }],
    ...more,
  });

  it('L1 computes by when the backlog is gone', () => {
    expect(verdictOf('L1', healing({ leftAt: DUE }), SETTING)).toBe('holds');
    expect(verdictOf('L1', healing({ leftAt: DUE + 1 }), SETTING)).toBe(`violated at ${DUE} in no event`);
    expect(verdictOf('L1', healing({ storedAt: 1_001, leftAt: DUE + 1 }), SETTING)).toBe('notExercised');
    expect(verdictOf('L1', healing({ leftAt: 2_000 }, { faults: [] }), SETTING)).toBe('notExercised');
  });

  it('L1 says how long a run would have to be', () => {
    const short = healing({ leftAt: 2_000 }, { endedAt: DUE - 1 });
    expect(verdictOf('L1', short, SETTING)).toBe('notExercised');
    expect(resultOf('L1', short, SETTING).detail).toContain('the run would have to last 0.005110s');
    expect(DUE).toBe(5_110);
  });

  it('L2 allows no copy on its way after that, of writes of before', () => {
    const rows = (at: number): TraceRows =>
      healing(
        { leftAt: 2_000 },
        {
          writes: [
            {
              ...{ at, coordinator: 'a', outcome: 'acked', resolvedAt: at + 1 },
              copies: [{ replica: 'b', route: 'direct' }],
            },
            { at: 999, coordinator: 'a' },
          ],
        },
      );
    expect(verdictOf('L2', rows(600), SETTING)).toBe(`violated at ${DUE} in no event`);
    expect(verdictOf('L2', { ...rows(600), values: [{ replica: 'b', key: 0, write: 0 }] }, SETTING)).toBe('holds');
    expect(verdictOf('L2', healing({ leftAt: 2_000 }), SETTING)).toBe('notExercised');
  });

  it('L8 allows four requests for each hint and write that is due', () => {
    const rows = (times: number): TraceRows =>
      healing(
        { leftAt: 4_000 },
        {
          log: Array.from({ length: times }, (_, time) => ({
            ...{ at: 2_000 + time, kind: 'hintShipped', node: 'a', peer: 'b', subject: 0 },
          })),
        },
      );
    expect(verdictOf('L8', rows(4), SETTING)).toBe('holds');
    expect(verdictOf('L8', rows(5), SETTING)).toBe('violated at 2004 in 4');
    expect(verdictOf('L8', healing({ storedAt: 1_001, leftAt: 4_000 }), SETTING)).toBe('notExercised');
  });
});
