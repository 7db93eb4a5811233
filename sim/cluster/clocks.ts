/**
 * Wall clocks: what each node takes the time to be. A clock starts off by its offset, gains or loses by its drift, and
 * jumps when a fault steps it. Only timestamps of values are read from it; the run itself goes by true time.
 */
import { assert, MICROS_PER_SECOND } from '../../core/index.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import type { Kernel } from './kernel.ts';

/** The wall clocks of all nodes, in integer microseconds on the axis of the run; they may be negative. */
export class Clocks {
  readonly #kernel: Kernel;
  readonly #offset: Float64Array;
  /** Microseconds gained in a second; above −1 000 000, so that no clock runs backwards. */
  readonly #drift: Float64Array;

  constructor(kernel: Kernel, scenario: Pick<Scenario, 'nodes'>) {
    this.#kernel = kernel;
    this.#offset = Float64Array.from(scenario.nodes, (node) => node.clockOffset);
    this.#drift = Float64Array.from(scenario.nodes, (node) => node.clockDrift);
    for (const drift of this.#drift) {
      assert(drift > -MICROS_PER_SECOND, 'a clock loses less than a second in a second', drift);
    }
  }

  /** What the wall clock of `node` says now. It never goes back but by a {@link step}. */
  wall(node: number): number {
    const { now } = this.#kernel;
    return now + (this.#offset[node] ?? 0) + gained(now, this.#drift[node] ?? 0);
  }

  /** The wall clock of `node` jumps by `micros`, forwards or back. */
  step(node: number, micros: number): void {
    this.#offset[node] = (this.#offset[node] ?? 0) + micros;
  }
}

/** What a drift has come to after `micros` of true time, rounded down; whole seconds apart, so that no product is too large. */
function gained(micros: number, drift: number): number {
  if (drift === 0) return 0;
  const seconds = Math.floor(micros / MICROS_PER_SECOND);
  const rest = micros - seconds * MICROS_PER_SECOND;
  return Math.floor(seconds * drift + (rest * drift) / MICROS_PER_SECOND);
}
