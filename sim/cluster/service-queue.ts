/**
 * Every node's backend as a queueing system: so many workers, one queue in order of arrival, a place limit, and the
 * states that stop it. What a request does when its service is over is the owner's; here is only when.
 *
 * Service that takes no time executes on arrival, without an event. Otherwise a worker is a server with at most one
 * `SERVICE_DONE` pending, told from stale ones by its epoch. A stalled backend takes requests into its queue and works
 * on none; the one in service goes on where it was. A loading one refuses at once. Faults may overlap: they are
 * counted, and `set…(node, true)` and `(node, false)` come in pairs.
 */
import { duration, instantAt, later } from '../../core/index.ts';
import type { Duration } from '../../core/index.ts';
import type { Distribution, StreamId } from '../engine/index.ts';
import type { ServicePolicy } from '../scenario/model/policy.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import type { ServiceMeter } from '../trace/service-meter.ts';
import { NONE } from '../trace/trace.ts';
import { SERVICE_DONE } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { WRITE } from './messages.ts';
import type { Messages } from './messages.ts';
import { samplerOf } from './sampler.ts';

/** What the queues act on, and what they tell. */
export interface ServiceWorld {
  readonly kernel: Kernel;
  readonly messages: Messages;
  readonly recorder: { readonly meters: readonly ServiceMeter[] };
}

/** Whoever is told what becomes of a request. Each is told exactly one of the four. */
export interface ServiceOwner {
  /** Its service is over. */
  served(node: number, message: number): void;
  /** There was no place for it, or the backend is loading. */
  refused(message: number): void;
  /** Its requester had given up when it would have been served. */
  late(message: number): void;
  /** It died with the process. */
  died(message: number): void;
}

/** The queues and servers of all nodes. Every event costs O(1). */
export class ServiceQueue {
  readonly #kernel: Kernel;
  readonly #messages: Messages;
  readonly #owner: ServiceOwner;
  readonly #policy: ServicePolicy;
  readonly #names: readonly string[];
  readonly #time: Distribution;
  readonly #isInstant: boolean;
  /** Empty if service takes no time: there is nothing to measure. */
  readonly #meters: readonly ServiceMeter[];
  /** Per node: faults under way, and whether requests are served the moment they arrive. */
  readonly #loading: Int32Array;
  readonly #stalls: Int32Array;
  readonly #isDirect: Uint8Array;
  /** Per node: how many times as long service takes, and the stream of its times, opened at first use. */
  readonly #slowness: Float64Array;
  readonly #stream: Int32Array;
  /** Per node: the chain of waiting requests. */
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  readonly #waiting: Int32Array;
  /** Per node: a stack of its idle servers, and its height. Empty if service takes no time. */
  readonly #idle: Int32Array;
  readonly #idleCount: Int32Array;
  /** Per server: the request it serves or NONE, the epoch, and when it is done; while stalled, the time it still needs. */
  readonly #serving: Int32Array;
  readonly #epoch: Int32Array;
  readonly #doneAt: Float64Array;

  constructor(world: ServiceWorld, scenario: Scenario, owner: ServiceOwner) {
    const nodes = scenario.nodes.length;
    this.#kernel = world.kernel;
    this.#messages = world.messages;
    this.#owner = owner;
    this.#policy = scenario.policy.service;
    this.#names = scenario.nodes.map((node) => node.name);
    this.#time = samplerOf(this.#policy.time);
    this.#isInstant = this.#time.isConstant && this.#time.max() === 0;
    this.#meters = this.#isInstant ? [] : world.recorder.meters;
    this.#loading = new Int32Array(nodes);
    this.#stalls = new Int32Array(nodes);
    this.#isDirect = new Uint8Array(nodes);
    this.#slowness = new Float64Array(nodes).fill(1);
    this.#stream = new Int32Array(nodes).fill(NONE);
    this.#head = new Int32Array(nodes).fill(NONE);
    this.#tail = new Int32Array(nodes).fill(NONE);
    this.#waiting = new Int32Array(nodes);
    const servers = this.#isInstant ? 0 : nodes * this.#policy.workers;
    this.#idle = Int32Array.from({ length: servers }, (_, server) => server);
    this.#idleCount = new Int32Array(nodes).fill(this.#policy.workers);
    this.#serving = new Int32Array(servers).fill(NONE);
    this.#epoch = new Int32Array(servers);
    this.#doneAt = new Float64Array(servers);
    for (let node = 0; node < nodes; node++) this.#notice(node);
  }

