/**
 * Gossip on wires alone: whom heartbeats go to in a round, to every peer or to one by lot, what is known of
 * whom by it, and what becomes of a goodbye.
 */
import { describe, expect, it } from 'vitest';
import { instant, peerIndex } from '../../../core/index.ts';
import { RandomStreams } from '../../../sim/engine/index.ts';
import { scenarioOf, traceOf } from '../../support/scenarios.ts';
import { Wired } from '../../support/wired.ts';

const SECOND = 1_000_000;

/** Nodes n0, n1, … with a detector and nothing else; near latency 1 ms. */
function gossiping(count: number, detector: string, seed = 1): Wired {
  const names = Array.from({ length: count }, (_, node) => `n${node}`).join(', ');
  const scenario = scenarioOf(`
hintlab: 1
duration: 1h
nodes: [${names}]
channel: { reconnect: 0s, afterClose: reconnect }
detector: { ${detector} }
workload: { rate: 1/s }
`);
  return new Wired({ ...scenario, seed });
}

describe('gossip to every peer', () => {
  it('goes to each of the others in every round, and to nobody else', () => {
    const cluster = gossiping(3, 'phi: { gossip: 1s }');
    cluster.start();
    cluster.runTo(10 * SECOND - 1);
    const ways = cluster.arrivals.map(({ from, to }) => `${from}${to}`);
    expect(ways).toHaveLength(3 * 2 * 10);
    expect(new Set(ways)).toEqual(new Set(['01', '02', '10', '12', '20', '21']));
  });

  it('is refused where the channel has no room, and counted', () => {
    // A message takes 10 s. Of the ten heartbeats of each node, of 0 to 9 s, the first has the only place.
    const { totals } = traceOf(
      scenarioOf(`
hintlab: 1
duration: 9500ms
nodes: [a, b]
channel: { slots: 1, rate: 0.1/s }
detector: { phi: { gossip: 1s } }
requests: []
`),
    );
    expect(totals.messages).toEqual({ sent: 2, delivered: 0, dropped: 0, refused: 18 });
  });
});

describe('gossip to one peer by lot', () => {
  it('goes to nobody where there is no other node', () => {
    const cluster = gossiping(1, 'phi: { gossip: 1s, to: one }');
    cluster.start();
    cluster.runTo(10 * SECOND - 1);
    expect(cluster.arrivals).toEqual([]);
    expect(cluster.kernel.now).toBe(10 * SECOND - 1);
  });

  it.each([
    [3, 2.333333],
    [4, 3.190789],
    [5, 3.933116],
  ])('informs all of %i nodes in %f rounds on average (validation A11)', (count, expected) => {
    const trials = 600;
    const rounds = Array.from({ length: trials }, (_, trial) => {
      const cluster = gossiping(count, 'phi: { gossip: 1s, to: one }', trial);
      cluster.start();
      const isInformed = (): boolean => cluster.topology.peers.every((node) => !cluster.beliefs.isDown(node, 0));
      for (let round = 1; round <= 100; round++) {
        cluster.runTo((round - 1) * SECOND + 10_000);
        if (isInformed()) return round;
      }
      return NaN;
    });
    const mean = rounds.reduce((sum, round) => sum + round, 0) / trials;
    const variance = rounds.reduce((sum, round) => sum + (round - mean) ** 2, 0) / trials;
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(variance / trials));
  });

  it('goes to the only peer there is in every round', () => {
    const cluster = gossiping(2, 'phi: { gossip: 1s, to: one }');
    cluster.start();
    cluster.runTo(10 * SECOND - 1);
    for (const node of [0, 1]) expect(cluster.arrivals.filter(({ from }) => from === node)).toHaveLength(10);
  });

  it('goes to peers by the luck of each node alone', () => {
    const cluster = gossiping(4, 'phi: { gossip: 1s, to: one }', 7);
    cluster.start();
    cluster.runTo(60 * SECOND);
    cluster.crash(3); // no luck of anybody's
    cluster.runTo(100 * SECOND - 1);
    const streams = new RandomStreams(7);
    for (const node of [0, 1, 2]) {
      const luck = streams.open(`node n${node}`, 'gossip');
      // A lot of three, for the peers in their order; one beat a second, from 0 s on.
      const lots = Array.from({ length: 100 }, () => streams.below(luck, 3)).map((lot) => (lot < node ? lot : lot + 1));
      const heardOf = (peer: number): number =>
        cluster.arrivals.filter(({ from, to }) => from === node && to === peer).length;
      for (const peer of [0, 1, 2]) expect(heardOf(peer)).toBe(lots.filter((lot) => lot === peer).length);
    }
  });

  it.each([0, 1, 2])('tells a node nothing that has not reached it: deaf, n%i takes all others for Down', (node) => {
    const cluster = gossiping(3, 'phi: { gossip: 1s, to: one }');
    cluster.start();
    cluster.runTo(100 * SECOND);
    const others = [0, 1, 2].filter((other) => other !== node);
    const deaf = {
      kind: 'partition',
      from: instant(0),
      until: instant(1),
      cause: '',
      sources: others.map(peerIndex),
      targets: [peerIndex(node)],
      isTwoWay: false,
    } as const;
    cluster.links.setPartition(0, deaf, true);
    cluster.runTo(300 * SECOND);
    const downFor = (observer: number): readonly number[] =>
      [0, 1, 2].filter((peer) => peer !== observer && cluster.beliefs.isDown(observer, peer));
    expect([downFor(node), ...others.map(downFor)]).toEqual([others, [], []]);
  });

  it('does not take what a third node last heard of the dead for a heartbeat, after a restart', () => {
    const cluster = gossiping(3, 'phi: { gossip: 1s, to: one }');
    cluster.start();
    cluster.runTo(100 * SECOND);
    cluster.crash(2);
    cluster.crash(0);
    cluster.runTo(101 * SECOND);
    cluster.restart(0);
    cluster.runTo(200 * SECOND);
    expect(cluster.beliefs.isDown(0, 1)).toBe(false);
    expect(cluster.beliefs.isDown(0, 2)).toBe(true);
    expect(cluster.beliefs.isDown(1, 2)).toBe(true);
  });
});

describe('an announced stop', () => {
  it('is believed at once, undone at the next look, and convicted by silence in the end (H17)', () => {
    const cluster = gossiping(2, 'phi: { gossip: 1s }');
    cluster.start();
    cluster.runTo(100_500_000);
    cluster.stop(1);
    cluster.runTo(100_501_500);
    expect(cluster.beliefs.isDown(0, 1)).toBe(true);
    cluster.runTo(101_500_000);
    expect(cluster.beliefs.isDown(0, 1)).toBe(false);
    // Silent since 100.001 s, so suspected after 118.42 s: seen at 119 s.
    cluster.runTo(118_500_000);
    expect(cluster.beliefs.isDown(0, 1)).toBe(false);
    cluster.runTo(119_500_000);
    expect(cluster.beliefs.isDown(0, 1)).toBe(true);
  });

  it('stands with the fixed detector', () => {
    const cluster = gossiping(2, 'fixed: { down: 20s, up: 0s }');
    cluster.start();
    cluster.runTo(10 * SECOND);
    cluster.stop(1);
    cluster.runTo(10 * SECOND + 1_000);
    expect(cluster.beliefs.isDown(0, 1)).toBe(true);
    cluster.runTo(60 * SECOND);
    expect(cluster.beliefs.isDown(0, 1)).toBe(true);
  });
});
