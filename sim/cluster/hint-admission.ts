/**
 * Admission: who keeps a hint for a peer, and what is in the way of keeping it. Asked before a hint is offered to a
 * store, and, by the in-flight guard, before a write is accepted at all.
 */
import { NO_SLOT } from '../../core/index.ts';
import type { HintPolicy } from '../scenario/model/policy.ts';
import { NONE } from '../trace/trace.ts';
import type { RefusalReason } from '../trace/trace.ts';
import type { HintShelf } from './hint-shelf.ts';
import type { World } from './world.ts';

export class HintAdmission {
  readonly #world: Pick<World, 'kernel' | 'beliefs' | 'topology'>;
  readonly #shelf: HintShelf;
  readonly #policy: HintPolicy;

  constructor(world: Pick<World, 'kernel' | 'beliefs' | 'topology'>, shelf: HintShelf, policy: HintPolicy) {
    this.#world = world;
    this.#shelf = shelf;
    this.#policy = policy;
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
   * Why a hint is not even offered to the store; the cap is the store's own matter. In the order of Scylla's `can_hint_for`
   * (`manager.cc` 423-487, handoff-systems §3), which asks the in-flight guard again: a hint for a silent replica comes
   * long after its write was accepted.
   */
  refusal(holder: number, peer: number, bytes: number): RefusalReason | undefined {
    if (this.isOverloaded(holder, peer)) return 'overload';
    if (this.#isWindowClosed(holder, peer)) return 'window';
    const store = this.#shelf.store(holder);
    const hasRoom = this.#shelf.disk.hasRoom(holder, bytes, store.totalLength(), store.totalBytes());
    return hasRoom ? undefined : 'disk';
  }

  /** The peer has been away for longer than the window, or its oldest hint is older than that (CASSANDRA-14309). */
  #isWindowClosed(holder: number, peer: number): boolean {
    const { window, windowPersistent } = this.#policy;
    if (window === 0) return false;
    const { beliefs, kernel } = this.#world;
    if (beliefs.isDown(holder, peer) && kernel.now - beliefs.downSince(holder, peer) > window) return true;
    if (!windowPersistent) return false;
    const store = this.#shelf.store(holder);
    const oldest = store.firstSlotFor(this.#shelf.peer(peer));
    if (oldest === NO_SLOT) return false;
    return kernel.now - (this.#shelf.fates.registry.storedAt[store.referenceIn(oldest)] ?? 0) > window;
  }
}
