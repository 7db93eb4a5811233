/** Hinted handoff by itself: what is kept and refused, sweeps without acknowledgements, and every fate of a hint. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AssertionFailure, bytes, duration } from '../../../core/index.ts';
import { NONE } from '../../../sim/trace/trace.ts';
import { HandoffRig, MILLISECOND, SECOND } from '../../support/handoff-rig.ts';
import type { RigPolicy } from '../../support/handoff-rig.ts';
import { Reach } from '../../support/reach.ts';

const [A, B, C] = [0, 1, 2];
const HOUR = 3_600 * SECOND;
const totals = (rig: HandoffRig) => rig.recorder.finish().totals;

describe('keeping a hint', () => {
  it('is refused once the peer has been Down for longer than the window, and not a moment before', () => {
    const rig = new HandoffRig({ hints: { window: duration(3 * HOUR) } });
    rig.runTo(5 * SECOND);
    rig.believe(A, B, 'Down');
    rig.runTo(5 * SECOND + 3 * HOUR);
    expect(rig.keep(A, B)).toBe(true);
    rig.runTo(5 * SECOND + 3 * HOUR + 1);
    expect(rig.keep(A, B)).toBe(false);
    expect(rig.keep(A, C)).toBe(true);
    expect(totals(rig).hints).toMatchObject({ stored: 2, refusedByWindow: 1, rejectedOverCapacity: 0 });
  });

  it('is refused for a flapping peer whose oldest hint is older than the window only if the window persists', () => {
    for (const [windowPersistent, isKept] of [
      [true, false],
      [false, true],
    ] as const) {
      const rig = new HandoffRig({
        hints: { window: duration(10 * SECOND), windowPersistent },
        drain: { enabled: false },
      });
      rig.believe(A, B, 'Down');
      rig.keep(A, B);
      rig.runTo(9 * SECOND);
      rig.believe(A, B, 'Normal');
      rig.believe(A, B, 'Down');
      rig.runTo(10 * SECOND);
      expect(rig.keep(A, B)).toBe(true);
      rig.runTo(10 * SECOND + 1);
      expect(rig.keep(A, B)).toBe(isKept);
    }
  });

  it('asks the window, then the disk, then the cap', () => {
    const rig = new HandoffRig({
      hints: { window: duration(SECOND), maxBytes: bytes(10) },
      disk: { durability: 'synced' },
    });
    rig.believe(A, B, 'Down');
    rig.believe(A, C, 'Down');
    rig.handoff.setDiskFull(A, true);
    rig.runTo(2 * SECOND);
    rig.keep(A, B, { bytes: 11 });
    rig.believe(A, C, 'Normal');
    rig.keep(A, C, { bytes: 11 });
    rig.handoff.setDiskFull(A, false);
    rig.keep(A, C, { bytes: 11 });
    rig.keep(A, C, { bytes: 10 });
    expect(totals(rig).hints).toMatchObject({
      refusedByWindow: 1,
      refusedByDisk: 1,
      rejectedOverCapacity: 1,
      stored: 1,
    });
  });

  it('is bounded by one cap over all peers, or by one over each of them', () => {
    const kept = (capScope: 'node' | 'peer'): boolean[] => {
      const rig = new HandoffRig({ hints: { maxBytes: bytes(10), capScope } });
      for (const peer of [B, C]) rig.believe(A, peer, 'Down');
      return [rig.keep(A, B), rig.keep(A, B, { bytes: 1 }), rig.keep(A, C)];
    };
    expect(kept('node')).toEqual([true, false, false]);
    expect(kept('peer')).toEqual([true, false, true]);
  });

  it('replaces a waiting hint of the same peer and key where hints coalesce', () => {
    const rig = new HandoffRig({ hints: { coalesce: true } });
    for (const peer of [B, C]) rig.believe(A, peer, 'Down');
    rig.keep(A, B, { key: 7, bytes: 10 });
    rig.keep(A, C, { key: 7, bytes: 10 });
    rig.keep(A, B, { key: 8, bytes: 10 });
    rig.keep(A, B, { key: 7, bytes: 3 });
    expect(rig.fates()).toEqual(['coalesced', 'pending', 'pending', 'pending']);
    expect(rig.handoff.stats(A)).toMatchObject({ hintCount: 3, bytes: 23 });
    rig.believe(A, B, 'Normal');
    rig.runTo(31 * SECOND);
    expect(rig.fates()).toEqual(['coalesced', 'pending', 'delivered', 'delivered']);
    // The entry of a delivered hint is worth nothing.
    rig.keep(A, B, { key: 7 });
    expect(rig.fates()[3]).toBe('delivered');
  });

  it('replaces no hint of another peer, be it of a key as large as there are', () => {
    const rig = new HandoffRig({ hints: { coalesce: true }, drain: { enabled: false } });
    const key = 2 ** 31 - 1;
    for (const peer of [B, C, B]) rig.keep(A, peer, { key });
    expect(rig.fates()).toEqual(['coalesced', 'pending', 'pending']);
  });

  it('is our bug where handoff is off', () => {
    const rig = new HandoffRig({ hints: { enabled: false } });
    expect(() => rig.keep(A, B)).toThrow(AssertionFailure);
  });
});

describe('the holder of a hint', () => {
  it('is the coordinator, or the next node after the peer that the coordinator takes for Normal', () => {
    const own = new HandoffRig({ nodes: 4 });
    expect(own.handoff.holderFor(A, C)).toBe(A);
    const rig = new HandoffRig({ nodes: 4, hints: { holder: 'fallback' } });
    expect(rig.handoff.holderFor(A, B)).toBe(C);
    rig.believe(A, C, 'Down');
    expect(rig.handoff.holderFor(A, B)).toBe(3);
    rig.believe(A, 3, 'Down');
    expect(rig.handoff.holderFor(A, B)).toBe(A);
    expect(rig.handoff.holderFor(A, A)).toBe(B);
    rig.believe(A, B, 'Down');
    expect(rig.handoff.holderFor(A, A)).toBe(NONE);
  });
});

describe('a sweep', () => {
  it('comes at the start and after every interval, or first after one', () => {
    for (const [first, seconds] of [
      ['start', [0, 30, 60]],
      ['interval', [30, 60]],
    ] as const) {
      const rig = new HandoffRig({ nodes: 1, drain: { first } });
      rig.runTo(60 * SECOND + 1);
      expect(Array.from(rig.recorder.finish().log.at)).toEqual(seconds.map((second) => second * SECOND));
    }
  });

  it('ships as many hints as the channel takes and puts the rest back in order, with the life they have left', () => {
    const rig = new HandoffRig({ channel: { slots: 4 }, hints: { ttl: duration(70 * SECOND) } });
    rig.runTo(1);
    for (let hint = 0; hint < 10; hint++) rig.keep(A, B, { key: hint });
    rig.runTo(30 * SECOND + 1);
    expect(rig.handoff.stats(A).hintCount).toBe(6);
    rig.runTo(60 * SECOND + 1);
    expect(rig.handoff.stats(A).hintCount).toBe(2);
    expect(rig.handoff.queues(A, B)).toBe(true);
    rig.runTo(61 * SECOND);
    expect(totals(rig).hints).toMatchObject({ delivered: 8, requeued: 6 + 2, pending: 2 });
    // Stored at 1 µs with 70 s to live: still alive at 60 s, expired at the sweep of 90 s, which looks before it ships.
    rig.runTo(91 * SECOND);
    expect(totals(rig).hints).toMatchObject({ delivered: 8, expired: 2, pending: 0 });
  });

  it('delivers nothing while it is paused or off, and skips peers that are Down', () => {
    const rig = new HandoffRig();
    rig.runTo(1);
    rig.keep(A, B);
    rig.keep(A, C);
    rig.believe(A, C, 'Down');
    rig.handoff.setPaused(A, true);
    rig.handoff.setPaused(A, true);
    rig.handoff.setPaused(A, false);
    rig.runTo(31 * SECOND);
    expect(rig.fates()).toEqual(['pending', 'pending']);
    rig.handoff.setPaused(A, false);
    rig.runTo(61 * SECOND);
    expect(rig.fates()).toEqual(['delivered', 'pending']);
    const off = new HandoffRig({ drain: { enabled: false }, hints: { ttl: duration(SECOND) } });
    off.keep(A, B);
    off.runTo(90 * SECOND);
    expect(off.fates()).toEqual(['pending']);
  });

  it('loses what the peer refuses, and what is on the wire or in the channel when either end dies', () => {
    const shipped = (changes: RigPolicy = {}): HandoffRig => {
      const rig = new HandoffRig(changes);
      rig.runTo(1);
      rig.keep(A, B);
      rig.backends.setLoading(B, true);
      rig.runTo(30 * SECOND + 1);
      expect(rig.handoff.stats(A).hintCount).toBe(0);
      expect(rig.handoff.queues(A, B)).toBe(true);
      return rig;
    };
    const after = (rig: HandoffRig): string[] => {
      rig.runTo(31 * SECOND);
      expect(rig.handoff.queues(A, B)).toBe(false);
      return rig.fates();
    };
    expect(after(shipped())).toEqual(['refusedByPeer']);
    const receiverDies = shipped();
    receiverDies.crash(B);
    expect(after(receiverDies)).toEqual(['linkCut']);
    const holderDies = shipped();
    holderDies.crash(A);
    expect(after(holderDies)).toEqual(['holderCrashed']);
    const inChannel = shipped({ channel: { messageTime: duration(SECOND) } });
    inChannel.crash(A);
    expect(inChannel.fates()).toEqual(['holderCrashed']);
    const receiverBack = shipped({ channel: { messageTime: duration(SECOND) } });
    receiverBack.crash(B);
    receiverBack.restart(B);
    receiverBack.crash(A);
    expect(receiverBack.fates()).toEqual(['holderCrashed']);
  });
});

it('a hint for the wrong node, after its holder found its peers in another order, is misdelivered (H23)', () => {
  for (const ack of ['none', 'each'] as const) {
    const rig = new HandoffRig({ disk: { durability: 'synced' }, drain: { ack } });
    rig.runTo(1);
    for (let hint = 0; hint < 10; hint++) rig.keep(A, B, { key: hint });
    rig.handoff.reindexed(A, rig.peers(A, C, B));
    rig.runTo(SECOND);
    rig.crash(A);
    rig.runTo(2 * SECOND);
    rig.restart(A);
    rig.keep(A, B, { key: 99 });
    rig.runTo(40 * SECOND);
    expect(rig.fates()).toEqual([...Array.from({ length: 10 }, () => 'misdelivered'), 'delivered']);
    expect(rig.handoff.stats(A).hintCount).toBe(0);
    expect(rig.backends.read(C, 5)).toBe(5);
    expect(rig.backends.read(B, 5)).toBe(NONE);
    expect(rig.backends.read(B, 99)).toBe(10);
  }
});

it('hints of a machine that is replaced are gone with it', () => {
  const rig = new HandoffRig({ disk: { durability: 'synced' } });
  rig.runTo(1);
  rig.keep(A, B);
  rig.handoff.replaced(A);
  rig.crash(A);
  expect(rig.fates()).toEqual(['holderReplaced']);
});

/** Everything that may happen to a rig of three nodes, in any order. */
const step = fc.oneof(
  {
    weight: 10,
    arbitrary: fc.record({
      kind: fc.constant('keep' as const),
      holder: fc.nat({ max: 2 }),
      peer: fc.nat({ max: 1 }),
      key: fc.nat({ max: 5 }),
      count: fc.constantFrom(1, 3, 40),
    }),
  },
  { weight: 8, arbitrary: fc.record({ kind: fc.constant('wait' as const), millis: fc.nat({ max: 2_000 }) }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'crash' as const,
        'crash' as const,
        'power' as const,
        'power' as const,
        'stop' as const,
        'replace' as const,
        'reindex' as const,
        'reindex' as const,
      ),
      node: fc.nat({ max: 2 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constantFrom('pause' as const, 'stall' as const, 'load' as const, 'full' as const),
      node: fc.nat({ max: 2 }),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('believe' as const),
      observer: fc.nat({ max: 2 }),
      peer: fc.nat({ max: 2 }),
    }),
  },
);

