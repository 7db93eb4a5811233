/**
 * Random lives of a hint store, as plain data: a cap and a list of operations. Every operation makes sense in every
 * state, so any part of a scenario is a scenario and shrinking can delete freely.
 *
 * One generator never finds everything, so there are several profiles, each built for the states it names.
 * `size: 'max'` and a floor on the length are set everywhere: by default fast-check makes five operations of sixty.
 */
import fc from 'fast-check';

export type Operation =
  | {
      readonly op: 'enqueue';
      readonly peer: number;
      readonly byteLength: number;
      readonly ttl: number;
      /** How many such hints, one after the other. */
      readonly count: number;
    }
  | { readonly op: 'take'; readonly peer: number }
  | { readonly op: 'advance'; readonly by: number }
  /** A sweep at `offset` from the clock's now, kept inside the axis of time. */
  | { readonly op: 'sweep'; readonly offset: number }
  | { readonly op: 'clear' };

export interface StoreScenario {
  readonly maxBytes: number;
  readonly operations: readonly Operation[];
}

export const STATES = [
  'refused at the cap',
  'filled exactly to the cap',
  'expired bytes blocked the cap',
  'zero ttl refused',
  'zero ttl of an empty payload',
  'zero ttl at a full store',
  'empty payload refused',
  'expired at its exact deadline',
  'kept one microsecond before its deadline',
  'delivered one microsecond before its deadline',
  'expired inside a queue',
  'a whole block expired inside a queue',
  'queue of several blocks',
  'a take dropped some and delivered some',
  'took from a peer without hints',
  'peer vanished at a take',
  'peer vanished at a sweep',
  'swept earlier than the clock',
  'swept later than the clock',
  'deadline saturated',
  'held more than 2^32 bytes',
  'cleared while holding hints',
] as const;

export type State = (typeof STATES)[number];

export interface Profile {
  readonly name: string;
  readonly peers: readonly number[];
  readonly scenarios: fc.Arbitrary<StoreScenario>;
  readonly numRuns: number;
  /** The mean number of operations must exceed this. */
  readonly meanLengthFloor: number;
  /** The states this profile is here for. */
  readonly reaches: readonly State[];
}

const FAR = Number.MAX_SAFE_INTEGER;
const HUGE = 0xffff_ffff;

interface Fields {
  readonly peers: readonly number[];
  readonly byteLength: fc.Arbitrary<number>;
  readonly ttl: fc.Arbitrary<number>;
  readonly count?: fc.Arbitrary<number>;
}

const enqueues = ({ peers, byteLength, ttl, count = fc.constant(1) }: Fields): fc.Arbitrary<Operation> =>
  fc.record({ op: fc.constant('enqueue' as const), peer: fc.constantFrom(...peers), byteLength, ttl, count });
const takes = (peers: readonly number[]): fc.Arbitrary<Operation> =>
  fc.record({ op: fc.constant('take' as const), peer: fc.constantFrom(...peers) });
const advances = (by: fc.Arbitrary<number>): fc.Arbitrary<Operation> =>
  fc.record({ op: fc.constant('advance' as const), by });
const sweeps = (offset: fc.Arbitrary<number>): fc.Arbitrary<Operation> =>
  fc.record({ op: fc.constant('sweep' as const), offset });
const clears: fc.Arbitrary<Operation> = fc.constant({ op: 'clear' });

function scenarios(
  maxBytes: fc.Arbitrary<number>,
  length: { readonly minLength: number; readonly maxLength: number },
  ...operations: readonly { readonly weight: number; readonly arbitrary: fc.Arbitrary<Operation> }[]
): fc.Arbitrary<StoreScenario> {
  return fc.record({ maxBytes, operations: fc.array(fc.oneof(...operations), { ...length, size: 'max' }) });
}

