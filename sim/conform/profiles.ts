/**
 * Random lives of a store. One generator never finds everything, so there are several profiles, each built for the states
 * that it names; a campaign goes through them in turn.
 *
 * Scenarios are plain data, made of arrays and records. `size: 'max'` and a floor on the length are set everywhere: by
 * default fast-check makes five operations of sixty.
 */
import fc from 'fast-check';
import type { Rule } from './rules.ts';
import type { StoreOperation, StoreScenario } from './scenario.ts';

/** A way to make scenarios, and the rules that it is there to meet. */
export interface Profile {
  readonly name: string;
  readonly about: string;
  readonly scenarios: fc.Arbitrary<StoreScenario>;
  readonly reaches: readonly Rule[];
  /** The largest payload it makes, in bytes: not for subjects that take less. */
  readonly maxPayloadBytes: number;
}

interface Weighted {
  readonly weight: number;
  readonly arbitrary: fc.Arbitrary<StoreOperation>;
}

interface Shape {
  readonly maxBytes: readonly number[];
  readonly peers: readonly number[];
  readonly bytes: fc.Arbitrary<number>;
  readonly ttl: fc.Arbitrary<number>;
  readonly by: fc.Arbitrary<number>;
  readonly offset: fc.Arbitrary<number>;
  /** How often each kind of operation is drawn. */
  readonly weights: {
    readonly enqueue: number;
    readonly take: number;
    readonly advance: number;
    readonly sweep: number;
  };
  readonly length: { readonly minLength: number; readonly maxLength: number };
}

const within = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });

function scenarios(shape: Shape): fc.Arbitrary<StoreScenario> {
  const { weights, bytes, ttl, by, offset } = shape;
  const peer = fc.constantFrom(...shape.peers);
  const operations: readonly Weighted[] = [
    { weight: weights.enqueue, arbitrary: fc.record({ op: fc.constant('enqueue'), peer, bytes, ttl }) },
    { weight: weights.take, arbitrary: fc.record({ op: fc.constant('takeFor'), peer }) },
    { weight: weights.advance, arbitrary: fc.record({ op: fc.constant('advance'), by }) },
    { weight: weights.sweep, arbitrary: fc.record({ op: fc.constant('expireNow'), offset }) },
    { weight: 1, arbitrary: reads(peer) },
  ];
  return fc.record({
    maxBytes: fc.constantFrom(...shape.maxBytes),
    operations: fc.array(fc.oneof(...operations), { ...shape.length, size: 'max' }),
  });
}

function reads(peer: fc.Arbitrary<number>): fc.Arbitrary<StoreOperation> {
  return fc.oneof(
    fc.record({ op: fc.constant('lengthFor'), peer }),
    fc.record({ op: fc.constant('totalLength') }),
    fc.record({ op: fc.constant('peersWithHints') }),
  );
}

const UNIFORM: Profile = {
  name: 'uniform',
  about: 'a bit of everything, with peers far apart',
  maxPayloadBytes: 12,
  scenarios: scenarios({
    maxBytes: [0, 30, 100],
    peers: [0, 1, 31, 32, 65_534],
    bytes: within(0, 12),
    ttl: within(0, 60),
    by: within(0, 30),
    offset: within(-40, 40),
    weights: { enqueue: 8, take: 2, advance: 3, sweep: 2 },
    length: { minLength: 30, maxLength: 60 },
  }),
  reaches: ['zeroTtl', 'emptyPayload', 'fits', 'noCap', 'overCapacity', 'takeNothing', 'takeAll', 'sweepOwnTime'],
};

const DEEP_QUEUE: Profile = {
  name: 'deep-queue',
  about: 'queues of a hundred hints with two lifetimes, seldom taken',
  maxPayloadBytes: 2,
  scenarios: scenarios({
    maxBytes: [0, 150],
    peers: [0, 0, 0, 7],
    bytes: within(1, 2),
    ttl: fc.constantFrom(40, 4_000),
    by: fc.constantFrom(1, 15),
    offset: fc.constant(0),
    weights: { enqueue: 24, take: 1, advance: 3, sweep: 2 },
    length: { minLength: 120, maxLength: 200 },
  }),
  reaches: ['takeAll', 'takeDropsDue', 'sweepDue', 'sweepNothing', 'lengths'],
};

