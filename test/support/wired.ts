/**
 * A cluster of wires alone: nodes, links and a detector, without coordinators, backends or hints. What arrives and what
 * is lost is written down; heartbeats and goodbyes reach the detector.
 */
import { instant } from '../../core/index.ts';
import { Beliefs } from '../../sim/cluster/beliefs.ts';
import { detectorOf } from '../../sim/cluster/detector.ts';
import type { FailureDetector } from '../../sim/cluster/failure-detector.ts';
import * as kind from '../../sim/cluster/kernel.ts';
import { Kernel } from '../../sim/cluster/kernel.ts';
import { Links } from '../../sim/cluster/links.ts';
import { GOODBYE, HEARTBEAT, Messages } from '../../sim/cluster/messages.ts';
import { Nodes } from '../../sim/cluster/nodes.ts';
import { Topology } from '../../sim/cluster/topology.ts';
import type { Scenario } from '../../sim/index.ts';
import { Recorder } from '../../sim/trace/recorder.ts';
import type { DropCause } from '../../sim/trace/trace.ts';
import { scenarioOf } from './scenarios.ts';

/** A message that arrived, or was lost. */
export interface Seen {
  readonly at: number;
  readonly kind: number;
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/** A {@link Seen} that was lost. */
export interface Loss extends Seen {
  readonly cause: DropCause;
}

/** Wires of a scenario; its faults, clients and policies of hints are left out. */
export class Wired {
  readonly kernel: Kernel;
  readonly topology: Topology;
  readonly nodes: Nodes;
  readonly messages: Messages;
  readonly recorder: Recorder;
  readonly beliefs: Beliefs;
  readonly links: Links;
  readonly detector: FailureDetector;
  readonly arrivals: Seen[] = [];
  readonly losses: Loss[] = [];
  /** Keeps the row of an arrived message for a reply, instead of freeing it. */
  keepsRows = false;

  constructor(scenario: Scenario) {
    this.kernel = new Kernel(scenario.seed);
    this.topology = new Topology(scenario.nodes);
    this.messages = new Messages(this.topology.count);
    this.nodes = new Nodes(this.topology.count);
    this.recorder = new Recorder(this.kernel.digest, scenario);
    this.beliefs = new Beliefs(this.topology.count, this.recorder);
    this.links = new Links(this, scenario, {
      lost: (message, cause) => {
        this.losses.push({ ...this.#seen(message), cause });
        this.messages.free(message);
      },
    });
    this.detector = detectorOf(
      this,
      scenario.policy.detector,
      scenario.nodes.map(({ name }) => name),
    );
  }

  /** Starts the detectors of all nodes. */
  start(): void {
    for (let node = 0; node < this.topology.count; node++) this.detector.started(node);
  }

  /** Sends a message now; answers with its row. */
  send(from: number, to: number, messageKind: number, { value = 0, bytes = 0 } = {}): number {
    const message = this.messages.take(messageKind, from, to, 0, value);
    this.messages.bytes[message] = bytes;
    this.links.send(message);
    return message;
  }

  /** Turns an arrived message into its reply and sends it back. */
  reply(message: number, replyKind: number): void {
    this.messages.kind[message] = replyKind;
    this.links.reply(message);
  }

  crash(node: number): void {
    this.nodes.crash(node);
    this.recorder.crashed(this.kernel.now, node);
    this.links.cut(node);
    this.detector.crashed(node);
  }

  /** A graceful stop: a goodbye to every peer, and a clean close. */
  stop(node: number): void {
    for (let peer = 0; peer < this.topology.count; peer++) if (peer !== node) this.send(node, peer, GOODBYE);
    this.nodes.crash(node);
    this.recorder.crashed(this.kernel.now, node);
    this.links.close(node);
    this.detector.crashed(node);
  }

  restart(node: number): void {
    this.nodes.restart(node, this.kernel.now);
    this.recorder.restarted(this.kernel.now, node);
    this.links.restore(node);
    this.detector.started(node);
  }

  /** Lets time pass up to an instant in microseconds; what is due then, and was planned by now, happens too. */
  runTo(micros: number): void {
    this.kernel.at(instant(micros), kind.END, 0, 0);
    while (this.kernel.next() && this.kernel.queue.kind !== kind.END) {
      this.kernel.count();
      this.#dispatch(this.kernel.queue.kind, this.kernel.queue.a, this.kernel.queue.b);
    }
    // The next handler's turn is not the last one's.
    this.kernel.count();
  }

  #dispatch(event: number, a: number, b: number): void {
    if (event === kind.DELIVERY) return this.#deliver(a);
    if (event === kind.LINK_PUMP) return this.links.pumped(a, b);
    if (event === kind.LINK_OPEN) return this.links.opened(a, b);
    if (event === kind.GOSSIP_TICK && this.nodes.isStill(a, b)) return this.detector.gossip(a);
    if (event === kind.BELIEF_DOWN || event === kind.BELIEF_UP) this.detector.concluded(event, a, b);
  }

  #deliver(message: number): void {
    const seen = this.#seen(message);
    if (!this.links.isCurrent(message)) {
      this.losses.push({ ...seen, cause: 'linkCut' });
      return this.messages.free(message);
    }
    this.arrivals.push(seen);
    if (seen.kind === HEARTBEAT) this.detector.heard(seen.to, seen.from, seen.value);
    else if (seen.kind === GOODBYE) this.detector.goodbye(seen.to, seen.from);
    if (!this.keepsRows) this.messages.free(message);
  }

  #seen(message: number): Seen {
    const [from, to] = [this.messages.from[message] ?? 0, this.messages.to[message] ?? 0];
    const [messageKind, value] = [this.messages.kind[message] ?? 0, this.messages.value[message] ?? 0];
    return { at: this.kernel.now, kind: messageKind, from, to, value };
  }
}

/** Wires of three nodes in the order a, b, c, without gossip; near latency is 1 ms unless said. */
export function wired(channel = '', latency = 'near: 1ms'): Wired {
  return new Wired(
    scenarioOf(`
hintlab: 1
duration: 1h
nodes: [a, b, c]
channel: { slots: 256${channel === '' ? '' : `, ${channel}`} }
detector: { fixed: { down: 1h, up: 1h } }
network: { latency: { ${latency} } }
workload: { rate: 1/s }
`),
  );
}
