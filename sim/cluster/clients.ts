/**
 * Clients: open-loop arrivals of one workload class. They send at their rate whatever the cluster answers, each
 * request to the next coordinator that is up.
 */
import { assert, instant, MAX_PAYLOAD_BYTES } from '../../core/index.ts';
import { Distribution, Zipf } from '../engine/index.ts';
import type { StreamId } from '../engine/index.ts';
import type { RequestSize, Workload } from '../scenario/scenario.ts';
import { NONE } from '../trace/trace.ts';
import type { Coordinator } from './coordinator.ts';
import { ARRIVAL } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { samplerOf } from './sampler.ts';
import type { World } from './world.ts';

/** What clients need of the world. */
export interface ClientWorld extends Pick<World, 'kernel' | 'nodes' | 'recorder'> {
  readonly coordinator: Coordinator;
}

const MICROS_PER_SECOND = 1_000_000;

export class Clients {
  readonly #world: ClientWorld;
  readonly #workload: Workload;
  /** The event's `a`: which workload of the scenario this is. */
  readonly #index: number;
  readonly #gap: Distribution;
  readonly #keys: Zipf;
  readonly #size: RequestSampler;
  readonly #streams: {
    readonly arrivals: StreamId;
    readonly mix: StreamId;
    readonly keys: StreamId;
    readonly choice: StreamId;
  };
  #sent = 0;
  /** The exact time of the next arrival: rounded only on its way to the queue, so that a rate is met exactly. */
  #nextAt: number;
  #turn = 0;

  constructor(world: ClientWorld, workload: Workload, index: number) {
    const { streams } = world.kernel;
    const entity = `workload ${workload.name}`;
    this.#world = world;
    this.#workload = workload;
    this.#index = index;
    this.#gap = Distribution.exponential(MICROS_PER_SECOND / workload.rate);
    this.#keys = new Zipf(workload.keys.count, workload.keys.zipf);
    this.#size = new RequestSampler(
      workload.size,
      streams.open(entity, 'key size'),
      streams.open(entity, 'value size'),
    );
    this.#streams = {
      arrivals: streams.open(entity, 'arrivals'),
      mix: streams.open(entity, 'mix'),
      keys: streams.open(entity, 'keys'),
      choice: streams.open(entity, 'coordinator'),
    };
    this.#nextAt = workload.from;
    this.#scheduleNext();
  }

  /** Event `ARRIVAL`: one request, and the timer for the next. */
  arrived(): void {
    const { kernel, coordinator } = this.#world;
    this.#scheduleNext();
    const isRead = this.#workload.readShare > 0 && kernel.streams.uniform(this.#streams.mix) < this.#workload.readShare;
    const key = this.#keys.sample(kernel.streams, this.#streams.keys);
    const node = this.#chooseCoordinator();
    if (isRead) {
      if (node === NONE) this.#refuseRead(key);
      else coordinator.read(node, key);
      return;
    }
    const bytes = this.#size.sample(kernel);
    if (node === NONE) this.#refuseWrite(key, bytes);
    else coordinator.write(node, key, bytes);
  }

  #scheduleNext(): void {
    const { kernel } = this.#world;
    const { from, until, rate, arrivals } = this.#workload;
    this.#sent++;
    this.#nextAt =
      arrivals === 'steady'
        ? from + (this.#sent * MICROS_PER_SECOND) / rate
        : this.#nextAt + this.#gap.sample(kernel.streams, this.#streams.arrivals);
    const at = Math.round(this.#nextAt);
    if (at <= until) kernel.at(instant(at), ARRIVAL, this.#index, 0);
  }

  /** The next coordinator in turn, or one by lot; down ones are passed over. NONE if all are down. */
  #chooseCoordinator(): number {
    const { coordinators, choose } = this.#workload;
    const { kernel, nodes } = this.#world;
    const first = choose === 'random' ? kernel.streams.below(this.#streams.choice, coordinators.length) : this.#turn++;
    for (let step = 0; step < coordinators.length; step++) {
      const node = coordinators[(first + step) % coordinators.length];
      assert(node !== undefined, 'a workload has coordinators', this.#index);
      if (nodes.isUp(node)) return node;
    }
    return NONE;
  }

  /** No coordinator is up: the client fails to connect. The request counts at the first coordinator it would ask. */
  #refuseRead(key: number): void {
    const { kernel, recorder } = this.#world;
    const node = this.#workload.coordinators[0] ?? 0;
    recorder.readFailed(kernel.now, node, recorder.readIssued(kernel.now, node, key));
  }

  #refuseWrite(key: number, bytes: number): void {
    const { kernel, recorder } = this.#world;
    const node = this.#workload.coordinators[0] ?? 0;
    recorder.writeFailed(kernel.now, node, recorder.writeIssued(kernel.now, node, key, bytes));
  }
}

/** Samples the bytes of a request. */
class RequestSampler {
  readonly #isWhole: boolean;
  readonly #key: Distribution;
  readonly #value: Distribution;
  readonly #keyStream: StreamId;
  readonly #valueStream: StreamId;

  constructor(size: RequestSize, keyStream: StreamId, valueStream: StreamId) {
    this.#isWhole = size.kind === 'payload';
    this.#key = size.kind === 'payload' ? Distribution.constant(0) : samplerOf(size.key);
    this.#value = samplerOf(size.kind === 'payload' ? size.payload : size.value);
    this.#keyStream = keyStream;
    this.#valueStream = valueStream;
  }

  /** Bytes of the next request: 1 … {@link MAX_PAYLOAD_BYTES}, whatever the tail of a distribution says. */
  sample({ streams }: Kernel): number {
    const value = Math.max(1, Math.round(this.#value.sample(streams, this.#valueStream)));
    if (this.#isWhole) return Math.min(value, MAX_PAYLOAD_BYTES);
    const key = Math.max(1, Math.round(this.#key.sample(streams, this.#keyStream)));
    return Math.min(redisSetBytes(key, value), MAX_PAYLOAD_BYTES);
  }
}

/** The bytes of `SET key value` on the Redis wire: an array of three bulk strings. */
export function redisSetBytes(key: number, value: number): number {
  return '*3\r\n$3\r\nSET\r\n'.length + bulkStringBytes(key) + bulkStringBytes(value);
}

/** `$<length>\r\n<content>\r\n` */
function bulkStringBytes(content: number): number {
  return 1 + String(content).length + 2 + content + 2;
}
