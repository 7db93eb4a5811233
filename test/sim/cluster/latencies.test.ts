/**
 * Latencies: what one kind of traffic draws leaves the luck of every other kind as it was; and what the distance adds,
 * and a slow node.
 */
import { expect, it } from 'vitest';
import { Kernel } from '../../../sim/cluster/kernel.ts';
import { Latencies } from '../../../sim/cluster/latencies.ts';
import * as message from '../../../sim/cluster/messages.ts';
import { Topology } from '../../../sim/cluster/topology.ts';
import { microseconds } from '../../../core/index.ts';
import { bareNode, bareScenario } from '../../support/bare-scenario.ts';

/** Kinds of messages by what they are for: a group has its luck to itself on every link. */
const TRAFFIC = [
  { name: 'requests', kinds: [message.WRITE, message.READ, message.KEEP, message.PEEK] },
  { name: 'replay', kinds: [message.HINT] },
  { name: 'gossip', kinds: [message.HEARTBEAT, message.GOODBYE] },
  { name: 'repairs', kinds: [message.REPAIR] },
  {
    name: 'replies',
    kinds: [message.REPLY_TO_WRITE, message.REPLY_TO_READ, message.REPLY_TO_KEEP, message.REPLY_TO_PEEK],
  },
  { name: 'replies to replay', kinds: [message.REPLY_TO_HINT] },
] as const;

const KINDS = TRAFFIC.flatMap(({ name, kinds }) => kinds.map((kind) => ({ name, kind })));

/** Five latencies of a kind from a to b; before each, one of another kind is drawn, or none. */
function latenciesOf(kind: number, drawnBetween: number | undefined): number[] {
  const scenario = bareScenario();
  const law = { kind: 'exponential', mean: 1_000_000 } as const;
  const world = { kernel: new Kernel(1), topology: new Topology(scenario.nodes) };
  const network = { ...scenario.network, sameDatacentre: law };
  const latencies = new Latencies(world, { ...scenario, network });
  return Array.from({ length: 5 }, () => {
    if (drawnBetween !== undefined) latencies.of(0, 1, drawnBetween);
    return latencies.of(0, 1, kind);
  });
}

it('every kind of message is for something', () => {
  expect(KINDS.map(({ kind }) => kind).toSorted((a, b) => a - b)).toEqual(
    Array.from({ length: 13 }, (_, kind) => kind),
  );
});

it.each(KINDS)('the luck of kind $kind ($name) depends on that of its own traffic alone', ({ name, kind }) => {
  const alone = latenciesOf(kind, undefined);
  for (const other of KINDS) {
    const beside = latenciesOf(kind, other.kind);
    if (other.name === name) expect(beside).not.toEqual(alone);
    else expect(beside).toEqual(alone);
  }
});

it('between datacentres take so much longer, whatever their law', () => {
  const nodes = [bareNode('a'), bareNode('b'), { ...bareNode('c'), datacentre: 'dc2' }];
  const scenario = bareScenario({ nodes });
  const near = { kind: 'constant', value: 1_000 } as const;
  const network = {
    ...scenario.network,
    sameDatacentre: near,
    crossDatacentre: { kind: 'constant', value: 30_000 },
    byPurpose: { replay: { kind: 'constant', value: 5_000 } },
  } as const;
  for (const farExtra of [0, 1, 700]) {
    const world = { kernel: new Kernel(1), topology: new Topology(nodes) };
    const latencies = new Latencies(world, { nodes, network: { ...network, farExtra: microseconds(farExtra) } });
    const took = (to: number, kind: number): number => latencies.of(0, to, kind);
    expect([took(1, message.WRITE), took(1, message.HINT)]).toEqual([1_000, 5_000]);
    expect([took(2, message.WRITE), took(2, message.HINT)]).toEqual([30_000 + farExtra, 5_000 + farExtra]);
  }
});

it('of a node to its own backend are rounded to whole microseconds, times its factor', () => {
  const scenario = bareScenario({ network: { ...bareScenario().network, local: { kind: 'constant', value: 333 } } });
  const latencies = new Latencies({ kernel: new Kernel(1), topology: new Topology(scenario.nodes) }, scenario);
  latencies.setSlow(1, 1.5); // 499.5
  latencies.setSlow(2, 1e300);
  expect([0, 1, 2].map((node) => latencies.ofOwn(node))).toEqual([333, 500, Number.MAX_SAFE_INTEGER]);
  latencies.setSlow(2, 2);
  expect(latencies.ofOwn(2)).toBe(666);
});
