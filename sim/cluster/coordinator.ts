/**
 * The coordinator: takes a client's request, fans it out to the replicas, and answers once the votes decide it. After
 * dynomite-rs `dispatch.rs` (handoff-systems §1.2), with the choices of other systems as policy values:
 *
 * - a level says which replicas are asked and how their votes count (`levels.ts`, `votes.ts`);
 * - what cannot be sent is hinted, and what the hint counts for is policy (`fan-out.ts`);
 * - with nobody to ask, or too few votes left to come, the client gets an error; where the policy refuses what too few
 *   live replicas could answer, it gets it before anything is sent;
 * - a request that is not answered within the client's timeout has failed, and then a policy may hint the silent ones.
 */
import { assert, instantAt, later } from '../../core/index.ts';
import type { Instant } from '../../core/index.ts';
import { levelRule, votesNeeded } from '../scenario/model/levels.ts';
import type { LevelRule } from '../scenario/model/levels.ts';
import { GET, OPERATIONS, SET } from '../scenario/model/workload.ts';
import type { ConsistencyLevel } from '../scenario/model/levels.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import type { Operation } from '../scenario/model/workload.ts';
import { NONE } from '../trace/trace.ts';
import type { CoordinatorWorld } from './coordinator-world.ts';
import { DeadlineQueue } from './deadline-queue.ts';
import { FanOut } from './fan-out.ts';
import { CLIENT_TIMEOUT } from './kernel.ts';
import { ERROR, HINTED, OK } from './messages.ts';
import { ReadRepair } from './read-repair.ts';
import type { RequestOrigin } from './request-origin.ts';
import { MAX_TARGETS, Requests } from './requests.ts';
import { decide, DISAGREED, newestVote, UNDECIDED } from './votes.ts';
import type { Ballot } from './votes.ts';

/** Who waits for a request: told once, when its client has its answer or its error. */
export interface RequestSink {
  resolved(request: number, isOk: boolean): void;
}

/** The coordinators of all nodes, with the requests under way at them. */
export class Coordinator {
  /** The requests under way; a sink reads its columns while it is told. */
  readonly requests = new Requests();
  readonly #world: CoordinatorWorld;
  readonly #deadlines = new DeadlineQueue();
  readonly #fanOut: FanOut;
  readonly #ballot: Ballot;
  readonly #repair: ReadRepair | undefined;
  readonly #policy: Scenario['policy'];
  readonly #timeout: Scenario['network']['clientTimeout'];
  /** The levels in use; a request names one by its position. */
  readonly #levels: ConsistencyLevel[] = [];
  readonly #rules: LevelRule[] = [];
  /** Per node: requests without an answer yet. */
  readonly #unanswered: Int32Array;
  #sink: RequestSink | undefined;

  constructor(world: CoordinatorWorld, scenario: Scenario) {
    this.#world = world;
    this.#ballot = { requests: this.requests, topology: world.topology };
    this.#policy = scenario.policy;
    this.#timeout = scenario.network.clientTimeout;
    this.#fanOut = new FanOut(world, this.requests, scenario.policy, scenario.network.clientTimeout);
    this.#repair = scenario.policy.reads.repair ? new ReadRepair(world, this.requests) : undefined;
    this.#unanswered = new Int32Array(scenario.nodes.length);
  }

  /** Bytes of the requests under way. */
  get weight(): number {
    return this.requests.weight;
  }

  /** Whom to tell of answers; clients and coordinators know each other. */
  tell(sink: RequestSink): void {
    this.#sink = sink;
  }

