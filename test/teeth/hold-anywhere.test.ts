/**
 * What counts as a false positive: not what a design breaks that cannot be relied on. Each precondition is shown by two
 * scenarios that differ in it alone.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { judge, treeOfText } from '../../sim/explore/index.ts';
import type { ScenarioTree } from '../../sim/explore/index.ts';
import { HOLD_ANYWHERE, HOLD_WHERE, isFalsePositive } from './hold-anywhere.ts';

function treeOf(text: string): ScenarioTree {
  const tree = treeOfText(text);
  if (tree === undefined) throw new Error('the text is a map in YAML');
  return tree;
}

/** The verdict on a property, and whether a violation of it would be a false positive there. */
function standing(tree: ScenarioTree, property: string): readonly [string | undefined, boolean] {
  const judged = judge(tree);
  if (judged.kind !== 'judged') throw new Error(`the run is ${judged.kind}`);
  const verdict = judged.results.find(({ id }) => id === property)?.verdict;
  return [verdict, isFalsePositive({ property, cause: '' }, tree)];
}

/** Both writes are acknowledged by QUORUM of all three replicas, the second by a node whose clock may be behind. */
const quorums = (clocks: string): ScenarioTree =>
  treeOf(`
hintlab: 1
system: cassandra
duration: 10s
datacentres: { dc1: { r1: [a], r2: [b], r3: [c] } }
consistency: { write: QUORUM, read: QUORUM }
${clocks}
requests:
  - { at: 2s, set: k, on: a }
  - { at: 3s, set: k, on: b }
  - { at: 4s, get: k, on: c }
`);

describe('a violation', () => {
  it('of C12 is a false positive only where no clock is off: one that is hides an acknowledged write from a quorum', () => {
    expect(standing(quorums(''), 'C12')).toEqual(['holds', true]);
    expect(standing(quorums('clocks: { b: { offset: -5s } }'), 'C12')).toEqual(['violated', false]);
    expect(standing(quorums('faults: [{ clock: b, at: 1s, step: -5s }]'), 'C12')).toEqual(['violated', false]);
  });

  it('of C12 is one only where no node comes back with nothing: such a one votes as if the write had never been', () => {
    const emptied = (fault: string): ScenarioTree =>
      treeOf(`
hintlab: 1
system: scylla
duration: 6s
datacentres: { dc1: { r1: [a], r2: [b], r3: [c] } }
consistency: QUORUM
requests:
  - { at: 1s, set: k, on: b }
  - { at: 5s, get: k, on: b }
faults:
  - { crash: c, at: 0s, for: 2s }
  - ${fault}
`);
    expect(standing(emptied('{ replace: b, at: 2s, for: 1s }'), 'C12')).toEqual(['violated', false]);
    expect(standing(emptied('{ crash: b, at: 2s, for: 1s }'), 'C12')).toEqual(['holds', true]);
  });

  it('of C12 is one only where no tombstone is reaped: what a late hint brings is newer than nothing', () => {
    const deleted = (grace: string, request = 'delete'): ScenarioTree =>
      treeOf(`
hintlab: 1
system: scylla
duration: 12s
datacentres: { dc1: { r1: [a], r2: [b], r3: [c] } }
receiver: { gcGrace: ${grace} }
consistency: QUORUM
requests:
  - { at: 1s, set: k }
  - { at: 2s, ${request}: k }
  - { at: 11s, get: k, on: c }
faults:
  - { crash: c, at: 1s, for: 1s }
`);
    expect(standing(deleted('0s'), 'C12')).toEqual(['violated', false]);
    expect(standing(deleted('1d'), 'C12')).toEqual(['holds', true]);
    expect(standing(deleted('0s', 'set'), 'C12')).toEqual(['holds', true]);
  });

  it('of C12 is one only where the last arrival does not win: a late hint takes a write from the quorum that had it', () => {
    // b has write 1 with c, and then a hint of write 0 from a; c is away when a and b are read, its hint for a not sent.
    const late = (conflict: string): ScenarioTree =>
      treeOf(`
hintlab: 1
system: cassandra
duration: 30s
datacentres: { dc1: { r1: [a], r2: [b], r3: [c] } }
detector: { fixed: { down: 0s, up: 0s } }
hints: { disk: { durability: synced } }
receiver: { conflict: ${conflict} }
consistency: QUORUM
requests:
  - { at: 1s, set: k, on: a }
  - { at: 3s, set: k, on: c }
  - { at: 25s, get: k, on: a }
faults:
  - { pauseDrain: a, at: 0s, for: 3s }
  - { pauseDrain: c, at: 0s, for: 30s }
  - { crash: b, at: 500ms, for: 1s 500ms }
  - { crash: a, at: 2s 500ms, for: 1s }
  - { crash: c, at: 20s, for: 10s }
`);
    expect(standing(late('arrival'), 'C12')).toEqual(['violated', false]);
    expect(standing(late('timestamp'), 'C12')).toEqual(['holds', true]);
  });

  it('of L5 is one only where each peer has a place: two that fail and come back at once keep a third waiting', () => {
    const starved = (sessions: number): ScenarioTree =>
      treeOf(`
hintlab: 1
seed: 607
system: riak
duration: 5m
nodes: [a, b, c, d]
drain: { sessions: ${sessions}, interval: 30s, timeout: 2s, retryAfter: 5s }
service: { time: 40ms, queue: 0 }
network: { latency: { near: 500ms } }
detector: { fixed: { down: 2s, up: 1s } }
consistency: { write: ONE, read: ALL }
workload:
  gap: { mixture: [{ weight: 4, constant: 1ms }, { weight: 1, constant: 47s }] }
  increments: 40%
  reads: 10%
  keys: 1000
  payload: 100B
  coordinators: [a]
faults: [{ loss: 100%, from: [b], to: [a], at: 2m, for: 1m }]
`);
    expect(standing(starved(2), 'L5')).toEqual(['violated', false]);
    expect(standing(starved(3), 'L5')).toEqual(['holds', true]);
  });

  it('of C11 is a false positive only where no record waits for a flush: a queue that is written anew does', () => {
    const text = readFileSync(new URL('../corpus/n01-rewritten-not-synced.yaml', import.meta.url), 'utf8');
    expect(standing(treeOf(text), 'C11')).toEqual(['violated', false]);
    const withoutPower = treeOf(text.replace('power: true', 'power: false'));
    expect(standing(withoutPower, 'C11')).toEqual(['holds', true]);
    const synced = treeOf(text.replace(/^system: dynomite-durable$/m, '$&\nhints: { disk: { durability: synced } }'));
    expect(standing(synced, 'C11')[1]).toBe(true);
  });

  it('of what holds in every design is one anywhere, and of what some design breaks nowhere', () => {
    const tree = quorums('');
    expect(HOLD_ANYWHERE.every((property) => isFalsePositive({ property, cause: '' }, tree))).toBe(true);
    expect(HOLD_ANYWHERE.some((property) => HOLD_WHERE.has(property))).toBe(false);
    expect(isFalsePositive({ property: 'I1', cause: 'expired' }, tree)).toBe(false);
  });
});
