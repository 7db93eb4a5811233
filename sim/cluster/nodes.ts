/**
 * Which nodes are up, since when, and in which incarnation: a timer that carries an old incarnation is stale.
 */
import type { Instant } from '../../core/index.ts';
import { instantAt } from '../../core/index.ts';

export class Nodes {
  readonly count: number;
  readonly #isUp: Uint8Array;
  readonly #incarnation: Int32Array;
  readonly #since: Float64Array;

  constructor(count: number) {
    this.count = count;
    this.#isUp = new Uint8Array(count).fill(1);
    this.#incarnation = new Int32Array(count);
    this.#since = new Float64Array(count);
  }

  isUp(node: number): boolean {
    return this.#isUp[node] === 1;
  }

  /** The number of times the node has started before. */
  incarnation(node: number): number {
    return this.#incarnation[node] ?? 0;
  }

  /** The node is up and has not restarted since that incarnation began. */
  isStill(node: number, incarnation: number): boolean {
    return this.#isUp[node] === 1 && this.#incarnation[node] === incarnation;
  }

  /** When the node's present incarnation started. */
  startedAt(node: number): Instant {
    return instantAt(this.#since, node);
  }

  crash(node: number): void {
    this.#isUp[node] = 0;
  }

  restart(node: number, at: Instant): void {
    this.#isUp[node] = 1;
    this.#incarnation[node] = this.incarnation(node) + 1;
    this.#since[node] = at;
  }
}
