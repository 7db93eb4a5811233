/**
 * Hinted handoff by itself: the stores, drainers and disks of a few nodes, with real links and backends between them and
 * no clients, coordinator or detector. A test keeps hints, moves time, and breaks things by hand; peers are `Normal`
 * until it says otherwise.
 */
import { duration, instant } from '../../core/index.ts';
import type { PeerIndex } from '../../core/index.ts';
import { Backends } from '../../sim/cluster/backends.ts';
import { Beliefs } from '../../sim/cluster/beliefs.ts';
import { Clocks } from '../../sim/cluster/clocks.ts';
import { Handoff } from '../../sim/cluster/handoff.ts';
import * as kind from '../../sim/cluster/kernel.ts';
import { Kernel } from '../../sim/cluster/kernel.ts';
import { Links } from '../../sim/cluster/links.ts';
import { ERROR, HEARTBEAT, HINT, Messages, REPLY_TO_HINT } from '../../sim/cluster/messages.ts';
import { Nodes } from '../../sim/cluster/nodes.ts';
import { Topology } from '../../sim/cluster/topology.ts';
import { Versions } from '../../sim/cluster/versions.ts';
import type { HintDisk, HintPolicy, Policy } from '../../sim/scenario/model/policy.ts';
import { Recorder } from '../../sim/trace/recorder.ts';
import { HINT_FATES, NONE } from '../../sim/trace/trace.ts';
import type { DropCause, HintReason } from '../../sim/trace/trace.ts';
import { BARE_POLICY, bareNode, bareScenario } from './bare-scenario.ts';

export const MILLISECOND = 1_000;
export const SECOND = 1_000_000;

/** What a test changes of the bare policy. */
export interface RigPolicy {
  readonly nodes?: number;
  readonly hints?: Partial<Omit<HintPolicy, 'disk'>>;
  readonly disk?: Partial<HintDisk>;
  readonly drain?: Partial<Policy['drain']>;
  readonly channel?: Partial<Policy['channel']>;
  readonly service?: Partial<Policy['service']>;
}

export class HandoffRig {
  readonly kernel = new Kernel(1);
  readonly messages: Messages;
  readonly topology: Topology;
  readonly nodes: Nodes;
  readonly clocks: Clocks;
  readonly beliefs: Beliefs;
  readonly recorder: Recorder;
  readonly links: Links;
  readonly backends: Backends;
  readonly handoff: Handoff;
  /** Called after every event. */
  afterEvent: () => void = () => {};

