/**
 * The portfolio: profiles, each a way to draw scenarios that goes looking for one sort of trouble. One generator is never
 * enough (properties §0, F5): what one finds in four runs, another does not in twenty thousand.
 *
 * Each is a record of weights over the same generator; run i of a hunt takes them in turn.
 */
import type { SystemName } from '../scenario/index.ts';
import type { FaultWeights } from './generate/faults.ts';
import type { ScenarioWeights } from './generate/scenario.ts';

/** A way to draw scenarios. */
export interface Profile extends ScenarioWeights {
  /** What it goes looking for, in a sentence. */
  readonly about: string;
  /** The systems that it has something to say about, where any may be drawn; undefined is all. */
  readonly systems?: readonly SystemName[];
}

/** Everything breaks, what takes nodes away more often. */
const ANY_FAULT: FaultWeights = {
  crash: 6,
  restart: 2,
  stop: 2,
  loading: 2,
  stall: 2,
  slow: 2,
  partition: 3,
  loss: 2,
  clock: 1,
  diskFull: 1,
  pauseDrain: 1,
  reindex: 1,
  replace: 3,
  flap: 1,
  collect: 1,
};

const UNIFORM: Profile = {
  about: 'Any fault at any time, over few keys.',
  mechanisms: false,
  plain: 25,
  left: 6,
  changed: [],
  looks: 4,
  long: 8,
  boundary: 30,
  faults: ANY_FAULT,
  count: [0, 5],
  clients: { script: 40, class: 70, boundary: 30, most: [12, 80] },
  clocks: 5,
};

/** Those with a cap on their hints. */
const CAPPED = ['dynomite', 'dynomite-durable', 'influxdb'] as const;
/** Those that wait for acknowledgements of hints. */
const ACKED = ['cassandra', 'scylla', 'scylla-old', 'influxdb', 'riak', 'voldemort'] as const;

/** A script of a few requests at telling moments. */
const SCRIPT = { script: 100, class: 0, boundary: 80, most: [10, 8] } as const;

