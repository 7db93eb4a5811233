/**
 * Links: one directed connection per ordered pair of nodes, each behind a bounded channel that direct requests,
 * replay and gossip share (handoff-systems §1.2, H18).
 *
 * An open link without a message time takes everything out of its channel between two events, so the channel can
 * only fill up *within* an event: that is how one sweep ships at most `slots` hints (H19). With a message time the
 * link takes one message per that time. A link is cut when either end crashes: what is on the wire is gone, what
 * waits in the channel of a living sender stays and leaves first when the link opens again (H16, scenario 10c).
 * A connection delivers in order, like TCP: a message never overtakes an earlier one of its direction.
 */
import { assert, instantAt, later } from '../../core/index.ts';
import type { Duration, Instant } from '../../core/index.ts';
import type { Distribution, StreamId } from '../engine/index.ts';
import type { Scenario } from '../scenario/scenario.ts';
import type { Recorder } from '../trace/recorder.ts';
import { NONE } from '../trace/trace.ts';
import { DELIVERY, LINK_OPEN, LINK_PUMP } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { HINT } from './messages.ts';
import type { Messages } from './messages.ts';
import { samplerOf } from './sampler.ts';
import type { Nodes } from './nodes.ts';
import type { Topology } from './topology.ts';

/** What travels over a link, each with a random stream of its own. */
const PURPOSES = ['requests', 'replay', 'gossip', 'replies'] as const;
/** By kind of message: WRITE, READ, HINT, HEARTBEAT, REPLY_TO_WRITE, REPLY_TO_READ. */
const PURPOSE_OF = [0, 0, 1, 2, 3, 3];

/** What links need of the world. */
export interface LinkWorld {
  readonly kernel: Kernel;
  readonly topology: Topology;
  readonly nodes: Nodes;
  readonly messages: Messages;
  readonly recorder: Recorder;
}

/** All links of a cluster and their channels. */
export class Links {
  readonly #kernel: Kernel;
  readonly #messages: Messages;
  readonly #recorder: Recorder;
  readonly #topology: Topology;
  readonly #nodes: Nodes;
  readonly #names: readonly string[];
  readonly #policy: Scenario['policy']['channel'];
  readonly #near: Distribution;
  readonly #far: Distribution;
  /** Per link and purpose: the random stream of its latency, opened at first use. */
  readonly #stream: Int32Array;
  readonly #isOpen: Uint8Array;
  readonly #epoch: Int32Array;
  /** Per link: the chain of messages waiting in the channel. */
  readonly #head: Int32Array;
  readonly #tail: Int32Array;
  readonly #waiting: Int32Array;
  readonly #isPumping: Uint8Array;
  /** Per link: messages accepted within the event `#burstEvent`, which still fill the channel. */
  readonly #burst: Int32Array;
  readonly #burstEvent: Float64Array;
  /** Per link: when the last message, and the last reply, gets to its end. */
  readonly #lastArrival: Float64Array;
  readonly #lastReply: Float64Array;

  constructor(world: LinkWorld, scenario: Scenario) {
    const { kernel, messages, recorder, topology, nodes } = world;
    const links = topology.count * topology.count;
    this.#nodes = nodes;
    this.#kernel = kernel;
    this.#messages = messages;
    this.#recorder = recorder;
    this.#topology = topology;
    this.#names = scenario.nodes.map((node) => node.name);
    this.#policy = scenario.policy.channel;
    this.#near = samplerOf(scenario.network.sameDatacentre);
    this.#far = samplerOf(scenario.network.crossDatacentre);
    this.#stream = new Int32Array(links * PURPOSES.length).fill(NONE);
    this.#isOpen = new Uint8Array(links).fill(1);
    this.#epoch = new Int32Array(links);
    this.#head = new Int32Array(links).fill(NONE);
    this.#tail = new Int32Array(links).fill(NONE);
    this.#waiting = new Int32Array(links);
    this.#isPumping = new Uint8Array(links);
    this.#burst = new Int32Array(links);
    this.#burstEvent = new Float64Array(links);
    this.#lastArrival = new Float64Array(links);
    this.#lastReply = new Float64Array(links);
  }

  /** Messages that the channel of a link still takes from the handler that asks. */
  room(link: number): number {
    const burst = this.#burstEvent[link] === this.#kernel.events ? (this.#burst[link] ?? 0) : 0;
    return this.#policy.slots - (this.#waiting[link] ?? 0) - burst;
  }

  /** The channel of a link takes another message. */
  hasRoom(link: number): boolean {
    return this.room(link) > 0;
  }

  /** Puts a message into the channel of its link, which must have room (after `try_send`). */
  send(message: number): void {
    const link = this.#messages.link[message] ?? 0;
    this.#recorder.counters.sent++;
    if (this.#policy.messageTime === 0 && this.#isOpen[link] === 1) {
      const isSameEvent = this.#burstEvent[link] === this.#kernel.events;
      this.#burst[link] = isSameEvent ? (this.#burst[link] ?? 0) + 1 : 1;
      this.#burstEvent[link] = this.#kernel.events;
      this.#depart(message, link);
      return;
    }
    const tail = this.#tail[link] ?? NONE;
    if (tail === NONE) this.#head[link] = message;
    else this.#messages.next[tail] = message;
    this.#tail[link] = message;
    this.#waiting[link] = (this.#waiting[link] ?? 0) + 1;
    this.#pump(link);
  }

