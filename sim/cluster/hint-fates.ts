/**
 * What becomes of each hint: it is sent, applied, acknowledged, expires, or is lost, and ends with exactly one fate.
 *
 * A hint can leave its store while a message still carries it: shipped without asking for an acknowledgement, or dead in
 * the store (expired, its holder crashed) while an earlier attempt waits in the peer's backend. Its fate is then with its
 * messages: `delivered` if one of them is applied, and otherwise what it died of, once the last of them is gone. A hint
 * applied before it left the store keeps `delivered`, whatever it dies of there.
 */
import type { Instant } from '../../core/index.ts';
import { LOSS_CAUSES, NONE } from '../trace/trace.ts';
import type { LossCause } from '../trace/trace.ts';
import { HintRegistry } from './hint-registry.ts';
import type { World } from './world.ts';

/** The ways for a hint to end without having been applied. */
const HINT_ENDS = ['expired', ...LOSS_CAUSES] as const;
/** One of them. */
export type HintEnd = (typeof HINT_ENDS)[number];

/** The registry of live hints, and the verbs that move a hint towards its fate. */
export class HintFates {
  readonly registry = new HintRegistry();
  readonly #world: Pick<World, 'kernel' | 'recorder' | 'topology'>;
  /** Per link: messages under way that carry a hint, or the reply to one. */
  readonly #underWay: Int32Array;

  constructor(world: Pick<World, 'kernel' | 'recorder' | 'topology'>) {
    this.#world = world;
    this.#underWay = new Int32Array(world.topology.count * world.topology.count);
  }

  /** Messages under way over a link that carry a hint, or the reply to one. */
  underWay(link: number): number {
    return this.#underWay[link] ?? 0;
  }

  /** A message with the hint was put into a channel. @param leaves the store has let go of it */
  shipped(row: number, link: number, leaves: boolean): void {
    const { registry } = this;
    registry.underWay[row] = (registry.underWay[row] ?? 0) + 1;
    this.#underWay[link] = this.underWay(link) + 1;
    if (leaves) registry.isStored[row] = 0;
    this.#recordShipped(row, leaves);
  }

  /** A message with the hint was executed at `replica`. */
  executed(row: number, replica: number, isIgnored: boolean): void {
    const { registry } = this;
    const { recorder } = this.#world;
    const holder = registry.holder[row] ?? 0;
    const id = registry.id[row] ?? 0;
    if (replica !== registry.peer[row]) {
      // Misdelivered: its answer will seal that, or the end of its message.
      recorder.strayArrived(this.#now(), replica, holder, id, isIgnored);
      return;
    }
    const isFirst = registry.isDelivered[row] === 0;
    registry.isDelivered[row] = 1;
    const bytes = registry.bytes[row] ?? 0;
    recorder.hintApplied(this.#now(), replica, holder, id, bytes, isFirst, isIgnored);
  }

  /**
   * A message with the hint, or the reply to one, is under way no more.
   * @param cause what the hint is lost to if that was the last of it, and it died of nothing else before
   */
  landed(row: number, link: number, cause: LossCause): void {
    const { registry } = this;
    const left = (registry.underWay[row] ?? 0) - 1;
    registry.underWay[row] = left;
    this.#underWay[link] = this.underWay(link) - 1;
    if (left > 0 || registry.isStored[row] === 1) return;
    if (registry.isDelivered[row] === 0) this.#seal(row, HINT_ENDS[registry.verdict[row] ?? NONE] ?? cause);
    registry.free(row);
  }

  /** The peer has acknowledged the hint, and the store lets go of it. */
  acked(row: number): void {
    const { holder, peer, id, isDelivered } = this.registry;
    if (isDelivered[row] === 0) return this.left(row, 'misdelivered');
    this.#world.recorder.hintAcked(this.#now(), holder[row] ?? 0, peer[row] ?? 0, id[row] ?? 0);
    this.#leave(row);
  }

  /** The hint has died in its store, which lets go of it. */
  left(row: number, end: HintEnd): void {
    const { registry } = this;
    if (registry.isDelivered[row] === 0 && (registry.underWay[row] ?? 0) > 0) {
      registry.verdict[row] = HINT_ENDS.indexOf(end);
      this.#recordShipped(row, true);
    } else {
      this.#seal(row, end);
    }
    this.#leave(row);
  }

  /** A method: engines run private getters as calls into their runtime. */
  #now(): Instant {
    return this.#world.kernel.now;
  }

  #leave(row: number): void {
    this.registry.isStored[row] = 0;
    if (this.registry.underWay[row] === 0) this.registry.free(row);
  }

  #recordShipped(row: number, leaves: boolean): void {
    const { holder, peer, id } = this.registry;
    this.#world.recorder.hintShipped(this.#now(), holder[row] ?? 0, peer[row] ?? 0, id[row] ?? 0, leaves);
  }

  #seal(row: number, end: HintEnd): void {
    const { registry } = this;
    const { recorder } = this.#world;
    const holder = registry.holder[row] ?? 0;
    const peer = registry.peer[row] ?? 0;
    const id = registry.id[row] ?? 0;
    const bytes = registry.bytes[row] ?? 0;
    const isDelivered = registry.isDelivered[row] === 1;
    if (end === 'expired') recorder.hintExpired(this.#now(), holder, peer, id, bytes, isDelivered);
    else recorder.hintLost(this.#now(), holder, peer, id, bytes, end, isDelivered);
  }
}