const BOUNDARY_TTL = 5;
const AROUND_TTL = fc.constantFrom(BOUNDARY_TTL - 1, BOUNDARY_TTL, BOUNDARY_TTL + 1);

const BOUNDARY_TIMES: Profile = {
  name: 'boundary-times',
  about: 'time moves by one lifetime, give or take a microsecond',
  maxPayloadBytes: 4,
  scenarios: scenarios({
    maxBytes: [0],
    peers: [0, 1],
    bytes: within(1, 4),
    ttl: AROUND_TTL,
    by: fc.oneof(AROUND_TTL, fc.constant(1)),
    offset: fc.constantFrom(-1, 0, 0, 1),
    weights: { enqueue: 6, take: 3, advance: 4, sweep: 3 },
    length: { minLength: 20, maxLength: 40 },
  }),
  reaches: ['takeAtDeadline', 'takeBeforeDeadline', 'sweepAtDeadline', 'sweepBeforeDeadline', 'takeDropsDue'],
};

const CAP_PRESSURE: Profile = {
  name: 'cap-pressure',
  about: 'a small cap that is met all the time, with bytes in it that are past their deadline',
  maxPayloadBytes: 13,
  scenarios: scenarios({
    maxBytes: [8, 9, 10, 11, 12],
    peers: [0, 1, 2],
    bytes: fc.oneof({ weight: 6, arbitrary: within(0, 5) }, { weight: 1, arbitrary: within(8, 13) }),
    ttl: fc.constantFrom(0, 3, 50),
    by: within(1, 6),
    offset: fc.constant(0),
    weights: { enqueue: 10, take: 1, advance: 2, sweep: 1 },
    length: { minLength: 30, maxLength: 50 },
  }),
  reaches: ['exactlyFull', 'overCapacity', 'dueCounts', 'zeroTtl', 'emptyPayload'],
};

const MANY_PEERS: Profile = {
  name: 'many-peers',
  about: 'forty peers that come and go, each with a hint or two',
  maxPayloadBytes: 8,
  scenarios: scenarios({
    maxBytes: [0, 60],
    peers: Array.from({ length: 40 }, (_peer, index) => index * 3),
    bytes: within(1, 8),
    ttl: within(1, 40),
    by: within(1, 10),
    offset: fc.constantFrom(0, 0, 20),
    weights: { enqueue: 10, take: 6, advance: 2, sweep: 2 },
    length: { minLength: 50, maxLength: 90 },
  }),
  reaches: ['peers', 'takeNothing', 'takeAll', 'sweepDue', 'sweepOwnTime'],
};

const HUGE_PAYLOADS: Profile = {
  name: 'huge-payloads',
  about: 'sums of bytes beyond 32 bits; only for stores that keep sizes and no bytes',
  maxPayloadBytes: 0xffff_ffff,
  scenarios: scenarios({
    maxBytes: [0, 0x3_0000_0000],
    peers: [0, 1],
    bytes: fc.constantFrom(1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
    ttl: within(1, 60),
    by: within(1, 30),
    offset: fc.constant(0),
    weights: { enqueue: 8, take: 1, advance: 2, sweep: 2 },
    length: { minLength: 20, maxLength: 40 },
  }),
  reaches: ['noCap', 'fits', 'overCapacity', 'takeAll', 'sweepDue'],
};

/** Every profile, in the order in which a campaign goes through them. */
export const CONFORM_PROFILES: readonly Profile[] = [
  UNIFORM,
  BOUNDARY_TIMES,
  CAP_PRESSURE,
  DEEP_QUEUE,
  MANY_PEERS,
  HUGE_PAYLOADS,
];

/** Spreads the seeds of neighbouring rounds over all of 32 bits (2^32 / φ). */
const SEED_STEP = 0x9e37_79b1;

/** `count` scenarios of a profile; the same seed and round give the same ones, in every engine. */
export function drawScenarios(profile: Profile, count: number, seed: number, round: number): StoreScenario[] {
  return fc.sample(profile.scenarios, { numRuns: count, seed: (seed ^ Math.imul(round + 1, SEED_STEP)) | 0 });
}