const policy: fc.Arbitrary<RigPolicy> = fc.record({
  hints: fc.record({
    ttl: fc.constantFrom(duration(3 * SECOND), duration(1_000 * SECOND)),
    maxBytes: fc.constantFrom(bytes(0), bytes(500)),
    capScope: fc.constantFrom('node' as const, 'peer' as const),
    coalesce: fc.boolean(),
  }),
  disk: fc.record({
    durability: fc.constantFrom('ram' as const, 'buffered' as const, 'written' as const, 'synced' as const),
    flush: fc.constant(duration(2 * SECOND)),
    rate: fc.constantFrom(0, 200),
    tornTail: fc.constantFrom('kept' as const, 'kept' as const, 'kept' as const, 'truncated' as const),
  }),
  drain: fc.record({
    ack: fc.constantFrom('none' as const, 'each' as const),
    interval: fc.constant(duration(SECOND)),
    concurrency: fc.constantFrom(1, 8),
    adapt: fc.constantFrom('fixed' as const, 'aimd' as const),
    throttle: fc.constantFrom(0, 100),
    timeout: fc.constant(duration(500 * MILLISECOND)),
    retryAfter: fc.constantFrom(duration(100 * MILLISECOND), duration(SECOND)),
    sessions: fc.constantFrom(0, 1),
  }),
  channel: fc.record({ slots: fc.constantFrom(4, 256), messageTime: fc.constantFrom(duration(0), duration(20_000)) }),
  service: fc.record({
    time: fc.constantFrom({ kind: 'constant' as const, value: 0 }, { kind: 'constant' as const, value: 90_000 }),
    late: fc.constantFrom('execute' as const, 'drop' as const),
  }),
});

