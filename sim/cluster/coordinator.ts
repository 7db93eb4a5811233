/**
 * The coordinator: takes a client's request, fans it out to the replicas of its own datacentre, hints what it cannot
 * send, and answers once the votes suffice. After dynomite-rs `dispatch.rs` (handoff-systems §1.2):
 *
 * - a write goes to every local-datacentre replica; one that is `Down`, or whose channel has no room, gets a hint
 *   instead, and the hint is a full vote at once (H10); a hint refused at the cap is skipped in silence (H11);
 * - a read goes only to replicas not taken for `Down`: the nearest one for DC_ONE, all of them for DC_QUORUM; with
 *   handoff off the same holds for a write;
 * - DC_ONE answers with the first vote; DC_QUORUM with ⌊N/2⌋+1 equal ones, or the plurality once all N are in, N being
 *   the replicas planned for: those `Down` and left out are not missed;
 * - with nobody to ask, or too few votes left to come, the client gets an error. There is no timer but the client's.
 */
import { assert, instantAt, later } from '../../core/index.ts';
import type { Instant } from '../../core/index.ts';
import type { Distribution } from '../engine/index.ts';
import type { ConsistencyLevel, Scenario } from '../scenario/scenario.ts';
import { NONE } from '../trace/trace.ts';
import type { Handoff } from './handoff.ts';
import { CLIENT_TIMEOUT, LOCAL_DONE } from './kernel.ts';
import { READ, WRITE } from './messages.ts';
import type { ReplicaStore } from './replica-store.ts';
import { DeadlineQueue, Requests } from './requests.ts';
import { samplerOf } from './sampler.ts';
import { MAX_REPLICAS } from './topology.ts';
import type { World } from './world.ts';

/** What the coordinator needs beside the world: where hints go, and the backends. */
export interface CoordinatorWorld extends World {
  readonly handoff: Handoff;
  readonly replicas: readonly ReplicaStore[];
}

/** The coordinators of all nodes, with the requests under way at them. */
export class Coordinator {
  readonly #world: CoordinatorWorld;
  readonly #requests = new Requests();
  readonly #deadlines = new DeadlineQueue();
  readonly #levels: Scenario['policy']['consistency'];
  readonly #timeout: Scenario['network']['clientTimeout'];
  readonly #local: Distribution;
  /** Per node: requests without an answer yet, and when its own backend is done with the last one it was given. */
  readonly #unanswered: Int32Array;
  readonly #localDoneAt: Float64Array;
  /** Per node: the random stream of its own backend's latency. */
  readonly #localStreams: Int32Array;

