/**
 * The simulation of a scenario: builds the world, dispatches its events in order, and hands over the trace.
 *
 * `advance` may be called with any number of events at a time, so that a caller can show progress, stop, or keep a
 * page smooth; the run and its digest are the same however it is cut. Start reading the model here: the constructor
 * names every moving part, `#dispatch` every event.
 */
import { assert, instant } from '../../core/index.ts';
import type { Instant } from '../../core/index.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { Recorder } from '../trace/recorder.ts';
import { TRACE_VERSION } from '../trace/trace.ts';
import type { StoreReport, Totals, Trace, ValueTable } from '../trace/trace.ts';
import { Beliefs } from './beliefs.ts';
import { Clients } from './clients.ts';
import { Coordinator } from './coordinator.ts';
import { FixedDelay, PhiAccrual } from './detector.ts';
import type { FailureDetector } from './detector.ts';
import { Handoff } from './handoff.ts';
import * as kind from './kernel.ts';
import { Kernel } from './kernel.ts';
import { LimitReached } from './limit-reached.ts';
import type { RunLimit } from './limit-reached.ts';
import { Links } from './links.ts';
import { HEARTBEAT, HINT, Messages, READ, REPLY_TO_READ, REPLY_TO_WRITE, WRITE } from './messages.ts';
import { Nodes } from './nodes.ts';
import { ReplicaStore } from './replica-store.ts';
import { Topology } from './topology.ts';

/** Where a run stands: it goes on, it reached its end, or it met a limit and was stopped there. */
export type Progress =
  | { readonly kind: 'running' }
  | { readonly kind: 'finished' }
  | { readonly kind: 'limit'; readonly limit: RunLimit; readonly allowed: number };

const RUNNING: Progress = { kind: 'running' };
const FINISHED: Progress = { kind: 'finished' };
/** How often, in events, a run is held against the limits that are not counted event by event. */
const WEIGHING_INTERVAL = 8_192;

/** The most bytes that live state may take: hints, messages, requests and what backends hold. */
export const MAX_LIVE_BYTES = 2_147_483_648;

/** Payload bytes stored over a run at most: their sums stay exact integers. */
export const MAX_HINT_BYTES = 4_503_599_627_370_496;

/** Ids of hints are int32; some room is left for one event's worth. */
const MAX_HINT_ID = 2_147_000_000;

export class Simulation {
  readonly #scenario: Scenario;
  readonly #kernel: Kernel;
  readonly #recorder: Recorder;
  readonly #nodes: Nodes;
  readonly #messages = new Messages();
  readonly #links: Links;
  readonly #replicas: readonly ReplicaStore[];
  readonly #handoff: Handoff;
  readonly #coordinator: Coordinator;
  readonly #detector: FailureDetector;
  readonly #clients: readonly Clients[];
  readonly #topology: Topology;
  #progress: Progress = RUNNING;

  /** @param scenario validated; see `parseScenario` */
  constructor(scenario: Scenario) {
    const topology = new Topology(scenario.nodes);
    const kernel = new Kernel(scenario.seed);
    const recorder = new Recorder(kernel.digest, scenario.record, topology.count, scenario.duration);
    const nodes = new Nodes(topology.count);
    const beliefs = new Beliefs(topology.count, recorder);
    const messages = this.#messages;
    const links = new Links({ kernel, messages, recorder, topology, nodes }, scenario);
    const keys = Math.max(1, ...scenario.workloads.map((workload) => workload.keys.count));
    const replicas = scenario.nodes.map(() => new ReplicaStore(keys));
    const world = { kernel, topology, nodes, beliefs, links, messages, recorder };
    const handoff = new Handoff(world, scenario.policy);
    const coordinator = new Coordinator({ ...world, handoff, replicas }, scenario);
    const { detector } = scenario.policy;
    this.#scenario = scenario;
    this.#kernel = kernel;
    this.#recorder = recorder;
    this.#nodes = nodes;
    this.#links = links;
    this.#replicas = replicas;
    this.#handoff = handoff;
    this.#coordinator = coordinator;
    this.#topology = topology;
    this.#detector = detector.kind === 'phi' ? new PhiAccrual(world, detector) : new FixedDelay(world, detector);
    this.#scheduleFaults();
    for (let node = 0; node < topology.count; node++) this.#start(node);
    const clientWorld = { kernel, nodes, coordinator, recorder };
    this.#clients = scenario.workloads.map((workload, index) => new Clients(clientWorld, workload, index));
    kernel.at(instant(scenario.duration + 1), kind.END, 0, 0);
  }

  /** The instant of the last event dispatched. */
  get now(): Instant {
    return this.#kernel.now;
  }

  /** Events dispatched so far. */
  get events(): number {
    return this.#kernel.events;
  }

