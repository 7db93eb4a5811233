/**
 * The queues of a run as the log tells them: the hints that wait at a holder for a peer, in the order in which they have
 * to be sent. That is the order of storing, but for what a sweep puts back: it has that in its hands for as long as the
 * policy says, for a microsecond at least, and hints stored meanwhile are ahead of it (handoff-systems H5).
 */
import { NONE } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { LOG } from '../../trace/log-codes.ts';
import type { LogRow } from './row.ts';

/** For how long a sweep has in its hands what it puts back, at least; microseconds. */
const LEAST_HOLD = 1;
const NOTHING: readonly number[] = [];

/** All queues of a cluster, by lane: holder × nodes + peer. */
export class Queues {
  readonly #trace: Trace;
  readonly #nodes: number;
  readonly #queues = new Map<number, number[]>();
  /** By lane: when a sweep put its queue back. */
  readonly #putBackAt = new Map<number, number>();
  /** Hints that were stored while a sweep had their queue in its hands. */
  readonly #ahead = new Set<number>();

  constructor(trace: Trace) {
    this.#trace = trace;
    this.#nodes = trace.scenario.nodes.length;
  }

  /** Ids of the hints that wait, the next one first. */
  of(lane: number): readonly number[] {
    return this.#queues.get(lane) ?? NOTHING;
  }

  /** Every hint that waits at a node. */
  at(node: number): readonly number[] {
    const hints: number[] = [];
    for (let peer = 0; peer < this.#nodes; peer++) hints.push(...this.of(node * this.#nodes + peer));
    return hints;
  }

  /** The hint was stored ahead of older ones. */
  isAhead(hint: number): boolean {
    return this.#ahead.has(hint);
  }

  /** Moves on to a row. @param isDeparture it tells of a hint that left its store without being sent */
  apply(row: LogRow, isDeparture: boolean): void {
    const { kind, at, node, peer, subject } = row;
    const lane = node * this.#nodes + peer;
    switch (kind) {
      case LOG.hintStored:
        this.#store(lane, subject, at);
        break;
      case LOG.hintRequeued:
        this.#putBackAt.set(lane, at);
        break;
      case LOG.hintShipped:
        if (isDeparture || this.#trace.scenario.policy.drain.ack === 'none') this.#leave(subject);
        break;
      case LOG.hintAcked:
      case LOG.hintExpired:
      case LOG.hintLost:
        this.#leave(subject);
        break;
      default:
    }
  }

  #store(lane: number, hint: number, at: number): void {
    const { storedAt } = this.#trace.hints;
    const queue = this.#queues.get(lane) ?? [];
    this.#queues.set(lane, queue);
    if (!this.#isInHand(lane, at)) {
      queue.push(hint);
      return;
    }
    const putBackAt = this.#putBackAt.get(lane) ?? -Infinity;
    const behind = queue.findIndex((each) => !this.#ahead.has(each) || (storedAt[each] ?? 0) < putBackAt);
    queue.splice(behind === NONE ? queue.length : behind, 0, hint);
    this.#ahead.add(hint);
  }

  /** A sweep has the queue in its hands: a hint that is stored now is ahead of it. */
  #isInHand(lane: number, at: number): boolean {
    const { hints, drain } = this.#trace.scenario.policy;
    if (hints.coalesce) return false;
    return at - (this.#putBackAt.get(lane) ?? -Infinity) <= Math.max(drain.hold, LEAST_HOLD);
  }

  #leave(hint: number): void {
    const { holder, peer } = this.#trace.hints;
    const queue = this.#queues.get((holder[hint] ?? 0) * this.#nodes + (peer[hint] ?? 0));
    const place = queue?.indexOf(hint) ?? NONE;
    if (place !== NONE) queue?.splice(place, 1);
  }
}
