/**
 * Links: one directed connection per ordered pair of nodes, each behind a bounded channel that direct requests, replay
 * and gossip share (handoff-systems §1.2, H18); and each node's connection to its own backend, which has no channel.
 *
 * An open link without a message time takes everything out of its channel between two events, so the channel can only
 * fill up *within* an event: that is how one sweep ships at most `slots` hints (H19). With a message time or a
 * bandwidth the link takes one message after the other. A link is cut when either end crashes: what is on the wire is
 * gone, what waits in the channel of a living sender stays and leaves first when the link opens again (H16). A partition
 * or a lossy link leaves the connection up and swallows messages; a clean close delivers what its sender has put on the
 * wire, and may end idle links towards it for good (H15).
 *
 * Whoever waits for a lost message is told through the sink, never within the call that sent it.
 */
import { duration, instantAt, later, MICROS_PER_SECOND } from '../../core/index.ts';
import type { Duration } from '../../core/index.ts';
import type { LossFault, PartitionFault } from '../scenario/model/fault.ts';
import type { ChannelPolicy } from '../scenario/model/policy.ts';
import type { Scenario } from '../scenario/model/scenario.ts';
import { NONE } from '../trace/trace.ts';
import { Channels } from './channels.ts';
import { DELIVERY, LINK_OPEN, LINK_PUMP } from './kernel.ts';
import { Latencies } from './latencies.ts';
import { LOSSES, Losses } from './losses.ts';
import type { LossSink } from './losses.ts';
import { GOODBYE, HEARTBEAT, HINT, REPLY_TO_WRITE } from './messages.ts';
import { WireFaults } from './wire-faults.ts';
import type { Wires } from './wires.ts';

/** All links of a cluster and their channels. */
export class Links {
  readonly #world: Wires;
  readonly #sink: LossSink;
  readonly #policy: ChannelPolicy;
  /** Messages leave the channel one at a time. */
  readonly #isPaced: boolean;
  readonly #isFifo: boolean;
  readonly #endsWhenIdle: boolean;
  readonly #latencies: Latencies;
  readonly #faults: WireFaults;
  readonly #losses: Losses;
  readonly #channels: Channels;
  readonly #isOpen: Uint8Array;
  readonly #isEnded: Uint8Array;
  readonly #isPumping: Uint8Array;
  readonly #epoch: Int32Array;
  /** Per link: the epoch that was closed cleanly, of which one direction still arrives, and whether that is replies. */
  readonly #closing: Int32Array;
  readonly #closesReplies: Uint8Array;
  /** Per link: messages accepted within the event `#burstEvent`, which still fill the channel. */
  readonly #burst: Int32Array;
  readonly #burstEvent: Float64Array;
  /** Per link: the event in which a hint left last. */
  readonly #hintEvent: Float64Array;
  /** Per link: when the last message, and the last reply, gets to its end. */
  readonly #lastArrival: Float64Array;
  readonly #lastReply: Float64Array;
  /** Per link: until when a request or a reply is on the wire. Kept only where idle links may end. */
  readonly #busyUntil: Float64Array;

