/** The disk under the hint stores: what a crash leaves, deadlines in wall-clock time, rate and capacity. */
import { describe, expect, it } from 'vitest';
import { bytes, duration, seconds } from '../../../core/index.ts';
import type { HintDisk } from '../../../sim/scenario/model/policy.ts';
import { bounce, waitingRig } from '../../support/disk-rig.ts';
import { SECOND } from '../../support/handoff-rig.ts';

const [A, B, C] = [0, 1, 2];
describe('a crash of the holder', () => {
  /** One hint at 5 s, one just young enough to be unsafe when the crash comes at 20 s, one at 19 s. */
  const survivors = (durability: HintDisk['durability'], power: boolean): string[] => {
    const rig = waitingRig({ durability });
    for (const at of [5 * SECOND, 10 * SECOND, 10 * SECOND + 1, 19 * SECOND]) {
      rig.runTo(at);
      rig.keep(A, B);
    }
    bounce(rig, 20 * SECOND, { power });
    const kept = rig.fates().filter((fate) => fate === 'pending').length;
    expect(rig.handoff.stats(A)).toMatchObject({ hintCount: kept, bytes: kept * 10 });
    return rig.fates().map((fate) => (fate === 'pending' ? 'kept' : fate));
  };
  const [kept, lost] = ['kept', 'holderCrashed'];

  it('loses all hints in RAM, the young ones of a buffer, and none that were written', () => {
    expect(survivors('ram', false)).toEqual([lost, lost, lost, lost]);
    expect(survivors('buffered', false)).toEqual([kept, kept, lost, lost]);
    expect(survivors('written', false)).toEqual([kept, kept, kept, kept]);
    expect(survivors('synced', false)).toEqual([kept, kept, kept, kept]);
  });

  it('with the power loses what was written and not synced as well (H22)', () => {
    expect(survivors('buffered', true)).toEqual([kept, kept, lost, lost]);
    expect(survivors('written', true)).toEqual([kept, kept, lost, lost]);
    expect(survivors('synced', true)).toEqual([kept, kept, kept, kept]);
  });

  it('loses what had not reached the disk yet, however durable the disk is', () => {
    const rig = waitingRig({ durability: 'synced', rate: 10 });
    rig.keep(A, B);
    rig.keep(A, B);
    bounce(rig, SECOND + SECOND / 2);
    expect(rig.fates()).toEqual(['pending', 'holderCrashed']);
  });

  it('ends what was on its way to the disk: the next process does not wait for it', () => {
    // A record a second: a hundred of them when A dies; one of its next life, a second and a half before it dies again.
    const rig = waitingRig({ durability: 'synced', rate: 10 });
    for (let hint = 0; hint < 100; hint++) rig.keep(A, B);
    bounce(rig, SECOND / 2);
    rig.believe(A, B, 'Down');
    rig.keep(A, B);
    bounce(rig, 3 * SECOND);
    expect(rig.fates().at(-1)).toBe('pending');
    expect(rig.handoff.stats(A).hintCount).toBe(1);
  });

  it('leaves the hints of each peer in their order, past the cap, with the counters at 0', () => {
    const rig = waitingRig({ durability: 'synced' }, { hints: { maxBytes: bytes(60) } });
    for (let hint = 0; hint < 6; hint++) rig.keep(A, hint % 2 === 0 ? B : C, { key: 5 });
    expect(rig.keep(A, B)).toBe(false);
    expect(rig.handoff.stats(A).rejectedOverCapacityTotal).toBe(1);
    bounce(rig, SECOND);
    expect(rig.handoff.stats(A)).toMatchObject({ hintCount: 6, bytes: 60, rejectedOverCapacityTotal: 0 });
    rig.believe(A, B, 'Normal');
    rig.believe(A, C, 'Normal');
    rig.runTo(40 * SECOND);
    // Every hint is for the same key: the last write of each peer wins only if they came in order.
    expect([rig.backends.read(B, 5), rig.backends.read(C, 5)]).toEqual([4, 5]);
  });

  it('knows of each of many hints when it was written', () => {
    // More than the columns have rows to begin with: 700 that are safe when the crash comes at 20 s, and 700 that are not.
    const rig = waitingRig({ durability: 'buffered' });
    for (const at of [5 * SECOND, 15 * SECOND]) {
      rig.runTo(at);
      for (let hint = 0; hint < 700; hint++) rig.keep(A, B);
    }
    bounce(rig, 20 * SECOND);
    const fates = rig.fates();
    expect(fates.slice(0, 700).every((fate) => fate === 'pending')).toBe(true);
    expect(fates.slice(700).every((fate) => fate === 'holderCrashed')).toBe(true);
    expect(rig.handoff.stats(A)).toMatchObject({ hintCount: 700, bytes: 7_000 });
  });

  it('finds no segment of a queue that was taken for a sweep (H8)', () => {
    const rig = waitingRig({ durability: 'synced' });
    for (let hint = 0; hint < 5; hint++) rig.keep(A, B);
    rig.believe(A, B, 'Normal');
    rig.runTo(30 * SECOND + 1);
    expect(rig.handoff.stats(A).hintCount).toBe(0);
    bounce(rig, 30 * SECOND + 2);
    expect(rig.handoff.stats(A).hintCount).toBe(0);
    expect(rig.fates()).toEqual(Array.from({ length: 5 }, () => 'holderCrashed'));
  });

  it('finds young records in a segment that a sweep wrote anew', () => {
    const rig = waitingRig({ durability: 'written' }, { channel: { slots: 1 } });
    rig.keep(A, B);
    rig.keep(A, B);
    rig.believe(A, B, 'Normal');
    bounce(rig, 35 * SECOND, { power: true });
    expect(rig.fates()).toEqual(['delivered', 'holderCrashed']);
  });

  it('is no loss for hints on disk when the process stops gracefully', () => {
    for (const [durability, fate] of [
      ['ram', 'holderCrashed'],
      ['buffered', 'pending'],
    ] as const) {
      const rig = waitingRig({ durability });
      rig.keep(A, B);
      rig.handoff.stopped(A);
      expect(rig.fates()).toEqual([fate]);
    }
  });
});

