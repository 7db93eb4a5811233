/**
 * What the wire does to messages: a partition swallows all that would leave in its direction, a lossy link each with
 * its probability. Faults of one link overlap: partitions are counted, and losses are independent of each other.
 */
import { assert } from '../../core/index.ts';
import type { StreamId } from '../engine/index.ts';
import type { LossFault, PartitionFault } from '../scenario/model/fault.ts';
import { NONE } from '../trace/trace.ts';
import type { Wires } from './wires.ts';

/** The faults of all wires; a wire is the direction of a link. */
export class WireFaults {
  /** Nothing is wrong with any wire. Kept as a value: it is asked for every message. */
  isQuiet = true;
  readonly #world: Pick<Wires, 'kernel' | 'topology'>;
  readonly #names: readonly string[];
  /** Faults that are on, by their positions in the scenario. */
  readonly #active = new Map<number, PartitionFault | LossFault>();
  /** Per wire: partitions that cut it, the probability to lose a message, the random stream for it. Empty without faults. */
  #cuts = new Int32Array(0);
  #share = new Float64Array(0);
  #stream = new Int32Array(0);

  /** @param names of the nodes, for the names of random streams */
  constructor(world: Pick<Wires, 'kernel' | 'topology'>, names: readonly string[]) {
    this.#world = world;
    this.#names = names;
  }

  /** Decides whether a message that leaves now gets lost; draws only on a lossy wire that no partition cuts. */
  loses(wire: number): boolean {
    if ((this.#cuts[wire] ?? 0) > 0) return true;
    const share = this.#share[wire] ?? 0;
    return share > 0 && this.#world.kernel.streams.uniform(this.#streamOf(wire)) < share;
  }

  /** @param index position of the fault in the scenario */
  setPartition(index: number, fault: PartitionFault, isOn: boolean): void {
    this.#set(index, fault, isOn);
    const by = isOn ? 1 : -1;
    for (const wire of this.#wiresOf(fault, fault.isTwoWay)) this.#cuts[wire] = (this.#cuts[wire] ?? 0) + by;
  }

  /** @param index position of the fault in the scenario */
  setLoss(index: number, fault: LossFault, isOn: boolean): void {
    this.#set(index, fault, isOn);
    // Anew from those that are on: what is left does not depend on losses that ended.
    this.#share.fill(0);
    for (const active of this.#active.values()) {
      if (active.kind !== 'loss') continue;
      for (const wire of this.#wiresOf(active, false)) {
        const before = this.#share[wire] ?? 0;
        this.#share[wire] = before + active.share - before * active.share;
      }
    }
  }

  #set(index: number, fault: PartitionFault | LossFault, isOn: boolean): void {
    assert(this.#active.has(index) !== isOn, 'a fault begins once and ends once', index);
    if (this.#cuts.length === 0) this.#makeColumns();
    if (isOn) this.#active.set(index, fault);
    else this.#active.delete(index);
    this.isQuiet = this.#active.size === 0;
  }

  #makeColumns(): void {
    const wires = this.#world.topology.count * this.#world.topology.count;
    this.#cuts = new Int32Array(wires);
    this.#share = new Float64Array(wires);
    this.#stream = new Int32Array(wires).fill(NONE);
  }

  /** From each source to each target, each wire once; and back, if asked. */
  #wiresOf({ sources, targets }: PartitionFault | LossFault, isTwoWay: boolean): Set<number> {
    const { topology } = this.#world;
    const wires = new Set<number>();
    for (const source of sources) {
      for (const target of targets) {
        if (source === target) continue;
        wires.add(topology.link(source, target));
        if (isTwoWay) wires.add(topology.link(target, source));
      }
    }
    return wires;
  }

  #streamOf(wire: number): StreamId {
    const known = this.#stream[wire] ?? NONE;
    if (known !== NONE) return known;
    const { topology } = this.#world;
    const entity = `link ${this.#names[topology.from(wire)]}>${this.#names[topology.to(wire)]}`;
    const stream = this.#world.kernel.streams.open(entity, 'loss');
    this.#stream[wire] = stream;
    return stream;
  }
}
