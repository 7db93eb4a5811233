/**
 * What a generator changes about a system. **Settings** are numbers that whoever runs the system sets: times, sizes, rates;
 * the system is still that system. **Mechanisms** are what the system is: only the swarm of policies changes those, and
 * what it finds is about a design, not about a system by name.
 *
 * Settings are far smaller than anybody's, so that a run of a minute meets a deadline, a cap and a closing window. One
 * that the policy has no use for is left out: files say nothing that has no effect.
 */
import type { Policy } from '../../scenario/model/policy.ts';
import type { Tree } from '../scenario-tree.ts';

/** What a setting depends on: of the preset, with the mechanisms that were changed. */
export interface Design {
  readonly policy: Policy;
  readonly ack: Policy['drain']['ack'];
  readonly durability: Policy['hints']['disk']['durability'];
  readonly conflict: Policy['receiver']['conflict'];
  /** Mechanisms are changed too, so that a bound the system has not may be given. */
  readonly isSwarm: boolean;
}

/** One key of a scenario file, and what is written there. */
export interface Axis {
  /** Section, key, and the key within that: `hints`, `disk`, `flush`. */
  readonly path: readonly [section: string, ...keys: string[]];
  readonly values: readonly Tree[];
  readonly applies: (design: Design) => boolean;
}

/** Longer lives and graces than this mean for ever. */
const FOR_EVER = 31_536_000_000_000;
/** More slots than this in a preset mean that its channels have no bound. */
const BOUNDED_SLOTS = 100_000;

const always = (): boolean => true;
const waitsForAcks = ({ ack }: Design): boolean => ack === 'each';
const isSwept = ({ ack }: Design): boolean => ack === 'none';
const isOnDisk = ({ durability }: Design): boolean => durability !== 'ram';

/** The numbers. */
export const SETTINGS: readonly Axis[] = [
  {
    path: ['hints', 'ttl'],
    values: ['5s', '20s', '1m'],
    applies: ({ policy, isSwarm }) => isSwarm || policy.hints.ttl < FOR_EVER,
  },
  {
    path: ['hints', 'cap'],
    values: ['300B', '1KiB', '3KiB'],
    applies: ({ policy, isSwarm }) => isSwarm || policy.hints.maxBytes > 0,
  },
  {
    path: ['hints', 'window'],
    values: ['5s', '15s', '40s'],
    applies: ({ policy, isSwarm }) => isSwarm || policy.hints.window > 0,
  },
  {
    path: ['hints', 'inFlight'],
    values: ['300B', '2KiB'],
    applies: ({ policy, isSwarm }) => isSwarm || policy.hints.inFlightBytes > 0,
  },
  {
    path: ['hints', 'disk', 'flush'],
    values: ['1s', '4s'],
    applies: ({ durability }) => durability === 'buffered' || durability === 'written',
  },
  { path: ['hints', 'disk', 'rate'], values: ['200B/s', '1KiB/s'], applies: isOnDisk },
  { path: ['hints', 'disk', 'capacity'], values: ['500B', '4KiB'], applies: isOnDisk },
  { path: ['drain', 'interval'], values: ['2s', '5s', '10s', '30s'], applies: always },
  { path: ['drain', 'concurrency'], values: [1, 4, 16], applies: waitsForAcks },
  {
    path: ['drain', 'throttle'],
    values: ['200B/s', '2KiB/s'],
    applies: (design) => waitsForAcks(design) && (design.isSwarm || design.policy.drain.throttle > 0),
  },
  { path: ['drain', 'sessions'], values: [1, 2], applies: waitsForAcks },
  { path: ['drain', 'timeout'], values: ['100ms', '500ms', '2s'], applies: waitsForAcks },
  { path: ['drain', 'retryAfter'], values: ['200ms', '1s', '5s', 'interval'], applies: waitsForAcks },
  {
    path: ['drain', 'retryUpTo'],
    values: ['2s', '10s', '30s'],
    applies: (design) => waitsForAcks(design) && (design.isSwarm || design.policy.drain.retryUpTo > 0),
  },
  {
    path: ['receiver', 'gcGrace'],
    values: ['3s', '10s'],
    applies: ({ policy, conflict, isSwarm }) =>
      conflict !== 'arrival' && (isSwarm || (policy.receiver.gcGrace > 0 && policy.receiver.gcGrace < FOR_EVER)),
  },
  {
    path: ['channel', 'slots'],
    values: [1, 4, 16],
    applies: ({ policy, isSwarm }) => isSwarm || policy.channel.slots < BOUNDED_SLOTS,
  },
  { path: ['channel', 'rate'], values: ['4/s', '50/s'], applies: always },
  { path: ['channel', 'reconnect'], values: ['0s', '200ms', '4s'], applies: always },
  { path: ['service', 'time'], values: ['5ms', '40ms', { exponential: '50ms' }], applies: always },
  { path: ['service', 'queue'], values: [0, 2, 10], applies: always },
  { path: ['network', 'timeout'], values: ['200ms', '1s', '3s'], applies: always },
  { path: ['drain', 'hold'], values: ['20ms', '500ms'], applies: isSwept },
  {
    path: ['network', 'latency'],
    values: [
      { near: '20ms' },
      { near: { exponential: '30ms' } },
      { near: { uniform: ['1ms', '300ms'] } },
      { near: '500ms' },
    ],
    applies: always,
  },
];

/** The mechanisms. */
export const MECHANISMS: readonly Axis[] = [
  { path: ['hints', 'enabled'], values: [false], applies: always },
  { path: ['hints', 'capScope'], values: ['node', 'peer'], applies: always },
  { path: ['hints', 'on', 'peerDown'], values: [true, false], applies: always },
  { path: ['hints', 'on', 'channelFull'], values: [true, false], applies: always },
  { path: ['hints', 'on', 'timeout'], values: ['never', 'always', 'acked'], applies: always },
  { path: ['hints', 'on', 'error'], values: [true, false], applies: always },
  { path: ['hints', 'on', 'queued'], values: [true, false], applies: always },
  { path: ['hints', 'vote'], values: ['full', 'any', 'none'], applies: always },
  { path: ['hints', 'holder'], values: ['coordinator', 'fallback'], applies: always },
  { path: ['hints', 'self'], values: [true, false], applies: always },
  { path: ['hints', 'coalesce'], values: [true, false], applies: always },
  { path: ['hints', 'disk', 'durability'], values: ['ram', 'buffered', 'written', 'synced'], applies: always },
  { path: ['hints', 'disk', 'tornTail'], values: ['kept', 'truncated'], applies: isOnDisk },
  { path: ['drain', 'ack'], values: ['none', 'each'], applies: always },
  { path: ['drain', 'first'], values: ['start', 'interval'], applies: always },
  { path: ['drain', 'adapt'], values: ['fixed', 'aimd'], applies: waitsForAcks },
  { path: ['receiver', 'conflict'], values: ['arrival', 'timestamp', 'vectorClock'], applies: always },
  { path: ['reads', 'fanout'], values: ['needed', 'all'], applies: always },
  { path: ['reads', 'answer'], values: ['bytes', 'newest'], applies: always },
  { path: ['reads', 'repair'], values: [true, false], applies: always },
  { path: ['reads', 'fallback'], values: [true, false], applies: always },
  { path: ['channel', 'afterClose'], values: ['reconnect', 'ended'], applies: always },
  { path: ['channel', 'order'], values: ['fifo', 'free'], applies: always },
  { path: ['service', 'late'], values: ['execute', 'drop'], applies: always },
  { path: ['hints', 'addressedBy'], values: ['position', 'node'], applies: isOnDisk },
];
