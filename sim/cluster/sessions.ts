/**
 * Acknowledged delivery: a hint stays in its store until its peer has acknowledged it (handoff-systems §2, §3, §6).
 *
 * A session delivers the queue of one holder for one peer, from the head. The hints it has sent are a window at the
 * front of the queue, so they keep counting against the cap; one leaves when it is acknowledged and nothing older is
 * unacknowledged. A failure (no answer in time, an error, a cut connection) ends the session, and the next one starts
 * from the first unacknowledged hint, after a wait (`delivery-pace.ts`): what was acknowledged behind it is delivered
 * again. A hint sent and given up may still wait in the peer's backend and be executed there: that is how a replay can
 * live-lock (handoff-systems §8, incident 1).
 */
import { instant, later } from '../../core/index.ts';
import type { Instant, PeerIndex } from '../../core/index.ts';
import type { DrainPolicy } from '../scenario/model/policy.ts';
import { NONE } from '../trace/trace.ts';
import type { DropCause } from '../trace/trace.ts';
import { DeliveryPace } from './delivery-pace.ts';
import { DeliveryWindow } from './delivery-window.ts';
import type { HintShelf } from './hint-shelf.ts';
import { SESSION_RETRY, SESSION_SEND, SESSION_TIMEOUT } from './kernel.ts';
import { HINT, OK } from './messages.ts';
import type { World } from './world.ts';

/** The delivery sessions of all nodes. A session goes by the number of its link. */
export class Sessions {
  readonly #world: World;
  readonly #shelf: HintShelf;
  readonly #policy: DrainPolicy;
  readonly #pace: DeliveryPace;
  readonly #window: DeliveryWindow;
  // By session.
  readonly #isOpen: Uint8Array;
  /** Grows when the session closes: its messages and timers mean nothing to the next one. */
  readonly #epoch: Int32Array;
  readonly #hasTimer: Uint8Array;
  readonly #isPaced: Uint8Array;
  // By node: sessions that are open, and the peer that is next in turn for one.
  readonly #open: Int32Array;
  readonly #turn: Int32Array;

  constructor(world: World, shelf: HintShelf, policy: DrainPolicy) {
    const { count } = world.topology;
    this.#world = world;
    this.#shelf = shelf;
    this.#policy = policy;
    this.#pace = new DeliveryPace(policy, count);
    this.#window = new DeliveryWindow(world.topology, shelf);
    this.#isOpen = new Uint8Array(count * count);
    this.#epoch = new Int32Array(count * count);
    this.#hasTimer = new Uint8Array(count * count);
    this.#isPaced = new Uint8Array(count * count);
    this.#open = new Int32Array(count);
    this.#turn = new Int32Array(count);
  }

  /** Bytes of live state. */
  get weight(): number {
    return this.#window.weight;
  }

