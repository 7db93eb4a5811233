/**
 * Section 1: WARS as a scenario (Bailis et al., VLDB 2012). A proxy coordinates, so no replica is nearer than another;
 * latencies go by what travels (W, A, R, S); all replicas are asked and the first answers count; a read follows each
 * acknowledged write at each probe delay. Every trial is a write of its own among so many keys that two writes of one key
 * hardly ever meet.
 */
import { inMillis } from './scenario-file.ts';
import type { ScenarioFile } from './scenario-file.ts';

/** Trials of a case, and how fast they come. */
export const TRIALS = 200_000;
const PER_SECOND = 1_000;
const WARM_UP_SECONDS = 1;

type Law = Readonly<Record<string, unknown>>;

/** The latencies of a preset: of a write to its replica, and of everything else. */
export interface Fit {
  readonly write: Law;
  readonly others: Law;
}

/** Bailis et al. 2012, Table 3: Pareto with probability q, else exponential. Milliseconds, the exponential by its rate. */
function fit(q: number, scale: number, shape: number, rate: number): Law {
  const pareto = { weight: q, pareto: { scale: inMillis(scale), shape } };
  return { mixture: [pareto, { weight: 1 - q, exponential: inMillis(1 / rate) }] };
}

const SSD_LAW = fit(0.9122, 0.235, 10, 1.66);
/** LinkedIn's cluster on SSDs, its writes on disks, and Yammer's. */
export const SSD: Fit = { write: SSD_LAW, others: SSD_LAW };
export const DISK: Fit = { write: fit(0.38, 1.05, 1.51, 0.183), others: SSD_LAW };
export const YMMR: Fit = { write: fit(0.939, 3, 3.5, 0.0028), others: fit(0.982, 1.5, 3.8, 0.0217) };

/** Milliseconds in a unit of time of the exponential rows. */
export const UNIT = 10;

/** Exponential W of rate λ and A = R = S of rate μ, per unit of time. */
export function exponentials(lambda: number, mu: number): Fit {
  return { write: { exponential: inMillis(UNIT / lambda) }, others: { exponential: inMillis(UNIT / mu) } };
}

/** How many replicas there are, and how many must answer. */
export interface Quorum {
  readonly n: number;
  readonly r: number;
  readonly w: number;
}

/** A WARS scenario. `probes` in milliseconds. */
export function wars({ n, r, w }: Quorum, { write, others }: Fit, probes: readonly number[], trials = TRIALS) {
  const seconds = WARM_UP_SECONDS + trials / PER_SECOND;
  return {
    duration: `${seconds + 120}s`,
    record: 'counters',
    nodes: Array.from({ length: n }, (_, index) => `r${index + 1}`),
    proxies: ['p'],
    hints: { enabled: false },
    drain: { enabled: false },
    receiver: { conflict: 'timestamp' },
    reads: { fanout: 'all', answer: 'newest', repair: false },
    channel: { slots: 1_000_000, rate: 'unlimited', order: 'free' },
    detector: { fixed: { down: '0s', up: '0s' } },
    consistency: { write: w, read: r },
    network: { latency: { write, ack: others, read: others, response: others }, timeout: '100s' },
    workload: {
      rate: `${PER_SECOND}/s`,
      from: `${WARM_UP_SECONDS}s`,
      until: `${seconds}s`,
      keys: 1_000_000,
      coordinators: ['p'],
      probes: probes.map(inMillis),
    },
  } satisfies ScenarioFile;
}

/**
 * The WAN fit: a replica and a proxy in each datacentre, and a proxy by lot for each request, so that one random replica is
 * near; messages to and from the others take 75 ms more.
 */
export function wan(quorum: Quorum, probes: readonly number[]) {
  const { nodes, network, workload, ...rest } = wars(quorum, DISK, probes);
  const places = nodes.map((node, index) => ({ node, place: `dc${index + 1}`, proxy: `p${index + 1}` }));
  return {
    ...rest,
    datacentres: Object.fromEntries(places.map(({ node, place }) => [place, { rack: [node] }])),
    proxies: Object.fromEntries(places.map(({ place, proxy }) => [place, [proxy]])),
    network: { ...network, latency: { ...network.latency, farExtra: '75ms' } },
    workload: { ...workload, coordinators: places.map(({ proxy }) => proxy), choose: 'random' },
  } satisfies ScenarioFile;
}