  /** Dispatches up to `maxEvents` events. */
  advance(maxEvents: number): Progress {
    try {
      this.#dispatchUpTo(maxEvents);
    } catch (caught) {
      if (!(caught instanceof LimitReached)) throw caught;
      this.#progress = { kind: 'limit', limit: caught.limit, allowed: caught.allowed };
    }
    return this.#progress;
  }

  #dispatchUpTo(maxEvents: number): void {
    const kernel = this.#kernel;
    const allowed = this.#scenario.limits.events;
    for (let left = maxEvents; left > 0 && this.#progress === RUNNING; left--) {
      if (!kernel.next()) assert(false, 'a run ends with its END event', kernel.events);
      if (kernel.queue.kind === kind.END) {
        this.#progress = FINISHED;
        return;
      }
      if (kernel.events === allowed) throw new LimitReached('events', allowed);
      if (kernel.events % WEIGHING_INTERVAL === 0) this.#weigh();
      kernel.count();
      this.#dispatch(kernel.queue.kind, kernel.queue.a, kernel.queue.b);
    }
  }

  /** Ends the run at a limit that grows with what happens rather than with the number of events. */
  #weigh(): void {
    const { events, traceBytes } = this.#scenario.limits;
    const { counters } = this.#recorder;
    if (this.#recorder.weight > traceBytes) throw new LimitReached('traceBytes', traceBytes);
    if (counters.requeued > events) throw new LimitReached('requeues', events);
    if (counters.hintBytes.stored > MAX_HINT_BYTES) throw new LimitReached('hintBytes', MAX_HINT_BYTES);
    if (counters.hints.stored > MAX_HINT_ID) throw new LimitReached('hints', MAX_HINT_ID);
    const backends = this.#replicas.reduce((sum, backend) => sum + backend.weight, 0);
    const live = backends + this.#messages.weight + this.#coordinator.weight + this.#handoff.weight;
    if (live > MAX_LIVE_BYTES) throw new LimitReached('memory', MAX_LIVE_BYTES);
  }

  /** The totals so far, with their equations asserted. */
  totals(): Totals {
    return this.#recorder.counters.totals();
  }

  /** How each node's store reports itself now, in peer-table order. */
  stores(): StoreReport[] {
    return this.#scenario.nodes.map((node, index) => ({ node: node.name, ...this.#handoff.stats(index) }));
  }

  /** The trace of a finished run. */
  trace(): Trace {
    assert(this.#progress === FINISHED, 'a trace is taken from a finished run', this.#progress.kind);
    const scenario = this.#scenario;
    return {
      version: TRACE_VERSION,
      scenario,
      digest: this.#kernel.digest.hex(),
      chain: this.#kernel.digest.chain(),
      events: this.#kernel.events,
      endedAt: instant(scenario.duration),
      stores: this.stores(),
      values: this.#values(),
      ...this.#recorder.finish(),
    };
  }

  /** What every backend holds, as a table; nothing below level `full`. */
  #values(): ValueTable {
    const backends = this.#scenario.record === 'full' ? this.#replicas : [];
    const rows = backends.reduce((sum, backend) => sum + backend.size, 0);
    const values = { replica: new Uint16Array(rows), key: new Uint32Array(rows), write: new Int32Array(rows) };
    let row = 0;
    backends.forEach((backend, replica) => {
      for (const key of backend.keys()) {
        values.replica[row] = replica;
        values.key[row] = key;
        values.write[row] = backend.read(key);
        row++;
      }
    });
    return values;
  }

  #dispatch(event: number, a: number, b: number): void {
    switch (event) {
      case kind.DELIVERY:
        return this.#deliver(a);
      case kind.ARRIVAL:
        return this.#clients[a]?.arrived();
      case kind.LOCAL_DONE:
        return this.#coordinator.localDone(a, b);
      case kind.LINK_PUMP:
        return this.#links.pumped(a, b);
      case kind.GOSSIP_TICK:
        if (this.#nodes.isStill(a, b)) this.#detector.gossip(a);
        return;
      default:
        return this.#dispatchRare(event, a, b);
    }
  }

  /** Kinds that fire seldom, in a function of their own: the first one to fire must not deoptimise the hot loop. */
  #dispatchRare(event: number, a: number, b: number): void {
    switch (event) {
      case kind.LINK_OPEN:
        return this.#links.opened(a, b);
      case kind.DRAIN_TICK:
        if (this.#nodes.isStill(a, b)) this.#handoff.ticked(a);
        return;
      case kind.DRAIN_SWEEP:
        if (this.#nodes.isStill(a, b)) this.#handoff.sweep(a);
        return;
      case kind.CLIENT_TIMEOUT:
        return this.#coordinator.timedOut(a === 1);
      case kind.CRASH:
        return this.#crash(b);
      case kind.RESTART:
        return this.#restart(b);
      case kind.BELIEF_DOWN:
      case kind.BELIEF_UP:
        return this.#detector.concluded(event, a, b);
      default:
        assert(false, 'every kind of event is dispatched', event);
    }
  }

  /** A message is at the other end of its link, if its connection still stands. */
  #deliver(message: number): void {
    if (!this.#links.isCurrent(message)) return this.#drop(message);
    const messages = this.#messages;
    switch (messages.kind[message]) {
      case WRITE:
        return this.#applyWrite(message);
      case READ:
        return this.#answerRead(message);
      case HINT:
        return this.#applyHint(message);
      case HEARTBEAT:
        this.#recorder.counters.delivered++;
        this.#detector.heard(this.#to(message), this.#from(message));
        return messages.free(message);
      default:
        this.#coordinator.vote(
          messages.subject[message] ?? 0,
          messages.generation[message] ?? 0,
          messages.value[message] ?? 0,
        );
        return messages.free(message);
    }
  }

  #applyWrite(message: number): void {
    const { key, value, kind: kinds } = this.#messages;
    const replica = this.#to(message);
    const write = value[message] ?? 0;
    this.#recorder.counters.delivered++;
    this.#backend(replica).apply(key[message] ?? 0, write);
    this.#recorder.copyApplied(this.#kernel.now, replica, this.#from(message), write);
    kinds[message] = REPLY_TO_WRITE;
    this.#links.reply(message);
  }

  #answerRead(message: number): void {
    const { key, value, kind: kinds } = this.#messages;
    this.#recorder.counters.delivered++;
    value[message] = this.#backend(this.#to(message)).read(key[message] ?? 0);
    kinds[message] = REPLY_TO_READ;
    this.#links.reply(message);
  }

  /** Raw request bytes, run like any command: no version is compared (H1). The reply goes nowhere. */
  #applyHint(message: number): void {
    const { key, value, subject } = this.#messages;
    this.#recorder.counters.delivered++;
    this.#backend(this.#to(message)).apply(key[message] ?? 0, value[message] ?? 0);
    this.#handoff.applied(subject[message] ?? 0);
    this.#messages.free(message);
  }

  /** A message is lost with its connection; whoever waits for it is told. */
  #drop(message: number): void {
    const { kind: kinds, subject, generation, value } = this.#messages;
    const messageKind = kinds[message] ?? 0;
    const isReply = messageKind === REPLY_TO_WRITE || messageKind === REPLY_TO_READ;
    if (!isReply) this.#recorder.counters.dropped++;
    if (messageKind === HINT) this.#handoff.lost(subject[message] ?? 0, this.#lossCause(message));
    else if (messageKind !== HEARTBEAT) {
      if (messageKind === WRITE) {
        this.#recorder.copyDropped(this.#kernel.now, this.#from(message), this.#to(message), value[message] ?? 0);
      }
      this.#coordinator.voteLost(subject[message] ?? 0, generation[message] ?? 0);
    }
    this.#messages.free(message);
  }

  #lossCause(message: number): 'holderCrashed' | 'linkCut' {
    const receiver = this.#messages.receiver[message] ?? 0;
    return this.#nodes.isStill(this.#to(message), receiver) ? 'holderCrashed' : 'linkCut';
  }

  #start(node: number): void {
    this.#detector.started(node);
    this.#handoff.started(node);
  }

  #crash(node: number): void {
    this.#nodes.crash(node);
    this.#recorder.crashed(this.#kernel.now, node);
    this.#links.cut(node, (message) => this.#drop(message));
    this.#handoff.crashed(node);
    this.#coordinator.crashed(node);
    this.#detector.crashed(node);
  }

  #restart(node: number): void {
    this.#nodes.restart(node, this.#kernel.now);
    this.#recorder.restarted(this.#kernel.now, node);
    this.#links.restore(node, (peer) => this.#nodes.isUp(peer));
    this.#start(node);
  }

  #scheduleFaults(): void {
    const { faults, duration } = this.#scenario;
    faults.forEach((fault, index) => {
      if (fault.from > duration) return;
      this.#kernel.at(fault.from, kind.CRASH, index, fault.node);
      if (fault.until <= duration) this.#kernel.at(fault.until, kind.RESTART, index, fault.node);
    });
  }

  #from(message: number): number {
    return this.#topology.from[this.#messages.link[message] ?? 0] ?? 0;
  }

  #to(message: number): number {
    return this.#topology.to[this.#messages.link[message] ?? 0] ?? 0;
  }

  #backend(node: number): ReplicaStore {
    const store = this.#replicas[node];
    assert(store !== undefined, 'every node has a backend', node);
    return store;
  }
}
