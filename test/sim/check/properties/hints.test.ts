/**
 * Properties about hints and their stores, each on a trace by hand that violates it, one that keeps it, and one in which
 * it does not come up. Times are microseconds; the expected event is a row of the log.
 */
import { describe, expect, it } from 'vitest';
import { bytes, duration, instant, peerIndex } from '../../../../core/index.ts';
import { PRESETS } from '../../../../sim/scenario/index.ts';
import type { Fault } from '../../../../sim/index.ts';
import { BARE_POLICY } from '../../../support/bare-scenario.ts';
import type { HintRow, TraceRows } from '../../../support/trace-builder.ts';
import { resultOf, verdictOf } from './verdicts.ts';

const LANE = { holder: 'a', peer: 'b' } as const;
const NOTHING: TraceRows = {};

function crash(kind: 'crash' | 'stop' | 'replace', power = false): Fault {
  const span = { node: peerIndex(0), from: instant(50), until: instant(60), cause: '' };
  return kind === 'crash' ? { kind, ...span, power, tornBytes: 0 } : { kind, ...span };
}

/** Hints of a, which is down from 50 to 60 for that fault. */
function crashed(fault: Fault, hints: readonly HintRow[], disk?: object): TraceRows {
  const whole = { durability: 'ram', flush: duration(20), rate: 0, capacity: bytes(0), tornTail: 'kept' } as const;
  return {
    hintPolicy: { disk: { ...whole, ...disk } },
    faults: [fault],
    outages: [{ node: 'a', from: 50, until: 60 }],
    hints,
    log: hints.flatMap((hint, subject) =>
      hint.fate === undefined || hint.fate === 'delivered'
        ? []
        : [{ at: hint.endedAt ?? hint.leftAt ?? 0, kind: 'hintLost' as const, node: 'a', peer: 'b', subject }],
    ),
  };
}

