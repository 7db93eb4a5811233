/**
 * A backend as a textbook queue: customers come at random gaps, each to every node of the station at once, and the
 * meters say how long they waited. Everything else of a cluster is left out.
 */
import { instant } from '../../core/index.ts';
import type { Instant } from '../../core/index.ts';
import { Backends } from '../../sim/cluster/backends.ts';
import { ARRIVAL, FAULT_BEGIN, FAULT_END, Kernel, SERVICE_DONE } from '../../sim/cluster/kernel.ts';
import { Messages, WRITE } from '../../sim/cluster/messages.ts';
import { Versions } from '../../sim/cluster/versions.ts';
import type { Distribution, StreamId } from '../../sim/engine/index.ts';
import type { ServicePolicy } from '../../sim/scenario/model/policy.ts';
import { ServiceMeter } from '../../sim/trace/service-meter.ts';
import type { ServiceReport } from '../../sim/trace/statistics.ts';
import { BARE_POLICY, bareNode, bareScenario } from './bare-scenario.ts';

/** A queue of theory; times are in microseconds. */
export interface Station {
  readonly gap: Distribution;
  readonly service: Pick<ServicePolicy, 'time'> & Partial<ServicePolicy>;
  /** Customers that arrive, and how many of the first are not measured. */
  readonly customers: number;
  readonly discard?: number;
  readonly seed: number;
  /** Servers in parallel that every customer visits at once; 1 unless said. */
  readonly nodes?: number;
  /** The station breaks down and is repaired, whether it works or not. */
  readonly breakdowns?: { readonly up: Distribution; readonly down: Distribution };
}

/** What a station measured. */
export interface Visit {
  readonly reports: readonly ServiceReport[];
  /** From the arrival of a measured customer until the last node is done with it. */
  readonly responses: { readonly count: number; readonly sum: number };
  readonly endedAt: Instant;
}

/** Lets the customers come, and runs until the station is empty. */
export function visit(station: Station): Visit {
  return new Run(station).run();
}

class Run {
  readonly #station: Station;
  readonly #nodes: number;
  readonly #kernel: Kernel;
  readonly #messages = new Messages(1);
  readonly #meters: readonly ServiceMeter[];
  readonly #backends: Backends;
  readonly #gaps: StreamId;
  readonly #luck: StreamId;
  readonly #missing: Uint8Array;
  readonly #measureFrom: number;
  #customer = 0;
  #inside = 0;
  #count = 0;
  #sum = 0;

  constructor(station: Station) {
    this.#station = station;
    this.#nodes = station.nodes ?? 1;
    this.#kernel = new Kernel(station.seed);
    this.#gaps = this.#kernel.streams.open('customers', 'gap');
    this.#luck = this.#kernel.streams.open('station', 'breakdown');
    this.#missing = new Uint8Array(station.customers).fill(this.#nodes);
    this.#measureFrom = Math.round((station.discard ?? 0) * station.gap.mean());
    const names = Array.from({ length: this.#nodes }, (_, node) => `n${node}`);
    this.#meters = names.map(() => new ServiceMeter(instant(this.#measureFrom)));
    const policy = { ...BARE_POLICY, service: { ...BARE_POLICY.service, ...station.service } };
    const scenario = bareScenario({ nodes: names.map(bareNode), policy });
    const world = {
      kernel: this.#kernel,
      messages: this.#messages,
      recorder: { meters: this.#meters },
      versions: new Versions(scenario),
    };
    this.#backends = new Backends(world, scenario, {
      executed: (message) => this.#left(message),
      refused: (message) => this.#free(message),
      late: (message) => this.#free(message),
      died: (message) => this.#free(message),
    });
  }

  run(): Visit {
    const { breakdowns } = this.#station;
    this.#later(this.#station.gap, this.#gaps, ARRIVAL);
    if (breakdowns !== undefined) this.#later(breakdowns.up, this.#luck, FAULT_BEGIN);
    while (this.#kernel.next()) {
      const { queue } = this.#kernel;
      if (queue.kind === SERVICE_DONE) this.#backends.served(queue.a, queue.b);
      else if (queue.kind === ARRIVAL) this.#arrive();
      else if (breakdowns !== undefined) this.#break(breakdowns, queue.kind === FAULT_BEGIN);
    }
    const endedAt = this.#kernel.now;
    return {
      reports: this.#meters.map((meter, node) => meter.report(`n${node}`, endedAt)),
      responses: { count: this.#count, sum: this.#sum },
      endedAt,
    };
  }

  #arrive(): void {
    const customer = this.#customer++;
    for (let node = 0; node < this.#nodes; node++) {
      this.#inside++;
      this.#backends.arrived(node, this.#messages.take(WRITE, 0, 0, customer, customer));
    }
    if (this.#customer < this.#station.customers) this.#later(this.#station.gap, this.#gaps, ARRIVAL);
  }

  #left(message: number): void {
    const customer = this.#messages.subject[message] ?? 0;
    const arrivedAt = this.#messages.arrivedAt[message] ?? 0;
    const missing = (this.#missing[customer] ?? 0) - 1;
    this.#missing[customer] = missing;
    if (missing === 0 && arrivedAt >= this.#measureFrom) {
      this.#count++;
      this.#sum += this.#kernel.now - arrivedAt;
    }
    this.#free(message);
  }

  /** A station goes on breaking down until its last customer has left. */
  #break(breakdowns: { readonly up: Distribution; readonly down: Distribution }, isDown: boolean): void {
    if (this.#inside === 0 && this.#customer === this.#station.customers) return;
    this.#backends.setStalled(0, isDown);
    this.#later(isDown ? breakdowns.down : breakdowns.up, this.#luck, isDown ? FAULT_END : FAULT_BEGIN);
  }

  #later(time: Distribution, stream: StreamId, kind: number): void {
    this.#kernel.after(time.sampleMicros(this.#kernel.streams, stream), kind, 0, 0);
  }

  #free(message: number): void {
    this.#inside--;
    this.#messages.free(message);
  }
}
