/**
 * The recorder's verbs for hints: stored or refused, sent, applied, acknowledged, and every way to end. A hint leaves
 * its store once and meets its fate once; with acknowledged delivery the fate may come first.
 */
import type { Instant } from '../../core/index.ts';
import type { FactDigest } from './books.ts';
import { pairOf } from './pairs.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import { LOG } from './log-codes.ts';
import { RequestRecorder } from './request-recorder.ts';
import { TAPE } from './tape.ts';
import { COPY_ROUTES, HINT_FATES, HINT_REASONS, REFUSAL_REASONS } from './trace.ts';
import type { CopyRoute, HintReason, LossCause, RefusalReason } from './trace.ts';

const DELIVERED = HINT_FATES.indexOf('delivered');
const EXPIRED = HINT_FATES.indexOf('expired');
/** How a copy went whose hint was refused at the first try. */
const ROUTE_OF_REFUSAL: Readonly<Record<RefusalReason, CopyRoute>> = {
  cap: 'refused',
  window: 'windowClosed',
  disk: 'diskRefused',
  overload: 'overloaded',
};

/** What a holder keeps of a write. */
export interface StoredHint {
  readonly write: number;
  /** Payload bytes. */
  readonly bytes: number;
  readonly deadline: Instant;
  readonly reason: HintReason;
  /** The write was sent to the peer before, and the hint joins that copy (timeout, error). */
  readonly isPlanned: boolean;
}

/** Books with the verbs for requests and hints. */
export class HintRecorder extends RequestRecorder {
  /** Hints stored for a node that have not met their fate. */
  readonly #owed: Float64Array;

  constructor(digest: FactDigest, scenario: Scenario) {
    super(digest, scenario);
    this.#owed = new Float64Array(scenario.nodes.length);
  }

  /** A hint entered a store. Answers with its id. */
  hintStored(at: Instant, holder: number, peer: number, hint: StoredHint): number {
    const { write, bytes } = hint;
    const id = this.counters.hints.stored++;
    this.fact(at, LOG.hintStored, pairOf(holder, peer), write);
    this.counters.hintBytes.stored += bytes;
    const owed = this.#owed[peer] ?? 0;
    if (owed === 0) this.behind.open(peer, at);
    this.#owed[peer] = owed + 1;
    if (this.keepsHints) {
      this.hints.stored(write, holder, peer, bytes, HINT_REASONS.indexOf(hint.reason), at, hint.deadline);
    }
    if (!this.keepsAll) return id;
    if (!hint.isPlanned) this.copies++;
    this.tape.entry(at, hint.isPlanned ? TAPE.joined : LOG.hintStored, holder, peer, id);
    return id;
  }

  /** A store did not take a hint. @param isPlanned as in {@link StoredHint} */
  hintRefused(
    at: Instant,
    holder: number,
    peer: number,
    bytes: number,
    write: number,
    why: RefusalReason,
    isPlanned: boolean,
  ): void {
    this.counters.refuseHint(why);
    const reason = REFUSAL_REASONS.indexOf(why);
    this.fact(at, LOG.hintRefused, pairOf(holder, peer), write ^ (reason << 30));
    if (this.keepsHints) this.refusals.refused(reason, at, holder, peer, bytes, write);
    if (!this.keepsAll) return;
    const route = COPY_ROUTES.indexOf(ROUTE_OF_REFUSAL[why]);
    if (isPlanned) this.tape.note(at, TAPE.rerouted, peer, route, write);
    else this.planned(at, peer, route, write);
    this.tape.entry(at, LOG.hintRefused, holder, peer, write);
  }

  /** A hint was put into the channel to its peer. @param leaves the store lets go of it, unasked for an acknowledgement */
  hintShipped(at: Instant, holder: number, peer: number, hint: number, leaves: boolean): void {
    this.fact(at, LOG.hintShipped, pairOf(holder, peer), hint);
    if (this.keepsHints && leaves) this.hints.left(hint, at);
    if (this.keepsAll) this.tape.entry(at, LOG.hintShipped, holder, peer, hint);
  }

  /**
   * The channel had no room, and the rest of a queue went back to its tail. O(1).
   *
   * @param peer whose queue it is
   * @param hints how many went back
   * @param oldest the first of them
   */
  queueRequeued(at: Instant, holder: number, peer: number, hints: number, oldest: number): void {
    this.counters.requeued += hints;
    if (this.keepsHints) this.hints.requeued(holder, peer);
    if (this.keepsAll) this.tape.entry(at, LOG.hintRequeued, holder, this.hints.peerOf(oldest), oldest);
  }

