/**
 * What a store keeps alive: the payloads of the hints it holds, and no others. No answer of the store says so, and
 * hints.rs drops a payload with its hint, so the garbage collector is asked.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../core/clock.ts';
import { HintStore } from '../../core/hint-store.ts';
import { bytes, later, peerIndex, seconds } from '../../core/units.ts';

const PEER = peerIndex(1);
const COUNT = 3;

setFlagsFromString('--expose-gc');
const collectGarbage: unknown = runInNewContext('gc');

/** A store with three hints that live for a second and three that live for a minute, and weak references to both. */
function filledStore() {
  const clock = new VirtualClock();
  const store = new HintStore<Uint8Array>(clock, { maxBytes: bytes(0) });
  const enqueued = (ttl: number): readonly WeakRef<Uint8Array>[] =>
    Array.from({ length: COUNT }, () => {
      const payload = new Uint8Array(8);
      store.enqueue(PEER, payload, seconds(ttl));
      return new WeakRef(payload);
    });
  const [short, long] = [enqueued(1), enqueued(60)];
  clock.advanceTo(later(clock.now(), seconds(2)));
  return { clock, store, short, long };
}

/** How many of them are still there, once all garbage is gone. */
async function aliveOf(references: readonly WeakRef<Uint8Array>[]): Promise<number> {
  // What a weak reference was made for or asked for lives until the end of the turn.
  await new Promise((resolve) => setTimeout(resolve));
  if (typeof collectGarbage !== 'function') throw new Error('there is a collector to be asked');
  collectGarbage();
  return references.filter((reference) => reference.deref() !== undefined).length;
}

describe('the memory of a store', () => {
  it('holds every payload until its hint is gone, due or not', async () => {
    const { store, short, long } = filledStore();
    expect([await aliveOf(short), await aliveOf(long)]).toEqual([COUNT, COUNT]);
    expect(store.totalLength()).toBe(2 * COUNT);
  });

  it('is given back by a sweep for the hints that it drops', async () => {
    const { clock, store, short, long } = filledStore();
    expect(store.expireNow(clock.now())).toBe(COUNT);
    expect([await aliveOf(short), await aliveOf(long)]).toEqual([0, COUNT]);
    expect(store.totalLength()).toBe(COUNT);
  });

  it('is given back by a take for the hints that it hands out, and for those that it drops', async () => {
    const { store, short, long } = filledStore();
    expect(store.takeFor(PEER)).toHaveLength(COUNT);
    expect([await aliveOf(short), await aliveOf(long)]).toEqual([0, 0]);
    expect(store.totalLength()).toBe(0);
  });
});
