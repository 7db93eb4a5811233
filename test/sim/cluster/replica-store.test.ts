/**
 * What a replica holds after writes arrived in some order: the receiver's rules, tombstones and counters.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytes, instant, minutes, peerIndex, seconds } from '../../../core/index.ts';
import type { Instant } from '../../../core/index.ts';
import { APPLIED, IGNORED, ReplicaStore } from '../../../sim/cluster/replica-store.ts';
import { Versions } from '../../../sim/cluster/versions.ts';
import { DELETE, INCREMENT, SET } from '../../../sim/scenario/model/workload.ts';
import type { ConflictRule } from '../../../sim/scenario/model/policy.ts';
import { blankValues } from '../../../sim/trace/blank-tables.ts';
import { NONE } from '../../../sim/trace/trace.ts';
import { BARE_POLICY, bareScenario } from '../../support/bare-scenario.ts';

const K = 0;
const GRACE = seconds(3_600);
const START = instant(0);

/** A rule, and writes 0, 1, 2 … by what they do and their timestamp. */
function versionsOf(conflict: ConflictRule, ...writes: readonly (readonly [number, number])[]): Versions {
  const receiver = { ...BARE_POLICY.receiver, conflict };
  const script = { at: START, operation: 'delete', key: K, bytes: bytes(1), coordinator: peerIndex(0) } as const;
  const requests = [{ ...script, level: undefined }];
  const versions = new Versions(bareScenario({ policy: { ...BARE_POLICY, receiver }, requests }));
  writes.forEach(([operation, timestamp], write) => versions.add(write, operation, timestamp, NONE));
  return versions;
}

/** A store whose clock is set by hand. */
class Bench {
  now = START;
  readonly store: ReplicaStore;

  constructor(versions: Versions, keys = 10) {
    this.store = new ReplicaStore(keys, versions, GRACE, this);
  }

  applyAt(now: Instant, write: number): number {
    this.now = now;
    return this.store.apply(K, write);
  }
}

function storeOf(versions: Versions): ReplicaStore {
  return new Bench(versions).store;
}

function at(minute: number): Instant {
  return instant(minutes(minute));
}

describe('a replica that keeps the last arrival', () => {
  it('holds for each key the write applied last, and nothing for a key never written', () => {
    const store = storeOf(new Versions(bareScenario()));
    for (const [key, write] of [
      [3, 7],
      [4, 8],
      [3, 9],
      [3, 2],
    ] as const) {
      expect(store.apply(key, write)).toBe(APPLIED);
    }
    expect([3, 4, 5].map((key) => store.read(key))).toEqual([2, 8, NONE]);
    const values = blankValues(4);
    // Its two rows go where it is told, and what lies around them stays.
    expect(store.list(values, 1, 5)).toBe(3);
    expect([[...values.replica], [...values.key], [...values.write]]).toEqual([
      [0, 5, 5, 0],
      [0, 3, 4, 0],
      [0, 2, 8, 0],
    ]);
  });

  it('has a deleted value back when an old write arrives (H3)', () => {
    const store = storeOf(versionsOf('arrival', [SET, 0], [DELETE, 1]));
    store.apply(K, 0);
    store.apply(K, 1);
    expect([store.read(K), store.held(K)]).toEqual([NONE, 1]);
    store.apply(K, 0);
    expect(store.read(K)).toBe(0);
  });

  it('counts an increment that arrives twice twice (H24), and starts again after a delete', () => {
    const store = storeOf(versionsOf('arrival', [INCREMENT, 0], [INCREMENT, 1], [DELETE, 2]));
    const readings = [0, 1, 0, 2, 1].map((write) => {
      store.apply(K, write);
      return store.read(K);
    });
    // −2 − n reads n.
    expect(readings).toEqual([-3, -4, -5, NONE, -3]);
  });
});