/** Every profile by its name. */
export const PROFILES = {
  uniform: UNIFORM,
  deepQueue: {
    ...UNIFORM,
    about: 'Long outages and many small writes, so that queues are deeper than a channel or a session.',
    changed: ['channel.slots'],
    faults: { crash: 6, stop: 1, partition: 2, pauseDrain: 5, restart: 2 },
    count: [1, 4],
    boundary: 60,
    clients: { script: 20, class: 100, boundary: 50, most: [6, 200] },
  },
  boundaryTimes: {
    ...UNIFORM,
    about: 'Faults and requests at sweeps, deadlines, windows and timeouts, a hair before or after.',
    plain: 10,
    changed: ['hints.ttl', 'hints.window'],
    boundary: 90,
    count: [1, 4],
    clients: { ...SCRIPT, class: 30 },
  },
  capPressure: {
    ...UNIFORM,
    about: 'A cap of a few hints, and one or two peers away.',
    plain: 0,
    changed: ['hints.cap', 'channel.slots'],
    systems: CAPPED,
    faults: { crash: 8, stop: 1, partition: 2, pauseDrain: 1, restart: 1 },
    count: [1, 4],
    clients: { script: 30, class: 90, boundary: 60, most: [12, 100] },
  },
  sweepRaces: {
    ...UNIFORM,
    about: 'Requests in the very instant of a sweep, while channels and stores are full.',
    plain: 0,
    changed: ['hints.cap', 'channel.slots', 'channel.rate'],
    systems: CAPPED,
    faults: { crash: 8, pauseDrain: 1, restart: 1 },
    count: [1, 2],
    clients: { script: 30, class: 100, boundary: 90, offBeat: 70, most: [12, 150] },
  },
  overlappingOutages: {
    ...UNIFORM,
    about: 'Several nodes away at once, by crash and by partition.',
    faults: { crash: 6, stop: 2, partition: 4, replace: 5 },
    count: [2, 6],
    boundary: 60,
    clients: { script: 60, class: 60, boundary: 60, most: [10, 60] },
  },
  flapping: {
    ...UNIFORM,
    about: 'Nodes and backends that come and go faster than their peers notice.',
    faults: { flap: 5, restart: 3, stall: 2, stop: 1, crash: 2 },
    count: [1, 3],
  },
  restartStorms: {
    ...UNIFORM,
    about: 'Coordinators that restart with hints in their hands: torn tails, other peer tables, lost power.',
    faults: { restart: 4, crash: 8, reindex: 4, stop: 1, replace: 5 },
    count: [2, 7],
    boundary: 70,
    clients: { script: 60, class: 60, boundary: 70, most: [10, 60] },
  },
  slowReceiver: {
    ...UNIFORM,
    about: 'Replicas that answer late, with errors or not at all.',
    changed: ['service.time', 'drain.timeout'],
    looks: 10,
    faults: { loading: 4, stall: 4, slow: 4, crash: 6, loss: 2 },
    count: [1, 4],
  },
  failingDelivery: {
    ...UNIFORM,
    about: 'A node that is back and does not take its hints: loading, stalled, slow, or behind a bad link.',
    plain: 0,
    changed: [
      'drain.interval',
      'drain.timeout',
      'drain.retryAfter',
      'drain.retryUpTo',
      'service.time',
      'service.queue',
      'network.latency',
    ],
    systems: ACKED,
    looks: 16,
    faults: { crash: 12, loading: 2, stall: 1, loss: 1 },
    count: [1, 2],
    boundary: 80,
    clients: { script: 20, class: 100, boundary: 60, most: [10, 150] },
  },
  policySwarm: {
    ...UNIFORM,
    about: 'Designs that nobody has built: every mechanism drawn on its own.',
    mechanisms: true,
    plain: 0,
    left: 3,
    boundary: 50,
    clocks: 15,
  },
  clocks: {
    ...UNIFORM,
    about: 'Wall clocks that are off, drift and jump.',
    changed: ['hints.ttl'],
    faults: { clock: 6, crash: 6, restart: 6 },
    count: [2, 5],
    boundary: 60,
    clients: { script: 60, class: 60, boundary: 60, most: [10, 60] },
    clocks: 70,
  },
  disk: {
    ...UNIFORM,
    about: 'Hint disks that are slow, small, full, or lose what was not flushed.',
    plain: 10,
    left: 2,
    faults: { crash: 8, diskFull: 4, restart: 2, stall: 2 },
    count: [2, 5],
    boundary: 50,
  },
  staleReads: {
    ...UNIFORM,
    about: 'Reads on the heels of writes, returns and sweeps.',
    faults: { crash: 6, stop: 1, partition: 3, restart: 2, loss: 1, collect: 2 },
    count: [0, 4],
    boundary: 60,
    clients: { ...SCRIPT, class: 40, most: [16, 60] },
  },
  lateHint: {
    ...UNIFORM,
    about: 'A write while a node is away, another one when it is back, and a sweep after that.',
    plain: 60,
    faults: { crash: 6, stop: 2, restart: 3, collect: 2, pauseDrain: 1 },
    count: [1, 3],
    boundary: 50,
    clients: SCRIPT,
  },
} as const satisfies Readonly<Record<string, Profile>>;

/** The name of a profile. */
export type ProfileName = keyof typeof PROFILES;

/** Every name, in the order of the portfolio. */
export const PROFILE_NAMES: readonly ProfileName[] = [
  'uniform',
  'deepQueue',
  'boundaryTimes',
  'capPressure',
  'sweepRaces',
  'overlappingOutages',
  'flapping',
  'restartStorms',
  'slowReceiver',
  'failingDelivery',
  'policySwarm',
  'clocks',
  'disk',
  'staleReads',
  'lateHint',
];
