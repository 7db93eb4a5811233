/**
 * Sentences of what only other policies than dynomite's bring about: acknowledged delivery, windows, disks, receivers
 * with versions, faults of every kind.
 */
import { describe, expect, it } from 'vitest';
import { bytes, duration, instant, peerIndex, seconds } from '../../../../core/units.ts';
import type { Fault } from '../../../../sim/scenario/model/fault.ts';
import { lifeOfHint } from '../../../../sim/trace/queries/life-of-hint.ts';
import { lifeOfWrite } from '../../../../sim/trace/queries/life-of-write.ts';
import { describeEntry } from '../../../../sim/trace/queries/sentence.ts';
import { HINT_REASONS, LOG_KINDS, LOSS_CAUSES } from '../../../../sim/trace/trace.ts';
import type { RefusalReason } from '../../../../sim/trace/trace.ts';
import { buildTrace } from '../../../support/trace-builder.ts';
import type { TraceRows } from '../../../support/trace-builder.ts';

const both = { node: 'a', peer: 'b' } as const;
const kept = 'kept hint 0 (1 B) of write 0 with deadline 0.001010s, 1ms after';

function said(log: NonNullable<TraceRows['log']>, rows: TraceRows = {}): readonly string[] {
  const trace = buildTrace({ ...SCENE, ...rows, log });
  return log.map((_, entry) => describeEntry(trace, entry));
}

/** A write of a to b whose hint is stored at 10 and applied at 30. */
const SCENE: TraceRows = {
  level: 'full',
  drain: { ack: 'each', timeout: duration(100) },
  receiver: { conflict: 'timestamp' },
  writes: [
    { at: 10, coordinator: 'a', key: 5, copies: [{ replica: 'b', route: 'hinted', hint: 0 }] },
    { at: 12, coordinator: 'a', key: 10, operation: 'delete', retryOf: 0 },
  ],
  keyNames: ['cart'],
  hints: [{ holder: 'a', peer: 'b', storedAt: 10, write: 0, endedAt: 30, leftAt: 60, fate: 'delivered' }],
  reads: [{ at: 40, coordinator: 'c', key: 5, outcome: 'acked', resolvedAt: 41, newest: 0, probeOf: 0 }],
};

describe('sentences of acknowledged delivery', () => {
  it('tell of an attempt that took its whole time, though the next one begins in the instant in which it ends', () => {
    const log = [
      { at: 20, kind: 'hintShipped', ...both, subject: 0 },
      { at: 120, kind: 'hintFailed', ...both, subject: 0 },
      { at: 120, kind: 'hintShipped', ...both, subject: 0 },
    ] as const;
    expect(said(log)[1]).toBe("b had not acknowledged within 100µs, so hint 0 stays in a's store to be tried again");
  });

  it('follow a hint through a late acknowledgement', () => {
    const log = [
      { at: 20, kind: 'sessionOpened', ...both },
      { at: 20, kind: 'hintShipped', ...both, subject: 0 },
      { at: 30, kind: 'hintApplied', node: 'b', peer: 'a', subject: 0 },
      { at: 40, kind: 'hintFailed', ...both, subject: 0 },
      { at: 120, kind: 'hintFailed', ...both, subject: 0 },
      { at: 130, kind: 'hintApplied', node: 'b', peer: 'a', subject: 0 },
      { at: 130, kind: 'hintIgnored', node: 'b', peer: 'a', subject: 0 },
      { at: 140, kind: 'hintAcked', ...both, subject: 0 },
      { at: 140, kind: 'sessionClosed', ...both },
    ] as const;
    expect(said(log)).toEqual([
      'a took b for Normal and began to deliver its hints for b',
      'a took b for Normal and sent hint 0, which stays in its store until b has acknowledged it',
      'b applied hint 0 of write 0, 20µs after it was stored',
      "the attempt of a to deliver to b failed at once, so hint 0 stays in a's store to be tried again",
      "b had not acknowledged within 100µs, so hint 0 stays in a's store to be tried again",
      'b applied hint 0 of write 0 once more, 120µs after it was stored: the session that had sent it ended before its acknowledgement came',
      'b ignored hint 0 of write 0, 120µs after it was stored: it held one with a newer timestamp',
      "b's acknowledgement reached a, so hint 0 left its store",
      'a stopped delivering to b',
    ]);
  });

  it('tell the course of a hint without a log, and where it is when the run ends', () => {
    const lives = (leftAt?: number): readonly string[] => {
      const hint = { holder: 'a', peer: 'b', storedAt: 10, endedAt: 30, fate: 'delivered' } as const;
      const hints = [leftAt === undefined ? hint : { ...hint, leftAt }];
      const trace = buildTrace({ ...SCENE, level: 'hints', writes: [], reads: [], hints });
      return lifeOfHint(trace, 0)
        .steps.slice(1)
        .map(({ text }) => text);
    };
    const applied = 'b applied hint 0 of an unknown write, 20µs after it was stored';
    expect(lives(60)).toEqual([applied, "hint 0 left a's store"]);
    expect(lives()).toEqual([
      applied,
      "the run ended with hint 0 still in a's store, for no acknowledgement had come in time",
    ]);
  });
});