  /** A sweep has the hint in its hands while it falls due, and puts it back with more time. @param deadline from now on */
  hintExtended(at: Instant, holder: number, peer: number, hint: number, deadline: Instant): void {
    this.fact(at, LOG.hintExtended, pairOf(holder, peer), hint);
    if (this.keepsHints) this.hints.extended(hint, deadline);
    if (this.keepsAll) this.tape.entry(at, LOG.hintExtended, holder, peer, hint);
  }

  /** The holder has read its segments back, and keeps a hint in the queue of `peer`, who may be new to it (H23). */
  hintRestored(hint: number, peer: number): void {
    if (this.keepsHints) this.hints.moved(hint, peer);
  }

  /**
   * A hint reached the replica it was meant for.
   *
   * @param isFirst it had not been there before: its fate is `delivered`, even if the replica has something newer
   * @param isIgnored the replica kept what it takes for a newer write
   */
  hintApplied(
    at: Instant,
    replica: number,
    holder: number,
    hint: number,
    bytes: number,
    isFirst: boolean,
    isIgnored: boolean,
  ): void {
    const kind = isIgnored ? LOG.hintIgnored : LOG.hintApplied;
    if (isFirst) {
      this.counters.hints.delivered++;
      this.counters.hintBytes.delivered += bytes;
      this.#settle(at, replica, hint, DELIVERED);
    } else {
      this.counters.redelivered++;
    }
    if (isIgnored || !isFirst) this.fact(at, kind, pairOf(holder, replica), hint);
    if (this.keepsAll) this.tape.entry(at, kind, replica, holder, hint);
  }

  /**
   * A hint reached a node that it was not meant for, since its holder's peer table has changed (H23). What that node
   * ignores changes nothing of the copy that may be meant for it.
   */
  strayArrived(at: Instant, replica: number, holder: number, hint: number, isIgnored: boolean): void {
    const kind = isIgnored ? LOG.strayIgnored : LOG.strayApplied;
    this.fact(at, kind, pairOf(holder, replica), hint);
    if (this.keepsAll) this.tape.entry(at, kind, replica, holder, hint);
  }

  /** The peer has acknowledged a hint, which leaves the store. */
  hintAcked(at: Instant, holder: number, peer: number, hint: number): void {
    this.fact(at, LOG.hintAcked, pairOf(holder, peer), hint);
    if (this.keepsHints) this.hints.left(hint, at);
    if (this.keepsAll) this.tape.entry(at, LOG.hintAcked, holder, peer, hint);
  }

  /** An attempt to deliver failed: no acknowledgement in time, or an error. The hint stays in the store. */
  hintFailed(at: Instant, holder: number, peer: number, hint: number): void {
    this.fact(at, LOG.hintFailed, pairOf(holder, peer), hint);
    if (this.keepsAll) this.tape.entry(at, LOG.hintFailed, holder, peer, hint);
  }

  /** A hint was found expired. @param isDelivered it had been applied before, unknown to its holder: its fate stays */
  hintExpired(at: Instant, holder: number, peer: number, hint: number, bytes: number, isDelivered: boolean): void {
    this.fact(at, LOG.hintExpired, pairOf(holder, peer), hint);
    if (!isDelivered) {
      this.counters.hints.expired++;
      this.counters.hintBytes.expired += bytes;
      this.#settle(at, peer, hint, EXPIRED);
    }
    if (this.keepsHints) this.hints.left(hint, at);
    if (this.keepsAll) this.tape.entry(at, LOG.hintExpired, holder, peer, hint);
  }

  /** A hint is gone for good. @param isDelivered it had been applied before, unknown to its holder: its fate stays */
  hintLost(
    at: Instant,
    holder: number,
    peer: number,
    hint: number,
    bytes: number,
    cause: LossCause,
    isDelivered: boolean,
  ): void {
    this.fact(at, LOG.hintLost, pairOf(holder, peer), hint);
    if (!isDelivered) {
      this.counters.hints.lost++;
      this.counters.hintBytes.lost += bytes;
      this.counters.lose(cause);
      this.#settle(at, peer, hint, HINT_FATES.indexOf(cause));
    }
    if (this.keepsHints) this.hints.left(hint, at);
    if (this.keepsAll) this.tape.entry(at, LOG.hintLost, holder, peer, hint);
  }

  /** The hint meets its fate: one less that its peer is behind. */
  #settle(at: Instant, peer: number, hint: number, fate: number): void {
    const owed = (this.#owed[peer] ?? 0) - 1;
    this.#owed[peer] = owed;
    if (owed === 0) this.behind.close(peer, at);
    if (this.keepsHints) this.hints.ended(hint, fate, at);
  }
}
