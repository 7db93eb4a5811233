/**
 * A class of clients: what they ask for, of whom, and how patiently, with the luck of one workload. Each kind of draw has
 * a random stream of its own, so that another mix or another choice of coordinators leaves the keys as they were.
 */
import { assert, duration } from '../../core/index.ts';
import type { Duration } from '../../core/index.ts';
import { Zipf } from '../engine/index.ts';
import type { Distribution, RandomStreams, StreamId } from '../engine/index.ts';
import type { Operation, Workload } from '../scenario/model/workload.ts';
import { NONE } from '../trace/trace.ts';
import { OpenArrivals } from './arrivals.ts';
import type { Nodes } from './nodes.ts';
import { RequestSampler } from './request-size.ts';
import { samplerOf } from './sampler.ts';

/** One workload of the scenario. */
export class ClientClass {
  readonly workload: Workload;
  /** Undefined: a closed loop. */
  readonly arrivals: OpenArrivals | undefined;
  readonly size: RequestSampler;
  readonly #nodes: Nodes;
  readonly #streams: RandomStreams;
  readonly #keys: Zipf;
  readonly #think: Distribution | undefined;
  readonly #lots: {
    readonly mix: StreamId;
    readonly keys: StreamId;
    readonly choice: StreamId;
    readonly think: StreamId;
  };
  /** Shares of requests up to and including each operation. */
  readonly #reads: number;
  readonly #deletes: number;
  readonly #increments: number;
  #turn = 0;

  constructor(workload: Workload, nodes: Nodes, streams: RandomStreams) {
    const entity = `workload ${workload.name}`;
    const { arrivals } = workload;
    const gaps = streams.open(entity, 'arrivals');
    this.workload = workload;
    this.arrivals = arrivals.kind === 'closed' ? undefined : new OpenArrivals(arrivals, workload.from, streams, gaps);
    this.size = new RequestSampler(workload.size, streams, entity);
    this.#nodes = nodes;
    this.#streams = streams;
    this.#keys = new Zipf(workload.keys.count, workload.keys.zipf);
    this.#think = arrivals.kind === 'closed' ? samplerOf(arrivals.think) : undefined;
    this.#lots = {
      mix: streams.open(entity, 'mix'),
      keys: streams.open(entity, 'keys'),
      choice: streams.open(entity, 'coordinator'),
      think: streams.open(entity, 'think'),
    };
    this.#reads = workload.readShare;
    this.#deletes = this.#reads + workload.deleteShare;
    this.#increments = this.#deletes + workload.incrementShare;
  }

  /** What the next request does; a class that only sets draws nothing. */
  operation(): Operation {
    if (this.#increments === 0) return 'set';
    const lot = this.#streams.uniform(this.#lots.mix);
    if (lot < this.#reads) return 'get';
    if (lot < this.#deletes) return 'delete';
    return lot < this.#increments ? 'increment' : 'set';
  }

  /** The key of the next request. */
  key(): number {
    return this.#keys.sample(this.#streams, this.#lots.keys);
  }

  /** The next coordinator in turn, or one by lot; down ones are passed over. NONE if all are down. */
  coordinator(): number {
    const { coordinators, choose } = this.workload;
    const first = choose === 'random' ? this.#streams.below(this.#lots.choice, coordinators.length) : this.#turn++;
    return this.#upFrom(first);
  }

  /** The coordinator after the one that failed; down ones are passed over. NONE if all are down. O(coordinators). */
  coordinatorAfter(node: number): number {
    return this.#upFrom(this.workload.coordinators.findIndex((coordinator) => coordinator === node) + 1);
  }

  /** How long a client of a closed loop thinks before its next request. */
  thinkTime(): Duration {
    assert(this.#think !== undefined, 'only clients of a closed loop think', this.workload.name);
    return this.#think.sampleMicros(this.#streams, this.#lots.think);
  }

  /** How long a client waits before it repeats a request that has failed as its `attempt`-th repetition: doubled each time. */
  backoff(attempt: number): Duration {
    let micros: number = this.workload.backoff;
    for (let times = 0; times < attempt && micros < Number.MAX_SAFE_INTEGER; times++) micros *= 2;
    return duration(Math.min(micros, Number.MAX_SAFE_INTEGER));
  }

  #upFrom(first: number): number {
    const { coordinators } = this.workload;
    for (let step = 0; step < coordinators.length; step++) {
      const node = coordinators[(first + step) % coordinators.length];
      assert(node !== undefined, 'a workload has coordinators', this.workload.name);
      if (this.#nodes.isUp(node)) return node;
    }
    return NONE;
  }
}
