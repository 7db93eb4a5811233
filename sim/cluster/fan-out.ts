/**
 * The fan-out of a request: which replicas are asked, and what becomes of a write's copy for one that cannot be. After
 * dynomite-rs `dispatch.rs` (handoff-systems §1.2), each choice read from the policy:
 *
 * - a write goes to every replica that its level names; one that is `Down`, whose channel has no room or for which
 *   hints are waiting gets a hint instead, from the coordinator or from the next live node (H10, H13, §4 to §6);
 * - what a hint counts for is policy, and one that is refused is passed over in silence (H11);
 * - a read goes to replicas taken for `Normal`, nearest first: as many as it takes, or all; who keeps the hints of one
 *   that is `Down` may answer in its place (§4);
 * - a replica that answered with an error, or not in time, may get a hint later (§2, §3).
 */
import { votesNeeded } from '../scenario/model/levels.ts';
import type { LevelRule } from '../scenario/model/levels.ts';
import { GET } from '../scenario/model/workload.ts';
import type { Policy } from '../scenario/model/policy.ts';
import { HINT_REASONS, NONE } from '../trace/trace.ts';
import type { HintReason } from '../trace/trace.ts';
import type { CoordinatorWorld } from './coordinator-world.ts';
import { HINTED, KEEP, OK, PEEK, READ, WRITE } from './messages.ts';
import { MAX_TARGETS } from './requests.ts';
import type { Requests } from './requests.ts';
import { hasRoom } from './room.ts';

export class FanOut {
  readonly #world: CoordinatorWorld;
  readonly #requests: Requests;
  readonly #policy: Policy;
  readonly #timeout: number;
  /** What the policy says, in one load each: a write waits behind hints; one for a `Down` replica is not sent; … */
  readonly #waitsBehindHints: boolean;
  readonly #sparesDown: boolean;
  /** … a write may be refused for bytes in flight; silent replicas may get hints. */
  readonly #boundsInFlight: boolean;
  readonly #hintsSilence: boolean;

  /** @param timeout after how many microseconds a client gives up */
  constructor(world: CoordinatorWorld, requests: Requests, policy: Policy, timeout: number) {
    this.#world = world;
    this.#requests = requests;
    this.#policy = policy;
    this.#timeout = timeout;
    const { triggers, enabled, inFlightBytes } = policy.hints;
    this.#waitsBehindHints = triggers.queued && enabled;
    this.#sparesDown = triggers.peerDown || !enabled;
    this.#boundsInFlight = inFlightBytes > 0;
    this.#hintsSilence = triggers.timeout !== 'never';
  }

