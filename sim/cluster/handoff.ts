/**
 * Hinted handoff at every node: who keeps a hint, whether the store takes it, and when queues are looked at.
 *
 * A coordinator asks to {@link Handoff.keep} a hint; it is refused (`hint-admission.ts`: load, window, disk; the store:
 * cap) or put on the shelf (`hint-shelf.ts`). Every interval a node looks at its queues: `sweep.ts` drains them without acknowledgements, as
 * dynomite-rs does, `sessions.ts` with them. What becomes of each hint is kept in `hint-fates.ts`, what a crash leaves of
 * it in `hint-disk.ts`.
 */
import { assert, MAX_PAYLOAD_BYTES, NO_SLOT } from '../../core/index.ts';
import type { HintStoreStats, PeerIndex } from '../../core/index.ts';
import type { DrainPolicy, HintPolicy, Policy } from '../scenario/model/policy.ts';
import { INCREMENT } from '../scenario/model/workload.ts';
import { NONE } from '../trace/trace.ts';
import type { DropCause, HintReason, LossCause } from '../trace/trace.ts';
import { HintAdmission } from './hint-admission.ts';
import { HintShelf } from './hint-shelf.ts';
import { DRAIN_SWEEP, DRAIN_TICK } from './kernel.ts';
import { NewestHints } from './newest-hints.ts';
import { Sessions } from './sessions.ts';
import { Sweep } from './sweep.ts';
import type { World } from './world.ts';

/** The hint stores of all nodes, and their drainers. */
export class Handoff {
  readonly #world: World;
  readonly #hints: HintPolicy;
  readonly #drain: DrainPolicy;
  readonly #shelf: HintShelf;
  readonly #admission: HintAdmission;
  readonly #sweep: Sweep;
  /** Given where hints are delivered with acknowledgements. */
  readonly #sessions: Sessions | undefined;
  /** Given where a newer hint replaces an older one, or where hints are read. */
  readonly #newest: NewestHints | undefined;
  /** Per node: faults that pause its deliveries. */
  readonly #pauses: Uint16Array;