class Wrecker {
  readonly rig: HandoffRig;
  readonly #switches = new Set<string>();

  constructor(rig: HandoffRig) {
    this.rig = rig;
  }

  /** Takes a node down, or starts it again if it is. */
  toggleProcess(node: number, how: 'crash' | 'power' | 'stop' | 'replace'): void {
    const { rig } = this;
    if (!rig.nodes.isUp(node)) return rig.restart(node);
    if (how === 'replace') rig.handoff.replaced(node);
    if (how !== 'stop') return rig.crash(node, { power: how === 'power', torn: 6 });
    rig.nodes.crash(node);
    rig.recorder.stopped(rig.kernel.now, node);
    rig.links.close(node);
    rig.handoff.stopped(node);
    rig.backends.crashed(node);
  }

  /** The two peers of a node change places in its table. */
  swapPeers(node: number): void {
    const others = [C, B, A].filter((other) => other !== node);
    const order = [A, B, C].map((position) => (position === node ? node : (others.shift() ?? node)));
    this.rig.handoff.reindexed(node, this.rig.peers(...order));
  }

  toggle(what: 'pause' | 'stall' | 'load' | 'full', node: number): void {
    const name = `${what} ${node}`;
    const on = !this.#switches.delete(name);
    if (on) this.#switches.add(name);
    if (what === 'pause') this.rig.handoff.setPaused(node, on);
    else if (what === 'stall') this.rig.backends.setStalled(node, on);
    else if (what === 'load') this.rig.backends.setLoading(node, on);
    else this.rig.handoff.setDiskFull(node, on);
  }
}

