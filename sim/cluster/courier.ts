/**
 * The courier: what happens to a message at the other end of its link, at the backend that executes it, and when it is
 * lost. It joins the parts that carry messages to those that wait for them, and frees every row exactly once.
 */
import { assert } from '../../core/index.ts';
import { HINT_REASONS, NONE } from '../trace/trace.ts';
import type { DropCause } from '../trace/trace.ts';
import type { Backends } from './backends.ts';
import type { Coordinator } from './coordinator.ts';
import type { FailureDetector } from './failure-detector.ts';
import type { Handoff } from './handoff.ts';
import {
  ERROR,
  GOODBYE,
  HEARTBEAT,
  HINT,
  KEEP,
  OK,
  PEEK,
  READ,
  REPAIR,
  REPLY_TO_HINT,
  REPLY_TO_KEEP,
  REPLY_TO_PEEK,
  REPLY_TO_READ,
  REPLY_TO_WRITE,
  WRITE,
} from './messages.ts';
import type { World } from './world.ts';

/** Whom the courier serves. */
export interface CourierWorld extends World {
  readonly backends: Backends;
  readonly coordinator: Coordinator;
  readonly handoff: Handoff;
  readonly detector: FailureDetector;
}

export class Courier {
  #served: CourierWorld | undefined;

  /** Joins the parts: they are built with the courier as their sink, so they come after it. */
  serve(world: CourierWorld): void {
    this.#served = world;
  }

