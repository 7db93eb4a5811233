/**
 * The kernel of a run: virtual time, the queue of what is going to happen, and the digest over what has happened.
 * Every moving part schedules through it; an event is a kind and two integers, never a closure.
 */
import { instant, later, VirtualClock } from '../../core/index.ts';
import type { Duration, Instant } from '../../core/index.ts';
import { Digest, EventQueue, RandomStreams } from '../engine/index.ts';

/** Kinds of events. The comment says what `a` and `b` carry. */
export const ARRIVAL = 0; /* workload, – : an open-loop client sends its next request */
export const DELIVERY = 1; /* message, its value : a message reaches the other end of its link, or its own backend */
export const SERVICE_DONE = 2; /* server, epoch : a backend has executed a request */
export const LINK_PUMP = 3; /* link, epoch : the link takes the next message out of its channel */
export const LINK_OPEN = 4; /* link, epoch : the connection is up again */
export const GOSSIP_TICK = 5; /* node, incarnation */
export const DRAIN_TICK = 6; /* node, incarnation : the drainer's timer */
export const DRAIN_SWEEP = 7; /* node, incarnation : the look at the queues, after all else that was due at that instant */
export const CLIENT_TIMEOUT = 8; /* –, – : the oldest unanswered request may have waited too long */
export const FAULT_BEGIN = 9; /* fault, – */
export const FAULT_END = 10; /* fault, – */
export const BELIEF_DOWN = 11; /* node, incarnation that died : the fixed detector's verdict */
export const BELIEF_UP = 12; /* node, incarnation : the fixed detector's verdict */
export const END = 13; /* –, – : just after the last instant of the run */
export const SESSION_SEND = 14; /* session, epoch : a delivery session may send its next hint */
export const SESSION_TIMEOUT = 15; /* session, epoch : its oldest unacknowledged hint may have waited too long */
export const SESSION_RETRY = 16; /* session, epoch : a delivery session tries again after a failure */
export const CLIENT_WAKE = 17; /* row, generation : a client thinks no more, backs off no more, or probes */
export const SCRIPTED = 18; /* request, – : a request written out in the scenario */
export const FLAP = 19; /* fault, – : a flapping node changes its state */

export class Kernel {
  readonly clock = new VirtualClock();
  readonly queue = new EventQueue();
  readonly digest = new Digest();
  readonly streams: RandomStreams;
  /** What the clock says, read many times in an event: kept here so that it is one load. */
  now: Instant = instant(0);
  /** Events dispatched so far; also tells one handler's turn from the next. */
  events = 0;

  constructor(seed: number) {
    this.streams = new RandomStreams(seed);
  }

  /** Schedules an event at an instant, not before now. */
  at(at: Instant, kind: number, a: number, b: number): void {
    this.queue.schedule(at, kind, a, b);
  }

  /** Schedules an event after a time; zero means after everything already due now. */
  after(time: Duration, kind: number, a: number, b: number): void {
    this.queue.schedule(later(this.now, time), kind, a, b);
  }

  /** Moves to the next event. False when nothing is left. */
  next(): boolean {
    if (!this.queue.next()) return false;
    this.now = this.queue.at;
    this.clock.advanceTo(this.now);
    return true;
  }

  /** Counts the current event and mixes it into the digest. */
  count(): void {
    this.events++;
    this.digest.mix(this.queue.at, this.queue.kind, this.queue.a, this.queue.b);
  }
}