  /** A look at the queues of a node: sessions for those in turn, as many as may be open, from where the last look stopped. */
  look(node: number): void {
    const { topology } = this.#world;
    const first = this.#turn[node] ?? 0;
    for (let step = 0; step < topology.count; step++) {
      const peer = this.#shelf.peer((first + step) % topology.count);
      const session = topology.link(node, peer);
      if (this.#isOpen[session] === 1 && this.#isDown(session)) this.#close(session);
      if (!this.#isWanted(session) || this.#findsNobody(session)) continue;
      if (!this.#mayOpen(node)) {
        this.#turn[node] = peer;
        return;
      }
      this.#begin(session);
    }
  }

  /** Event `SESSION_SEND`: the throttle lets the session send again. */
  send(session: number, epoch: number): void {
    if (this.#epoch[session] !== epoch) return;
    this.#isPaced[session] = 0;
    this.#pump(session);
  }

  /** Event `SESSION_TIMEOUT`: hints are sent in the order of the queue, so the oldest one is the first to be late. */
  timedOut(session: number, epoch: number): void {
    if (this.#epoch[session] !== epoch) return;
    this.#hasTimer[session] = 0;
    // All that was waited for has been replaced by newer hints: nobody will answer, and there may be more to send.
    if (this.#window.inFlight(session) === 0) return this.#pump(session);
    const row = this.#window.oldest(session);
    const due = later(instant(this.#window.sentAt(row)), this.#policy.timeout);
    if (due <= this.#world.kernel.now) this.#fail(session, row);
    else this.#setTimer(session, due);
  }

  /** Event `SESSION_RETRY`: some time has passed since a failure. */
  retried(session: number, epoch: number): void {
    const holder = this.#holder(session);
    if (this.#epoch[session] !== epoch || !this.#world.nodes.isUp(holder)) return;
    if (this.#isWanted(session) && !this.#findsNobody(session) && this.#mayOpen(holder)) this.#begin(session);
  }

  /** The reply to a hint is back. */
  acknowledged(message: number): void {
    const { link, subject, code } = this.#world.messages;
    const session = link[message] ?? 0;
    const row = subject[message] ?? 0;
    const isCurrent = this.#isCurrent(message);
    this.#shelf.fates.landed(row, session, 'refusedByPeer');
    if (!isCurrent) return;
    if (code[message] !== OK) return this.#fail(session, row);
    this.#pace.grow(session);
    this.#window.acknowledge(session, row);
    this.#pump(session);
  }

  /**
   * A hint or the reply to it is gone. The holder notices the end of a connection; a message lost on the wire, or dropped
   * by the peer, is silence, and the timeout is what notices that.
   */
  failed(message: number, cause: DropCause): void {
    const { link, subject } = this.#world.messages;
    const session = link[message] ?? 0;
    const row = subject[message] ?? 0;
    const isCurrent = this.#isCurrent(message);
    this.#shelf.fates.landed(row, session, cause === 'messageLost' || cause === 'linkCut' ? cause : 'refusedByPeer');
    if (cause !== 'linkCut' || !isCurrent || !this.#world.nodes.isUp(this.#holder(session))) return;
    this.#fail(session, row);
  }

  /** A hint was stored behind all others of its queue. */
  appended(session: number, slot: number): void {
    if (this.#isOpen[session] === 1) this.#window.appended(session, slot);
  }

  /** A hint that no message carries is about to leave the queue, replaced by a newer one. */
  replacing(session: number, slot: number): void {
    if (this.#isOpen[session] === 1) this.#window.replacing(session, slot);
  }

  /** All sessions of a node end: it died, or it delivers no more. @param isOver its process is gone, and what it learnt */
  stop(node: number, isOver: boolean): void {
    const { topology } = this.#world;
    for (const peer of topology.peers) {
      const session = topology.link(node, peer);
      if (this.#isOpen[session] === 1) this.#close(session);
      else this.#epoch[session] = (this.#epoch[session] ?? 0) + 1; // no retry either
      if (isOver) this.#pace.forget(session);
    }
    if (isOver) this.#turn[node] = 0;
  }

  /** There are hints for another node, no session delivers them, and no wait after failures is in the way. */
  #isWanted(session: number): boolean {
    const holder = this.#holder(session);
    const peer = this.#peer(session);
    if (holder === peer || this.#isOpen[session] === 1 || this.#shelf.store(holder).lengthFor(peer) === 0) return false;
    return !this.#pace.isWaiting(session, this.#world.kernel.now);
  }

  /** There is nobody to deliver to. Where failures in a row are counted, this is one. */
  #findsNobody(session: number): boolean {
    if (!this.#isDown(session)) return false;
    if (this.#policy.retryUpTo > 0) this.#retryLater(session);
    return true;
  }

  #mayOpen(node: number): boolean {
    const { sessions } = this.#policy;
    return sessions === 0 || (this.#open[node] ?? 0) < sessions;
  }

  #begin(session: number): void {
    const { kernel, recorder } = this.#world;
    const holder = this.#holder(session);
    this.#isOpen[session] = 1;
    this.#hasTimer[session] = 0;
    this.#isPaced[session] = 0;
    this.#open[holder] = (this.#open[holder] ?? 0) + 1;
    this.#window.open(session);
    recorder.sessionOpened(kernel.now, holder, this.#peer(session));
    this.#pump(session);
  }

  /** Sends what may be sent now, and closes a session that has nothing left to do. */
  #pump(session: number): void {
    const { kernel, links } = this.#world;
    if (this.#isDown(session)) return this.#close(session);
    const allowed = this.#pace.allowed(session);
    while (this.#window.inFlight(session) < allowed && this.#window.hasNext(session)) {
      const freeAt = this.#pace.freeAt(session);
      if (freeAt > kernel.now) return this.#waitUntil(session, freeAt);
      if (!links.hasRoom(session)) {
        // With hints under way, one of their answers tries again; with none, a later session does.
        if (this.#window.inFlight(session) === 0) this.#giveUp(session);
        return;
      }
      this.#sendNext(session);
    }
    if (!this.#window.isDone(session)) return;
    this.#pace.endRow(session);
    this.#close(session);
  }

  #sendNext(session: number): void {
    const { kernel, links, messages } = this.#world;
    const { write, key, bytes } = this.#shelf.fates.registry;
    const row = this.#window.take(session, kernel.now);
    const givenUpAt = later(kernel.now, this.#policy.timeout);
    const message = messages.take(HINT, this.#holder(session), this.#peer(session), row, write[row] ?? 0);
    messages.key[message] = key[row] ?? 0;
    messages.bytes[message] = bytes[row] ?? 0;
    messages.generation[message] = this.#epoch[session] ?? 0;
    messages.lateAt[message] = givenUpAt;
    messages.receiver[message] = NONE;
    this.#pace.pay(session, bytes[row] ?? 0, kernel.now);
    links.send(message);
    this.#shelf.fates.shipped(row, session, false);
    if (this.#hasTimer[session] === 0) this.#setTimer(session, givenUpAt);
  }

  /** An attempt to deliver has failed, and with it the session. */
  #fail(session: number, row: number): void {
    const { kernel, recorder } = this.#world;
    const { peer, id } = this.#shelf.fates.registry;
    recorder.hintFailed(kernel.now, this.#holder(session), peer[row] ?? 0, id[row] ?? 0);
    this.#pace.halve(session);
    this.#giveUp(session);
  }

  /** Closes the session and tries again after a while. */
  #giveUp(session: number): void {
    this.#close(session);
    this.#retryLater(session);
  }

  /** A look at the queues that is due before cuts a wait short; not one of those that double. */
  #retryLater(session: number): void {
    const { interval, retryUpTo } = this.#policy;
    const retryAfter = this.#pace.backOff(session, this.#world.kernel.now);
    if (retryAfter === 0 || (retryUpTo === 0 && retryAfter >= interval)) return;
    this.#world.kernel.after(retryAfter, SESSION_RETRY, session, this.#epoch[session] ?? 0);
  }

  #close(session: number): void {
    const { kernel, recorder } = this.#world;
    const holder = this.#holder(session);
    this.#isOpen[session] = 0;
    this.#epoch[session] = (this.#epoch[session] ?? 0) + 1;
    this.#open[holder] = (this.#open[holder] ?? 0) - 1;
    recorder.sessionClosed(kernel.now, holder, this.#peer(session));
  }

  #waitUntil(session: number, freeAt: number): void {
    if (this.#isPaced[session] === 1) return;
    this.#isPaced[session] = 1;
    this.#world.kernel.at(instant(freeAt), SESSION_SEND, session, this.#epoch[session] ?? 0);
  }

  #setTimer(session: number, due: Instant): void {
    this.#hasTimer[session] = 1;
    this.#world.kernel.at(due, SESSION_TIMEOUT, session, this.#epoch[session] ?? 0);
  }

  /** The message belongs to the session that is open now. */
  #isCurrent(message: number): boolean {
    const session = this.#world.messages.link[message] ?? 0;
    return this.#isOpen[session] === 1 && this.#world.messages.generation[message] === this.#epoch[session];
  }

  #isDown(session: number): boolean {
    return this.#world.beliefs.isDown(this.#holder(session), this.#peer(session));
  }

  #holder(session: number): number {
    return this.#world.topology.from(session);
  }

  #peer(session: number): PeerIndex {
    return this.#shelf.peer(this.#world.topology.to(session));
  }
}