/** A bit of everything: far peers, huge payloads, deadlines beyond the end of time. */
function uniform(): Profile {
  const peers = [0, 1, 31, 32, 65_534];
  const byteLength = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 12 }) },
    { weight: 1, arbitrary: fc.constantFrom(2 ** 31 - 1, 2 ** 31, HUGE) },
  );
  const ttl = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: 0, max: 60 }) },
    { weight: 1, arbitrary: fc.constantFrom(FAR - 1, FAR) },
  );
  const offset = fc.oneof(
    { weight: 8, arbitrary: fc.integer({ min: -40, max: 40 }) },
    { weight: 1, arbitrary: fc.constantFrom(-FAR, FAR) },
  );
  return {
    name: 'uniform',
    peers,
    numRuns: 1_000,
    meanLengthFloor: 40,
    scenarios: scenarios(
      fc.constantFrom(0, 30, 100, 3 * 2 ** 32),
      { minLength: 30, maxLength: 80 },
      { weight: 8, arbitrary: enqueues({ peers, byteLength, ttl }) },
      { weight: 2, arbitrary: takes(peers) },
      { weight: 3, arbitrary: advances(fc.integer({ min: 0, max: 30 })) },
      { weight: 2, arbitrary: sweeps(offset) },
      { weight: 1, arbitrary: clears },
    ),
    reaches: [
      'refused at the cap',
      'zero ttl refused',
      'zero ttl of an empty payload',
      'empty payload refused',
      'expired inside a queue',
      'took from a peer without hints',
      'peer vanished at a take',
      'peer vanished at a sweep',
      'swept earlier than the clock',
      'swept later than the clock',
      'a take dropped some and delivered some',
      'deadline saturated',
      'held more than 2^32 bytes',
      'cleared while holding hints',
    ],
  };
}

/** Queues of many blocks, filled in bursts of unequal lifetimes, so that blocks die in the middle of a chain. */
function deepQueues(): Profile {
  const peers = [0, 7];
  // Values repeat where they should be drawn more often: bursts that bury a whole block, in the queue of peer 0.
  const enqueue: Fields = {
    peers: [0, 0, 0, 0, 7],
    byteLength: fc.constantFrom(1, 2),
    ttl: fc.constantFrom(20, 2_000),
    count: fc.constantFrom(1, 127, 128, 129, 260, 260, 260),
  };
  return {
    name: 'deep queues',
    peers,
    numRuns: 120,
    meanLengthFloor: 20,
    scenarios: scenarios(
      fc.constantFrom(0, 1_500),
      { minLength: 20, maxLength: 30 },
      { weight: 8, arbitrary: enqueues(enqueue) },
      { weight: 1, arbitrary: takes([0, 7, 7]) },
      { weight: 2, arbitrary: advances(fc.constantFrom(1, 20)) },
      { weight: 2, arbitrary: sweeps(fc.constantFrom(0, 20, 20, 20)) },
    ),
    reaches: ['queue of several blocks', 'a whole block expired inside a queue', 'expired inside a queue'],
  };
}

/** Time moves in steps of one lifetime, give or take a microsecond. */
function boundaryTimes(): Profile {
  const peers = [0, 1];
  const ttl = 5;
  const around = fc.constantFrom(ttl - 1, ttl, ttl + 1);
  return {
    name: 'boundary times',
    peers,
    numRuns: 500,
    meanLengthFloor: 25,
    scenarios: scenarios(
      fc.constant(0),
      { minLength: 20, maxLength: 40 },
      { weight: 6, arbitrary: enqueues({ peers, byteLength: fc.integer({ min: 1, max: 4 }), ttl: around }) },
      { weight: 2, arbitrary: takes(peers) },
      { weight: 4, arbitrary: advances(fc.oneof(around, fc.constant(1))) },
      { weight: 3, arbitrary: sweeps(fc.constantFrom(-1, 0, 0, 1)) },
    ),
    reaches: [
      'expired at its exact deadline',
      'kept one microsecond before its deadline',
      'delivered one microsecond before its deadline',
      'peer vanished at a sweep',
      'a take dropped some and delivered some',
    ],
  };
}

/** A small cap that is met all the time, with bytes in it that are past their deadline. */
function capPressure(): Profile {
  const peers = [0, 1, 2];
  const enqueue: Fields = {
    peers,
    byteLength: fc.integer({ min: 0, max: 5 }),
    ttl: fc.constantFrom(0, 3, 50),
  };
  return {
    name: 'cap pressure',
    peers,
    numRuns: 500,
    meanLengthFloor: 35,
    scenarios: scenarios(
      fc.integer({ min: 8, max: 12 }),
      { minLength: 30, maxLength: 60 },
      { weight: 10, arbitrary: enqueues(enqueue) },
      { weight: 1, arbitrary: takes(peers) },
      { weight: 2, arbitrary: advances(fc.integer({ min: 1, max: 6 })) },
      { weight: 1, arbitrary: sweeps(fc.constant(0)) },
    ),
    reaches: [
      'refused at the cap',
      'filled exactly to the cap',
      'expired bytes blocked the cap',
      'zero ttl at a full store',
      'empty payload refused',
    ],
  };
}

export const PROFILES: readonly Profile[] = [uniform(), deepQueues(), boundaryTimes(), capPressure()];