  constructor(changes: RigPolicy = {}) {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].slice(0, changes.nodes ?? 3);
    const hints = { ...BARE_POLICY.hints, ...changes.hints, disk: { ...BARE_POLICY.hints.disk, ...changes.disk } };
    const policy: Policy = {
      ...BARE_POLICY,
      hints,
      drain: { ...BARE_POLICY.drain, ...changes.drain },
      channel: { ...BARE_POLICY.channel, ...changes.channel },
      service: { ...BARE_POLICY.service, ...changes.service },
    };
    const scenario = bareScenario({
      nodes: names.map(bareNode),
      policy,
      duration: duration(1_000_000 * SECOND),
      keyNames: Array.from({ length: 1_000 }, (_, key) => `k${key}`),
    });
    const { kernel } = this;
    this.topology = new Topology(scenario.nodes);
    this.messages = new Messages(this.topology.count);
    this.nodes = new Nodes(this.topology.count);
    this.clocks = new Clocks(kernel, scenario);
    this.recorder = new Recorder(kernel.digest, scenario);
    this.beliefs = new Beliefs(this.topology.count, this.recorder);
    const { topology, messages, nodes, clocks, beliefs, recorder } = this;
    const versions = new Versions(scenario);
    const lost = (message: number, cause: DropCause): void => this.#lost(message, cause);
    this.links = new Links({ kernel, topology, nodes, messages, recorder }, scenario, { lost });
    const { links } = this;
    const world = { kernel, topology, nodes, clocks, beliefs, links, messages, recorder, versions };
    this.backends = new Backends(world, scenario, {
      executed: (message) => this.#executed(message),
      refused: (message) => this.#refused(message),
      late: (message) => this.#lost(message, 'tooLate'),
      died: (message) => this.#lost(message, 'linkCut'),
    });
    this.handoff = new Handoff(world, scenario);
    for (const node of topology.peers) this.handoff.started(node);
  }

  /** Issues a write and asks `holder` to keep a hint of it. */
  keep(holder: number, peer: number, given: { key?: number; bytes?: number; reason?: HintReason } = {}): boolean {
    const { key = 0, bytes = 10, reason = 'peerDown' } = given;
    const write = this.recorder.writeIssued(this.kernel.now, holder, key, bytes, 0, this.kernel.now, NONE);
    return this.handoff.keep(holder, peer, write, key, bytes, reason, false);
  }

  /** Dispatches what is due before an instant, and what was scheduled for it so far. Leaves the clock there. */
  runTo(micros: number): void {
    this.kernel.at(instant(micros), kind.END, 0, 0);
    while (this.kernel.next()) {
      if (this.kernel.queue.kind === kind.END) return;
      this.kernel.count();
      this.#dispatch(this.kernel.queue.kind, this.kernel.queue.a, this.kernel.queue.b);
      this.afterEvent();
    }
  }

  /** Puts messages into a channel that are of no interest to anybody. */
  occupy(from: number, to: number, count: number): void {
    for (let sent = 0; sent < count; sent++) this.links.send(this.messages.take(HEARTBEAT, from, to, NONE, NONE));
  }

  /** `observer` takes `peer` for `Down`, or for `Normal` again. */
  believe(observer: number, peer: number, what: 'Down' | 'Normal'): void {
    if (what === 'Down') this.beliefs.down(observer, peer, this.kernel.now);
    else this.beliefs.up(observer, peer, this.kernel.now);
  }

  crash(node: number, how: { power?: boolean; torn?: number } = {}): void {
    this.nodes.crash(node);
    this.recorder.crashed(this.kernel.now, node);
    this.links.cut(node);
    this.handoff.crashed(node, how.power ?? false, how.torn ?? 0);
    this.backends.crashed(node);
  }

  restart(node: number): void {
    this.nodes.restart(node, this.kernel.now);
    this.recorder.restarted(this.kernel.now, node);
    this.links.restore(node);
    this.handoff.started(node);
  }

  /** A peer as a position of the peer table. */
  peers(...nodes: number[]): PeerIndex[] {
    return nodes
      .map((node) => this.topology.peers[node] ?? this.topology.peers[0])
      .filter((peer) => peer !== undefined);
  }

  /** The fates of all hints, in the order of storing. */
  fates(): string[] {
    return Array.from(this.recorder.finish().hints.fate, (fate) => HINT_FATES[fate] ?? '');
  }

  /** Per node: the hints that wait there by the trace, stored and not yet left, and their bytes. */
  waiting(): { count: number; bytes: number }[] {
    const { hints } = this.recorder.finish();
    const waiting = this.topology.peers.map(() => ({ count: 0, bytes: 0 }));
    hints.leftAt.forEach((leftAt, hint) => {
      const node = waiting[hints.holder[hint] ?? 0];
      if (leftAt !== Infinity || node === undefined) return;
      node.count++;
      node.bytes += hints.bytes[hint] ?? 0;
    });
    return waiting;
  }

  #dispatch(event: number, a: number, b: number): void {
    switch (event) {
      case kind.DELIVERY:
        return this.#deliver(a);
      case kind.SERVICE_DONE:
        return this.backends.served(a, b);
      case kind.LINK_PUMP:
        return this.links.pumped(a, b);
      case kind.LINK_OPEN:
        return this.links.opened(a, b);
      case kind.DRAIN_TICK:
        return this.nodes.isStill(a, b) ? this.handoff.ticked(a) : undefined;
      case kind.DRAIN_SWEEP:
        return this.nodes.isStill(a, b) ? this.handoff.sweep(a) : undefined;
      case kind.SESSION_SEND:
        return this.handoff.sessionSend(a, b);
      case kind.SESSION_TIMEOUT:
        return this.handoff.sessionTimedOut(a, b);
      case kind.SESSION_RETRY:
        return this.handoff.sessionRetried(a, b);
      default:
        throw new Error(`no part of a handoff rig schedules events of kind ${event}`);
    }
  }

  #deliver(message: number): void {
    if (!this.links.isCurrent(message)) return this.#lost(message, 'linkCut');
    if (this.messages.kind[message] === HINT) {
      return this.backends.arrived(this.messages.to[message] ?? 0, message);
    }
    if (this.messages.kind[message] === REPLY_TO_HINT) this.handoff.acknowledged(message);
    this.messages.free(message);
  }

  #executed(message: number): void {
    this.handoff.executed(message, this.backends.wasIgnored);
    this.#answer(message);
  }

  #refused(message: number): void {
    this.messages.code[message] = ERROR;
    if (!this.handoff.acksHints) this.handoff.failed(message, 'refusedByPeer');
    this.#answer(message);
  }

  #answer(message: number): void {
    if (!this.handoff.acksHints) return this.messages.free(message);
    this.messages.kind[message] = REPLY_TO_HINT;
    this.links.reply(message);
  }

  #lost(message: number, cause: DropCause): void {
    if (this.messages.kind[message] !== HEARTBEAT) this.handoff.failed(message, cause);
    this.messages.free(message);
  }
}
