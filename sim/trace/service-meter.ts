/**
 * Measures a node's backend as a queueing system: who came, who was turned away, how long they waited and stayed, and
 * how many were in the system over time. The backend says what happens; the meter only counts, from `from` on.
 *
 * A request is `arrived`, then `started` and `finished`, or `late`; or it is `refused` and never was in the system.
 */
import type { Duration, Instant } from '../../core/index.ts';
import { assert, between } from '../../core/index.ts';
import { TimeHistogram } from './time-histogram.ts';
import type { ServiceReport } from './statistics.ts';

/** One backend's measures. Every verb is O(1); instants never go back. */
export class ServiceMeter {
  readonly #from: Instant;
  readonly #wait = new TimeHistogram();
  readonly #sojourn = new TimeHistogram();
  #arrived = 0;
  #refused = 0;
  #late = 0;
  #waited = 0;
  #inSystem = 0;
  /** Up to where the integral goes. */
  #last: number;
  #inSystemMicros = 0;

  /** @param from what happens to requests that arrive earlier is warm-up, and not counted */
  constructor(from: Instant) {
    this.#from = from;
    this.#last = from;
  }

  /** Requests that wait or are served now. */
  get inSystem(): number {
    return this.#inSystem;
  }

  /** A request came and was let in. */
  arrived(at: Instant): void {
    this.#advance(at);
    this.#inSystem++;
    if (at >= this.#from) this.#arrived++;
  }

  /** A request came and was turned away. It counts as arrived too; {@link arrived} is not called for it. */
  refused(at: Instant): void {
    if (at < this.#from) return;
    this.#arrived++;
    this.#refused++;
  }

  /** A request that waited is dropped instead of served, because its requester has given up. */
  late(at: Instant): void {
    this.#leave(at);
    if (at >= this.#from) this.#late++;
  }

  /** A request that arrived at `arrivedAt` begins to be served. */
  started(at: Instant, arrivedAt: Instant): void {
    if (arrivedAt < this.#from) return;
    if (at > arrivedAt) this.#waited++;
    this.#wait.add(at - arrivedAt);
  }

  /** A request that arrived at `arrivedAt` has been served. */
  finished(at: Instant, arrivedAt: Instant): void {
    this.#leave(at);
    if (arrivedAt >= this.#from) this.#sojourn.add(at - arrivedAt);
  }

  /** Whatever was in the system is gone: the backend died with it. */
  emptied(at: Instant): void {
    this.#advance(at);
    this.#inSystem = 0;
  }

  /** What was measured up to the end of the run. */
  report(node: string, endedAt: Instant): ServiceReport {
    this.#advance(endedAt);
    return {
      node,
      arrived: this.#arrived,
      refused: this.#refused,
      late: this.#late,
      waited: this.#waited,
      wait: this.#wait.summary(),
      sojourn: this.#sojourn.summary(),
      inSystemMicros: this.#inSystemMicros,
      observed: observedOf(this.#from, endedAt),
    };
  }

  #leave(at: Instant): void {
    this.#advance(at);
    assert(this.#inSystem > 0, 'who leaves a backend has arrived there', at);
    this.#inSystem--;
  }

  #advance(at: Instant): void {
    if (at <= this.#last) return;
    this.#inSystemMicros += this.#inSystem * (at - this.#last);
    this.#last = at;
  }
}

/** From one instant to another, nothing if that is earlier. */
function observedOf(from: Instant, endedAt: Instant): Duration {
  return between(endedAt < from ? endedAt : from, endedAt);
}