  constructor(world: Wires, scenario: Scenario, sink: LossSink) {
    const links = world.topology.count * world.topology.count;
    const { channel } = scenario.policy;
    this.#world = world;
    this.#sink = sink;
    this.#policy = channel;
    this.#isPaced = channel.messageTime > 0 || channel.bandwidth > 0;
    this.#isFifo = channel.order === 'fifo';
    this.#endsWhenIdle = channel.afterClose === 'ended';
    this.#latencies = new Latencies(world, scenario);
    this.#faults = new WireFaults(
      world,
      scenario.nodes.map((node) => node.name),
    );
    this.#losses = new Losses(world, sink);
    this.#channels = new Channels(world.messages, links);
    this.#isOpen = new Uint8Array(links).fill(1);
    this.#isEnded = new Uint8Array(links);
    this.#isPumping = new Uint8Array(links);
    this.#epoch = new Int32Array(links);
    this.#closing = new Int32Array(links).fill(NONE);
    this.#closesReplies = new Uint8Array(links);
    this.#burst = new Int32Array(links);
    this.#burstEvent = new Float64Array(links);
    this.#hintEvent = new Float64Array(links).fill(NONE);
    this.#lastArrival = new Float64Array(links);
    this.#lastReply = new Float64Array(links);
    this.#busyUntil = new Float64Array(links);
  }

  /** Messages that the channel of a link still takes from the handler that asks. */
  room(link: number): number {
    if (this.#isEnded[link] === 1) return 0;
    const burst = this.#burstEvent[link] === this.#world.kernel.events ? (this.#burst[link] ?? 0) : 0;
    return this.#policy.slots - this.#channels.waiting(link) - burst;
  }

  /** The channel of a link takes another message. */
  hasRoom(link: number): boolean {
    return this.room(link) > 0;
  }

  /** Replay takes up room in the channel: a hint waits in it, or has left in this very event. */
  carriesReplay(link: number): boolean {
    return this.#channels.hints(link) > 0 || this.#hintEvent[link] === this.#world.kernel.events;
  }

  /** What is sent now leaves when its turn comes; on any other link it waits until that opens. */
  isOpen(link: number): boolean {
    return this.#isOpen[link] === 1;
  }

  /** The link is closed for good, until the node at its near end starts anew (H15). */
  isEnded(link: number): boolean {
    return this.#isEnded[link] === 1;
  }

  /**
   * Puts a message into the channel of its link, which must have room (after `try_send`); or hands it to the sender's own
   * backend, if its link goes there.
   */
  send(message: number): void {
    const { messages, kernel, recorder } = this.#world;
    const link = messages.link[message] ?? 0;
    if (messages.from[message] === messages.to[message]) return this.#hand(message, link);
    recorder.counters.sent++;
    if (!this.#isPaced && this.#isOpen[link] === 1) {
      const isSameEvent = this.#burstEvent[link] === kernel.events;
      this.#burst[link] = isSameEvent ? (this.#burst[link] ?? 0) + 1 : 1;
      this.#burstEvent[link] = kernel.events;
      this.#depart(message, link);
      return;
    }
    this.#channels.push(link, message);
    this.#pump(link);
  }

  /** Sends the reply of a delivered message back over the connection it came on; replies use no channel slot. */
  reply(message: number): void {
    const { messages, topology } = this.#world;
    const link = messages.link[message] ?? 0;
    const back = topology.link(messages.to[message] ?? 0, messages.from[message] ?? 0);
    this.#travel(message, link, back, this.#lastReply);
  }

  /** The connection that a message left on still stands, or has been closed cleanly behind it. */
  isCurrent(message: number): boolean {
    const { messages } = this.#world;
    const link = messages.link[message] ?? 0;
    const epoch = messages.epoch[message];
    if (epoch === this.#epoch[link]) return true;
    const isReply = (messages.kind[message] ?? 0) >= REPLY_TO_WRITE ? 1 : 0;
    return epoch === this.#closing[link] && isReply === this.#closesReplies[link];
  }

  /** Event {@link LINK_PUMP}: one message leaves the channel; or losses are told. */
  pumped(link: number, epoch: number): void {
    if (epoch === LOSSES) return this.#losses.tell();
    if (this.#epoch[link] !== epoch) return;
    this.#isPumping[link] = 0;
    this.#depart(this.#channels.shift(link), link);
    this.#pump(link);
  }

  /** Event {@link LINK_OPEN}: the connection is up; what waited leaves first. */
  opened(link: number, epoch: number): void {
    if (this.#epoch[link] !== epoch || this.#isOpen[link] === 1) return;
    const { kernel, recorder, topology } = this.#world;
    this.#isOpen[link] = 1;
    recorder.linkOpened(kernel.now, topology.from(link), topology.to(link));
    if (this.#isPaced) this.#pump(link);
    else while (this.#channels.waiting(link) > 0) this.#depart(this.#channels.shift(link), link);
  }

  /** A node died: every link of it is cut, and its own channels die with it. What is on the wire arrives stale. */
  cut(node: number): void {
    this.#disconnect(this.#world.topology.link(node, node));
    for (let other = 0; other < this.#world.topology.count; other++) {
      if (other === node) continue;
      this.#disconnect(this.#world.topology.link(other, node));
      this.#abandon(this.#world.topology.link(node, other));
    }
  }

  /**
   * A node stopped gracefully: its links close behind what it has put on the wire, requests and replies, which still
   * arrives. Links towards it that carry nothing end for good where the policy says so: their driver returns at the end
   * of the stream with nothing pending, and nobody starts it again (H15).
   */
  close(node: number): void {
    const { topology } = this.#world;
    this.#disconnect(topology.link(node, node));
    for (let other = 0; other < topology.count; other++) {
      if (other === node) continue;
      const towards = topology.link(other, node);
      const own = topology.link(node, other);
      if (this.#endsWhenIdle && this.#isIdle(towards)) this.#end(towards);
      this.#disconnect(towards);
      this.#abandon(own);
      this.#deliverRest(towards, 1);
      this.#deliverRest(own, 0);
    }
  }

  /** A node came back: it connects to every living peer at once, and each of them finds it after the reconnect time. */
  restore(node: number): void {
    const { kernel, nodes, topology } = this.#world;
    for (let other = 0; other < topology.count; other++) {
      if (other === node) continue;
      const own = topology.link(node, other);
      this.#isEnded[own] = 0;
      if (!nodes.isUp(other)) continue;
      this.opened(own, this.#epoch[own] ?? 0);
      const back = topology.link(other, node);
      if (this.#isEnded[back] === 0) kernel.after(this.#policy.reconnect, LINK_OPEN, back, this.#epoch[back] ?? 0);
    }
  }

  /** @param index position of the fault in the scenario */
  setPartition(index: number, fault: PartitionFault, isOn: boolean): void {
    this.#faults.setPartition(index, fault, isOn);
  }

  /** @param index position of the fault in the scenario */
  setLoss(index: number, fault: LossFault, isOn: boolean): void {
    this.#faults.setLoss(index, fault, isOn);
  }

  /** The way to a node's own backend takes `factor` times as long from now on; 1 is its usual time. */
  setSlow(node: number, factor: number): void {
    this.#latencies.setSlow(node, factor);
  }

  /**
   * Over the link from a node to itself: a message arrives after local latency, which covers the way back, and never
   * before one that was handed over earlier. It counts as no message of a link.
   */
  #hand(message: number, link: number): void {
    const { messages, kernel } = this.#world;
    messages.epoch[message] = this.#epoch[link] ?? 0;
    const soonest = later(kernel.now, this.#latencies.ofOwn(messages.from[message] ?? 0));
    const ahead = instantAt(this.#lastArrival, link);
    const arrival = soonest < ahead ? ahead : soonest;
    this.#lastArrival[link] = arrival;
    kernel.at(arrival, DELIVERY, message, messages.value[message] ?? NONE);
  }

  #disconnect(link: number): void {
    this.#isOpen[link] = 0;
    this.#isPumping[link] = 0;
    this.#closing[link] = NONE;
    this.#lastArrival[link] = 0;
    this.#lastReply[link] = 0;
    this.#busyUntil[link] = 0;
    this.#epoch[link] = (this.#epoch[link] ?? 0) + 1;
  }

  /** The sender is gone, and the messages in its channel with it. */
  #abandon(link: number): void {
    this.#disconnect(link);
    while (this.#channels.waiting(link) > 0) this.#sink.lost(this.#channels.shift(link), 'linkCut');
  }

  /** Lets one direction of the connection that was just closed arrive. */
  #deliverRest(link: number, replies: number): void {
    this.#closing[link] = (this.#epoch[link] ?? 0) - 1;
    this.#closesReplies[link] = replies;
  }

  /** The link is up and has no request waiting or on its way, and no answer on its way back. */
  #isIdle(link: number): boolean {
    const isBusy = (this.#busyUntil[link] ?? 0) > this.#world.kernel.now;
    return this.#isOpen[link] === 1 && this.#channels.waiting(link) === 0 && !isBusy;
  }

  #end(link: number): void {
    const { kernel, recorder, topology } = this.#world;
    this.#isEnded[link] = 1;
    recorder.linkEnded(kernel.now, topology.from(link), topology.to(link));
  }

  #pump(link: number): void {
    if (this.#isPumping[link] === 1 || this.#isOpen[link] === 0) return;
    const message = this.#channels.first(link);
    if (message === NONE) return;
    this.#isPumping[link] = 1;
    this.#world.kernel.after(this.#takingTime(message), LINK_PUMP, link, this.#epoch[link] ?? 0);
  }

  /** How long the link takes to put a message on the wire: whole microseconds, rounded up. */
  #takingTime(message: number): Duration {
    const { messageTime, bandwidth } = this.#policy;
    if (bandwidth === 0) return messageTime;
    const payload = this.#world.messages.bytes[message] ?? 0;
    return duration(messageTime + Math.ceil((payload * MICROS_PER_SECOND) / bandwidth));
  }

  #depart(message: number, link: number): void {
    const { messages, nodes, kernel } = this.#world;
    messages.epoch[message] = this.#epoch[link] ?? 0;
    if (messages.kind[message] === HINT) {
      messages.receiver[message] = nodes.incarnation(messages.to[message] ?? 0);
      this.#hintEvent[link] = kernel.events;
    }
    this.#travel(message, link, link, this.#lastArrival);
  }

  /**
   * Puts a message on a wire; where order is kept, it does not arrive before the one ahead of it. A message that gets
   * lost has drawn its latency, so that those of all others are the same without the fault.
   *
   * @param wire the link itself, or for a reply its other direction
   * @param last per link: when the last of the messages in this direction arrives
   */
  #travel(message: number, link: number, wire: number, last: Float64Array): void {
    const { kernel, messages } = this.#world;
    const kind = messages.kind[message] ?? 0;
    const soonest = later(kernel.now, this.#latencies.of(messages.from[message] ?? 0, messages.to[message] ?? 0, kind));
    if (!this.#faults.isQuiet && this.#faults.loses(wire)) return this.#losses.add(message);
    const ahead = instantAt(last, link);
    const arrival = this.#isFifo && soonest < ahead ? ahead : soonest;
    if (this.#endsWhenIdle && kind !== HEARTBEAT && kind !== GOODBYE) {
      this.#busyUntil[link] = Math.max(this.#busyUntil[link] ?? 0, arrival);
    }
    last[link] = arrival;
    kernel.at(arrival, DELIVERY, message, messages.value[message] ?? NONE);
  }
}
