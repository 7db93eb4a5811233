/**
 * What a run measures from `measureFrom` on, at every level: latencies, what probes saw, stale reads, and backends as
 * queueing systems. A request counts if it was issued at `measureFrom` or later.
 */
import type { Duration, Instant } from '../../core/index.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import { probeDelays } from '../scenario/model/workload.ts';
import { ServiceMeter } from './service-meter.ts';
import { TimeHistogram } from './time-histogram.ts';
import { NONE } from './trace.ts';
import type { Statistics } from './statistics.ts';

/** Statistics while they are counted. */
export class Measurements {
  /** One per node, in peer-table order. */
  readonly meters: readonly ServiceMeter[];
  readonly #from: Instant;
  readonly #nodes: Scenario['nodes'];
  readonly #delays: readonly Duration[];
  readonly #probes: Float64Array;
  readonly #consistent: Float64Array;
  readonly #writes = new TimeHistogram();
  readonly #reads = new TimeHistogram();
  #staleReads = 0;

  constructor({ measureFrom, nodes, workloads }: Scenario) {
    this.#from = measureFrom;
    this.#nodes = nodes;
    this.meters = nodes.map(() => new ServiceMeter(measureFrom));
    this.#delays = probeDelays(workloads);
    this.#probes = new Float64Array(this.#delays.length);
    this.#consistent = new Float64Array(this.#delays.length);
  }

  writeAcked(at: Instant, latency: number): void {
    if (at - latency >= this.#from) this.#writes.add(latency);
  }

  /** @param probe position of the read's delay among the distinct probe delays, or NONE; `probeOf` the write it probes */
  readAnswered(
    at: Instant,
    value: number,
    newest: number,
    isDeleted: boolean,
    probe: number,
    probeOf: number,
    latency: number,
  ): void {
    if (at - latency < this.#from) return;
    this.#reads.add(latency);
    if (isStale(value, newest, isDeleted)) this.#staleReads++;
    if (probe === NONE) return;
    this.#probes[probe] = (this.#probes[probe] ?? 0) + 1;
    if (value >= probeOf) this.#consistent[probe] = (this.#consistent[probe] ?? 0) + 1;
  }

  statistics(endedAt: Instant): Statistics {
    return {
      from: this.#from,
      writes: this.#writes.summary(),
      reads: this.#reads.summary(),
      visibility: this.#delays.map((after, probe) => ({
        after,
        reads: this.#probes[probe] ?? 0,
        consistent: this.#consistent[probe] ?? 0,
      })),
      staleReads: this.#staleReads,
      answeredReads: this.#reads.count,
      services: this.meters.map((meter, node) => meter.report(this.#nodes[node]?.name ?? '', endedAt)),
    };
  }
}

/**
 * Whether a read returned less than the newest write that was acknowledged before it was issued. The value of a key
 * that was incremented is a sum, not a write, and never stale.
 *
 * @param value the write that was returned; NONE for no value, below that a sum
 * @param newest the newest acknowledged write of the key when the read was issued, or NONE
 * @param isDeleted that write is a delete, so no value is what the read should return
 */
export function isStale(value: number, newest: number, isDeleted: boolean): boolean {
  if (value === NONE && isDeleted) return false;
  return newest !== NONE && value >= NONE && value < newest;
}
