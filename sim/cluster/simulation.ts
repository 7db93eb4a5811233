/**
 * The simulation of a scenario: builds the world, dispatches its events in order, and hands over the trace.
 *
 * `advance` may be called with any number of events at a time, so that a caller can show progress, stop, or keep a
 * page smooth; the run and its digest are the same however it is cut. Start reading the model here: the constructor
 * names every moving part, `#dispatch` every event.
 */
import { assert, instant } from '../../core/index.ts';
import type { Instant } from '../../core/index.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import { blankValues } from '../trace/blank-tables.ts';
import { Recorder } from '../trace/recorder.ts';
import type { Recording } from '../trace/recorder.ts';
import { TRACE_VERSION } from '../trace/trace.ts';
import type { StoreReport, Totals, Trace, ValueTable } from '../trace/trace.ts';
import { Backends } from './backends.ts';
import { Beliefs } from './beliefs.ts';
import { Clients } from './clients.ts';
import { Clocks } from './clocks.ts';
import { Coordinator } from './coordinator.ts';
import { Courier } from './courier.ts';
import { detectorOf } from './detector.ts';
import type { FailureDetector } from './failure-detector.ts';
import { Faults } from './faults.ts';
import { Handoff } from './handoff.ts';
import * as kind from './kernel.ts';
import { Kernel } from './kernel.ts';
import { Lifecycle } from './lifecycle.ts';
import { LimitReached } from './limit-reached.ts';
import type { RunLimit } from './limit-reached.ts';
import { Links } from './links.ts';
import { Messages } from './messages.ts';
import { Nodes } from './nodes.ts';
import { Script } from './script.ts';
import { Topology } from './topology.ts';
import { Versions } from './versions.ts';

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
  readonly #messages: Messages;
  readonly #versions: Versions;
  readonly #links: Links;
  readonly #backends: Backends;
  readonly #handoff: Handoff;
  readonly #coordinator: Coordinator;
  readonly #detector: FailureDetector;
  readonly #clients: Clients;
  readonly #script: Script;
  readonly #courier = new Courier();
  readonly #faults: Faults;
  #progress: Progress = RUNNING;

  /** @param scenario validated; see `parseScenario` */
  constructor(scenario: Scenario) {
    const kernel = new Kernel(scenario.seed);
    const topology = new Topology(scenario.nodes);
    const recorder = new Recorder(kernel.digest, scenario);
    const nodes = new Nodes(topology.count);
    const messages = new Messages(topology.count);
    const wires = { kernel, topology, recorder, nodes, messages };
    const links = new Links(wires, scenario, this.#courier);
    const clocks = new Clocks(kernel, scenario);
    const versions = new Versions(scenario);
    const beliefs = new Beliefs(topology.count, recorder);
    // Spelled out, never spread: an engine gives a spread object a hidden class of its own in every run, and would
    // compile anew what reads it.
    const world = { kernel, topology, recorder, nodes, messages, links, clocks, versions, beliefs };
    const backends = new Backends(world, scenario, this.#courier);
    const handoff = new Handoff(world, scenario);
    const base = { kernel, topology, recorder, nodes, messages, links, clocks, versions, beliefs, handoff, backends };
    const coordinator = new Coordinator(base, scenario);
    const names = scenario.nodes.map((node) => node.name);
    const detector = detectorOf(world, scenario.policy.detector, names);
    const everyone = {
      kernel,
      topology,
      recorder,
      nodes,
      messages,
      links,
      clocks,
      versions,
      beliefs,
      handoff,
      backends,
      coordinator,
      detector,
    };
    this.#courier.serve(everyone);
    const lifecycle = new Lifecycle(everyone);
    this.#scenario = scenario;
    this.#kernel = kernel;
    this.#recorder = recorder;
    this.#nodes = nodes;
    this.#messages = messages;
    this.#versions = versions;
    this.#links = links;
    this.#backends = backends;
    this.#handoff = handoff;
    this.#coordinator = coordinator;
    this.#detector = detector;
    this.#faults = new Faults(everyone, lifecycle, scenario);
    for (let node = 0; node < topology.count; node++) lifecycle.start(node);
    this.#script = new Script(everyone, scenario);
    this.#clients = new Clients(everyone, scenario);
    coordinator.tell(this.#clients);
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
    const { weight } = this.#backends;
    const parts = [this.#messages, this.#coordinator, this.#handoff, this.#versions, this.#clients];
    const live = parts.reduce((sum, part) => sum + part.weight, weight);
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
    return this.#traceOf(instant(this.#scenario.duration), this.#values(), this.#recorder.finish());
  }

  /**
   * The run up to {@link now} as a trace, at level `hints` at most: a look at it while it goes on, which changes nothing.
   * Some of its columns are the run's own and good until the next {@link advance}. O(hints so far).
   */
  soFar(): Trace {
    return this.#traceOf(this.now, blankValues(0), this.#recorder.soFar(this.now));
  }

  #traceOf(endedAt: Instant, values: ValueTable, recording: Recording): Trace {
    const run: Omit<Trace, keyof Recording> = {
      version: TRACE_VERSION,
      scenario: this.#scenario,
      digest: this.#kernel.digest.hex(),
      chain: this.#kernel.digest.chain(),
      events: this.#kernel.events,
      endedAt,
      stores: this.stores(),
      values,
    };
    // The recording is not spread: that would ask for tables which are made when somebody needs them.
    return Object.assign(recording, run);
  }

  /** What every backend holds, as a table; nothing below level `full`. */
  #values(): ValueTable {
    const nodes = this.#scenario.record === 'full' ? this.#scenario.nodes : [];
    const backends = nodes.map((_, node) => this.#backends.store(node));
    const rows = backends.reduce((sum, backend) => sum + backend.size, 0);
    const values = blankValues(rows);
    let row = 0;
    backends.forEach((backend, replica) => {
      row = backend.list(values, row, replica);
    });
    return values;
  }

  #dispatch(event: number, a: number, b: number): void {
    switch (event) {
      case kind.DELIVERY:
        return this.#courier.deliver(a);
      case kind.ARRIVAL:
        return this.#clients.arrived(a);
      case kind.SERVICE_DONE:
        return this.#backends.served(a, b);
      case kind.LINK_PUMP:
        return this.#links.pumped(a, b);
      case kind.GOSSIP_TICK:
        if (this.#nodes.isStill(a, b)) this.#detector.gossip(a);
        return;
      case kind.CLIENT_WAKE:
        return this.#clients.woke(a, b);
      case kind.SESSION_SEND:
        return this.#handoff.sessionSend(a, b);
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
      case kind.SESSION_TIMEOUT:
        return this.#handoff.sessionTimedOut(a, b);
      case kind.SESSION_RETRY:
        return this.#handoff.sessionRetried(a, b);
      case kind.SCRIPTED:
        return this.#script.sent(a);
      case kind.FAULT_BEGIN:
        return this.#faults.begin(a);
      case kind.FAULT_END:
        return this.#faults.end(a);
      case kind.FLAP:
        return this.#faults.flapped(a);
      case kind.BELIEF_DOWN:
      case kind.BELIEF_UP:
        return this.#detector.concluded(event, a, b);
      default:
        assert(false, 'every kind of event is dispatched', event);
    }
  }
}