describe('properties of hints', () => {
  it('I3 sees a hint that overtakes an older one of its lane, in one instant too', () => {
    const rows = (first: number, second: number): TraceRows => ({
      hints: [
        { ...LANE, storedAt: 10, leftAt: 30, endedAt: first, fate: 'delivered' },
        { ...LANE, storedAt: 20, leftAt: 30, endedAt: second, fate: 'delivered' },
      ],
      log: [
        { at: Math.min(first, second), kind: 'hintApplied', node: 'b', peer: 'a', subject: first < second ? 0 : 1 },
        { at: Math.max(first, second), kind: 'hintApplied', node: 'b', peer: 'a', subject: first < second ? 1 : 0 },
      ],
    });
    expect(verdictOf('I3', rows(35, 34))).toBe('violated at 34 in 0');
    expect(verdictOf('I3', { ...rows(35, 34), level: 'hints', log: [] })).toBe('violated at 34 in no event');
    expect(verdictOf('I3', rows(34, 34))).toBe('violated at 34 in 0');
    expect(verdictOf('I3', { ...rows(34, 34), level: 'hints', log: [] })).toBe('holds');
    expect(verdictOf('I3', rows(34, 35))).toBe('holds');
    expect(verdictOf('I3', { hints: rows(34, 35).hints?.slice(1) ?? [] })).toBe('notExercised');
  });

  it('I4 counts every hint but those that were lost, and lets go of those that made room', () => {
    const rows = (fate: 'delivered' | 'expired' | 'coalesced' | 'refusedByPeer'): TraceRows => ({
      hints: [{ ...LANE, storedAt: 10, leftAt: 30, endedAt: 31, fate }],
      log: [{ at: 31, kind: 'hintLost', node: 'a', peer: 'b', subject: 0 }],
    });
    expect(verdictOf('I4', rows('refusedByPeer'))).toBe('violated at 31 in 0');
    for (const fate of ['delivered', 'expired', 'coalesced'] as const)
      expect(verdictOf('I4', rows(fate))).toBe('holds');
    expect(verdictOf('I4', { hints: [{ ...LANE, storedAt: 10 }] })).toBe('notExercised');
  });

  it('I5 adds up what is in a store, and lets what leaves in an instant go first', () => {
    const rows = (capScope: 'node' | 'peer', leftAt: number): TraceRows => ({
      maxBytes: 100,
      hintPolicy: { capScope },
      hints: [
        { ...LANE, storedAt: 10, leftAt, fate: 'expired', bytes: 60 },
        { holder: 'a', peer: 'c', storedAt: 20, bytes: 50 },
        { holder: 'b', peer: 'c', storedAt: 21, bytes: 100 },
      ],
      log: [{ at: 20, kind: 'hintStored', node: 'a', peer: 'c', subject: 1 }],
    });
    expect(verdictOf('I5', rows('node', 21))).toBe('violated at 20 in 0');
    expect(resultOf('I5', rows('node', 21)).detail).toContain('a held 110 B of hints at 0.000020s');
    expect(verdictOf('I5', rows('node', 20))).toBe('holds');
    expect(verdictOf('I5', rows('peer', 21))).toBe('holds');
    expect(verdictOf('I5', { ...rows('node', 21), maxBytes: 0 })).toBe('notExercised');
  });

  it('I8 divides the cap among the other nodes', () => {
    // The share is 50 of 100: with 40 kept for b, a hint of 10 is within it, and one of 11 is not.
    const rows = (size: number, reason: 'cap' | 'window' = 'cap'): TraceRows => ({
      maxBytes: 100,
      hints: [
        { ...LANE, storedAt: 10, bytes: 40 },
        { holder: 'a', peer: 'c', storedAt: 11, bytes: 60 },
      ],
      refusals: [{ at: 20, holder: 'a', peer: 'b', bytes: size, write: 3, reason }],
      log: [{ at: 20, kind: 'hintRefused', node: 'a', peer: 'b', subject: 3 }],
    });
    expect(verdictOf('I8', rows(10))).toBe('violated at 20 in 0');
    expect(verdictOf('I8', rows(11))).toBe('holds');
    expect(verdictOf('I8', rows(10, 'window'))).toBe('notExercised');
    expect(verdictOf('I8', { ...rows(10), hintPolicy: { capScope: 'peer' } })).toBe('notExercised');
  });

  it('I9 is violated by a write that replay kept out of its channel', () => {
    const rows = (reason: 'displaced' | 'channelFull'): TraceRows => ({
      hints: [{ ...LANE, storedAt: 10, leftAt: 20, fate: 'delivered', reason, write: 4 }],
      log: [{ at: 10, kind: 'hintStored', node: 'a', peer: 'b', subject: 0 }],
    });
    expect(verdictOf('I9', rows('displaced'))).toBe('violated at 10 in 0');
    expect(verdictOf('I9', rows('channelFull'))).toBe('holds');
    const beat = { at: 5, kind: 'heartbeatDisplaced', node: 'a', peer: 'b' } as const;
    expect(verdictOf('I9', { ...rows('channelFull'), log: [beat] })).toBe('violated at 5 in 0');
    // Where a full channel makes no hint, heartbeats alone could tell, and at level full alone.
    const hintPolicy = { triggers: { ...BARE_POLICY.hints.triggers, channelFull: false } };
    const [fixed, gossip] = [BARE_POLICY.detector, PRESETS.dynomite.phi];
    expect(verdictOf('I9', { ...rows('channelFull'), hintPolicy, detector: fixed })).toBe('notExercised');
    expect(verdictOf('I9', { ...rows('channelFull'), hintPolicy, detector: gossip })).toBe('holds');
    expect(verdictOf('I9', { ...rows('channelFull'), hintPolicy, detector: gossip, level: 'hints' })).toBe(
      'notExercised',
    );
    expect(verdictOf('I9', NOTHING)).toBe('notExercised');
  });

  it('I10 asks stores on disk for what they had accepted', () => {
    const died: HintRow = { ...LANE, storedAt: 10, leftAt: 50, fate: 'holderCrashed' };
    const kept: HintRow = { ...LANE, storedAt: 10, leftAt: 90, fate: 'delivered' };
    const written = { durability: 'written' };
    expect(verdictOf('I10', crashed(crash('crash', true), [died], written))).toBe('violated at 50 in 0');
    const torn: HintRow = { ...died, leftAt: 60, fate: 'tornTail' };
    expect(verdictOf('I10', crashed(crash('crash'), [torn], written))).toBe('violated at 60 in 0');
    expect(verdictOf('I10', crashed(crash('crash'), [kept], written))).toBe('holds');
    expect(verdictOf('I10', crashed(crash('stop'), [kept], written))).toBe('notExercised');
    expect(verdictOf('I10', crashed(crash('crash'), [died]))).toBe('notExercised');
  });

  it('C11 lets a crash take what is volatile, and no more', () => {
    const hint = (storedAt: number, leftAt: number): HintRow => ({
      ...{ ...LANE, storedAt, leftAt },
      fate: leftAt === 50 ? 'holderCrashed' : 'delivered',
    });
    const dies = (age: number): readonly HintRow[] => [hint(50 - age, 50)];
    expect(verdictOf('C11', crashed(crash('crash'), dies(40)))).toBe('holds');
    expect(verdictOf('C11', crashed(crash('crash'), [hint(10, 70)]))).toBe('violated at 50 in no event');
    // Flushed every 20.
    expect(verdictOf('C11', crashed(crash('crash'), dies(20), { durability: 'buffered' }))).toBe('holds');
    expect(verdictOf('C11', crashed(crash('crash'), dies(21), { durability: 'buffered' }))).toBe('violated at 50 in 0');
    expect(verdictOf('C11', crashed(crash('crash'), dies(1), { durability: 'written' }))).toBe('violated at 50 in 0');
    expect(verdictOf('C11', crashed(crash('crash', true), dies(20), { durability: 'written' }))).toBe('holds');
    expect(verdictOf('C11', crashed(crash('crash', true), dies(1), { durability: 'synced' }))).toBe(
      'violated at 50 in 0',
    );
    expect(verdictOf('C11', NOTHING)).toBe('notExercised');
  });

  it('C15 leaves no hint of a replaced node behind', () => {
    const gone: HintRow = { ...LANE, storedAt: 10, leftAt: 50, fate: 'holderReplaced' };
    expect(verdictOf('C15', crashed(crash('replace'), [gone]))).toBe('holds');
    expect(verdictOf('C15', crashed(crash('replace'), [{ ...LANE, storedAt: 10 }]))).toBe('violated at 50 in no event');
    expect(verdictOf('C15', crashed(crash('crash'), [gone]))).toBe('notExercised');
  });

  it('I11 is violated by a hint that another node applied', () => {
    const rows = (fate: 'delivered' | 'misdelivered' | 'expired'): TraceRows => ({
      hints: [{ ...LANE, storedAt: 10, leftAt: 20, endedAt: 25, fate }],
      log: [{ at: 25, kind: 'hintLost', node: 'a', peer: 'b', subject: 0 }],
    });
    expect(verdictOf('I11', rows('misdelivered'))).toBe('violated at 25 in 0');
    expect(verdictOf('I11', rows('delivered'))).toBe('holds');
    expect(verdictOf('I11', rows('expired'))).toBe('notExercised');
  });

  it('C5 wants a peer that owns data and is not the holder', () => {
    const rows = (peer: string): TraceRows => ({
      hints: [{ holder: 'a', peer, storedAt: 10 }],
      log: [{ at: 10, kind: 'hintStored', node: 'a', peer, subject: 0 }],
    });
    expect(verdictOf('C5', rows('a'))).toBe('violated at 10 in 0');
    expect(verdictOf('C5', rows('c'), { proxies: ['c'] })).toBe('violated at 10 in 0');
    expect(verdictOf('C5', rows('c'))).toBe('holds');
    expect(verdictOf('C5', NOTHING)).toBe('notExercised');
  });

  it('C8 measures the window from the belief, and where it is persistent from the oldest hint', () => {
    const rows = (storedAt: number, windowPersistent = false): TraceRows => ({
      hintPolicy: { window: duration(30), windowPersistent },
      beliefs: [
        { observer: 'a', peer: 'b', from: 5, until: 35 },
        { observer: 'a', peer: 'b', from: 40 },
      ],
      hints: [
        { ...LANE, storedAt: 10 },
        { ...LANE, storedAt },
      ],
      log: [{ at: storedAt, kind: 'hintStored', node: 'a', peer: 'b', subject: 1 }],
    });
    expect(verdictOf('C8', rows(71))).toBe('violated at 71 in 0');
    expect(verdictOf('C8', rows(70))).toBe('holds');
    expect(verdictOf('C8', rows(41, true))).toBe('violated at 41 in 0');
    expect(verdictOf('C8', rows(40, true))).toBe('holds');
    const turned = { from: instant(1), until: instant(99), cause: '', order: [0, 2, 1].map(peerIndex) };
    const reindex = (node: number): Fault => ({ kind: 'reindex', node: peerIndex(node), ...turned });
    expect(verdictOf('C8', { ...rows(41, true), faults: [reindex(0)] })).toBe('holds');
    expect(verdictOf('C8', { ...rows(41, true), faults: [reindex(1)] })).toBe('violated at 41 in 0');
    expect(verdictOf('C8', { ...rows(71), hintPolicy: {} })).toBe('notExercised');
    expect(verdictOf('C8', { ...rows(71), beliefs: [] })).toBe('notExercised');
  });

  it('C9 is quiet where nothing is broken', () => {
    const issued = { at: 10, coordinator: 'a', outcome: 'acked', resolvedAt: 11 } as const;
    const one = { writes: [issued] };
    const sent = { issued: 1 };
    expect(verdictOf('C9', one, sent)).toBe('holds');
    expect(verdictOf('C9', {})).toBe('notExercised');
    const hinted = { ...one, hints: [{ ...LANE, storedAt: 12 }] };
    const log = [{ at: 12, kind: 'hintStored', node: 'a', peer: 'b', subject: 0 }] as const;
    expect(verdictOf('C9', { ...hinted, log }, sent)).toBe('violated at 12 in 0');
    const again = { writes: [issued, { ...issued, at: 20, retryOf: 0 }] };
    expect(verdictOf('C9', again, sent)).toBe('violated at 20 in no event');
    // Peers begin as Down, which is no suspicion.
    expect(verdictOf('C9', { ...one, beliefs: [{ observer: 'a', peer: 'b', from: 0 }] }, sent)).toBe('holds');
    const suspected = { ...one, beliefs: [{ observer: 'a', peer: 'b', from: 9 }] };
    expect(verdictOf('C9', suspected, sent)).toBe('violated at 9 in no event');
    expect(verdictOf('C9', { ...one, faults: [crash('crash')] }, sent)).toBe('notExercised');
    // Links of 250 µs, there and back, and clients that wait for as long.
    expect(verdictOf('C9', one, { ...sent, network: { clientTimeout: duration(500) } })).toBe('notExercised');
  });

  it('C10 balances what the network was given', () => {
    const rows: TraceRows = { endedAt: 70 };
    expect(verdictOf('C10', rows, { messages: { sent: 9, delivered: 8, dropped: 2 } })).toBe(
      'violated at 70 in no event',
    );
    expect(verdictOf('C10', rows, { messages: { sent: 9, delivered: 7, dropped: 2 } })).toBe('holds');
    expect(verdictOf('C10', rows)).toBe('notExercised');
  });
});
