/**
 * How fast a delivery session may go: so many hints unacknowledged at once, so many payload bytes a second, and how long
 * after a failure.
 *
 * The window is fixed, or it adapts (scylladb PR 9312, handoff-systems §8 incident 1): it starts at one hint, grows by a
 * tenth with each acknowledgement and is halved by a failure. The throttle is a rate limiter as Cassandra's: a hint is
 * sent at once if the ones before it have been paid for, and then has to be paid for in time. Fractions of a microsecond
 * are carried over, so the rate is exact over any number of hints. The wait after a failure is one time, or doubles with
 * each failure in a row (InfluxDB `node_processor.go`, handoff-systems §6). All outlive a session; a restart forgets them.
 */
import { duration, MICROS_PER_SECOND } from '../../core/index.ts';
import type { Duration, Instant } from '../../core/index.ts';
import type { DrainPolicy } from '../scenario/model/policy.ts';

const TENTHS = 10;

export class DeliveryPace {
  readonly #policy: DrainPolicy;
  /** By how many the throttle is divided: the other nodes, if it is shared. */
  readonly #share: number;
  /** By session: the window in tenths of a hint. */
  readonly #window: Int32Array;
  /** By session: until when all that was sent takes, and what it takes beyond that, in microseconds × throttle. */
  readonly #freeAt: Float64Array;
  readonly #rest: Float64Array;
  /** By session: the wait after the last of the failures in a row, in microseconds, or 0; and when it is over. */
  readonly #wait: Float64Array;
  readonly #waitsUntil: Float64Array;

  constructor(policy: DrainPolicy, nodes: number) {
    this.#policy = policy;
    this.#share = policy.throttleShared ? Math.max(1, nodes - 1) : 1;
    this.#window = new Int32Array(nodes * nodes).fill(TENTHS);
    this.#freeAt = new Float64Array(nodes * nodes);
    this.#rest = new Float64Array(nodes * nodes);
    this.#wait = new Float64Array(nodes * nodes);
    this.#waitsUntil = new Float64Array(nodes * nodes);
  }

  /** Hints that the session may have under way at once; at least 1. */
  allowed(session: number): number {
    const { adapt, concurrency } = this.#policy;
    return adapt === 'fixed' ? concurrency : Math.floor((this.#window[session] ?? TENTHS) / TENTHS);
  }

  /** A hint was acknowledged. */
  grow(session: number): void {
    this.endRow(session);
    const window = (this.#window[session] ?? TENTHS) + 1;
    this.#window[session] = Math.min(window, this.#policy.concurrency * TENTHS);
  }

  /** An attempt has failed. */
  halve(session: number): void {
    this.#window[session] = Math.max(TENTHS, Math.floor((this.#window[session] ?? TENTHS) / 2));
  }

  /** A failure follows: how long to wait before the next attempt, from now on. */
  backOff(session: number, now: Instant): Duration {
    const { retryAfter, retryUpTo } = this.#policy;
    if (retryUpTo === 0) return retryAfter;
    const last = this.#wait[session] ?? 0;
    const wait = duration(Math.min(last === 0 ? retryAfter : last * 2, retryUpTo));
    this.#wait[session] = wait;
    this.#waitsUntil[session] = now + wait;
    return wait;
  }

  /** The wait that doubles is not over: no look may cut it short. */
  isWaiting(session: number, now: Instant): boolean {
    return now < (this.#waitsUntil[session] ?? 0);
  }

  /** The next failure is the first of its row. */
  endRow(session: number): void {
    this.#wait[session] = 0;
  }

  /** When the throttle lets the next hint pass, in microseconds. */
  freeAt(session: number): number {
    return this.#freeAt[session] ?? 0;
  }

  /** A hint was sent, and has to be paid for before the next one. */
  pay(session: number, bytes: number, now: Instant): void {
    const { throttle } = this.#policy;
    if (throttle === 0) return;
    if (this.freeAt(session) < now) this.#rest[session] = 0;
    const due = bytes * this.#share;
    const seconds = Math.floor(due / throttle);
    const rest = (due - seconds * throttle) * MICROS_PER_SECOND + (this.#rest[session] ?? 0);
    const micros = Math.floor(rest / throttle);
    this.#rest[session] = rest - micros * throttle;
    this.#freeAt[session] = Math.max(this.freeAt(session), now) + seconds * MICROS_PER_SECOND + micros;
  }

  /** The process is gone: the next one starts afresh. */
  forget(session: number): void {
    this.#window[session] = TENTHS;
    this.#freeAt[session] = 0;
    this.#rest[session] = 0;
    this.endRow(session);
    this.#waitsUntil[session] = 0;
  }
}