  /** Bytes of the columns; what waits are rows of the messages. */
  get weight(): number {
    return this.#head.length * 41 + this.#idle.length * 20;
  }

  /** A request is served the moment it arrives: the caller may execute it itself. */
  isDirect(node: number): boolean {
    return this.#isDirect[node] === 1;
  }

  /** The backend would take another request, to serve it or to let it wait. */
  hasRoom(node: number): boolean {
    return this.#canServe(node) || (this.#waiting[node] ?? 0) < this.#policy.queue;
  }

  /** A request was turned away for want of room before it came here; it counts all the same. */
  turnedAway(node: number): void {
    this.#meters[node]?.refused(this.#kernel.now);
  }

  /** A request is at its backend. */
  arrived(node: number, message: number): void {
    const { now } = this.#kernel;
    if (this.#loading[node] !== 0 || !this.hasRoom(node)) {
      this.#meters[node]?.refused(now);
      this.#owner.refused(message);
      return;
    }
    this.#messages.arrivedAt[message] = now;
    this.#meters[node]?.arrived(now);
    if (this.#canServe(node)) this.#begin(node, message);
    else this.#push(node, message);
  }

  /** Event {@link SERVICE_DONE}: a server is done with its request. */
  served(server: number, epoch: number): void {
    if (this.#epoch[server] !== epoch) return;
    const node = Math.floor(server / this.#policy.workers);
    const message = this.#serving[server] ?? NONE;
    this.#release(node, server);
    this.#meters[node]?.finished(this.#kernel.now, instantAt(this.#messages.arrivedAt, message));
    this.#owner.served(node, message);
    this.#serveWaiting(node);
  }

  /** The backend starts or stops answering every new request with an error; what it has already goes on. */
  setLoading(node: number, isOn: boolean): void {
    this.#loading[node] = (this.#loading[node] ?? 0) + (isOn ? 1 : -1);
    this.#notice(node);
  }

  /** The backend freezes or thaws. O(workers). */
  setStalled(node: number, isOn: boolean): void {
    const before = this.#stalls[node] ?? 0;
    const after = before + (isOn ? 1 : -1);
    this.#stalls[node] = after;
    this.#notice(node);
    if (before === 0) this.#freeze(node);
    if (after === 0) this.#thaw(node);
  }

  /** Service that starts from now on takes `factor` times as long. */
  setSlow(node: number, factor: number): void {
    this.#slowness[node] = factor;
  }

  /** The process died: what it served and what waited is gone, in this order. The states that faults set remain. */
  crashed(node: number): void {
    for (let server = this.#first(node); server < this.#end(node); server++) {
      const message = this.#serving[server] ?? NONE;
      if (message === NONE) continue;
      this.#epoch[server] = (this.#epoch[server] ?? 0) + 1;
      this.#release(node, server);
      this.#owner.died(message);
    }
    while ((this.#waiting[node] ?? 0) > 0) this.#owner.died(this.#shift(node));
    this.#meters[node]?.emptied(this.#kernel.now);
  }

  /** Nobody is in front of a new request, and somebody is free to serve it. */
  #canServe(node: number): boolean {
    return this.#stalls[node] === 0 && this.#waiting[node] === 0 && this.#isFree(node);
  }

  #isFree(node: number): boolean {
    return this.#isInstant || (this.#idleCount[node] ?? 0) > 0;
  }

  /** Serves a request now, unless its requester has given up and nobody wants it any more. */
  #begin(node: number, message: number): void {
    const { now } = this.#kernel;
    if (this.#policy.late === 'drop' && (this.#messages.lateAt[message] ?? 0) <= now) {
      if (this.#isOwnWrite(message)) return this.#again(node, message);
      this.#meters[node]?.late(now);
      this.#owner.late(message);
      return;
    }
    if (this.#isInstant) return this.#owner.served(node, message);
    this.#meters[node]?.started(now, instantAt(this.#messages.arrivedAt, message));
    const height = (this.#idleCount[node] ?? 0) - 1;
    const server = this.#idle[this.#first(node) + height] ?? 0;
    this.#idleCount[node] = height;
    this.#serving[server] = message;
    this.#doneAt[server] = later(now, this.#draw(node));
    this.#schedule(server);
  }

  #isOwnWrite(message: number): boolean {
    const { kind, from, to } = this.#messages;
    return kind[message] === WRITE && from[message] === to[message];
  }

  /** A coordinator does not drop its own mutation, it queues it once more (Cassandra, `LocalMutationRunnable`). */
  #again(node: number, message: number): void {
    this.#messages.lateAt[message] = Infinity;
    if ((this.#waiting[node] ?? 0) > 0) this.#push(node, message);
    else this.#begin(node, message);
  }

  #serveWaiting(node: number): void {
    while ((this.#waiting[node] ?? 0) > 0 && this.#stalls[node] === 0 && this.#isFree(node)) {
      this.#begin(node, this.#shift(node));
    }
  }

  /** Work under way keeps the time that it still needs. */
  #freeze(node: number): void {
    for (let server = this.#first(node); server < this.#end(node); server++) {
      if (this.#serving[server] === NONE) continue;
      this.#epoch[server] = (this.#epoch[server] ?? 0) + 1;
      this.#doneAt[server] = (this.#doneAt[server] ?? 0) - this.#kernel.now;
    }
  }

  #thaw(node: number): void {
    for (let server = this.#first(node); server < this.#end(node); server++) {
      if (this.#serving[server] === NONE) continue;
      this.#doneAt[server] = later(this.#kernel.now, duration(this.#doneAt[server] ?? 0));
      this.#schedule(server);
    }
    this.#serveWaiting(node);
  }

  #schedule(server: number): void {
    this.#kernel.at(instantAt(this.#doneAt, server), SERVICE_DONE, server, this.#epoch[server] ?? 0);
  }

  #release(node: number, server: number): void {
    this.#serving[server] = NONE;
    const height = this.#idleCount[node] ?? 0;
    this.#idle[this.#first(node) + height] = server;
    this.#idleCount[node] = height + 1;
  }

  /** A time of service. */
  #draw(node: number): Duration {
    const time = this.#time.sampleMicros(this.#kernel.streams, this.#streamOf(node));
    const slowness = this.#slowness[node] ?? 1;
    return slowness === 1 ? time : duration(Math.min(Math.round(time * slowness), Number.MAX_SAFE_INTEGER));
  }

  #streamOf(node: number): StreamId {
    if (this.#time.isConstant) return NONE;
    const open = this.#stream[node] ?? NONE;
    if (open !== NONE) return open;
    const stream = this.#kernel.streams.open(`node ${this.#names[node] ?? ''}`, 'service');
    this.#stream[node] = stream;
    return stream;
  }

  #push(node: number, message: number): void {
    const tail = this.#tail[node] ?? NONE;
    if (tail === NONE) this.#head[node] = message;
    else this.#messages.next[tail] = message;
    this.#messages.next[message] = NONE;
    this.#tail[node] = message;
    this.#waiting[node] = (this.#waiting[node] ?? 0) + 1;
  }

  #shift(node: number): number {
    const message = this.#head[node] ?? NONE;
    const next = this.#messages.next[message] ?? NONE;
    this.#head[node] = next;
    if (next === NONE) this.#tail[node] = NONE;
    this.#waiting[node] = (this.#waiting[node] ?? 0) - 1;
    return message;
  }

  /** A node's servers are those from `first` up to, and without, `end`. */
  #first(node: number): number {
    return this.#isInstant ? 0 : node * this.#policy.workers;
  }

  #end(node: number): number {
    return this.#isInstant ? 0 : (node + 1) * this.#policy.workers;
  }

  /** Keeps `isDirect` true to the state: one load on the way of every message. */
  #notice(node: number): void {
    const isHealthy = this.#loading[node] === 0 && this.#stalls[node] === 0;
    this.#isDirect[node] = this.#isInstant && this.#policy.late === 'execute' && isHealthy ? 1 : 0;
  }
}
