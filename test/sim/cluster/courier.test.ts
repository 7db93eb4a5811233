/**
 * The courier frees the row of every message once it is over, however it ends: a pool that held 256 messages at first
 * still does after more than that of each kind, of which few are under way at once.
 */
import { describe, expect, it } from 'vitest';
import { instant, peerIndex } from '../../../core/index.ts';
import { Backends } from '../../../sim/cluster/backends.ts';
import { Beliefs } from '../../../sim/cluster/beliefs.ts';
import { Clocks } from '../../../sim/cluster/clocks.ts';
import { Coordinator } from '../../../sim/cluster/coordinator.ts';
import { Courier } from '../../../sim/cluster/courier.ts';
import { detectorOf } from '../../../sim/cluster/detector.ts';
import { Handoff } from '../../../sim/cluster/handoff.ts';
import * as kind from '../../../sim/cluster/kernel.ts';
import { Kernel } from '../../../sim/cluster/kernel.ts';
import { Links } from '../../../sim/cluster/links.ts';
import { GOODBYE, HEARTBEAT, Messages, REPAIR } from '../../../sim/cluster/messages.ts';
import { Nodes } from '../../../sim/cluster/nodes.ts';
import { noOrigin } from '../../../sim/cluster/request-origin.ts';
import { Topology } from '../../../sim/cluster/topology.ts';
import { Versions } from '../../../sim/cluster/versions.ts';
import { Recorder } from '../../../sim/trace/recorder.ts';
import { NONE } from '../../../sim/trace/trace.ts';
import { scenarioOf } from '../../support/scenarios.ts';

const [A, B, C] = [0, 1, 2];
const SECOND = 1_000_000;
/** More than the rows that a pool has at first. */
const ROUNDS = 300;

/** All that messages go through between three nodes, joined as in a simulation; nothing happens of its own accord. */
class Post {
  readonly kernel = new Kernel(1);
  readonly messages = new Messages(3);
  readonly links: Links;
  readonly beliefs: Beliefs;
  readonly backends: Backends;
  readonly handoff: Handoff;
  readonly coordinator: Coordinator;
  readonly recorder: Recorder;
  readonly #courier = new Courier();