describe('sentences of hints', () => {
  it('name every reason, who would have sent, and what the hint counts for', () => {
    const log = [{ at: 10, kind: 'hintStored', ...both, subject: 0 }] as const;
    const stored = HINT_REASONS.map(
      (reason) =>
        said(log, {
          hintPolicy: { vote: reason === 'queued' ? 'any' : 'none' },
          hints: [{ holder: 'a', peer: 'b', storedAt: 10, write: 0, reason }],
        })[0],
    );
    expect(stored).toEqual([
      `a took b for Down although b was up, so it ${kept}; it counts for nothing`,
      `the channel from a to b had no room, so a ${kept}; it counts for nothing`,
      `replay had filled the channel from a to b, so a ${kept}; it counts for nothing`,
      `the link from a to b had ended, so a ${kept}; it counts for nothing`,
      `b had not answered within 5s, so a ${kept}`,
      `b had answered with an error, so a ${kept}`,
      `other hints for b were still waiting and none may overtake them, so a ${kept}; it counts as a vote for ANY alone`,
    ]);
    const fallback = said([{ at: 10, kind: 'hintStored', node: 'c', peer: 'b', subject: 0 }]);
    expect(fallback).toEqual([`a took b for Down although b was up, so c ${kept}; its answer counts as b's vote`]);
  });

  it('name every bound that refuses a hint', () => {
    const refused = (reason: RefusalReason, route: 'direct' | 'refused'): string | undefined =>
      said([{ at: 10, kind: 'hintRefused', ...both, subject: 0 }], {
        hintPolicy: { capScope: 'peer', maxBytes: bytes(50), window: seconds(3), inFlightBytes: bytes(9) },
        refusals: [{ at: 10, ...{ holder: 'a', peer: 'b' }, bytes: 7, write: 0, reason }],
        writes: [{ at: 10, coordinator: 'a', copies: [{ replica: 'b', route }] }],
        hints: [],
      })[0];
    const nothing = 'b gets neither the write nor a hint';
    expect(refused('cap', 'refused')).toBe(
      `a's store refused the hint of write 0 (7 B): it would have passed its cap of 50 B for b; ${nothing}`,
    );
    expect(refused('window', 'refused')).toBe(
      `a kept no hint of write 0: it had taken b for Down for longer than the hint window of 3s; ${nothing}`,
    );
    expect(refused('disk', 'direct')).toBe(
      "a's disk took no append, so the hint of write 0 (7 B) was refused; b gets no hint of it",
    );
    expect(refused('overload', 'direct')).toBe(
      'a refused the hint of write 0 (7 B): more than 9 B of hints were not yet on its disk; b gets no hint of it',
    );
  });

  it('have a sentence of its own for every way to be lost', () => {
    const sentences = LOSS_CAUSES.map(
      (fate) =>
        said([{ at: 60, kind: 'hintLost', ...both, subject: 0 }], {
          hints: [{ holder: 'a', peer: 'b', storedAt: 10, write: 0, leftAt: 60, fate }],
        })[0] ?? '',
    );
    expect(new Set(sentences).size).toBe(LOSS_CAUSES.length);
    sentences.forEach((sentence) => expect(sentence).toMatch(/lost|goes no further/));
    expect(said([{ at: 60, kind: 'hintLost', ...both, subject: 0 }])).toEqual([
      "hint 0 is gone from a's store; b had applied it before, so nothing is lost",
    ]);
  });
});

