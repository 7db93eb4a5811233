/**
 * The stores that the benches compare, behind one face, and the ways to fill them. Every contender carries the same
 * payload object, so what is compared is the store and not the cost of making payloads. Every sample has a process of
 * its own, so the closures of a subject stay monomorphic and are inlined.
 */
import { VirtualClock } from '../../core/clock.ts';
import { HintBatch } from '../../core/hint-batch.ts';
import { ACCEPTED, HintColumns } from '../../core/hint-columns.ts';
import { HintStore } from '../../core/hint-store.ts';
import { bytes, duration, hours, instant, later, minutes, peerIndex } from '../../core/units.ts';
import type { Duration, Instant, PeerIndex } from '../../core/units.ts';
import { DirectPort } from './direct-port.ts';

/** A store under test. Every verb returns a number that depends on its work, so that none can be optimised away. */
export interface Subject {
  readonly clock: VirtualClock;
  /** Sweeps visit every hint and stats every peer, due or not: time fewer of them. */
  readonly walksAll: boolean;
  /** 1 if the hint was accepted, else 0. */
  enqueue(peer: PeerIndex, ttl: Duration): number;
  /** Takes the queue of a peer: the number of live hints. */
  take(peer: PeerIndex): number;
  /** The number of hints dropped. */
  sweep(now: Instant): number;
  /** The count in the store's stats. */
  hintCount(): number;
}

/** An hour into a run, where instants have outgrown the small integers of V8, as they have in most of any run. */
const START = instant(hours(1));

const PAYLOAD = { byteLength: 64 };
const PEER_COUNT = 8;
const PEERS = Array.from({ length: PEER_COUNT }, (_, index) => peerIndex(index));

function clockAtStart(): VirtualClock {
  const clock = new VirtualClock();
  clock.advanceTo(START);
  return clock;
}

export function directPort(): Subject {
  const clock = clockAtStart();
  const store = new DirectPort(clock, bytes(0));
  return {
    clock,
    walksAll: true,
    enqueue: (peer, ttl) => (store.enqueue(peer, PAYLOAD, ttl) ? 1 : 0),
    take: (peer) => store.takeFor(peer).length,
    sweep: (now) => store.expireNow(now),
    hintCount: () => store.stats().hintCount,
  };
}

export function hintStore(): Subject {
  const clock = clockAtStart();
  const store = new HintStore<typeof PAYLOAD>(clock, { maxBytes: bytes(0) });
  return {
    clock,
    walksAll: false,
    enqueue: (peer, ttl) => (store.enqueue(peer, PAYLOAD, ttl).kind === 'accepted' ? 1 : 0),
    take: (peer) => store.takeFor(peer).length,
    sweep: (now) => store.expireNow(now),
    hintCount: () => store.stats().hintCount,
  };
}

export function hintColumns(): Subject {
  const clock = clockAtStart();
  const columns = new HintColumns(clock, { maxBytes: bytes(0) });
  const taken = new HintBatch();
  let reference = 0;
  return {
    clock,
    walksAll: false,
    enqueue(peer, ttl) {
      reference += 1;
      return columns.enqueue(peer, PAYLOAD.byteLength, reference, ttl) === ACCEPTED ? 1 : 0;
    },
    take(peer) {
      taken.clear();
      return columns.takeInto(peer, taken);
    },
    sweep: (now) => columns.expireNow(now),
    hintCount: () => columns.stats().hintCount,
  };
}

/** One of eight peers, by turns. */
export function peerInTurn(nth: number): PeerIndex {
  return PEERS[nth % PEER_COUNT] ?? peerIndex(0);
}

/** Enqueues `count` hints at one instant, with one time to live: the number accepted. */
export function enqueueAtOnce(subject: Subject, count: number): number {
  const ttl = minutes(1);
  let accepted = 0;
  for (let nth = 0; nth < count; nth += 1) accepted += subject.enqueue(peerInTurn(nth), ttl);
  return accepted;
}

/** Where the deadlines of a filled store lie: evenly over `spanMicros` after `fromMicros`. */
export interface Deadlines {
  readonly fromMicros: number;
  readonly spanMicros: number;
}

/** Enqueues one hint a microsecond, all with the same time to live: deadlines in order of arrival. */
export function enqueueSteadily(subject: Subject, count: number): Deadlines {
  for (let nth = 1; nth <= count; nth += 1) {
    subject.clock.advanceTo(later(START, duration(nth)));
    subject.enqueue(peerInTurn(nth), minutes(1));
  }
  return { fromMicros: START + minutes(1), spanMicros: count };
}

/** Enqueues all at once, with times to live scattered over a minute: deadlines in no order. */
export function enqueueScattered(subject: Subject, count: number): Deadlines {
  const spanMicros = minutes(1);
  let state = 1;
  for (let nth = 0; nth < count; nth += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0; // the generator of Numerical Recipes
    subject.enqueue(peerInTurn(nth), duration(1 + (state % spanMicros)));
  }
  return { fromMicros: START, spanMicros };
}