describe('deadlines on disk are wall-clock times (H25)', () => {
  /** A hint with 100 s to live, a clock step at 10 s, a crash at 20 s: when does it expire? */
  const lifeAfterStep = (step: number, crashes: boolean): number => {
    const rig = waitingRig({ durability: 'synced' }, { hints: { ttl: seconds(100) }, drain: { interval: seconds(1) } });
    rig.keep(A, B);
    rig.runTo(10 * SECOND);
    rig.clocks.step(A, step);
    if (crashes) bounce(rig, 20 * SECOND);
    if (crashes) rig.believe(A, B, 'Down');
    rig.runTo(300 * SECOND);
    return Math.floor((rig.recorder.finish().hints.endedAt[0] ?? 0) / SECOND);
  };

  it('a step back lengthens a life, a step forward shortens it, and only a restart notices', () => {
    // Stored just after 0 s, so due just after 100 s; sweeps come every second, after the restart at 21 s as well.
    expect(lifeAfterStep(-50 * SECOND, false)).toBe(101);
    expect(lifeAfterStep(0, true)).toBe(101);
    expect(lifeAfterStep(-50 * SECOND, true)).toBe(151);
    expect(lifeAfterStep(50 * SECOND, true)).toBe(51);
    expect(lifeAfterStep(99 * SECOND, true)).toBe(21);
  });

  it('a step before a hint is stored is in its deadline already', () => {
    const rig = waitingRig({ durability: 'synced' }, { hints: { ttl: seconds(100) }, drain: { interval: seconds(1) } });
    rig.runTo(5 * SECOND);
    rig.clocks.step(A, 50 * SECOND);
    rig.runTo(10 * SECOND);
    rig.keep(A, B);
    bounce(rig, 20 * SECOND);
    rig.believe(A, B, 'Down');
    rig.runTo(300 * SECOND);
    expect(Math.floor((rig.recorder.finish().hints.endedAt[0] ?? 0) / SECOND)).toBe(110);
  });

  it('a hint that a sweep writes anew is written by the clock of that time', () => {
    // The step of 50 s comes before the sweep that ships one hint of two, and nothing after it.
    const rig = waitingRig({ durability: 'synced' }, { hints: { ttl: seconds(100) }, channel: { slots: 1 } });
    rig.keep(A, B);
    rig.keep(A, B);
    rig.runTo(10 * SECOND);
    rig.clocks.step(A, 50 * SECOND);
    rig.believe(A, B, 'Normal');
    rig.runTo(31 * SECOND);
    rig.believe(A, B, 'Down');
    expect(rig.fates()).toEqual(['delivered', 'pending']);
    bounce(rig, 35 * SECOND);
    rig.believe(A, B, 'Down');
    rig.runTo(99 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'pending']);
    rig.runTo(130 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'expired']);
  });

  it('a life is no other if another node restarts whose clock is off', () => {
    const rig = waitingRig({ durability: 'synced' }, { hints: { ttl: seconds(100) }, drain: { interval: seconds(1) } });
    rig.keep(A, C);
    rig.clocks.step(B, 30 * SECOND);
    rig.runTo(10 * SECOND);
    rig.crash(B);
    rig.restart(B);
    bounce(rig, 20 * SECOND);
    rig.believe(A, C, 'Down');
    rig.runTo(300 * SECOND);
    expect(Math.floor((rig.recorder.finish().hints.endedAt[0] ?? 0) / SECOND)).toBe(101);
  });

  it('a life is no other if the machine of another node is replaced between two restarts', () => {
    const rig = waitingRig({ durability: 'synced' }, { hints: { ttl: seconds(100) }, drain: { interval: seconds(1) } });
    const restart = (node: number): void => {
      rig.crash(node);
      rig.restart(node);
      rig.believe(B, C, 'Down');
    };
    rig.believe(B, C, 'Down');
    rig.keep(B, C);
    rig.clocks.step(B, 30 * SECOND);
    rig.runTo(10 * SECOND);
    restart(B); // by its clock, 30 s of the life are gone
    rig.runTo(15 * SECOND);
    rig.handoff.replaced(A);
    restart(A);
    rig.runTo(20 * SECOND);
    restart(B);
    rig.runTo(300 * SECOND);
    expect(Math.floor((rig.recorder.finish().hints.endedAt[0] ?? 0) / SECOND)).toBe(71);
  });

  it('a life is no other after two restarts without a step between them', () => {
    const rig = waitingRig({ durability: 'synced' }, { hints: { ttl: seconds(100) }, drain: { interval: seconds(1) } });
    rig.keep(A, B);
    rig.clocks.step(A, -50 * SECOND);
    bounce(rig, 20 * SECOND);
    bounce(rig, 30 * SECOND);
    rig.runTo(300 * SECOND);
    expect(Math.floor((rig.recorder.finish().hints.endedAt[0] ?? 0) / SECOND)).toBe(151);
  });
});