  /** A client's write of `bytes` request bytes reaches its coordinator. */
  write(
    node: number,
    key: number,
    bytes: number,
    operation: Operation,
    level: ConsistencyLevel | undefined,
    origin: RequestOrigin,
  ): void {
    const { kernel, recorder, clocks, versions, backends } = this.#world;
    const code = operation === 'set' ? SET : OPERATIONS.indexOf(operation);
    const timestamp = clocks.wall(node);
    const write = recorder.writeIssued(kernel.now, node, key, bytes, code, timestamp, origin.retryOf);
    if (versions.isNeeded) versions.add(write, code, timestamp, backends.version(node, key));
    const request = this.#open(code, write, node, key, level ?? this.#policy.consistency.write, origin);
    this.requests.bytes[request] = bytes;
    const rule = this.#ruleOf(request);
    if (this.#isUnavailable(node, key, rule) || this.#fanOut.isOverloaded(request, rule)) this.#failAtOnce(request);
    else {
      this.requests.needed[request] = votesNeeded(rule, this.#fanOut.write(request, rule));
      this.#settle(request);
    }
  }

  /** A client's read reaches its coordinator. */
  read(node: number, key: number, level: ConsistencyLevel | undefined, origin: RequestOrigin): void {
    const { kernel, recorder } = this.#world;
    const newest = recorder.newestAcked(key);
    const read = recorder.readIssued(kernel.now, node, key, newest, origin.probeOf);
    const request = this.#open(GET, read, node, key, level ?? this.#policy.consistency.read, origin);
    this.requests.newest[request] = newest;
    const rule = this.#ruleOf(request);
    if (this.#isUnavailable(node, key, rule)) this.#failAtOnce(request);
    else {
      this.requests.needed[request] = votesNeeded(rule, this.#fanOut.read(request, rule));
      this.#settle(request);
    }
  }

  /** A reply, or the answer of the coordinator's own backend, is in. @param replica whose vote it is */
  replied(message: number, replica: number): void {
    const { messages } = this.#world;
    const requests = this.requests;
    const request = messages.subject[message] ?? 0;
    if (requests.generation[request] !== messages.generation[message]) return;
    const target = requests.targetOf(request, replica);
    // The value of a write's message is the write itself, which is no part of the reply.
    const value = requests.operation[request] === GET ? (messages.value[message] ?? NONE) : NONE;
    this.#vote(request, target, messages.code[message] ?? OK, value);
  }

  /** The node that was to hold a hint for a replica has answered; its answer counts as the policy says. */
  kept(message: number, peer: number): void {
    const { messages } = this.#world;
    const request = messages.subject[message] ?? 0;
    if (!this.#isCurrent(message)) return;
    if (messages.code[message] !== OK) return this.#withdraw(request);
    const counts = this.#fanOut.hintCounts(this.#ruleOf(request));
    this.#vote(request, this.requests.targetOf(request, peer), counts ? OK : HINTED, NONE);
  }

  /** A request's message or its reply is lost, and its coordinator notices: that vote will never come. */
  lost(message: number): void {
    // Where silent replicas get hints, the request is kept until its time is up, to know who they are.
    if (this.#policy.hints.triggers.timeout !== 'never' || !this.#isCurrent(message)) return;
    this.#withdraw(this.#world.messages.subject[message] ?? 0);
  }

  /** Event `CLIENT_TIMEOUT`. It looks at the end of its instant, so that an answer of that very instant still counts. */
  timedOut(isEndOfInstant: boolean): void {
    const { kernel } = this.#world;
    const queue = this.#deadlines;
    this.#forgetOver();
    if (isEndOfInstant) {
      while (queue.length > 0 && queue.deadline <= kernel.now) {
        this.#giveUp(queue.row);
        this.#forgetOver();
      }
    }
    if (queue.length === 0) return;
    if (queue.deadline > kernel.now) kernel.at(queue.deadline, CLIENT_TIMEOUT, 0, 0);
    else kernel.at(kernel.now, CLIENT_TIMEOUT, 1, 0);
  }

  /** The coordinator died: its clients' connections with it, and its part of every request. */
  crashed(node: number): void {
    if (this.#unanswered[node] === 0) return;
    for (let request = 0; request < this.requests.used; request++) {
      if (this.requests.coordinator[request] !== node || this.requests.isResolved[request] === 1) continue;
      this.#fail(request);
    }
  }

  #open(
    operation: number,
    id: number,
    node: number,
    key: number,
    level: ConsistencyLevel,
    origin: RequestOrigin,
  ): number {
    const { kernel, nodes } = this.#world;
    const requests = this.requests;
    const request = requests.take(operation, id, node, key, kernel.now);
    requests.incarnation[request] = nodes.incarnation(node);
    requests.level[request] = this.#levelOf(level);
    requests.workload[request] = origin.workload;
    requests.client[request] = origin.client;
    requests.attempt[request] = origin.attempt;
    requests.probeOf[request] = origin.probeOf;
    requests.probeDelay[request] = origin.probeDelay;
    this.#unanswered[node] = (this.#unanswered[node] ?? 0) + 1;
    const deadline = later(kernel.now, this.#timeout);
    if (this.#deadlines.length === 0) kernel.at(deadline, CLIENT_TIMEOUT, 0, 0);
    this.#deadlines.push(deadline, request, requests.generation[request] ?? 0);
    return request;
  }

  #levelOf(level: ConsistencyLevel): number {
    const known = level === this.#levels[0] ? 0 : this.#levels.indexOf(level);
    if (known !== NONE) return known;
    this.#levels.push(level);
    return this.#rules.push(levelRule(level)) - 1;
  }

  #ruleOf(request: number): LevelRule {
    const rule = this.#rules[this.requests.level[request] ?? 0];
    assert(rule !== undefined, 'a request has a level', request);
    return rule;
  }

  #isUnavailable(node: number, key: number, rule: LevelRule): boolean {
    if (this.#policy.consistency.unavailable === 'try' || rule.hintSuffices) return false;
    return !this.#fanOut.canReach(node, key, rule);
  }

  #isCurrent(message: number): boolean {
    const { messages } = this.#world;
    return this.requests.isCurrent(messages.subject[message] ?? 0, messages.generation[message] ?? 0);
  }

  #vote(request: number, target: number, code: number, value: number): void {
    const requests = this.requests;
    requests.vote(request, target, code, value);
    requests.outstanding[request] = (requests.outstanding[request] ?? 0) - 1;
    if (code === ERROR) this.#fanOut.refused(request, target, this.#ruleOf(request));
    this.#settle(request);
  }

  /** One vote less to come. */
  #withdraw(request: number): void {
    this.requests.outstanding[request] = (this.requests.outstanding[request] ?? 0) - 1;
    this.#settle(request);
  }

  /** Answers or fails the client if that is decided now, and frees the row once nothing can come in any more. */
  #settle(request: number): void {
    const requests = this.requests;
    const isOver = requests.outstanding[request] === 0;
    if (requests.isResolved[request] === 0) {
      const answer = decide(this.#ballot, request, this.#ruleOf(request));
      if (answer >= 0) this.#answer(request, answer);
      else if (answer === DISAGREED || (answer === UNDECIDED && isOver)) this.#fail(request);
    }
    if (!isOver || this.#fanOut.mayHintSilence(request)) return;
    if (this.#repair !== undefined && requests.operation[request] === GET) this.#repair.repair(request);
    requests.free(request);
  }

  #answer(request: number, target: number): void {
    const { kernel, recorder, versions } = this.#world;
    const requests = this.requests;
    if (requests.codes[request * MAX_TARGETS + target] === ERROR) return this.#fail(request);
    const node = this.#resolve(request);
    const id = requests.id[request] ?? 0;
    const latency = kernel.now - this.#issuedAt(request);
    requests.isAcked[request] = 1;
    if (requests.operation[request] === GET) {
      const chosen = this.#policy.reads.answer === 'newest' ? newestVote(requests, request, versions) : target;
      const value = versions.visible(requests.values[request * MAX_TARGETS + chosen] ?? NONE);
      const { probeDelay, probeOf } = requests;
      const newest = requests.newest[request] ?? NONE;
      recorder.readAnswered(
        kernel.now,
        node,
        id,
        value,
        newest,
        newest !== NONE && versions.visible(newest) === NONE,
        probeDelay[request] ?? NONE,
        probeOf[request] ?? NONE,
        latency,
      );
    } else recorder.writeAcked(kernel.now, node, id, requests.key[request] ?? 0, latency);
    this.#sink?.resolved(request, true);
  }

  #fail(request: number): void {
    const { kernel, recorder } = this.#world;
    const { operation, id } = this.requests;
    const node = this.#resolve(request);
    if (operation[request] === GET) recorder.readFailed(kernel.now, node, id[request] ?? 0);
    else recorder.writeFailed(kernel.now, node, id[request] ?? 0);
    this.#sink?.resolved(request, false);
  }

  #failAtOnce(request: number): void {
    this.#fail(request);
    this.requests.free(request);
  }

  /** The client has its answer or its error. Answers with the coordinator. */
  #resolve(request: number): number {
    const node = this.requests.coordinator[request] ?? 0;
    this.requests.isResolved[request] = 1;
    this.#unanswered[node] = (this.#unanswered[node] ?? 0) - 1;
    return node;
  }

  /** The time of a request is up: its client has failed if it has no answer, and silent replicas may get hints. */
  #giveUp(request: number): void {
    const requests = this.requests;
    if (requests.isResolved[request] === 0) this.#fail(request);
    // A process that died since then has nobody to keep a hint.
    const node = requests.coordinator[request] ?? 0;
    if (this.#world.nodes.isStill(node, requests.incarnation[request] ?? 0)) this.#fanOut.silent(request);
    requests.free(request);
  }

  /** Drops requests from the front of the deadlines that are over already. */
  #forgetOver(): void {
    const queue = this.#deadlines;
    while (queue.length > 0 && !this.requests.isCurrent(queue.row, queue.generation)) queue.shift();
  }

  #issuedAt(request: number): Instant {
    return instantAt(this.requests.issuedAt, request);
  }
}