it('every hint has one fate, and a store holds exactly the hints that have not left it, whatever happens', () => {
  const fatesSeen = new Reach<string>();
  fc.assert(
    fc.property(policy, fc.array(step, { minLength: 20, maxLength: 60, size: 'max' }), (changes, steps) => {
      const rig = new HandoffRig(changes);
      const wrecker = new Wrecker(rig);
      for (const [observer, peer] of [
        [A, B],
        [B, C],
        [C, A],
      ] as const) {
        rig.believe(observer, peer, 'Down');
      }
      for (const each of steps) {
        if (each.kind === 'wait') rig.runTo(rig.kernel.now + each.millis * MILLISECOND);
        else if (each.kind === 'believe') {
          rig.believe(each.observer, each.peer, rig.beliefs.isDown(each.observer, each.peer) ? 'Normal' : 'Down');
        } else if (each.kind === 'reindex') wrecker.swapPeers(each.node);
        else if (each.kind === 'keep') {
          const peer = (each.holder + 1 + each.peer) % 3;
          if (!rig.nodes.isUp(each.holder)) continue;
          for (let copy = 0; copy < each.count; copy++) rig.keep(each.holder, peer, { key: each.key + copy });
        } else if (each.kind === 'crash' || each.kind === 'power' || each.kind === 'stop' || each.kind === 'replace') {
          wrecker.toggleProcess(each.node, each.kind);
        } else wrecker.toggle(each.kind, each.node);
        const held = [A, B, C].map((node) => rig.handoff.stats(node));
        expect(held.map(({ hintCount, bytes: sum }) => ({ count: hintCount, bytes: sum }))).toEqual(rig.waiting());
      }
      const { hints, hintBytes } = totals(rig);
      expect(hints.stored).toBe(hints.delivered + hints.expired + hints.lost + hints.pending);
      expect(hintBytes.stored).toBe(hintBytes.delivered + hintBytes.expired + hintBytes.lost + hintBytes.pending);
      const seen = rig.fates();
      for (const fate of new Set(seen)) fatesSeen.note(fate);
      expect(seen.filter((fate) => fate === 'pending').length).toBe(hints.pending);
      fatesSeen.note('redelivered', hints.redelivered > 0);
    }),
    { seed: 20_261_124, numRuns: 500 },
  );
  const all = ['pending', 'delivered', 'expired', 'holderCrashed', 'linkCut', 'refusedByPeer', 'tornTail', 'coalesced'];
  expect(fatesSeen.rarerThan(3, [...all, 'misdelivered', 'holderReplaced', 'redelivered'])).toEqual([]);
});