  /** A method, because engines run private getters as calls into their runtime, and this is read for every message. */
  #world(): CourierWorld {
    const world = this.#served;
    if (world === undefined) assert(false, 'a courier carries nothing before it serves a world');
    return world;
  }

  /** Event `DELIVERY`: a message is at the other end of its link, if its connection still stands. */
  deliver(message: number): void {
    const { links, messages, backends, coordinator, detector, handoff, recorder } = this.#world();
    if (!links.isCurrent(message)) return this.lost(message, 'linkCut');
    const from = messages.from[message] ?? 0;
    const to = messages.to[message] ?? 0;
    const messageKind = messages.kind[message] ?? 0;
    if (messageKind < REPLY_TO_WRITE && from !== to) recorder.counters.delivered++;
    switch (messageKind) {
      case WRITE:
      case READ:
      case HINT:
      case REPAIR:
      case KEEP:
      case PEEK:
        return backends.arrived(to, message);
      case REPLY_TO_WRITE:
      case REPLY_TO_READ:
        coordinator.replied(message, to);
        return messages.free(message);
      case REPLY_TO_HINT:
        handoff.acknowledged(message);
        return messages.free(message);
      case HEARTBEAT:
        detector.heard(to, from, messages.value[message] ?? 0);
        return messages.free(message);
      default:
        return this.#deliverRare(message, messageKind);
    }
  }

  /** A backend has executed a request: its reply leaves, if somebody waits for one. */
  executed(message: number): void {
    const { kernel, messages, recorder, backends, handoff } = this.#world();
    const from = messages.from[message] ?? 0;
    const node = messages.to[message] ?? 0;
    const isIgnored = backends.wasIgnored;
    const write = messages.value[message] ?? 0;
    switch (messages.kind[message]) {
      case WRITE:
        if (isIgnored) recorder.copyIgnored(kernel.now, node, from, write);
        else recorder.copyApplied(kernel.now, node, from, write);
        return this.#reply(message, REPLY_TO_WRITE);
      case READ:
        return this.#reply(message, REPLY_TO_READ);
      case HINT:
        handoff.executed(message, isIgnored);
        if (handoff.acksHints) return this.#reply(message, REPLY_TO_HINT);
        return messages.free(message);
      case KEEP:
        return this.#keep(message);
      case PEEK:
        messages.value[message] = handoff.newest(node, messages.receiver[message] ?? 0, messages.key[message] ?? 0);
        return this.#reply(message, REPLY_TO_PEEK);
      default:
        recorder.repairApplied(kernel.now, node, from, write, isIgnored);
        return messages.free(message);
    }
  }

  /** A backend has refused a request with an error: loading, or its queue is full. */
  refused(message: number): void {
    const { messages, handoff } = this.#world();
    messages.code[message] = ERROR;
    switch (messages.kind[message]) {
      case WRITE:
        this.#dropCopy(message, 'refusedByPeer');
        return this.#reply(message, REPLY_TO_WRITE);
      case READ:
        return this.#reply(message, REPLY_TO_READ);
      case HINT:
        if (handoff.acksHints) return this.#reply(message, REPLY_TO_HINT);
        handoff.failed(message, 'refusedByPeer');
        return messages.free(message);
      case KEEP:
        this.#dropCopy(message, 'refusedByPeer');
        return this.#reply(message, REPLY_TO_KEEP);
      case PEEK:
        return this.#reply(message, REPLY_TO_PEEK);
      default:
        return messages.free(message);
    }
  }

  /** A backend has dropped a request whose requester had given up: nobody is told. */
  late(message: number): void {
    const { messages, handoff } = this.#world();
    const messageKind = messages.kind[message];
    if (messageKind === WRITE || messageKind === KEEP) this.#dropCopy(message, 'tooLate');
    if (messageKind === HINT) handoff.failed(message, 'tooLate');
    messages.free(message);
  }

  /** A message was queued or running at a backend when the process died there: it had been delivered. */
  died(message: number): void {
    this.#lose(message, 'linkCut');
  }

  /** A message is lost on its way. Only the end of a connection is noticed by those who wait; silence is not. */
  lost(message: number, cause: DropCause): void {
    const { messages, recorder } = this.#world();
    const isRequest = (messages.kind[message] ?? 0) < REPLY_TO_WRITE;
    if (isRequest && this.#from(message) !== this.#to(message)) recorder.counters.dropped++;
    this.#lose(message, cause);
  }

  #lose(message: number, cause: DropCause): void {
    const { messages, coordinator, handoff } = this.#world();
    switch (messages.kind[message]) {
      case HINT:
      case REPLY_TO_HINT:
        handoff.failed(message, cause);
        break;
      case WRITE:
      case KEEP:
        this.#dropCopy(message, cause);
        if (cause === 'linkCut') coordinator.lost(message);
        break;
      case READ:
      case PEEK:
      case REPLY_TO_WRITE:
      case REPLY_TO_READ:
      case REPLY_TO_KEEP:
      case REPLY_TO_PEEK:
        if (cause === 'linkCut') coordinator.lost(message);
        break;
      default:
        break;
    }
    messages.free(message);
  }

  #deliverRare(message: number, messageKind: number): void {
    const { messages, coordinator } = this.#world();
    if (messageKind === REPLY_TO_KEEP) coordinator.kept(message, messages.receiver[message] ?? 0);
    else if (messageKind === REPLY_TO_PEEK) coordinator.replied(message, messages.receiver[message] ?? 0);
    else if (messageKind === GOODBYE) this.#sayGoodbye(message);
    else assert(false, 'every kind of message is delivered', messageKind);
    messages.free(message);
  }

  /** A goodbye of an earlier life says nothing of the process that is there now. */
  #sayGoodbye(message: number): void {
    const { messages, detector, nodes } = this.#world();
    const from = this.#from(message);
    if (messages.value[message] === nodes.incarnation(from)) detector.goodbye(this.#to(message), from);
  }

  /** The node that a hint was entrusted to keeps it, if its own store and policy allow. */
  #keep(message: number): void {
    const { messages, handoff } = this.#world();
    const { value, key, bytes, receiver, code } = messages;
    const reason = HINT_REASONS[code[message] ?? NONE];
    assert(reason !== undefined, 'a hint is kept for a reason', message);
    const isKept = handoff.keep(
      this.#to(message),
      receiver[message] ?? 0,
      value[message] ?? 0,
      key[message] ?? 0,
      bytes[message] ?? 0,
      reason,
      true,
    );
    messages.code[message] = isKept ? OK : ERROR;
    this.#reply(message, REPLY_TO_KEEP);
  }

  #dropCopy(message: number, cause: DropCause): void {
    const { kernel, messages, recorder } = this.#world();
    const isKeep = messages.kind[message] === KEEP;
    const replica = isKeep ? (messages.receiver[message] ?? 0) : this.#to(message);
    recorder.copyDropped(kernel.now, this.#from(message), replica, messages.value[message] ?? 0, cause);
  }

  /** The reply goes back over the connection; a node's own backend has its ear at once. */
  #reply(message: number, reply: number): void {
    const { messages, links, coordinator } = this.#world();
    messages.kind[message] = reply;
    if (messages.from[message] !== messages.to[message]) return links.reply(message);
    // Only what a coordinator asked its own backend comes from the node itself.
    coordinator.replied(message, (reply === REPLY_TO_PEEK ? messages.receiver[message] : messages.to[message]) ?? 0);
    messages.free(message);
  }

  #from(message: number): number {
    return this.#world().messages.from[message] ?? 0;
  }

  #to(message: number): number {
    return this.#world().messages.to[message] ?? 0;
  }
}