  /** Sends a write to its replicas, or hints it. Answers with the number of replicas that its level counts from. */
  write(request: number, rule: LevelRule): number {
    const { topology } = this.#world;
    const home = topology.datacentreOf[this.#requests.coordinator[request] ?? 0] ?? 0;
    const key = this.#requests.key[request] ?? 0;
    for (let datacentre = 0; datacentre < topology.datacentres; datacentre++) {
      if (rule.fanout === 'local' && datacentre !== home) continue;
      const replicas = topology.replicas(datacentre);
      for (let rack = 0; rack < replicas; rack++) {
        this.#plan(request, topology.owner(datacentre, rack, key), rule);
      }
    }
    return rule.fanout === 'local' ? (this.#requests.targets[request] ?? 0) : this.#replicasCounted(home, rule);
  }

  /** Asks replicas for a read, nearest first. Answers with the number of replicas that its level counts from. */
  read(request: number, rule: LevelRule): number {
    const { topology } = this.#world;
    const home = topology.datacentreOf[this.#requests.coordinator[request] ?? 0] ?? 0;
    const counted = this.#replicasCounted(home, rule);
    const asksAll = rule.agreement !== 'none' || rule.counts === 'each' || this.#policy.reads.fanout === 'all';
    const most = asksAll ? MAX_TARGETS : votesNeeded(rule, counted);
    for (let step = 0; step < topology.datacentres; step++) {
      const datacentre = (home + step) % topology.datacentres;
      if (step > 0 && (rule.fanout === 'local' || rule.counts === 'local')) break;
      this.#askDatacentre(request, datacentre, most);
    }
    return rule.fanout === 'local' ? (this.#requests.targets[request] ?? 0) : counted;
  }

  /** Enough replicas are taken for `Normal` to reach a level. */
  canReach(node: number, key: number, rule: LevelRule): boolean {
    const { topology, beliefs } = this.#world;
    const home = topology.datacentreOf[node] ?? 0;
    let alive = 0;
    for (let datacentre = 0; datacentre < topology.datacentres; datacentre++) {
      if (rule.counts === 'local' && datacentre !== home) continue;
      const replicas = topology.replicas(datacentre);
      let here = 0;
      for (let rack = 0; rack < replicas; rack++) {
        if (!beliefs.isDown(node, topology.owner(datacentre, rack, key))) here++;
      }
      if (rule.counts === 'each' && here < votesNeeded(rule, replicas)) return false;
      alive += here;
    }
    return rule.counts === 'each' || alive >= votesNeeded(rule, this.#replicasCounted(home, rule));
  }

  /** Hints on their way to disk are more than the policy allows, for one of the replicas of this write. */
  isOverloaded(request: number, rule: LevelRule): boolean {
    if (!this.#boundsInFlight) return false;
    const { topology, handoff } = this.#world;
    const coordinator = this.#requests.coordinator[request] ?? 0;
    const home = topology.datacentreOf[coordinator] ?? 0;
    for (let datacentre = 0; datacentre < topology.datacentres; datacentre++) {
      if (rule.fanout === 'local' && datacentre !== home) continue;
      for (let rack = 0; rack < topology.replicas(datacentre); rack++) {
        const replica = topology.owner(datacentre, rack, this.#requests.key[request] ?? 0);
        if (replica !== coordinator && handoff.isOverloaded(coordinator, replica)) return true;
      }
    }
    return false;
  }

  /** A stored hint is a vote for a request of this level. */
  hintCounts(rule: LevelRule): boolean {
    const { vote } = this.#policy.hints;
    return vote === 'full' || (vote === 'any' && rule.hintSuffices);
  }

  /** A replica has answered a write with an error; it may get a hint, and the hint may be its vote. */
  refused(request: number, target: number, rule: LevelRule): void {
    if (!this.#policy.hints.triggers.error || this.#requests.operation[request] === GET) return;
    if (this.#hintLater(request, target, 'error')) this.#countHint(request, target, rule);
  }

  /** Replicas of a write that have not answered may get hints when its time is up. */
  mayHintSilence(request: number): boolean {
    return this.#hintsSilence && this.#requests.operation[request] !== GET && this.#requests.hasSilent(request);
  }

  /** The time of a write is up: replicas that have not answered may get hints. */
  silent(request: number): void {
    if (!this.mayHintSilence(request)) return;
    if (this.#policy.hints.triggers.timeout === 'acked' && this.#requests.isAcked[request] === 0) return;
    const end = this.#requests.targets[request] ?? 0;
    for (let target = 0; target < end; target++) {
      if (this.#requests.isSilent(request, target)) this.#hintLater(request, target, 'timeout');
    }
  }

  /** One replica of a write: sent, hinted, or passed over. */
  #plan(request: number, replica: number, rule: LevelRule): void {
    const { kernel, handoff, recorder, beliefs } = this.#world;
    const requests = this.#requests;
    const coordinator = requests.coordinator[request] ?? 0;
    const write = requests.id[request] ?? 0;
    const obstacle = this.#obstacle(coordinator, replica);
    if (obstacle === undefined) {
      this.#ask(request, WRITE, replica, write);
      recorder.copySent(kernel.now, coordinator, replica, write);
    } else if (handoff.isEnabled && this.#isTrigger(obstacle) && this.#mayKeep(coordinator, replica))
      this.#hint(request, replica, obstacle, rule);
    else {
      recorder.copyUnsent(kernel.now, replica, write);
      // Without handoff one that is `Down` is no target at all (dispatch.rs `plan`); one without room is missed.
      if (handoff.isEnabled || !beliefs.isDown(coordinator, replica)) requests.ask(request, replica);
    }
  }

  /** Why a copy cannot be sent to a replica now; undefined if it can. */
  #obstacle(coordinator: number, replica: number): HintReason | undefined {
    const { handoff, beliefs, links, topology } = this.#world;
    // Its own hints are never drained (H13): behind them a write would wait for ever.
    if (this.#waitsBehindHints && replica !== coordinator && handoff.queues(coordinator, replica)) return 'queued';
    if (this.#sparesDown && beliefs.isDown(coordinator, replica)) return 'peerDown';
    if (hasRoom(this.#world, coordinator, replica)) return undefined;
    const link = topology.link(coordinator, replica);
    if (links.isEnded(link)) return 'linkEnded';
    return links.carriesReplay(link) ? 'displaced' : 'channelFull';
  }

  #isTrigger(reason: HintReason): boolean {
    const { triggers } = this.#policy.hints;
    if (reason === 'peerDown' || reason === 'queued') return true;
    return triggers.channelFull;
  }

  /** What a node keeps for itself is never drained (H13): policy. */
  #mayKeep(coordinator: number, replica: number): boolean {
    const { self, holder } = this.#policy.hints;
    return self || replica !== coordinator || holder !== 'coordinator';
  }

  #hint(request: number, replica: number, reason: HintReason, rule: LevelRule): void {
    const target = this.#requests.addTarget(request, replica);
    if (this.#keep(request, replica, reason, false)) this.#countHint(request, target, rule);
  }

  /** A hint for one that was asked directly: its copy is in the books already. False if it was not stored here. */
  #hintLater(request: number, target: number, reason: HintReason): boolean {
    const { handoff } = this.#world;
    const coordinator = this.#requests.coordinator[request] ?? 0;
    const node = this.#requests.nodes[request * MAX_TARGETS + target] ?? 0;
    // What a node keeps for itself is never drained.
    if (!handoff.isEnabled || handoff.holderFor(coordinator, node) === node) return false;
    return this.#keep(request, node, reason, true);
  }

  /**
   * Keeps a hint here, or entrusts it to the node that the policy names. False if it is not stored, or not yet.
   *
   * @param isPlanned the copy was sent before, and the hint joins it
   */
  #keep(request: number, replica: number, reason: HintReason, isPlanned: boolean): boolean {
    const { kernel, handoff, recorder } = this.#world;
    const requests = this.#requests;
    const coordinator = requests.coordinator[request] ?? 0;
    const write = requests.id[request] ?? 0;
    const holder = handoff.holderFor(coordinator, replica);
    if (holder === coordinator) {
      const { key, bytes } = requests;
      return handoff.keep(holder, replica, write, key[request] ?? 0, bytes[request] ?? 0, reason, isPlanned);
    }
    if (holder !== NONE && this.#entrust(request, holder, replica, reason)) {
      recorder.copyDiverted(kernel.now, coordinator, holder, replica, write, isPlanned);
    } else if (!isPlanned) recorder.copyUnsent(kernel.now, replica, write);
    return false;
  }

  #countHint(request: number, target: number, rule: LevelRule): void {
    this.#requests.vote(request, target, this.hintCounts(rule) ? OK : HINTED, NONE);
  }

  /** The hint is to be kept by another node, which takes a message there and back. False if it cannot be sent. */
  #entrust(request: number, holder: number, replica: number, reason: HintReason): boolean {
    const { links, messages } = this.#world;
    if (!hasRoom(this.#world, this.#requests.coordinator[request] ?? 0, holder)) return false;
    const message = this.#message(request, KEEP, holder, this.#requests.id[request] ?? 0);
    messages.receiver[message] = replica;
    messages.code[message] = HINT_REASONS.indexOf(reason);
    // A hint is worth keeping however long its client has been gone.
    messages.lateAt[message] = Infinity;
    links.send(message);
    return true;
  }

  #askDatacentre(request: number, datacentre: number, most: number): void {
    const { topology, beliefs } = this.#world;
    const coordinator = this.#requests.coordinator[request] ?? 0;
    const replicas = topology.replicas(datacentre);
    const isHome = topology.datacentreOf[coordinator] === datacentre;
    const nearest = isHome ? (topology.rackOf[coordinator] ?? 0) : 0;
    // From the coordinator's own rack on, so that the nearest replica is the first to be asked.
    for (let step = 0; step < replicas && (this.#requests.targets[request] ?? 0) < most; step++) {
      const rack = (nearest + step) % replicas;
      const replica = topology.owner(datacentre, rack, this.#requests.key[request] ?? 0);
      if (beliefs.isDown(coordinator, replica)) this.#peek(request, replica);
      else if (hasRoom(this.#world, coordinator, replica)) this.#ask(request, READ, replica, NONE);
      else this.#requests.addTarget(request, replica);
    }
  }

  /** Where the policy says so, the node that keeps the hints of a replica is asked in its place. */
  #peek(request: number, replica: number): void {
    if (!this.#policy.reads.fallback) return;
    const coordinator = this.#requests.coordinator[request] ?? 0;
    const holder = this.#world.handoff.holderFor(coordinator, replica);
    if (holder === NONE) return;
    this.#requests.addTarget(request, replica);
    if (!hasRoom(this.#world, coordinator, holder)) return;
    const message = this.#message(request, PEEK, holder, NONE);
    this.#world.messages.receiver[message] = replica;
    this.#world.links.send(message);
  }

  /** Asks one replica, which has room. */
  #ask(request: number, kind: number, replica: number, value: number): void {
    this.#requests.ask(request, replica);
    this.#world.links.send(this.#message(request, kind, replica, value));
  }

  /** A message of a request, ready to leave. */
  #message(request: number, kind: number, to: number, value: number): number {
    const { messages } = this.#world;
    const requests = this.#requests;
    const message = messages.take(kind, requests.coordinator[request] ?? 0, to, request, value);
    messages.generation[message] = requests.generation[request] ?? 0;
    messages.key[message] = requests.key[request] ?? 0;
    messages.bytes[message] = kind === READ || kind === PEEK ? 0 : (requests.bytes[request] ?? 0);
    messages.lateAt[message] = (requests.issuedAt[request] ?? 0) + this.#timeout;
    requests.outstanding[request] = (requests.outstanding[request] ?? 0) + 1;
    return message;
  }

  #replicasCounted(home: number, rule: LevelRule): number {
    const { topology } = this.#world;
    return rule.counts === 'local' ? topology.replicas(home) : topology.allReplicas;
  }
}