  constructor(policy = '') {
    const scenario = scenarioOf(`
hintlab: 1
duration: 1d
record: counters
nodes: [a, b, c]
detector: { fixed: { down: 1h, up: 1h, start: up } }
workload: { rate: 1/s }
${policy}
`);
    const { kernel, messages } = this;
    const topology = new Topology(scenario.nodes);
    const nodes = new Nodes(topology.count);
    const recorder = new Recorder(kernel.digest, scenario);
    const links = new Links({ kernel, topology, recorder, nodes, messages }, scenario, this.#courier);
    const clocks = new Clocks(kernel, scenario);
    const versions = new Versions(scenario);
    const beliefs = new Beliefs(topology.count, recorder);
    const world = { kernel, topology, recorder, nodes, messages, links, clocks, versions, beliefs };
    const backends = new Backends(world, scenario, this.#courier);
    const handoff = new Handoff(world, scenario);
    const coordinator = new Coordinator({ ...world, handoff, backends }, scenario);
    const detector = detectorOf(world, scenario.policy.detector, ['a', 'b', 'c']);
    this.#courier.serve({ ...world, handoff, backends, coordinator, detector });
    this.links = links;
    this.beliefs = beliefs;
    this.backends = backends;
    this.handoff = handoff;
    this.coordinator = coordinator;
    this.recorder = recorder;
  }

  /** Sends a message that nobody answers from A to B. */
  send(messageKind: number, value: number): void {
    this.links.send(this.messages.take(messageKind, A, B, NONE, value));
  }

  /** A write and a read through A. */
  ask(): void {
    this.coordinator.write(A, 0, 10, 'set', undefined, noOrigin());
    this.coordinator.read(A, 0, undefined, noOrigin());
  }

  /** A repairs B. */
  repair(): void {
    this.send(REPAIR, this.#newWrite());
  }

  /** A keeps a hint for B and looks at its queues. */
  hint(): void {
    this.handoff.keep(A, B, this.#newWrite(), 0, 10, 'peerDown', false);
    this.handoff.sweep(A);
  }

  /** Nothing gets from A to a node or back any more. */
  part(node: number): void {
    const [sources, targets] = [[peerIndex(A)], [peerIndex(node)]];
    const fault = { kind: 'partition', from: instant(0), until: instant(1), cause: '', isTwoWay: true } as const;
    this.links.setPartition(0, { ...fault, sources, targets }, true);
  }

  /** A round, and a second for all of it to come to its end; so many times. */
  rounds(round: () => void): void {
    for (let second = 1; second <= ROUNDS; second++) {
      round();
      this.kernel.at(instant(second * SECOND), kind.END, 0, 0);
      while (this.kernel.next() && this.kernel.queue.kind !== kind.END) {
        this.kernel.count();
        this.#dispatch(this.kernel.queue.kind, this.kernel.queue.a, this.kernel.queue.b);
      }
      this.kernel.count();
    }
  }

  #newWrite(): number {
    return this.recorder.writeIssued(this.kernel.now, A, 0, 10, 0, this.kernel.now, NONE);
  }

  #dispatch(event: number, a: number, b: number): void {
    if (event === kind.DELIVERY) return this.#courier.deliver(a);
    if (event === kind.CLIENT_TIMEOUT) return this.coordinator.timedOut(a === 1);
    if (event === kind.SERVICE_DONE) return this.backends.served(a, b);
    if (event === kind.LINK_PUMP) return this.links.pumped(a, b);
    if (event === kind.SESSION_RETRY) return this.handoff.sessionRetried(a, b);
    if (event === kind.SESSION_TIMEOUT) return this.handoff.sessionTimedOut(a, b);
    throw new Error(`nothing in a post schedules events of kind ${event}`);
  }
}

/** What is sent in a round, and under which policy. */
const TRAFFIC = [
  { name: 'heartbeats', policy: '', round: (post: Post) => post.send(HEARTBEAT, NONE) },
  { name: 'goodbyes', policy: '', round: (post: Post) => post.send(GOODBYE, 0) },
  { name: 'repairs', policy: '', round: (post: Post) => post.repair() },
  { name: 'requests', policy: '', round: (post: Post) => post.ask() },
  { name: 'hints that nobody acknowledges', policy: '', round: (post: Post) => post.hint() },
  { name: 'hints', policy: 'drain: { ack: each, timeout: 100ms }', round: (post: Post) => post.hint() },
] as const;

/** How it fares at a node: what is done before the first round, and at the beginning of each. */
const FARES = [
  { fare: 'arrive', policy: '', first: () => {}, before: () => {} },
  {
    fare: 'are refused',
    policy: '',
    first: ({ backends }: Post, node: number) => backends.setLoading(node, true),
    before: () => {},
  },
  { fare: 'are lost on the way', policy: '', first: (post: Post, node: number) => post.part(node), before: () => {} },
  {
    fare: 'come too late',
    policy: 'service: { late: drop }\nnetwork: { timeout: 100ms }',
    first: ({ backends }: Post, node: number) => backends.setStalled(node, true),
    before: ({ backends }: Post, node: number) => [false, true].forEach((isOn) => backends.setStalled(node, isOn)),
  },
  {
    fare: 'die with the backend',
    policy: 'network: { timeout: 100ms }',
    first: ({ backends }: Post, node: number) => backends.setStalled(node, true),
    before: ({ backends }: Post, node: number) => backends.crashed(node),
  },
] as const;

/** The pool as it is at first: with more messages than its rows it grows. */
const AT_FIRST = new Messages(3).weight;

describe.each(FARES)('messages that $fare leave no row behind', ({ policy: how, first, before }) => {
  it.each(TRAFFIC)('$name', ({ policy, round }) => {
    const post = new Post(`${policy}\n${how}`);
    first(post, B);
    post.rounds(() => {
      before(post, B);
      round(post);
    });
    expect(post.messages.weight).toBe(AT_FIRST);
  });

  it('hints that another node keeps, and reads of them', () => {
    const post = new Post(`system: riak\n${how}`);
    post.beliefs.down(A, B, instant(0));
    first(post, C);
    post.rounds(() => {
      before(post, C);
      post.ask();
    });
    expect(post.messages.weight).toBe(AT_FIRST);
  });
});