describe('the disk', () => {
  it('takes records of 16 bytes and the payload, up to its capacity', () => {
    const rig = waitingRig({ durability: 'written', capacity: bytes(2 * 26) });
    expect([rig.keep(A, B), rig.keep(A, C), rig.keep(A, B, { bytes: 1 })]).toEqual([true, true, false]);
    expect(rig.recorder.finish().totals.hints).toMatchObject({ stored: 2, refusedByDisk: 1 });
  });

  it('takes nothing while it is full by a fault; RAM does not care', () => {
    for (const [durability, isKept] of [
      ['written', false],
      ['ram', true],
    ] as const) {
      const rig = waitingRig({ durability, capacity: bytes(1) });
      rig.handoff.setDiskFull(A, true);
      expect(rig.keep(A, B)).toBe(isKept);
    }
    const rig = waitingRig({ durability: 'written' });
    rig.handoff.setDiskFull(A, true);
    rig.handoff.setDiskFull(A, false);
    expect(rig.keep(A, B)).toBe(true);
  });

  it('is overloaded for a peer while more than the allowed bytes, some of them for that peer, wait for it', () => {
    const rig = waitingRig({ durability: 'buffered', rate: 10 }, { hints: { inFlightBytes: bytes(25) } });
    rig.keep(A, B);
    rig.keep(A, B);
    expect(rig.handoff.isOverloaded(A, B)).toBe(false);
    rig.keep(A, B);
    expect(rig.handoff.isOverloaded(A, B)).toBe(true);
    expect(rig.handoff.isOverloaded(A, C)).toBe(false);
    // 30 bytes at 10 B/s: 25 are left after half a second.
    rig.runTo(1 + SECOND / 2);
    expect(rig.handoff.isOverloaded(A, B)).toBe(false);
    rig.keep(A, C);
    expect(rig.handoff.isOverloaded(A, C)).toBe(true);
    rig.crash(A);
    expect(rig.handoff.isOverloaded(A, C)).toBe(false);
  });

  it('is no less overloaded when another node dies', () => {
    const rig = waitingRig({ durability: 'buffered', rate: 10 }, { hints: { inFlightBytes: bytes(25) } });
    for (let hint = 0; hint < 3; hint++) rig.keep(B, A);
    rig.crash(A);
    expect(rig.handoff.isOverloaded(B, A)).toBe(true);
  });

  it('is never overloaded where it takes appends at once, or where the guard is off', () => {
    for (const [rate, inFlightBytes] of [
      [0, 1],
      [1, 0],
    ] as const) {
      const rig = waitingRig({ durability: 'buffered', rate }, { hints: { inFlightBytes: bytes(inFlightBytes) } });
      rig.keep(A, B, { bytes: 1_000 });
      expect(rig.handoff.isOverloaded(A, B)).toBe(false);
    }
  });
});

it('a hint disk without flush young enough keeps hints exactly as old as the flush interval', () => {
  const rig = waitingRig({ durability: 'buffered', flush: duration(5) });
  rig.runTo(10);
  rig.keep(A, B);
  rig.runTo(15);
  rig.crash(A);
  expect(rig.fates()).toEqual(['pending']);
});
