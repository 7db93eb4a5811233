/**
 * Admission: who keeps a hint for a peer, and what is in the way of keeping it. Asked before a hint is offered to a
 * store, and, by the in-flight guard, before a write is accepted at all.
 */
import type { HintPolicy } from '../scenario/model/policy.ts';
import { NONE } from '../trace/trace.ts';
import type { RefusalReason } from '../trace/trace.ts';
import type { HintShelf } from './hint-shelf.ts';
import { OldestHints } from './oldest-hints.ts';
import type { World } from './world.ts';

export class HintAdmission {
  readonly #world: Pick<World, 'kernel' | 'beliefs' | 'topology'>;
  readonly #shelf: HintShelf;
  readonly #policy: HintPolicy;
  readonly #oldest: OldestHints;

  /** @param areInOrder queues are always in the order of storing */
  constructor(
    world: Pick<World, 'kernel' | 'beliefs' | 'topology'>,
    shelf: HintShelf,
    policy: HintPolicy,
    areInOrder: boolean,
  ) {
    this.#world = world;
    this.#shelf = shelf;
    this.#policy = policy;
    this.#oldest = new OldestHints(shelf, world.topology.count, areInOrder);
  }

  /** See `Handoff.holderFor`. */
  holderFor(coordinator: number, peer: number): number {
    if (this.#policy.holder === 'coordinator') return coordinator;
    const { beliefs, topology } = this.#world;
    for (let step = 1; step < topology.count; step++) {
      const candidate = (peer + step) % topology.count;
      if (!beliefs.isDown(coordinator, candidate)) return candidate;
    }
    return NONE;
  }

  /** See `Handoff.isOverloaded`. */
  isOverloaded(holder: number, peer: number): boolean {
    const { inFlightBytes } = this.#policy;
    const { disk } = this.#shelf;
    if (inFlightBytes === 0 || disk.inFlightBytes(holder) <= inFlightBytes) return false;
    return disk.isBehind(holder, this.#shelf.position(holder, peer));
  }

  /**
   * Why no hint for the peer is kept now, whatever its size; asked while all that waits is in its queue, be it in the
   * hands of a sweep. In the order of Scylla's `can_hint_for` (`manager.cc` 423-487, handoff-systems §3), which asks the
   * in-flight guard again: a hint for a silent replica comes long after its write was accepted.
   */
  barred(holder: number, peer: number): RefusalReason | undefined {
    if (this.isOverloaded(holder, peer)) return 'overload';
    return this.#isWindowClosed(holder, peer) ? 'window' : undefined;
  }

  /** The disk takes a hint of that size; the cap is the store's own matter. */
  hasRoom(holder: number, bytes: number): boolean {
    const store = this.#shelf.store(holder);
    return this.#shelf.disk.hasRoom(holder, bytes, store.totalLength(), store.totalBytes());
  }

  /** The peer has been away for longer than the window, or its oldest hint is older than that (CASSANDRA-14309). */
  #isWindowClosed(holder: number, peer: number): boolean {
    const { window, windowPersistent } = this.#policy;
    if (window === 0) return false;
    const { beliefs, kernel } = this.#world;
    if (beliefs.isDown(holder, peer) && kernel.now - beliefs.downSince(holder, peer) > window) return true;
    return windowPersistent && kernel.now - this.#oldest.storedAt(holder, peer) > window;
  }
}
