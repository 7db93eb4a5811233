/** Latencies: what one kind of traffic draws leaves the luck of every other kind as it was. */
import { expect, it } from 'vitest';
import { Kernel } from '../../../sim/cluster/kernel.ts';
import { Latencies } from '../../../sim/cluster/latencies.ts';
import * as message from '../../../sim/cluster/messages.ts';
import { Topology } from '../../../sim/cluster/topology.ts';
import { bareScenario } from '../../support/bare-scenario.ts';

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