describe('a replica that keeps the newest timestamp', () => {
  it('adds up increments, and holds the newest of them', () => {
    for (const [timestamps, newest] of [
      [[40, 52], 1],
      [[52, 40], 0],
    ] as const) {
      const store = storeOf(versionsOf('timestamp', [INCREMENT, timestamps[0]], [INCREMENT, timestamps[1]]));
      store.apply(K, 0);
      store.apply(K, 1);
      expect([store.read(K), store.held(K)]).toEqual([-4, newest]);
    }
  });

  it('ignores a late hint (H1 does not happen)', () => {
    const store = storeOf(versionsOf('timestamp', [SET, 40], [SET, 52]));
    expect(store.apply(K, 1)).toBe(APPLIED);
    expect(store.apply(K, 0)).toBe(IGNORED);
    expect(store.read(K)).toBe(1);
  });

  it('takes the same write twice, without effect', () => {
    const store = storeOf(versionsOf('timestamp', [SET, 40]));
    expect([store.apply(K, 0), store.apply(K, 0)]).toEqual([APPLIED, APPLIED]);
    expect(store.read(K)).toBe(0);
  });

  it('refuses an older value while a tombstone stands, and takes it back when the grace is over', () => {
    // The delete is applied at 10 min, so with a grace of an hour it is gone at 70 min and not a microsecond sooner.
    const versions = versionsOf('timestamp', [SET, 1], [DELETE, 2]);
    const late = instant(at(70) - 1);
    const bench = new Bench(versions);
    const { store } = bench;
    bench.applyAt(at(10), 1);
    expect(bench.applyAt(late, 0)).toBe(IGNORED);
    expect([store.read(K), store.version(K), store.held(K)]).toEqual([1, 1, 1]);
    bench.now = at(70);
    expect([store.read(K), store.version(K), store.held(K)]).toEqual([NONE, NONE, 1]);
    expect(bench.applyAt(at(70), 0)).toBe(APPLIED);
    expect(store.read(K)).toBe(0);
  });

  it('a tombstone applied again is not younger for it', () => {
    const bench = new Bench(versionsOf('timestamp', [SET, 1], [DELETE, 2]));
    bench.applyAt(at(10), 1);
    expect(bench.applyAt(at(60), 1)).toBe(APPLIED);
    expect(bench.applyAt(at(70), 0)).toBe(APPLIED);
    expect(bench.store.read(K)).toBe(0);
  });

  it('resurrects a deleted value if tombstones are collected early (scenario 9c)', () => {
    // DEL at 10 min on B; repair collects at 20 min; A delivers its hint v1 at 30 min, long before the grace is over.
    const bench = new Bench(versionsOf('timestamp', [SET, 0], [DELETE, 600_000_000]));
    bench.applyAt(at(10), 1);
    expect(bench.applyAt(at(19), 0)).toBe(IGNORED);
    bench.store.collect();
    expect(bench.applyAt(at(30), 0)).toBe(APPLIED);
    expect(bench.store.read(K)).toBe(0);
  });

  it('collects tombstones only', () => {
    const store = storeOf(versionsOf('timestamp', [SET, 1], [SET, 2], [INCREMENT, 3], [INCREMENT, 4]));
    store.apply(K, 1);
    store.apply(1, 2);
    store.collect();
    expect(store.apply(K, 0)).toBe(IGNORED);
    store.apply(1, 3);
    expect(store.read(1)).toBe(-4);
  });

  it('adds increments up in whatever order they come, but not to what was deleted after them', () => {
    const store = storeOf(versionsOf('timestamp', [INCREMENT, 5], [INCREMENT, 6], [DELETE, 7]));
    expect([1, 0].map((write) => store.apply(K, write))).toEqual([APPLIED, APPLIED]);
    expect([store.read(K), store.held(K)]).toEqual([-4, 1]);
    expect([2, 0].map((write) => store.apply(K, write))).toEqual([APPLIED, IGNORED]);
    expect(store.read(K)).toBe(2);
  });

  it('ends with the same value whatever the order of arrival, unlike one that keeps the last arrival', () => {
    let diverged = 0;
    let deleted = 0;
    const write = fc.tuple(fc.constantFrom(SET, SET, DELETE), fc.integer({ min: 0, max: 30 }));
    const writes = fc.array(write, { size: 'max', minLength: 2, maxLength: 12 });
    const order = fc.array(fc.nat(), { size: 'max', minLength: 12, maxLength: 12 });
    fc.assert(
      fc.property(writes, order, (drawn, ranks) => {
        const ids = drawn.map((_, id) => id);
        const shuffled = ids.toSorted((one, other) => (ranks[one] ?? 0) - (ranks[other] ?? 0));
        const winner = ids.reduce((best, id) => ((drawn[id]?.[1] ?? 0) >= (drawn[best]?.[1] ?? 0) ? id : best));
        for (const rule of ['timestamp', 'vectorClock'] as const) {
          for (const arrival of [ids, shuffled]) {
            expect(after(versionsOf(rule, ...drawn), arrival).held(K)).toBe(winner);
          }
        }
        const byArrival = [ids, shuffled].map((arrival) => after(versionsOf('arrival', ...drawn), arrival).held(K));
        if (byArrival[0] !== byArrival[1]) diverged++;
        if (drawn[winner]?.[0] === DELETE) deleted++;
      }),
      { seed: 8, numRuns: 300 },
    );
    expect(diverged).toBeGreaterThan(100);
    expect(deleted).toBeGreaterThan(30);
  });
});

describe('a replica with vector clocks', () => {
  it('counts the writes that met one they knew nothing of', () => {
    const versions = versionsOf('vectorClock', [SET, 10], [SET, 20]);
    versions.add(2, SET, 5, 1);
    const store = storeOf(versions);
    expect(store.apply(K, 0)).toBe(APPLIED);
    expect(store.apply(K, 1)).toBe(APPLIED);
    expect(store.concurrent).toBe(1);
    // Made upon 1, so its early clock does not matter, and it is no conflict; 0 is one with it.
    expect(store.apply(K, 2)).toBe(APPLIED);
    expect(store.concurrent).toBe(1);
    expect(store.apply(K, 0)).toBe(APPLIED);
    expect(store.concurrent).toBe(2);
  });
});

it('a replaced replica has nothing, and takes anything', () => {
  const store = storeOf(versionsOf('timestamp', [SET, 1], [SET, 2]));
  store.apply(K, 1);
  store.clear();
  expect([store.size, store.read(K), store.held(K)]).toEqual([0, NONE, NONE]);
  expect(store.apply(K, 0)).toBe(APPLIED);
  expect(store.read(K)).toBe(0);
});

it('many keys keep their own rows', () => {
  const versions = versionsOf('timestamp');
  const count = 3_000;
  for (let write = 0; write < 2 * count; write++) versions.add(write, SET, write, NONE);
  const { store } = new Bench(versions, 1_000_000);
  for (let key = 0; key < count; key++) store.apply(key * 7, key + count);
  for (let key = 0; key < count; key++) expect(store.apply(key * 7, key)).toBe(IGNORED);
  for (let key = 0; key < count; key++) expect(store.read(key * 7)).toBe(key + count);
  expect(store.size).toBe(count);
});

function after(versions: Versions, arrival: readonly number[]): ReplicaStore {
  const store = storeOf(versions);
  for (const write of arrival) store.apply(K, write);
  return store;
}