describe('sentences of requests', () => {
  it('name operations, attempts, keys, probes and stale answers', () => {
    expect(
      said([
        { at: 12, kind: 'writeIssued', node: 'a', subject: 1 },
        { at: 40, kind: 'readIssued', node: 'c', subject: 0 },
        { at: 41, kind: 'readAnswered', node: 'c', subject: 0 },
      ]),
    ).toEqual([
      'a client sent write 1 (delete of key "cart", 1 B) to a, another attempt of write 0',
      'a client sent read 0 (key 5) to c to see whether write 0 is visible',
      'c answered read 0 with no value, DC_ONE being met: stale, for write 0 of its key had been acknowledged before it was issued',
    ]);
  });

  it('follow a copy that was lost, got a hint, was ignored, and another that was repaired', () => {
    const rows: TraceRows = {
      ...SCENE,
      hintPolicy: { triggers: { peerDown: true, channelFull: true, timeout: 'always', error: false, queued: false } },
      writes: [
        {
          ...{ at: 10, coordinator: 'a', outcome: 'failed', resolvedAt: 5_000_010 },
          copies: [
            {
              replica: 'b',
              route: 'direct',
              droppedAt: 15,
              dropCause: 'messageLost',
              appliedAt: 60,
              ignored: true,
              hint: 0,
            },
            { replica: 'c', route: 'direct', droppedAt: 16, dropCause: 'tooLate', appliedAt: 70 },
          ],
        },
      ],
      hints: [
        {
          holder: 'a',
          peer: 'b',
          storedAt: 20,
          write: 0,
          reason: 'timeout',
          endedAt: 60,
          leftAt: 65,
          fate: 'delivered',
        },
      ],
      endedAt: 6_000_000,
      log: [
        { at: 10, kind: 'copySent', ...both, subject: 0 },
        { at: 15, kind: 'copyDropped', ...both, subject: 0 },
        { at: 16, kind: 'copyRefused', node: 'a', peer: 'c', subject: 0 },
        { at: 20, kind: 'hintStored', ...both, subject: 0 },
        { at: 60, kind: 'hintIgnored', node: 'b', peer: 'a', subject: 0 },
        { at: 70, kind: 'repairApplied', node: 'c', peer: 'a', subject: 0 },
      ],
    };
    expect(lifeOfWrite(buildTrace(rows), 0).steps.map(({ text }) => text)).toEqual([
      'a sent write 0 to b',
      'a client sent write 0 (key 0, 1 B) to a',
      'a sent write 0 to c',
      'write 0 was dropped on its way from a to b: the wire lost it, and no answer in time gets it a hint',
      'c dropped write 0 unexecuted: its requester had given up',
      'b had not answered within 5s, so a kept hint 0 (1 B) of write 0 with deadline 0.001020s, 1ms after',
      'b ignored hint 0 of write 0, 40µs after it was stored: it held one with a newer timestamp',
      'c applied write 0 by read repair: a had read it from other replicas',
      'write 0 had no answer within 5s, so its client took it for failed',
      'when the run ended, c had applied it, b had ignored it for a newer one',
    ]);
  });
});

describe('sentences of faults', () => {
  const span = { from: instant(5), until: instant(9), cause: 'why' };
  const ofB = { ...span, node: peerIndex(1) };
  const sides = { sources: [peerIndex(0)], targets: [peerIndex(1), peerIndex(2)] };
  const stretch = { kind: 'constant', value: 1 } as const;
  const faults: readonly Fault[] = [
    { ...ofB, kind: 'crash', power: true, tornBytes: 6 },
    { ...ofB, kind: 'stop' },
    { ...ofB, kind: 'loading' },
    { ...ofB, kind: 'stall' },
    { ...ofB, kind: 'slow', factor: 10 },
    { ...span, ...sides, kind: 'partition', isTwoWay: true },
    { ...span, ...sides, kind: 'loss', share: 0.01 },
    { ...ofB, kind: 'clock', step: -5_000_000 },
    { ...ofB, kind: 'diskFull' },
    { ...ofB, kind: 'pauseDrain' },
    { ...ofB, kind: 'reindex', order: [] },
    { ...ofB, kind: 'replace' },
    { ...ofB, kind: 'collect' },
    { ...ofB, kind: 'flap', what: 'crash', up: stretch, down: stretch },
  ];

  it('are different for every kind, begin and end, and give the cause', () => {
    const began = said(
      faults.map((_, subject) => ({ at: 5, kind: 'faultBegan', node: 'b', subject })),
      { faults },
    );
    const ended = said(
      faults.map((_, subject) => ({ at: 9, kind: 'faultEnded', node: 'b', subject })),
      { faults },
    );
    began.forEach((sentence) => expect(sentence).toContain('(why)'));
    expect(new Set(began).size).toBe(faults.length);
    // A crash and a stop end alike.
    expect(new Set(ended).size).toBe(faults.length - 1);
    expect(began[0]).toBe('b lost power (why)');
    expect(began[5]).toBe('a partition began: nothing gets from a to b and c, nor back (why)');
    expect(began[7]).toBe("b's clock jumped back by 5s (why)");
    expect(ended[5]).toBe('the partition between a and b and c healed');
  });

  it('tell a goodbye from a crash', () => {
    const log = [
      { at: 5, kind: 'stopped', node: 'b' },
      { at: 6, kind: 'believedDown', ...both },
      { at: 7, kind: 'linkEnded', ...both },
    ] as const;
    const [, stop] = faults;
    if (stop === undefined) throw new Error('the list has a stop');
    expect(said(log, { faults: [stop], outages: [{ node: 'b', from: 5 }] })).toEqual([
      'b said goodbye and stopped (why): its peers take it for Down at once',
      'a took b for Down: it had said goodbye',
      'the link from a to b was closed cleanly and does not open again',
    ]);
  });
});

describe('describeEntry', () => {
  it('has a sentence for every kind of log row', () => {
    const log = LOG_KINDS.map((kind) => ({ at: 50, kind, ...both, subject: 0 }) as const);
    said(log).forEach((sentence) => expect(sentence.length).toBeGreaterThan(10));
  });
});