  constructor(world: World, scenario: { readonly policy: Pick<Policy, 'hints' | 'drain' | 'reads'> }) {
    const { hints, drain, reads } = scenario.policy;
    this.#world = world;
    this.#hints = hints;
    this.#drain = drain;
    this.#shelf = new HintShelf(world, hints);
    this.#admission = new HintAdmission(world, this.#shelf, hints, drain.ack === 'each');
    this.#sweep = new Sweep(world, this.#shelf, drain.hold);
    this.#sessions = drain.ack === 'each' ? new Sessions(world, this.#shelf, drain) : undefined;
    const isByKey = hints.coalesce || reads.fallback;
    this.#newest = isByKey
      ? new NewestHints(world.topology.count, this.#shelf.fates.registry, world.versions)
      : undefined;
    this.#pauses = new Uint16Array(world.topology.count);
  }

  /** Hints are kept at all. */
  get isEnabled(): boolean {
    return this.#hints.enabled;
  }

  /** The peer answers a hint, and its holder waits for that. */
  get acksHints(): boolean {
    return this.#sessions !== undefined;
  }

  /** Bytes of all live hints, in stores and on their way. */
  get weight(): number {
    return this.#shelf.weight + (this.#sessions?.weight ?? 0) + (this.#newest?.weight ?? 0);
  }

  /** The accounting of a node's store. */
  stats(node: number): HintStoreStats {
    return this.#shelf.store(node).stats();
  }

  /** Order guard: hints for the peer wait at `holder`, or are under way. */
  queues(holder: number, peer: number): boolean {
    const link = this.#world.topology.link(holder, peer);
    return this.#shelf.store(holder).lengthFor(this.#shelf.peer(peer)) > 0 || this.#shelf.fates.underWay(link) > 0;
  }

  /**
   * In-flight guard, after Scylla (handoff-systems §3): too many bytes of hints are still on their way to the holder's
   * disk, and one of them is for this peer. Peers without any are spared.
   */
  isOverloaded(holder: number, peer: number): boolean {
    return this.#admission.isOverloaded(holder, peer);
  }

  /**
   * Who keeps a hint for `peer`: the coordinator, or the next node after the peer that the coordinator takes for
   * `Normal` (itself included), or NONE if there is none.
   */
  holderFor(coordinator: number, peer: number): number {
    return this.#admission.holderFor(coordinator, peer);
  }

  /**
   * Keeps a hint at `holder` for a write that `peer` misses. False if it was refused: because too many are on their way
   * to the disk, the window is closed, the disk takes no append, or the store is full, in this order.
   *
   * @param bytes of the request; 1 … 2^32−1
   * @param isPlanned the write was sent to the peer before, and the hint joins that copy
   */
  keep(
    holder: number,
    peer: number,
    write: number,
    key: number,
    bytes: number,
    reason: HintReason,
    isPlanned: boolean,
  ): boolean {
    assert(this.isEnabled, 'hints are kept only where handoff is on', holder);
    assert(bytes > 0 && bytes <= MAX_PAYLOAD_BYTES, 'a request has 1 … 2^32−1 bytes', bytes);
    const { kernel, recorder } = this.#world;
    const refusal = this.#admission.barred(holder, peer);
    if (refusal !== undefined) {
      recorder.hintRefused(kernel.now, holder, peer, bytes, write, refusal, isPlanned);
      return false;
    }
    // Where a newer hint takes the place of an older one, no sweep takes a queue as a whole.
    const isAhead = !this.#hints.coalesce && this.#sweep.takeOut(holder, this.#shelf.peer(peer));
    const isKept = this.#offer(holder, peer, write, key, bytes, reason, isPlanned);
    if (isAhead) this.#sweep.putBack(holder, this.#shelf.peer(peer));
    return isKept;
  }

  /**
   * What a node answers for another one whose hints it keeps: the newest write of the key that it has for that one, as a
   * replica would read it, or NONE. A hint to increment says nothing of the sum.
   */
  newest(holder: number, peer: number, key: number): number {
    const { versions } = this.#world;
    const row = this.#newest?.find(holder, peer, key) ?? NONE;
    const write = row === NONE ? NONE : (this.#shelf.fates.registry.write[row] ?? NONE);
    if (write === NONE || versions.operationOf(write) === INCREMENT) return NONE;
    return versions.areOrdered ? write : versions.visible(write);
  }

  /** The node's process has started: it reads its segments, and looks at its queues at once or after an interval. */
  started(node: number): void {
    const { kernel, nodes } = this.#world;
    this.#shelf.restarted(node);
    if (!this.#drain.enabled) return;
    const incarnation = nodes.incarnation(node);
    if (this.#drain.first === 'start') kernel.at(kernel.now, DRAIN_TICK, node, incarnation);
    else kernel.after(this.#drain.interval, DRAIN_TICK, node, incarnation);
  }

  /**
   * The node's process died; its links are cut already. What was not safe on disk is gone.
   *
   * @param isPower the machine lost power, not only the process
   * @param tornBytes > 0: it died in the middle of an append
   */
  crashed(node: number, isPower: boolean, tornBytes: number): void {
    this.#sessions?.stop(node, true);
    this.#sweep.ended(node);
    this.#shelf.crashed(node, isPower, tornBytes);
  }

  /** The node's process ended gracefully, its links are closed already: what is kept on disk was written out first. */
  stopped(node: number): void {
    this.#sessions?.stop(node, true);
    this.#sweep.ended(node);
    this.#shelf.stopped(node);
  }

  /** The machine is gone with its disk, and an empty one will take its name: told before, or instead of, {@link crashed}. */
  replaced(node: number): void {
    this.#sessions?.stop(node, true);
    this.#shelf.replaced(node);
  }

  /**
   * The drainer's timer. The look itself comes at the end of the instant: requests that arrive at the same instant come
   * first (validation §3), and the timer was set long before them.
   */
  ticked(node: number): void {
    const { kernel, nodes } = this.#world;
    kernel.at(kernel.now, DRAIN_SWEEP, node, nodes.incarnation(node));
    kernel.after(this.#drain.interval, DRAIN_TICK, node, nodes.incarnation(node));
  }

  /** One look at the queues of a node; none while its deliveries are paused. */
  sweep(node: number): void {
    if ((this.#pauses[node] ?? 0) > 0) return;
    this.#world.recorder.swept(this.#world.kernel.now, node);
    if (this.#sessions === undefined) this.#sweep.look(node);
    else this.#sessions.look(node);
  }

  /** A `HINT` was executed at the far end of its link. @param isIgnored the replica kept something newer */
  executed(message: number, isIgnored: boolean): void {
    const { messages } = this.#world;
    const row = messages.subject[message] ?? 0;
    this.#shelf.fates.executed(row, messages.to[message] ?? 0, isIgnored);
    if (!this.acksHints) this.#shelf.fates.landed(row, messages.link[message] ?? 0, 'misdelivered');
  }

  /** A `REPLY_TO_HINT` is back. */
  acknowledged(message: number): void {
    assert(this.#sessions !== undefined, 'only acknowledged delivery is answered', message);
    this.#sessions.acknowledged(message);
  }

  /** A `HINT` or the reply to it was lost, refused, or came too late. */
  failed(message: number, cause: DropCause): void {
    if (this.#sessions !== undefined) return this.#sessions.failed(message, cause);
    const { link, subject } = this.#world.messages;
    this.#shelf.fates.landed(subject[message] ?? 0, link[message] ?? 0, this.#lossCause(message, cause));
  }

  /** Event `SESSION_SEND`. */
  sessionSend(session: number, epoch: number): void {
    this.#sessions?.send(session, epoch);
  }

  /** Event `SESSION_TIMEOUT`. */
  sessionTimedOut(session: number, epoch: number): void {
    this.#sessions?.timedOut(session, epoch);
  }

  /** Event `SESSION_RETRY`. */
  sessionRetried(session: number, epoch: number): void {
    this.#sessions?.retried(session, epoch);
  }

  /** A fault that pauses the deliveries of a node begins or ends; they may overlap. Open sessions end. */
  setPaused(node: number, on: boolean): void {
    const pauses = (this.#pauses[node] ?? 0) + (on ? 1 : -1);
    assert(pauses >= 0, 'a fault ends once', node);
    this.#pauses[node] = pauses;
    if (on) this.#sessions?.stop(node, false);
  }

  /** A fault under which the hint disk of a node takes no append begins or ends; they may overlap. */
  setDiskFull(node: number, on: boolean): void {
    this.#shelf.disk.setFull(node, on);
  }

  /**
   * From its next start on, the node finds `order[i]` at position i of its peer table, and its queue with it (H23): where
   * hints are for positions.
   */
  reindexed(node: number, order: readonly PeerIndex[]): void {
    if (this.#hints.addressedBy === 'position') this.#shelf.reindexed(node, order);
  }

  /** The disk, the store, and the books. Parameters and answer are those of {@link keep}. */
  #offer(
    holder: number,
    peer: number,
    write: number,
    key: number,
    bytes: number,
    reason: HintReason,
    isPlanned: boolean,
  ): boolean {
    const { kernel, recorder, topology } = this.#world;
    const hasRoom = this.#admission.hasRoom(holder, bytes);
    const row = hasRoom ? this.#shelf.add(holder, peer, write, key, bytes) : undefined;
    if (row === undefined) {
      recorder.hintRefused(kernel.now, holder, peer, bytes, write, hasRoom ? 'cap' : 'disk', isPlanned);
      return false;
    }
    const { registry } = this.#shelf.fates;
    const deadline = this.#shelf.store(holder).newestDeadlineFor(this.#shelf.peer(peer));
    registry.id[row] = recorder.hintStored(kernel.now, holder, peer, { write, bytes, deadline, reason, isPlanned });
    this.#sessions?.appended(topology.link(holder, peer), registry.slot[row] ?? NO_SLOT);
    if (this.#newest !== undefined) this.#coalesce(this.#newest, row);
    return true;
  }

  /** Of two hints of the same key, the newer stays: the one just stored, or one that waits and that no message carries. */
  #coalesce(newest: NewestHints, row: number): void {
    const older = newest.replace(row);
    if (older === NONE || !this.#hints.coalesce) return;
    const { fates } = this.#shelf;
    const holder = fates.registry.holder[older] ?? 0;
    const peer = fates.registry.peer[older] ?? 0;
    const slot = fates.registry.slot[older] ?? NO_SLOT;
    this.#sessions?.replacing(this.#world.topology.link(holder, peer), slot);
    this.#shelf.store(holder).removeAt(this.#shelf.peer(peer), slot);
    fates.left(older, 'coalesced');
  }

  /** Which end a hint that was not acknowledged owes its loss to: its sender died, or its receiver. */
  #lossCause(message: number, cause: DropCause): LossCause {
    if (cause === 'messageLost') return 'messageLost';
    if (cause !== 'linkCut') return 'refusedByPeer';
    const { messages, nodes } = this.#world;
    const receiver = messages.receiver[message] ?? NONE;
    const hasNotLeft = receiver === NONE;
    return hasNotLeft || nodes.isStill(messages.to[message] ?? 0, receiver) ? 'holderCrashed' : 'linkCut';
  }
}
