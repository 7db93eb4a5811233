/**
 * The stage: a cluster as the log of a run tells it, row by row. Who is up and since when, what each believes of the
 * others, which sessions are open, which hints wait in which order, which links are open and which are broken.
 *
 * It is the plain model that the rules of the audit hold a run against. It shares no code with the simulator, takes
 * nothing for granted that the log does not say, and is as slow as it is simple. A rule sees each row before the stage
 * has moved on to it.
 */
import { NEVER } from '../../trace/index.ts';
import type { Trace } from '../../trace/index.ts';
import { LOG } from '../../trace/log-codes.ts';
import { departuresOf } from '../../trace/queries/departures.ts';
import type { Departures } from '../../trace/queries/departures.ts';
import { Queues } from './queues.ts';
import type { LogRow } from './row.ts';
import { Wiring } from './wiring.ts';

/** A delivery session that is open. */
export interface OpenSession {
  /** When it sent something last, or opened. */
  sentAt: number;
  /** Each hint that it has sent, and when. */
  readonly sent: Map<number, number>;
}

/** The cluster between two rows of a log. Nodes go by their positions, a lane by {@link Stage.lane}. */
export class Stage {
  readonly trace: Trace;
  readonly count: number;
  readonly queues: Queues;
  readonly wiring: Wiring;
  /** Row at which a hint left its store while a message carried it. */
  readonly departures: Departures;
  readonly #isUp: Uint8Array;
  readonly #startedAt: Float64Array;
  readonly #diedAt: Float64Array;
  readonly #hasStopped: Uint8Array;
  /** By pair: since when the one takes the other for `Down`; NEVER if it does not. */
  readonly #downSince: Float64Array;
  readonly #sessions = new Map<number, OpenSession>();

  constructor(trace: Trace) {
    const { length } = trace.scenario.nodes;
    this.trace = trace;
    this.count = length;
    this.queues = new Queues(trace);
    this.wiring = new Wiring(trace);
    this.departures = departuresOf(trace);
    this.#isUp = new Uint8Array(length).fill(1);
    this.#startedAt = new Float64Array(length);
    this.#diedAt = new Float64Array(length).fill(-1);
    this.#hasStopped = new Uint8Array(length);
    this.#downSince = new Float64Array(length * length).fill(NEVER);
  }

  /** What is from one node to another: a link, a queue of hints, a session. */
  lane(from: number, to: number): number {
    return from * this.count + to;
  }

  isUp(node: number): boolean {
    return this.#isUp[node] === 1;
  }

  /** When the process that runs now, or ran last, started. */
  startedAt(node: number): number {
    return this.#startedAt[node] ?? 0;
  }

  /** When a process of the node died last, in whatever way; −1 for never. */
  diedAt(node: number): number {
    return this.#diedAt[node] ?? -1;
  }

  /** The last process that ended there ended gracefully. */
  hasStopped(node: number): boolean {
    return this.#hasStopped[node] === 1;
  }

  takesForDown(observer: number, peer: number): boolean {
    return this.downSince(observer, peer) < NEVER;
  }

  /** Since when the observer takes the peer for `Down`; NEVER if it does not. */
  downSince(observer: number, peer: number): number {
    return this.#downSince[this.lane(observer, peer)] ?? NEVER;
  }

  session(lane: number): OpenSession | undefined {
    return this.#sessions.get(lane);
  }

  /** The lanes with an open session. */
  openLanes(): readonly number[] {
    return [...this.#sessions.keys()];
  }

  /** The row tells of a hint being sent, and not of one that died in its store while an attempt was under way. */
  isSending({ kind, subject, index }: LogRow): boolean {
    return kind === LOG.hintShipped && this.departures.get(subject) !== index;
  }

  /** Moves on to a row. */
  apply(row: LogRow): void {
    const { kind, at, node, peer } = row;
    const lane = this.lane(node, peer);
    switch (kind) {
      case LOG.crashed:
      case LOG.stopped:
        this.#die(node, at, kind === LOG.stopped);
        break;
      case LOG.restarted:
        this.#isUp[node] = 1;
        this.#startedAt[node] = at;
        break;
      case LOG.believedDown:
        this.#downSince[lane] = at;
        break;
      case LOG.believedUp:
        this.#downSince[lane] = NEVER;
        break;
      case LOG.sessionOpened:
        this.#sessions.set(lane, { sentAt: at, sent: new Map() });
        break;
      case LOG.sessionClosed:
        this.#sessions.delete(lane);
        break;
      case LOG.hintShipped:
        if (this.isSending(row)) this.#send(row, lane);
        break;
      default:
    }
    this.queues.apply(row, this.departures.get(row.subject) === row.index);
    this.wiring.apply(row);
  }

  #send({ at, subject }: LogRow, lane: number): void {
    const session = this.#sessions.get(lane);
    if (session === undefined) return;
    session.sentAt = at;
    session.sent.set(subject, at);
  }

  #die(node: number, at: number, isStop: boolean): void {
    this.#isUp[node] = 0;
    this.#diedAt[node] = at;
    this.#hasStopped[node] = isStop ? 1 : 0;
    this.#downSince.fill(NEVER, this.lane(node, 0), this.lane(node + 1, 0));
  }
}