  /** Sends the reply of a delivered message back over the connection it came on; replies use no channel slot. */
  reply(message: number): void {
    const link = this.#messages.link[message] ?? 0;
    this.#lastReply[link] = this.#travel(message, link, instantAt(this.#lastReply, link));
  }

  /** The connection that a message left on is still the one of its link. */
  isCurrent(message: number): boolean {
    return this.#messages.epoch[message] === this.#epoch[this.#messages.link[message] ?? 0];
  }

  /** Event {@link LINK_PUMP}: one message leaves the channel. */
  pumped(link: number, epoch: number): void {
    if (this.#epoch[link] !== epoch) return;
    this.#isPumping[link] = 0;
    this.#depart(this.#shift(link), link);
    this.#pump(link);
  }

  /** Event {@link LINK_OPEN}: the connection is up; what waited leaves first. */
  opened(link: number, epoch: number): void {
    if (this.#epoch[link] !== epoch || this.#isOpen[link] === 1) return;
    this.#isOpen[link] = 1;
    this.#recorder.linkOpened(this.#kernel.now, this.#topology.from[link] ?? 0, this.#topology.to[link] ?? 0);
    if (this.#policy.messageTime > 0) this.#pump(link);
    else while ((this.#waiting[link] ?? 0) > 0) this.#depart(this.#shift(link), link);
  }

  /**
   * A node died: every link of it is cut. Its own channels die with it; `drop` is told of each message in them.
   * Messages on the wire are found stale when they arrive.
   */
  cut(node: number, drop: (message: number) => void): void {
    for (let other = 0; other < this.#topology.count; other++) {
      if (other === node) continue;
      this.#close(this.#topology.link(other, node));
      const own = this.#topology.link(node, other);
      this.#close(own);
      while ((this.#waiting[own] ?? 0) > 0) drop(this.#shift(own));
    }
  }

  /**
   * A node came back: it connects to every living peer at once, and each of them finds it after the reconnect time.
   */
  restore(node: number, isUp: (peer: number) => boolean): void {
    for (let other = 0; other < this.#topology.count; other++) {
      if (other === node || !isUp(other)) continue;
      const own = this.#topology.link(node, other);
      this.opened(own, this.#epoch[own] ?? 0);
      const back = this.#topology.link(other, node);
      this.#kernel.after(this.#policy.reconnect, LINK_OPEN, back, this.#epoch[back] ?? 0);
    }
  }

  #close(link: number): void {
    this.#isOpen[link] = 0;
    this.#isPumping[link] = 0;
    this.#lastArrival[link] = 0;
    this.#lastReply[link] = 0;
    this.#epoch[link] = (this.#epoch[link] ?? 0) + 1;
  }

  #pump(link: number): void {
    if (this.#isPumping[link] === 1 || this.#isOpen[link] === 0 || this.#waiting[link] === 0) return;
    this.#isPumping[link] = 1;
    this.#kernel.after(this.#policy.messageTime, LINK_PUMP, link, this.#epoch[link] ?? 0);
  }

  #shift(link: number): number {
    const message = this.#head[link] ?? NONE;
    assert(message !== NONE, 'a channel that has messages waiting has a head', link);
    this.#head[link] = this.#messages.next[message] ?? NONE;
    if (this.#head[link] === NONE) this.#tail[link] = NONE;
    this.#waiting[link] = (this.#waiting[link] ?? 0) - 1;
    return message;
  }

  #depart(message: number, link: number): void {
    this.#messages.epoch[message] = this.#epoch[link] ?? 0;
    if (this.#messages.kind[message] === HINT) {
      this.#messages.receiver[message] = this.#nodes.incarnation(this.#topology.to[link] ?? 0);
    }
    this.#lastArrival[link] = this.#travel(message, link, instantAt(this.#lastArrival, link));
  }

  /** Puts a message on the wire; it arrives after the latency, but not before the one ahead of it. */
  #travel(message: number, link: number, ahead: Instant): Instant {
    const soonest = later(this.#kernel.now, this.#latency(link, this.#messages.kind[message] ?? 0));
    const arrival = soonest < ahead ? ahead : soonest;
    this.#kernel.at(arrival, DELIVERY, message, this.#messages.value[message] ?? NONE);
    return arrival;
  }

  #latency(link: number, kind: number): Duration {
    const law = this.#topology.isNear[link] === 1 ? this.#near : this.#far;
    return law.sampleMicros(this.#kernel.streams, law.isConstant ? NONE : this.#streamOf(link, kind));
  }

  /** Each purpose has its own luck: another drain interval leaves the latency of every write as it was. */
  #streamOf(link: number, kind: number): StreamId {
    const purpose = PURPOSE_OF[kind] ?? 0;
    const slot = link * PURPOSES.length + purpose;
    const known = this.#stream[slot] ?? NONE;
    if (known !== NONE) return known;
    const { from, to } = this.#topology;
    const entity = `link ${this.#names[from[link] ?? 0]}>${this.#names[to[link] ?? 0]}`;
    const stream = this.#kernel.streams.open(entity, `latency of ${PURPOSES[purpose]}`);
    this.#stream[slot] = stream;
    return stream;
  }
}
