/**
 * Faults: what the scenario breaks, and when. Each begins and ends with an event; between the two the part that is
 * broken knows it. A node that is down already cannot go down again: such a fault passes it by, and so does its end.
 */
import { END_OF_TIME, instant, unreachable } from '../../core/index.ts';
import type { Distribution, StreamId } from '../engine/index.ts';
import type { Fault, FlapFault } from '../scenario/model/fault.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import { NOBODY } from '../trace/trace.ts';
import { FAULT_BEGIN, FAULT_END, FLAP } from './kernel.ts';
import type { Lifecycle, LifecycleWorld } from './lifecycle.ts';
import { samplerOf } from './sampler.ts';

/** The random life of a flapping node. */
interface Flapping {
  readonly up: Distribution;
  readonly down: Distribution;
  readonly stream: StreamId;
}

export class Faults {
  readonly #world: LifecycleWorld;
  readonly #lifecycle: Lifecycle;
  readonly #faults: readonly Fault[];
  /** Per fault: it took its node down, or stalled it, and will have to undo that. */
  readonly #hasEffect: Uint8Array;
  readonly #flapping = new Map<number, Flapping>();

  constructor(world: LifecycleWorld, lifecycle: Lifecycle, scenario: Scenario) {
    this.#world = world;
    this.#lifecycle = lifecycle;
    this.#faults = scenario.faults;
    this.#hasEffect = new Uint8Array(scenario.faults.length);
    scenario.faults.forEach((fault, index) => {
      if (fault.from > scenario.duration) return;
      if (fault.kind === 'flap') this.#prepare(fault, index, scenario);
      world.kernel.at(fault.from, FAULT_BEGIN, index, 0);
      if (fault.until !== END_OF_TIME && fault.until <= scenario.duration) {
        world.kernel.at(fault.until, FAULT_END, index, 0);
      }
    });
  }

  /** Event `FAULT_BEGIN`. */
  begin(index: number): void {
    const fault = this.#fault(index);
    const { kernel, recorder, links, backends, handoff, clocks } = this.#world;
    recorder.faultBegan(kernel.now, index, nodeOf(fault));
    switch (fault.kind) {
      case 'crash':
        return this.#goDown(index, fault.node, () => this.#lifecycle.crash(fault.node, fault.power, fault.tornBytes));
      case 'stop':
        return this.#goDown(index, fault.node, () => this.#lifecycle.stop(fault.node));
      case 'replace':
        return this.#goDown(index, fault.node, () => this.#lifecycle.replace(fault.node));
      case 'flap':
        return this.#flapLater(index, true);
      case 'loading':
        return backends.setLoading(fault.node, true);
      case 'stall':
        return backends.setStalled(fault.node, true);
      case 'slow':
        links.setSlow(fault.node, fault.factor);
        return backends.setSlow(fault.node, fault.factor);
      case 'partition':
        return links.setPartition(index, fault, true);
      case 'loss':
        return links.setLoss(index, fault, true);
      case 'clock':
        return clocks.step(fault.node, fault.step);
      case 'diskFull':
        return handoff.setDiskFull(fault.node, true);
      case 'pauseDrain':
        return handoff.setPaused(fault.node, true);
      case 'reindex':
        return handoff.reindexed(fault.node, fault.order);
      case 'collect':
        return backends.collect(fault.node);
      default:
        return unreachable(fault);
    }
  }

  /** Event `FAULT_END`. */
  end(index: number): void {
    const fault = this.#fault(index);
    const { kernel, recorder, links, backends, handoff, clocks } = this.#world;
    recorder.faultEnded(kernel.now, index, nodeOf(fault));
    switch (fault.kind) {
      case 'crash':
      case 'stop':
      case 'replace':
        return this.#comeBack(index, fault.node);
      case 'flap':
        return this.#settle(index, fault);
      case 'loading':
        return backends.setLoading(fault.node, false);
      case 'stall':
        return backends.setStalled(fault.node, false);
      case 'slow':
        links.setSlow(fault.node, 1);
        return backends.setSlow(fault.node, 1);
      case 'partition':
        return links.setPartition(index, fault, false);
      case 'loss':
        return links.setLoss(index, fault, false);
      case 'clock':
        return clocks.step(fault.node, -fault.step);
      case 'diskFull':
        return handoff.setDiskFull(fault.node, false);
      case 'pauseDrain':
        return handoff.setPaused(fault.node, false);
      case 'reindex':
      case 'collect':
        return;
      default:
        return unreachable(fault);
    }
  }

  /** Event `FLAP`: a flapping node changes its state, and has drawn how long for. */
  flapped(index: number): void {
    const fault = this.#fault(index);
    if (fault.kind !== 'flap' || this.#world.kernel.now >= fault.until) return;
    const wasDown = this.#hasEffect[index] === 1;
    if (wasDown) this.#settle(index, fault);
    else if (fault.what === 'crash') this.#goDown(index, fault.node, () => this.#lifecycle.crash(fault.node));
    else {
      this.#hasEffect[index] = 1;
      this.#world.backends.setStalled(fault.node, true);
    }
    this.#flapLater(index, wasDown);
  }

  #prepare(fault: FlapFault, index: number, scenario: Scenario): void {
    const name = scenario.nodes[fault.node]?.name ?? '';
    const stream = this.#world.kernel.streams.open(`fault ${index} of ${name}`, 'flapping');
    this.#flapping.set(index, { up: samplerOf(fault.up), down: samplerOf(fault.down), stream });
  }

  #flapLater(index: number, isUp: boolean): void {
    const { kernel } = this.#world;
    const life = this.#flapping.get(index);
    if (life === undefined) return;
    const time = (isUp ? life.up : life.down).sampleMicros(kernel.streams, life.stream);
    // A stretch of no length at all would never let time pass.
    kernel.at(instant(kernel.now + Math.max(1, time)), FLAP, index, 0);
  }

  /** The node of a flapping fault is as it should be again. */
  #settle(index: number, fault: FlapFault): void {
    if (this.#hasEffect[index] === 0) return;
    if (fault.what === 'crash') return this.#comeBack(index, fault.node);
    this.#hasEffect[index] = 0;
    this.#world.backends.setStalled(fault.node, false);
  }

  #goDown(index: number, node: number, how: () => void): void {
    if (!this.#world.nodes.isUp(node)) return;
    this.#hasEffect[index] = 1;
    how();
  }

  #comeBack(index: number, node: number): void {
    if (this.#hasEffect[index] === 0) return;
    this.#hasEffect[index] = 0;
    this.#lifecycle.restart(node);
  }

  #fault(index: number): Fault {
    const fault = this.#faults[index];
    if (fault === undefined) throw new RangeError(`there is no fault ${index}`);
    return fault;
  }
}

/** The node that a fault is about; NOBODY for one of several. */
function nodeOf(fault: Fault): number {
  return fault.kind === 'partition' || fault.kind === 'loss' ? NOBODY : fault.node;
}