  constructor(world: CoordinatorWorld, scenario: Scenario) {
    this.#world = world;
    this.#levels = scenario.policy.consistency;
    this.#timeout = scenario.network.clientTimeout;
    this.#local = samplerOf(scenario.network.local);
    this.#unanswered = new Int32Array(scenario.nodes.length);
    this.#localDoneAt = new Float64Array(scenario.nodes.length);
    this.#localStreams = Int32Array.from(scenario.nodes, (node) =>
      world.kernel.streams.open(`node ${node.name}`, 'backend latency'),
    );
  }

  /** A client's write of `bytes` request bytes reaches its coordinator. */
  write(coordinator: number, key: number, bytes: number): void {
    const { kernel, recorder, topology } = this.#world;
    const write = recorder.writeIssued(kernel.now, coordinator, key, bytes);
    const request = this.#open(true, write, coordinator, key);
    const datacentre = topology.datacentreOf[coordinator] ?? 0;
    const replicas = topology.replicas(datacentre);
    let targets = 0;
    for (let rack = 0; rack < replicas; rack++) {
      if (this.#plan(request, topology.owner(datacentre, rack, key), write, key, bytes)) targets++;
    }
    this.#requests.targets[request] = targets;
    this.#requests.needed[request] = votesNeeded(this.#levels.write, targets);
    this.#settle(request, NONE);
  }

  /** A client's read reaches its coordinator. */
  read(coordinator: number, key: number): void {
    const { kernel, recorder, topology, beliefs } = this.#world;
    const read = recorder.readIssued(kernel.now, coordinator, key);
    const request = this.#open(false, read, coordinator, key);
    const datacentre = topology.datacentreOf[coordinator] ?? 0;
    const replicas = topology.replicas(datacentre);
    const nearest = topology.rackOf[coordinator] ?? 0;
    const most = this.#levels.read === 'DC_ONE' ? 1 : replicas;
    let targets = 0;
    // From the coordinator's own rack on, so that the nearest replica is the first to be asked.
    for (let step = 0; step < replicas && targets < most; step++) {
      const replica = topology.owner(datacentre, (nearest + step) % replicas, key);
      if (beliefs.isDown(coordinator, replica)) continue;
      this.#ask(request, READ, replica, NONE, key);
      targets++;
    }
    this.#requests.targets[request] = targets;
    this.#requests.needed[request] = votesNeeded(this.#levels.read, targets);
    this.#settle(request, NONE);
  }

  /** Event `LOCAL_DONE`: the coordinator's own backend has done its part, unless the process died meanwhile. */
  localDone(request: number, generation: number): void {
    if (!this.#requests.isCurrent(request, generation)) return;
    const coordinator = this.#requests.coordinator[request] ?? 0;
    if (!this.#world.nodes.isStill(coordinator, this.#requests.incarnation[request] ?? 0)) {
      this.#loseLocal(request, generation);
      return;
    }
    const key = this.#requests.key[request] ?? 0;
    const store = this.#world.replicas[coordinator];
    assert(store !== undefined, 'every node has a backend', coordinator);
    if (this.#requests.isWrite[request] === 0) {
      this.vote(request, generation, store.read(key));
      return;
    }
    const write = this.#requests.id[request] ?? 0;
    store.apply(key, write);
    this.#world.recorder.copyApplied(this.#world.kernel.now, coordinator, coordinator, write);
    this.vote(request, generation, NONE);
  }

  /** The process that was to have its backend's answer is gone, and the request with it, done or not. */
  #loseLocal(request: number, generation: number): void {
    const { kernel, recorder } = this.#world;
    const coordinator = this.#requests.coordinator[request] ?? 0;
    if (this.#requests.isWrite[request] === 1) {
      recorder.copyDropped(kernel.now, coordinator, coordinator, this.#requests.id[request] ?? 0);
    }
    this.voteLost(request, generation);
  }

  /** A replica has answered; `value` is what a read found there. */
  vote(request: number, generation: number, value: number): void {
    const requests = this.#requests;
    if (!requests.isCurrent(request, generation)) return;
    const votes = requests.votes[request] ?? 0;
    requests.values[request * MAX_REPLICAS + votes] = value;
    requests.votes[request] = votes + 1;
    requests.outstanding[request] = (requests.outstanding[request] ?? 0) - 1;
    this.#settle(request, value);
  }

  /** A replica's vote will never come: its request or its reply was dropped. */
  voteLost(request: number, generation: number): void {
    if (!this.#requests.isCurrent(request, generation)) return;
    this.#requests.outstanding[request] = (this.#requests.outstanding[request] ?? 0) - 1;
    this.#settle(request, NONE);
  }

  /**
   * Event `CLIENT_TIMEOUT`. It looks at the end of its instant, so that an answer of that very instant still counts,
   * whoever else set the timer.
   */
  timedOut(isEndOfInstant: boolean): void {
    const { kernel } = this.#world;
    const queue = this.#deadlines;
    this.#forgetAnswered();
    if (isEndOfInstant) this.#failDue();
    if (queue.length === 0) return;
    if (queue.deadline > kernel.now) kernel.at(queue.deadline, CLIENT_TIMEOUT, 0, 0);
    else kernel.at(kernel.now, CLIENT_TIMEOUT, 1, 0);
  }

  /** Fails the clients whose time is up. */
  #failDue(): void {
    const queue = this.#deadlines;
    while (queue.length > 0 && queue.deadline <= this.#world.kernel.now) {
      this.#fail(queue.row);
      this.#forgetAnswered();
    }
  }

  /** Drops requests from the front of the deadlines that have their answer already. */
  #forgetAnswered(): void {
    const queue = this.#deadlines;
    while (queue.length > 0 && !this.#isWaiting(queue.row, queue.generation)) queue.shift();
  }

  #isWaiting(request: number, generation: number): boolean {
    return this.#requests.isCurrent(request, generation) && this.#requests.isResolved[request] === 0;
  }

  /** The coordinator died: its clients' connections with it, and its part of every request. */
  crashed(node: number): void {
    this.#localDoneAt[node] = 0;
    if (this.#unanswered[node] === 0) return;
    for (let request = 0; request < this.#requests.used; request++) {
      if (this.#requests.coordinator[request] !== node || this.#requests.isResolved[request] === 1) continue;
      this.#fail(request);
    }
  }

  /** Bytes of the requests under way. */
  get weight(): number {
    return this.#requests.weight;
  }

  #open(isWrite: boolean, id: number, coordinator: number, key: number): number {
    const { kernel } = this.#world;
    const request = this.#requests.take(isWrite, id, coordinator, key, kernel.now);
    this.#requests.incarnation[request] = this.#world.nodes.incarnation(coordinator);
    this.#unanswered[coordinator] = (this.#unanswered[coordinator] ?? 0) + 1;
    const deadline = later(kernel.now, this.#timeout);
    if (this.#deadlines.length === 0) kernel.at(deadline, CLIENT_TIMEOUT, 0, 0);
    this.#deadlines.push(deadline, request, this.#requests.generation[request] ?? 0);
    return request;
  }

  /**
   * One replica of a write: sent, hinted, or passed over. False if it is no target at all: `Down`, and handoff is off
   * (dispatch.rs `plan`). A target that gets neither the write nor a hint still counts among those who should vote.
   */
  #plan(request: number, replica: number, write: number, key: number, bytes: number): boolean {
    const { handoff, recorder, beliefs } = this.#world;
    const coordinator = this.#requests.coordinator[request] ?? 0;
    const isDown = beliefs.isDown(coordinator, replica);
    if (!isDown && this.#ask(request, WRITE, replica, write, key)) return true;
    if (!handoff.isEnabled) {
      recorder.copyUnsent(replica, write);
      return !isDown;
    }
    const reason = isDown ? 'peerDown' : 'channelFull';
    if (handoff.keep(coordinator, replica, write, key, bytes, reason)) {
      this.#requests.votes[request] = (this.#requests.votes[request] ?? 0) + 1;
    }
    return true;
  }

  /** Sends a request to one replica, or to the coordinator's own backend. False if the channel has no room. */
  #ask(request: number, kind: number, replica: number, value: number, key: number): boolean {
    const { kernel, links, messages, recorder, topology } = this.#world;
    const requests = this.#requests;
    const coordinator = requests.coordinator[request] ?? 0;
    const generation = requests.generation[request] ?? 0;
    if (replica === coordinator) {
      this.#askBackend(coordinator, request, generation);
    } else {
      const link = topology.link(coordinator, replica);
      if (!links.hasRoom(link)) {
        recorder.counters.refused++;
        return false;
      }
      const message = messages.take(kind, link, request, value);
      messages.generation[message] = generation;
      messages.key[message] = key;
      links.send(message);
    }
    requests.outstanding[request] = (requests.outstanding[request] ?? 0) + 1;
    if (kind === WRITE) recorder.copySent(kernel.now, coordinator, replica, value);
    return true;
  }

  /** The backend works through one connection, in order: a later request is not done before an earlier one. */
  #askBackend(coordinator: number, request: number, generation: number): void {
    const { kernel } = this.#world;
    const time = this.#local.sampleMicros(kernel.streams, this.#localStreams[coordinator] ?? 0);
    const soonest = later(kernel.now, time);
    const ahead = instantAt(this.#localDoneAt, coordinator);
    const done = soonest < ahead ? ahead : soonest;
    this.#localDoneAt[coordinator] = done;
    kernel.at(done, LOCAL_DONE, request, generation);
  }

  /** Answers or fails the client if that is decided now, and frees the row once nothing can come in any more. */
  #settle(request: number, value: number): void {
    const requests = this.#requests;
    const isOver = requests.outstanding[request] === 0;
    if (requests.isResolved[request] === 0) {
      if (this.#isDecided(request, value)) this.#answer(request, value);
      else if (isOver) this.#fail(request);
    }
    if (isOver) requests.free(request);
  }

  #isDecided(request: number, value: number): boolean {
    const requests = this.#requests;
    const votes = requests.votes[request] ?? 0;
    const needed = requests.needed[request] ?? 0;
    if (votes < needed) return false;
    if (requests.isWrite[request] === 1) return true;
    // Only the value that came in last can have become the majority; with all votes in, the plurality answers.
    const first = request * MAX_REPLICAS;
    let equal = 0;
    for (let i = first; i < first + votes; i++) if (requests.values[i] === value) equal++;
    return equal >= needed || votes === requests.targets[request];
  }

  #answer(request: number, value: number): void {
    const { kernel, recorder } = this.#world;
    const { isWrite, id } = this.#requests;
    const node = this.#resolve(request);
    const latency = kernel.now - this.#issuedAt(request);
    if (isWrite[request] === 1) recorder.writeAcked(kernel.now, node, id[request] ?? 0, latency);
    else recorder.readAnswered(kernel.now, node, id[request] ?? 0, value, latency);
  }

  #fail(request: number): void {
    const { kernel, recorder } = this.#world;
    const { isWrite, id } = this.#requests;
    const node = this.#resolve(request);
    if (isWrite[request] === 1) recorder.writeFailed(kernel.now, node, id[request] ?? 0);
    else recorder.readFailed(kernel.now, node, id[request] ?? 0);
  }

  /** The client has its answer or its error. Answers with the coordinator. */
  #resolve(request: number): number {
    const node = this.#requests.coordinator[request] ?? 0;
    this.#requests.isResolved[request] = 1;
    this.#unanswered[node] = (this.#unanswered[node] ?? 0) - 1;
    return node;
  }

  #issuedAt(request: number): Instant {
    return instantAt(this.#requests.issuedAt, request);
  }
}

/** Equal votes that answer a request to `replicas` replicas. */
function votesNeeded(level: ConsistencyLevel, replicas: number): number {
  return level === 'DC_ONE' ? 1 : Math.floor(replicas / 2) + 1;
}
